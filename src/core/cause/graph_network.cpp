// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/graph_network.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace dienstbereit::core::cause {
namespace {

using graph::NodeIndex;
using Groups = std::vector<std::vector<std::uint32_t>>;  // nodes of the graph

// How many of `members` must be up.
std::size_t least_up(const graph::Rule& rule, std::size_t members) {
  const auto of = [&](double share) {
    return std::clamp<std::size_t>(
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(members) - 1e-9)), 1,
        members);
  };
  switch (rule.op) {
    case Operator::All:
      return members;
    case Operator::Any:
      return 1;
    case Operator::AtLeast:
      return std::clamp<std::size_t>(rule.at_least, 1, members);
    case Operator::Share:
      return of(rule.limited);
    case Operator::Degrades:
      return 0;
  }
  return members;
}

// Every set of members so large that without it too few are left needs one that is up.
void add_subsets(const std::vector<std::uint32_t>& members, std::size_t size, Groups& groups) {
  std::vector<std::size_t> chosen(size);
  for (std::size_t i = 0; i < size; ++i) chosen[i] = i;
  while (true) {
    auto& group = groups.emplace_back();
    for (const std::size_t at : chosen) group.push_back(members[at]);
    std::size_t moved = size;
    while (moved > 0 && chosen[moved - 1] == members.size() - size + moved - 1) --moved;
    if (moved == 0) return;
    ++chosen[moved - 1];
    for (std::size_t i = moved; i < size; ++i) chosen[i] = chosen[i - 1] + 1;
  }
}

class Maker {
 public:
  Maker(const graph::Graph& graph, const Susceptible& susceptible, const std::vector<bool>& holds)
      : graph_(graph), susceptible_(susceptible), holds_(holds) {}

  Result<GraphNetwork> make() {
    number();
    specs_.resize(made_.of.size());
    for (std::uint32_t node = 0; node < graph_.node_count(); ++node) fill(node);
    auto network = Network::make(specs_, commons());
    if (!network) return tl::unexpected(network.error());
    made_.network = std::move(*network);
    return std::move(made_);
  }

 private:
  void number() {
    const std::uint32_t count = graph_.node_count();
    for (std::uint32_t node = 0; node < count; ++node) {
      made_.state_of.push_back(add(node));
      const bool loops = graph_.loop_of(NodeIndex(node)).has_value();
      made_.damage_of.push_back(loops ? add(node) : made_.state_of.back());
    }
  }
  Node add(std::uint32_t node) {
    made_.of.emplace_back(node);
    return static_cast<Node>(made_.of.size() - 1);
  }

  bool same_loop(std::uint32_t a, std::uint32_t b) const {
    const auto loop = graph_.loop_of(NodeIndex(a));
    return loop && loop == graph_.loop_of(NodeIndex(b));
  }

  Groups groups_of(std::uint32_t node) const {
    std::vector<std::uint32_t> members;
    std::size_t carried = 0;
    bool alike = true;
    std::optional<double> weight;
    for (const graph::NeedIndex need : graph_.needs_of(NodeIndex(node))) {
      const graph::NeedView view = graph_.need(need);
      alike = alike && weight.value_or(view.spec.weight) == view.spec.weight;
      weight = view.spec.weight;
      if (holds_[need.value()]) {
        members.push_back(view.on.value());
      } else {
        ++carried;
      }
    }
    Groups groups;
    if (members.empty()) return groups;
    const graph::Rule rule = graph_.rule(NodeIndex(node));
    std::size_t least = least_up(rule, members.size() + carried);
    const bool counted = rule.op == Operator::AtLeast || rule.op == Operator::Share;
    if (counted && (members.size() > kMostCounted || (rule.op == Operator::Share && !alike))) {
      least = 1;
    }
    if (least <= carried) return groups;
    add_subsets(members, members.size() + carried - least + 1, groups);
    return groups;
  }

  void fill(std::uint32_t node) {
    NodeSpec& own = specs_[made_.damage_of[node]];
    own.prior = susceptible_.priors[node];
    for (const auto& group : groups_of(node)) {
      std::vector<Node> members;
      for (const std::uint32_t member : group) {
        if (!same_loop(node, member)) members.push_back(made_.state_of[member]);
      }
      if (!members.empty()) own.needs.push_back(std::move(members));
    }
    if (made_.state_of[node] != made_.damage_of[node]) fill_loop(node);
  }

  std::vector<CommonSpec> commons() const {
    std::vector<CommonSpec> all;
    for (const GraphCommon& common : susceptible_.commons) {
      CommonSpec& spec = all.emplace_back();
      spec.sort = common.sort;
      spec.log_prior_odds = common.log_prior_odds;
      spec.damage = common.damage;
      for (const NodeIndex member : common.members)
        spec.members.push_back(made_.damage_of[member.value()]);
      if (common.at) spec.at = made_.damage_of[common.at->value()];
    }
    return all;
  }

  // The state of a member: what it and all those stand on that it cannot do without in its loop.
  void fill_loop(std::uint32_t node) {
    std::set<std::uint32_t> reached{node};
    std::vector<std::uint32_t> open{node};
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      for (const auto& group : groups_of(at)) {
        if (group.size() != 1 || !same_loop(at, group.front())) continue;
        if (reached.insert(group.front()).second) open.push_back(group.front());
      }
    }
    for (const std::uint32_t member : reached) {
      specs_[made_.state_of[node]].needs.push_back({made_.damage_of[member]});
    }
  }

  const graph::Graph& graph_;
  const Susceptible& susceptible_;
  const std::vector<bool>& holds_;
  GraphNetwork made_;
  std::vector<NodeSpec> specs_;
};

}  // namespace

Result<GraphNetwork> network_of(const graph::Graph& graph, const Susceptible& susceptible,
                                const std::vector<bool>& holds) {
  return Maker(graph, susceptible, holds).make();
}

}  // namespace dienstbereit::core::cause
