// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "core/cause/cause.h"

namespace dienstbereit::core::cause {
namespace {

// All that `next` leads to, the beginnings included, by node.
template <class Next>
std::vector<bool> reached(const graph::Graph& graph, std::vector<graph::NodeIndex> todo,
                          Next next) {
  std::vector<bool> seen(graph.node_count(), false);
  while (!todo.empty()) {
    const graph::NodeIndex node = todo.back();
    todo.pop_back();
    if (seen[node.value()]) continue;
    seen[node.value()] = true;
    for (const graph::NodeIndex other : next(node)) todo.push_back(other);
  }
  return seen;
}

std::vector<graph::NodeIndex> needs(const graph::Graph& graph, graph::NodeIndex node) {
  std::vector<graph::NodeIndex> on;
  for (const graph::NeedIndex need : graph.needs_of(node)) on.push_back(graph.need(need).on);
  return on;
}

}  // namespace

std::vector<graph::NodeIndex> related(const graph::Graph& graph,
                                      const std::vector<graph::NodeIndex>& faults,
                                      const std::vector<graph::NodeIndex>& among) {
  const auto below = reached(graph, faults, [&](auto node) { return graph.dependents_of(node); });
  const auto above = reached(graph, faults, [&](auto node) { return needs(graph, node); });
  std::vector<graph::NodeIndex> found;
  std::copy_if(among.begin(), among.end(), std::back_inserter(found),
               [&](graph::NodeIndex node) { return below[node.value()] || above[node.value()]; });
  return found;
}

}  // namespace dienstbereit::core::cause
