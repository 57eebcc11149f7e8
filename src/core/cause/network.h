// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "model/record/causes.h"

// What may be damaged, and what falls with it: the input of the search for causes that weighs what
// is seen (diagnose.h, docs/formats/cause.md).
namespace dienstbereit::core::cause {

// The number of a node: 0 to node_count() - 1.
using Node = std::uint32_t;

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;
inline constexpr std::size_t kMostNodes = 200'000;
inline constexpr std::size_t kMostMembers = 2'000'000;  // of all groups, and of all common causes

// A node is up if and only if it is undamaged and every group of `needs` has a member that is up;
// so a group without members is never met.
struct NodeSpec {
  double prior = 0;  // chance of damage of its own, in [0, 1)
  std::vector<std::vector<Node>> needs;
};

// log of p / (1 - p); minus infinity for 0.
inline double log_odds_of(double p) { return std::log(p) - std::log1p(-p); }

// What may have damaged several nodes at once: a surge on a feed, heat in a room, a change.
struct CommonSpec {
  CommonSort sort = CommonSort::Surge;
  // log of the odds, before anything is seen, of this against no common cause; minus infinity:
  // never.
  double log_prior_odds = 0;
  double damage = 0;  // [0, 1): chance that it damages a member that is not damaged anyway
  std::vector<Node> members;  // a node may be a member of several causes
  Node at = kNone;  // where it lies; that node is damaged by it only if it is a member too
};

// The nodes of one cycle of needs, each needing the next and the last the first; empty: there is
// none.
std::vector<Node> cycle_among(const std::vector<NodeSpec>& specs);

// Immutable; what stands in it is sorted for walking up and down.
class Network {
 public:
  // Common causes keep their order. InvalidInput: an impossible chance or odds, an unknown node, a
  // cycle. LimitExceeded: more than the bounds above; of causes as of
  // nodes.
  static Result<Network> make(const std::vector<NodeSpec>& specs,
                              const std::vector<CommonSpec>& commons);

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(prior_.size()); }
  std::uint32_t group_count() const { return static_cast<std::uint32_t>(owner_.size()); }
  std::uint32_t common_count() const { return static_cast<std::uint32_t>(commons_.size()); }

  double prior(Node node) const { return prior_[node]; }
  CommonSort sort(std::uint32_t common) const { return commons_[common].sort; }
  double log_prior_odds(std::uint32_t common) const { return commons_[common].log_odds; }
  double damage(std::uint32_t common) const { return commons_[common].damage; }
  Node common_at(std::uint32_t common) const { return commons_[common].at; }
  // What a common cause can damage, ascending; and the causes that can damage a node, ascending.
  std::span<const Node> exposed(std::uint32_t common) const { return part(exposed_, common); }
  std::span<const std::uint32_t> exposures(Node node) const { return part(exposures_, node); }
  bool is_exposed(Node node, std::uint32_t common) const;

  // The groups that a node needs are numbered one after the other.
  std::uint32_t first_group(Node node) const { return first_group_[node]; }
  std::uint32_t end_group(Node node) const { return first_group_[node + 1]; }
  std::span<const Node> members(std::uint32_t group) const { return part(members_, group); }
  Node owner(std::uint32_t group) const { return owner_[group]; }
  // The groups that a node is a member of.
  std::span<const std::uint32_t> uses(Node node) const { return part(uses_, node); }

  // Every node after all that it needs.
  const std::vector<Node>& order() const { return order_; }

 private:
  struct Lists {
    std::vector<std::uint32_t> begin;  // one more than there are lists
    std::vector<std::uint32_t> items;
    void add(std::vector<std::uint32_t> list);  // in order, each item once
  };
  static std::span<const std::uint32_t> part(const Lists& lists, std::uint32_t at) {
    return {lists.items.data() + lists.begin[at], lists.begin[at + 1] - lists.begin[at]};
  }
  // By item, the lists that it stands in, ascending.
  static Lists inverse(const Lists& lists, std::size_t items);
  void add_groups(const std::vector<NodeSpec>& specs);
  void add_commons(const std::vector<CommonSpec>& commons);

  struct Common {
    CommonSort sort{};
    double log_odds = 0;
    double damage = 0;
    Node at = kNone;
  };
  std::vector<double> prior_;
  std::vector<Common> commons_;
  Lists exposed_;
  Lists exposures_;
  std::vector<std::uint32_t> first_group_;
  Lists members_;
  std::vector<Node> owner_;
  Lists uses_;
  std::vector<Node> order_;
};

}  // namespace dienstbereit::core::cause
