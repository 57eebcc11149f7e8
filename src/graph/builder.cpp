// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "graph/graph.h"
#include "graph/order.h"

namespace dienstbereit::graph {

namespace {

constexpr std::uint32_t kNoGroup = 0xFFFFFFFFU;

// Counts to starts: {2, 0, 3} -> {0, 2, 2, 5}.
std::vector<std::uint32_t> starts_of(const std::vector<std::uint32_t>& counts) {
  std::vector<std::uint32_t> starts(counts.size() + 1, 0);
  std::partial_sum(counts.begin(), counts.end(), starts.begin() + 1);
  return starts;
}

// Sorts the numbers 0 .. keys.size()-1 into rows by key, keeping their order inside a row.
Adjacency rows_by(const std::vector<std::uint32_t>& keys, std::size_t key_count) {
  std::vector<std::uint32_t> counts(key_count, 0);
  for (const std::uint32_t key : keys) ++counts[key];
  Adjacency rows{starts_of(counts), std::vector<std::uint32_t>(keys.size())};
  std::vector<std::uint32_t> next = rows.first;
  for (std::uint32_t at = 0; at < keys.size(); ++at) rows.target[next[keys[at]]++] = at;
  return rows;
}

bool good_share(const Rule& rule) {
  return rule.limited > 0 && rule.limited <= rule.full && rule.full <= 1;
}

bool good_spec(const NeedSpec& spec) {
  return std::isfinite(spec.weight) && static_cast<float>(spec.weight) > 0 &&
         spec.weight <= kWeightMax && spec.buffer >= Duration(0) && spec.buffer <= kBufferMax &&
         spec.recharge >= Duration(0) && spec.recharge <= kBufferMax;
}

}  // namespace

NodeIndex GraphBuilder::add_node(Rule rule) {
  rules_.push_back(rule);
  return NodeIndex(static_cast<std::uint32_t>(rules_.size() - 1));
}

void GraphBuilder::add_need(NodeIndex of, NodeIndex on, NeedSpec spec) {
  needs_.push_back({of.value(), on.value(), spec});
}

void GraphBuilder::add_loop_group(std::span<const NodeIndex> members) {
  auto& group = groups_.emplace_back();
  for (const NodeIndex member : members) group.push_back(member.value());
}

Result<void> GraphBuilder::check_sizes() const {
  if (rules_.size() > kNodesMax)
    return fail(Errc::LimitExceeded,
                fmt::format("{} nodes; at most {} are allowed", rules_.size(), kNodesMax));
  if (needs_.size() > kNeedsMax)
    return fail(Errc::LimitExceeded,
                fmt::format("{} needs; at most {} are allowed", needs_.size(), kNeedsMax));
  for (const auto& group : groups_)
    if (group.size() > kLoopMembersMax)
      return fail(Errc::LimitExceeded,
                  fmt::format("a declared loop group has {} members; at most {} are allowed",
                              group.size(), kLoopMembersMax));
  return {};
}

Result<void> GraphBuilder::check_needs() const {
  std::vector<std::uint32_t> counts(rules_.size(), 0);
  for (const RawNeed& need : needs_) {
    if (need.of >= rules_.size() || need.on >= rules_.size())
      return fail(Errc::InvalidInput, fmt::format("node {} needs node {}; there are only {} nodes",
                                                  need.of, need.on, rules_.size()));
    if (!good_spec(need.spec))
      return fail(Errc::InvalidInput,
                  fmt::format("node {} needs node {} with a weight, buffer or recharge outside its "
                              "bounds",
                              need.of, need.on));
    ++counts[need.of];
  }
  for (std::size_t node = 0; node < rules_.size(); ++node) {
    const Rule& rule = rules_[node];
    const bool good_count = rule.at_least >= 1 && rule.at_least <= counts[node];
    if (rule.op == Operator::AtLeast && !good_count)
      return fail(Errc::InvalidInput, fmt::format("node {} asks for {} of its {} needs", node,
                                                  rule.at_least, counts[node]));
    if (rule.op == Operator::Share && !good_share(rule))
      return fail(Errc::InvalidInput,
                  fmt::format("node {}: shares must obey 0 < limited <= full <= 1", node));
  }
  return {};
}

// The declared group of each node, or an error.
Result<std::vector<std::uint32_t>> GraphBuilder::groups_by_node() const {
  std::vector<std::uint32_t> group_of(rules_.size(), kNoGroup);
  for (std::uint32_t group = 0; group < groups_.size(); ++group) {
    for (const std::uint32_t member : groups_[group]) {
      if (member >= rules_.size())
        return fail(Errc::InvalidInput, fmt::format("a loop group names node {}; there are only {}",
                                                    member, rules_.size()));
      if (group_of[member] != kNoGroup && group_of[member] != group)
        return fail(Errc::InvalidInput, fmt::format("node {} is in two loop groups", member));
      group_of[member] = group;
    }
  }
  return group_of;
}

Adjacency GraphBuilder::edges() const {
  std::vector<std::uint32_t> sources;
  sources.reserve(needs_.size());
  for (const RawNeed& need : needs_) sources.push_back(need.of);
  Adjacency edges = rows_by(sources, rules_.size());
  for (std::uint32_t& need : edges.target) need = needs_[need].on;
  return edges;
}

std::vector<NodeIndex> GraphBuilder::find_undeclared_loop() const {
  const auto group_of = groups_by_node();
  if (!check_sizes() || !check_needs() || !group_of) return {};
  const Adjacency targets = edges();
  const Order order = order_of(targets);
  for (const RawNeed& need : needs_) {
    if (order.component[need.of] != order.component[need.on]) continue;
    const std::uint32_t group = (*group_of)[need.of];
    if (group != kNoGroup && group == (*group_of)[need.on]) continue;
    std::vector<NodeIndex> loop;
    for (const std::uint32_t node : path_within(targets, order, need.on, need.of))
      loop.emplace_back(node);
    return loop;
  }
  return {};
}

namespace {

std::string path_text(const std::vector<NodeIndex>& loop) {
  std::string text;
  for (const NodeIndex node : loop) text += fmt::format("{} -> ", node.value());
  return text + fmt::format("{}", loop.front().value());
}

// Components of more than one node, or whose one node needs itself.
std::vector<Tables::Loop> loops_in(const Adjacency& edges, const Order& order) {
  std::vector<Tables::Loop> loops;
  Place begin = 0;
  while (begin < order.nodes.size()) {
    const std::uint32_t component = order.component[order.nodes[begin]];
    Place end = begin + 1;
    while (end < order.nodes.size() && order.component[order.nodes[end]] == component) ++end;
    if (end - begin > 1 || edges.has_edge(order.nodes[begin], order.nodes[begin]))
      loops.push_back({begin, end});
    begin = end;
  }
  return loops;
}

}  // namespace

Result<Graph> GraphBuilder::build() const {
  if (auto good = check_sizes(); !good) return tl::unexpected(good.error());
  if (auto good = check_needs(); !good) return tl::unexpected(good.error());
  if (auto groups = groups_by_node(); !groups) return tl::unexpected(groups.error());
  if (const auto loop = find_undeclared_loop(); !loop.empty())
    return fail(Errc::InvalidInput, "a loop of needs lies in no declared group: " +
                                        path_text(loop) + "; declare it or cut it");
  const Adjacency targets = edges();
  const Order order = order_of(targets);
  Graph graph;
  Tables& tables = graph.tables_;
  tables.node_at = order.nodes;
  tables.place_of.resize(order.nodes.size());
  for (Place place = 0; place < order.nodes.size(); ++place)
    tables.place_of[order.nodes[place]] = place;
  tables.nodes.resize(order.nodes.size());
  tables.loops = loops_in(targets, order);
  for (const Tables::Loop& loop : tables.loops)
    for (Place place = loop.begin; place < loop.end; ++place) tables.nodes[place].in_loop = true;
  fill_needs(tables);
  fill_rules(tables);
  return graph;
}

void GraphBuilder::fill_needs(Tables& tables) const {
  std::vector<std::uint32_t> places;
  places.reserve(needs_.size());
  for (const RawNeed& need : needs_) places.push_back(tables.place_of[need.of]);
  const Adjacency rows = rows_by(places, rules_.size());
  tables.first_need = rows.first;
  for (std::uint32_t need = 0; need < rows.target.size(); ++need) {
    const RawNeed& raw = needs_[rows.target[need]];
    const Place of = tables.place_of[raw.of];
    tables.target.push_back(tables.place_of[raw.on]);
    tables.weight.push_back(static_cast<float>(raw.spec.weight));
    if (raw.spec.buffer == Duration(0)) continue;
    tables.nodes[of].has_buffers = true;
    tables.buffers.push_back({of, need, raw.spec.buffer, raw.spec.recharge});
  }
  Adjacency dependents = rows_by(tables.target, rules_.size());
  for (std::uint32_t& need : dependents.target) need = places[rows.target[need]];
  tables.first_dependent = std::move(dependents.first);
  tables.dependent = std::move(dependents.target);
}

void GraphBuilder::fill_rules(Tables& tables) const {
  for (Place place = 0; place < tables.nodes.size(); ++place) {
    const Rule& rule = rules_[tables.node_at[place]];
    Tables::Node& node = tables.nodes[place];
    node.op = rule.op;
    if (rule.op == Operator::AtLeast) node.rule = rule.at_least;
    if (rule.op != Operator::Share) continue;
    node.rule = static_cast<std::uint32_t>(tables.thresholds.size());
    const auto first = tables.weight.begin() + tables.first_need[place];
    const auto last = tables.weight.begin() + tables.first_need[place + 1];
    tables.thresholds.push_back({rule.full, rule.limited, std::accumulate(first, last, 0.0)});
  }
}

}  // namespace dienstbereit::graph
