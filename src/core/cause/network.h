// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

// What may be damaged, and what falls with it: the input of the search for causes that weighs what
// is seen (diagnose.h, docs/formats/cause.md).
namespace dienstbereit::core::cause {

// The number of a node: 0 to node_count() - 1.
using Node = std::uint32_t;

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;
inline constexpr std::size_t kMostNodes = 200'000;
inline constexpr std::size_t kMostMembers = 2'000'000;  // of all groups together

// A node is up if and only if it is undamaged and every group of `needs` has a member that is up.
struct NodeSpec {
  double prior = 0;  // chance of damage of its own, in [0, 1)
  // The node whose surge can damage this one, or kNone. A feed names itself; its own surge does not
  // damage it.
  Node feed = kNone;
  std::vector<std::vector<Node>> needs;
};

// The nodes of one cycle of needs, each needing the next and the last the first; empty: there is
// none.
std::vector<Node> cycle_among(const std::vector<NodeSpec>& specs);

// Immutable; what stands in it is sorted for walking up and down.
class Network {
 public:
  // InvalidInput: an impossible prior, an unknown node, a feed that does not name itself, a group
  // without members, a cycle. LimitExceeded: more than the bounds above.
  static Result<Network> make(const std::vector<NodeSpec>& specs);

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(prior_.size()); }
  std::uint32_t group_count() const { return static_cast<std::uint32_t>(owner_.size()); }
  std::uint32_t feed_count() const { return static_cast<std::uint32_t>(feeds_.size()); }

  double prior(Node node) const { return prior_[node]; }
  // Feeds are numbered by the order of their nodes. `feed_of` is kNone where there is none.
  Node feed_node(std::uint32_t feed) const { return feeds_[feed]; }
  std::uint32_t feed_of(Node node) const { return feed_of_[node]; }
  // What a surge of this feed can damage: its nodes but the feed itself.
  std::span<const Node> devices(std::uint32_t feed) const { return part(devices_, feed); }

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
  };
  static std::span<const std::uint32_t> part(const Lists& lists, std::uint32_t at) {
    return {lists.items.data() + lists.begin[at], lists.begin[at + 1] - lists.begin[at]};
  }
  void add_groups(const std::vector<NodeSpec>& specs);
  void add_feeds(const std::vector<NodeSpec>& specs);

  std::vector<double> prior_;
  std::vector<std::uint32_t> feed_of_;
  std::vector<Node> feeds_;
  Lists devices_;
  std::vector<std::uint32_t> first_group_;
  Lists members_;
  std::vector<Node> owner_;
  Lists uses_;
  std::vector<Node> order_;
};

}  // namespace dienstbereit::core::cause
