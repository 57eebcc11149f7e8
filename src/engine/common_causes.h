// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/cause/graph_network.h"
#include "core/impact/topology.h"
#include "model/record/record.h"

namespace dienstbereit::engine {

// A change is thought of for so long after it was done, and of one incident so many of them.
inline constexpr Duration kChangeCounts = std::chrono::hours(24);
inline constexpr std::size_t kMostChangesWeighed = 20;

// The notes on changes that may have set an incident off: done at most kChangeCounts before its
// first fall, and not after it. The latest changes first. Points into `incident`.
std::vector<const Note*> changes_before(const Incident& incident, Instant first_fall);

// What of a district may be damaged, and by what at once (docs/formats/cause.md, "Live").
struct Vulnerable {
  core::cause::Susceptible susceptible;
  std::vector<CommonWeight> commons;  // what each common cause is; the percentage is 0
};

// `may_fail` goes by node of the graph: what may not is damaged by nothing.
Vulnerable vulnerable_in(const core::impact::Topology& topology, const std::vector<bool>& may_fail,
                         const std::vector<const Note*>& changes);

}  // namespace dienstbereit::engine
