// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/restarts.h"

#include <unordered_map>

#include "graph/order.h"

namespace dienstbereit::engine {
namespace {

using core::impact::Topology;

// By node of the graph, the number of its circle of those that wait for each other; alone in it, as
// a rule.
std::vector<std::uint32_t> circles_of(const District& district, const Topology& topology) {
  const graph::Graph& graph = topology.graph;
  std::unordered_map<std::uint32_t, const Component*> waiting;
  for (const Component& component : district.components) {
    const auto node = topology.find(component.id);
    if (node && !component.restart_after.empty()) waiting.emplace(node->value(), &component);
  }
  graph::Adjacency edges;
  edges.first.push_back(0);
  for (std::uint32_t i = 0; i < graph.node_count(); ++i) {
    const graph::NodeIndex node(i);
    for (const graph::NeedIndex need : graph.needs_of(node)) {
      const graph::NodeIndex on = graph.need(need).on;
      const auto loop = graph.loop_of(node);
      if (!loop || graph.loop_of(on) != loop) edges.target.push_back(on.value());
    }
    if (const auto found = waiting.find(i); found != waiting.end()) {
      for (const NodeId& before : found->second->restart_after) {
        if (const auto on = topology.find(before)) edges.target.push_back(on->value());
      }
    }
    edges.first.push_back(static_cast<std::uint32_t>(edges.target.size()));
  }
  return graph::order_of(edges).component;
}

}  // namespace

void add_restarts(const WorkingState& state, core::recovery::Plan& plan) {
  const Topology& topology = state.impact().topology();
  std::unordered_map<NodeId, std::size_t> places;
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) places.emplace(plan.nodes[i].id, i);
  std::vector<std::uint32_t> circles;  // asked for where something waits only
  for (core::recovery::DownNode& node : plan.nodes) {
    const Component* component = find_component(*state.district(), node.id);
    if (!component) continue;
    for (const NodeId& before : component->restart_after) {
      const auto place = places.find(before);
      if (place == places.end()) continue;
      if (circles.empty()) circles = circles_of(*state.district(), topology);
      const auto from = topology.find(node.id);
      const auto to = topology.find(before);
      if (from && to && circles[from->value()] == circles[to->value()]) continue;
      node.restart_after.push_back(place->second);
    }
  }
}

}  // namespace dienstbereit::engine
