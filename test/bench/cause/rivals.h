// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/cause/diagnose.h"
#include "district.h"

// Three ways to name causes that are in use or in the literature, each as good as its idea allows.
// All see the same network and reports, and hand back groups of nodes, best first; like ours, nodes
// that they cannot tell apart are one group.
namespace dienstbereit::bench {

using Groups = std::vector<std::vector<Node>>;

// What fails with each node if it fails alone.
class Falls {
 public:
  Falls(const std::vector<NodeSpec>& specs, const core::cause::Network& network);
  const std::vector<Node>& of(Node node) const { return falls_[node]; }  // with the node itself

 private:
  std::vector<std::vector<Node>> falls_;
};

// The rule of dependency-aware monitoring (as host parents in Nagios and Icinga): of what is down
// (mostly down reports), the causes are those that need nothing that is down, over whatever. The
// one with which most of what is down falls comes first.
Groups topmost_down(const core::cause::Network& network, const Falls& falls, const Outage& outage);

// Greedy cover of what is down by risk groups (SCORE: Kompella, Yates, Greenberg, Snoeren: IP Fault
// Localization via Risk Modeling, NSDI 2005): of the nodes with whose failure at least kHitRatio of
// those with reports are down, take the one that covers most of what is not covered yet; in a tie
// the one with the higher hit ratio, and of equals all as one group.
inline constexpr double kHitRatio = 0.8;
Groups greedy_cover(const Falls& falls, const Outage& outage);

// The most probable set of damages, no surge being known of, by the same likelihood and the same
// climb as ours. Its damages come first, the surest first, each with what explains the same in its
// place; then what else is worth looking at.
Groups map_without_surges(const core::cause::WeighQuestion& question);

}  // namespace dienstbereit::bench
