// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/strong.h"
#include "base/time.h"
#include "graph/order.h"
#include "graph/tables.h"
#include "model/district.h"

// The dependency graph, compiled: operators, needs, declared loops, and one order in which every
// node stands behind all it needs. The algebra is docs/formats/impact.md.
namespace dienstbereit::graph {

// Nodes are numbered 0, 1, 2, ... as they are added. Valid for the one graph only.
struct NodeIndexTag;
using NodeIndex = StrongNumber<NodeIndexTag>;

// One need of one node. Opaque; the needs of a node are consecutive, in the order of adding.
struct NeedIndexTag;
using NeedIndex = StrongNumber<NeedIndexTag>;

// One loop of needs, inside a declared group.
struct LoopIndexTag;
using LoopIndex = StrongNumber<LoopIndexTag>;

// Beyond these, build() fails with LimitExceeded.
inline constexpr std::size_t kNodesMax = 1U << 22U;
inline constexpr std::size_t kNeedsMax = 1U << 24U;
inline constexpr std::size_t kLoopMembersMax = 1024;

inline constexpr double kWeightMax = 1e9;
inline constexpr Duration kBufferMax = std::chrono::hours(24 * 366 * 10);

// The operator of a node and its numbers.
struct Rule {
  Operator op = Operator::All;
  std::uint32_t at_least = 0;  // for AtLeast: 1 .. number of needs
  double full = 1.0;           // for Share: 0 < limited <= full <= 1
  double limited = 0.5;
};

struct NeedSpec {
  double weight = 1.0;   // for Share: above 0, at most kWeightMax
  Duration buffer{0};    // at most kBufferMax, as recharge
  Duration recharge{0};  // 0: refills at once
};

struct NeedView {
  NodeIndex of;  // the node that needs
  NodeIndex on;  // what it needs
  NeedSpec spec;
};

// Immutable once built, so any number of evaluations and threads may share it.
class Graph {
 public:
  Graph() = default;  // no nodes

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(tables_.place_of.size()); }
  std::uint32_t need_count() const { return static_cast<std::uint32_t>(tables_.target.size()); }
  std::uint32_t loop_count() const { return static_cast<std::uint32_t>(tables_.loops.size()); }

  Rule rule(NodeIndex node) const;
  // for (NeedIndex need : graph.needs_of(node)) ...
  auto needs_of(NodeIndex node) const {
    const Place place = tables_.place_of[node.value()];
    return std::views::iota(tables_.first_need[place], tables_.first_need[place + 1]) |
           std::views::transform([](std::uint32_t need) { return NeedIndex(need); });
  }
  NeedView need(NeedIndex need) const;
  // Each node that needs this one, once a need.
  std::vector<NodeIndex> dependents_of(NodeIndex node) const;
  std::vector<NodeIndex> members(LoopIndex loop) const;
  std::optional<LoopIndex> loop_of(NodeIndex node) const;

 private:
  friend class GraphBuilder;
  friend class Evaluation;
  friend class LoopPass;

  Tables tables_;
};

// Collects nodes and needs, then builds. A mistake in the input is reported by build(), never
// earlier, so that callers may add without checking.
class GraphBuilder {
 public:
  NodeIndex add_node(Rule rule = {});
  // `of` needs `on`; both must have been added. The same need twice counts twice.
  void add_need(NodeIndex of, NodeIndex on, NeedSpec spec = {});
  // Loops among these nodes are meant. A node belongs to one group at most.
  void add_loop_group(std::span<const NodeIndex> members);

  // The nodes of one loop that lies in no declared group, each needing the next and the last the
  // first; empty if there is none. For messages that name the path.
  std::vector<NodeIndex> find_undeclared_loop() const;

  // InvalidInput: an undeclared loop, a rule or need outside its bounds, a node in two groups.
  // LimitExceeded: too many nodes, needs or members of a loop.
  Result<Graph> build() const;

 private:
  struct RawNeed {
    std::uint32_t of = 0;
    std::uint32_t on = 0;
    NeedSpec spec;
  };
  Result<void> check_sizes() const;
  Result<void> check_needs() const;
  Result<std::vector<std::uint32_t>> groups_by_node() const;
  Adjacency edges() const;
  void fill_needs(Tables& tables) const;
  void fill_rules(Tables& tables) const;

  std::vector<Rule> rules_;
  std::vector<RawNeed> needs_;
  std::vector<std::vector<std::uint32_t>> groups_;
};

}  // namespace dienstbereit::graph
