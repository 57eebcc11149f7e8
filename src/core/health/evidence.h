// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/time.h"
#include "model/event.h"
#include "model/health.h"
#include "model/probe.h"

namespace dienstbereit::core::health {

// What is settled about one probe. Made of events only, so that replay gives the same.
struct Observation {
  bool fresh = false;
  std::optional<ProbeOutcome> outcome;  // last settled one, kept when lost; never Broken
  Instant began;                        // of the run that settled it
  std::optional<Instant> since;         // when it settled with this outcome, or was lost
  std::optional<Instant> changed;       // when the outcome last became another
  std::string phase;
  std::string detail;
  bool flapping = false;
  std::optional<LossReason> lost;  // why it is not fresh; absent: fresh, or never observed
  std::string loss_detail;

  friend bool operator==(const Observation&, const Observation&) = default;
};

// A success or a slow one; false if it never settled.
bool succeeded(const Observation& observation);

// One probe of a node. Borrows the observation.
struct Reading {
  Proof proof = Proof::Alive;
  const Observation* observation = nullptr;
  bool outside = false;  // as people outside see it
};

// What all the probes of one node say together (docs/formats/observations.md, "Evidence").
// Losing an observation never betters the worst end of `own`.
Evidence evidence_of(std::span<const Reading> readings);

// Whether a `works` probe outside decides the node: then only those outside count.
bool judged_outside(std::span<const Reading> readings);

}  // namespace dienstbereit::core::health
