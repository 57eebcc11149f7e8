// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/interim/events.h"

namespace dienstbereit {

// What a situation shows of fallbacks and runs.

struct StepSituation {
  StepState state = StepState::Planned;
  std::optional<Instant> since;
  std::string detail;
  std::string by;  // who confirmed it; actor id
};

struct RunSituation {
  std::shared_ptr<const RunStarted> start;  // never null
  Instant started;
  std::string by;           // who started it; actor id
  std::string approved_by;  // empty: nobody yet, or nobody need
  bool aborted = false;
  std::vector<StepSituation> steps;  // one for each of the start's
  std::optional<RunResult> result;   // nothing: under way
  std::optional<Instant> ended;
  std::string detail;       // of the end; before it: what it waits for
  std::vector<Look> after;

  bool open() const { return !result.has_value(); }
  bool awaits_approval() const { return open() && start->approval && approved_by.empty(); }
};

// Moving: a run is under way. Stuck: a run ended half way; people must see to it.
enum class FallbackState : std::uint8_t { Off, On, Moving, Stuck };
const char* name_of(FallbackState state);  // off on moving stuck

struct FallbackSituation {
  FallbackId id;
  FallbackState state = FallbackState::Off;
  std::optional<Instant> since;
  std::string by;      // who switched last; actor id
  std::string reason;  // of that
  RunId run;           // the last one
  IncidentId incident;  // where its fix stands; empty: nowhere
  FixId fix;
  std::string held;  // why no rule switches now, in English; empty: nothing holds it
};

struct InterimBoard {
  static constexpr std::size_t kMostShown = 100;
  std::vector<FallbackSituation> fallbacks;  // in district order
  std::vector<RunSituation> runs;            // newest first
};

const RunSituation* find_run(const InterimBoard& board, const RunId& id);

}  // namespace dienstbereit
