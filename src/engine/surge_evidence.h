// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/cause/cause.h"
#include "core/cause/graph_network.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// What devices remember of the times at which something of an outage fell, by nodes of the graph
// (docs/formats/cause.md, "Traces").
struct SurgeEvidence {
  struct Trace {
    TraceKind what = TraceKind::OverVoltage;  // or Restarted, or ClockJumped
    graph::NodeIndex node;
    friend bool operator==(const Trace&, const Trace&) = default;
  };
  std::vector<Trace> traces;  // each once; over-voltage first, then restarts, then clocks
  // Asked since the last of these for how long they run, and did not restart at any.
  std::vector<graph::NodeIndex> ran_on;
  friend bool operator==(const SurgeEvidence&, const SurgeEvidence&) = default;
};

// `falls` is in order and not empty; of more than this the last ones count.
inline constexpr std::size_t kMostFalls = 32;
SurgeEvidence surge_evidence(const WorkingState& state, const std::vector<Instant>& falls);

// The same as Observations::common_log_ratio; empty: it says nothing.
std::vector<double> surge_log_ratios(const SurgeEvidence& evidence,
                                     const core::cause::Question& question,
                                     const core::cause::GraphNetwork& network);

}  // namespace dienstbereit::engine
