// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/cause/cause.h"
#include "core/cause/graph_network.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// What devices remember of the time at which an outage began, by nodes of the graph
// (docs/formats/cause.md, "Traces").
struct SurgeEvidence {
  struct Trace {
    TraceKind what = TraceKind::OverVoltage;  // or Restarted, or ClockJumped
    graph::NodeIndex node;
    friend bool operator==(const Trace&, const Trace&) = default;
  };
  std::vector<Trace> traces;  // each once; over-voltage first, then restarts, then clocks
  // Asked since then for how long they run, and did not restart.
  std::vector<graph::NodeIndex> ran_on;
  friend bool operator==(const SurgeEvidence&, const SurgeEvidence&) = default;
};

SurgeEvidence surge_evidence(const WorkingState& state, Instant fell);

// The same as Observations::common_log_ratio; empty: it says nothing.
std::vector<double> surge_log_ratios(const SurgeEvidence& evidence,
                                     const core::cause::Question& question,
                                     const core::cause::GraphNetwork& network);

}  // namespace dienstbereit::engine
