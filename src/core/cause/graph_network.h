// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "core/cause/network.h"
#include "graph/graph.h"

namespace dienstbereit::core::cause {

// A common cause by the nodes of the graph (CommonSpec has the meaning).
struct GraphCommon {
  CommonSort sort = CommonSort::Surge;
  double log_prior_odds = 0;
  double damage = 0;
  std::vector<graph::NodeIndex> members;
  std::optional<graph::NodeIndex> at;
};

// What is known of the graph before anything is seen.
struct Susceptible {
  std::vector<double> priors;  // by node: chance of damage of its own, in [0, 1)
  std::vector<GraphCommon> commons;  // in the order of the network's
};

// The graph as up and down alone (docs/formats/cause.md, "A district as a network"). A node is as
// many nodes of the network as it takes: a member of a loop is one for what it stands on itself and
// one for its state, which the whole loop can bring down.
struct GraphNetwork {
  Network network;
  std::vector<Node> state_of;  // by node of the graph: what is seen of it
  std::vector<Node> damage_of;  // likewise: what is damaged if it is; often the same
  std::vector<graph::NodeIndex> of;  // by node of the network
};

// An "at least n of m" with more members than this falls only when none is left, as does a share
// whose members count differently.
inline constexpr std::size_t kMostCounted = 12;

// `holds` goes by need of the graph. A need that a buffer still carries `holds` nothing down: false
// counts it as met. Fails as Network::make does.
Result<GraphNetwork> network_of(const graph::Graph& graph, const Susceptible& susceptible,
                                const std::vector<bool>& holds);

}  // namespace dienstbereit::core::cause
