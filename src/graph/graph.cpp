// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/graph.h"

#include <algorithm>

#include "base/assert.h"

namespace dienstbereit::graph {

std::uint32_t Tables::buffer_of(std::uint32_t need) const {
  const auto found = std::ranges::lower_bound(buffers, need, {}, &Buffer::need);
  if (found == buffers.end() || found->need != need) return npos;
  return static_cast<std::uint32_t>(found - buffers.begin());
}

std::uint32_t Tables::loop_at(Place place) const {
  const auto after = std::ranges::upper_bound(loops, place, {}, &Loop::begin);
  dienstbereit_assert(after != loops.begin() && (after - 1)->contains(place));
  return static_cast<std::uint32_t>(after - loops.begin() - 1);
}

Rule Graph::rule(NodeIndex node) const {
  const Tables::Node& row = tables_.nodes[tables_.place_of[node.value()]];
  Rule rule{.op = row.op};
  if (row.op == Operator::AtLeast) rule.at_least = row.rule;
  if (row.op == Operator::Share) {
    rule.full = tables_.thresholds[row.rule].full;
    rule.limited = tables_.thresholds[row.rule].limited;
  }
  return rule;
}

NeedView Graph::need(NeedIndex need) const {
  const auto after = std::ranges::upper_bound(tables_.first_need, need.value());
  const auto of = static_cast<Place>(after - tables_.first_need.begin() - 1);
  NeedView view{NodeIndex(tables_.node_at[of]),
                NodeIndex(tables_.node_at[tables_.target[need.value()]]),
                {.weight = tables_.weight[need.value()]}};
  if (const std::uint32_t row = tables_.buffer_of(need.value()); row != Tables::npos) {
    view.spec.buffer = tables_.buffers[row].span;
    view.spec.recharge = tables_.buffers[row].recharge;
  }
  return view;
}

std::vector<NodeIndex> Graph::dependents_of(NodeIndex node) const {
  const Place place = tables_.place_of[node.value()];
  std::vector<NodeIndex> out;
  for (std::uint32_t at = tables_.first_dependent[place]; at < tables_.first_dependent[place + 1];
       ++at)
    out.emplace_back(tables_.node_at[tables_.dependent[at]]);
  return out;
}

std::vector<NodeIndex> Graph::members(LoopIndex loop) const {
  const Tables::Loop& row = tables_.loops[loop.value()];
  std::vector<NodeIndex> out;
  for (Place place = row.begin; place < row.end; ++place) out.emplace_back(tables_.node_at[place]);
  return out;
}

std::optional<LoopIndex> Graph::loop_of(NodeIndex node) const {
  const Place place = tables_.place_of[node.value()];
  if (!tables_.nodes[place].in_loop) return std::nullopt;
  return LoopIndex(tables_.loop_at(place));
}

}  // namespace dienstbereit::graph
