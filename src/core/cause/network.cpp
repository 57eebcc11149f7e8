// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/network.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::core::cause {
namespace {

Result<void> check(const std::vector<NodeSpec>& specs) {
  if (specs.size() > kMostNodes)
    return fail(Errc::LimitExceeded, fmt::format("{} nodes; at most {}", specs.size(), kMostNodes));
  std::size_t members = 0;
  for (Node node = 0; node < specs.size(); ++node) {
    const NodeSpec& spec = specs[node];
    if (!(spec.prior >= 0 && spec.prior < 1))
      return fail(Errc::InvalidInput,
                  fmt::format("node {}: prior {}; 0 or more, and less than 1", node, spec.prior));
    if (spec.feed != kNone && (spec.feed >= specs.size() || specs[spec.feed].feed != spec.feed))
      return fail(Errc::InvalidInput, fmt::format("node {}: its feed {} does not exist, or does "
                                                  "not name itself as its feed",
                                                  node, spec.feed));
    for (const auto& group : spec.needs) {
      members += group.size();
      if (group.empty())
        return fail(Errc::InvalidInput,
                    fmt::format("node {}: a group without members could never be met", node));
      for (const Node need : group)
        if (need >= specs.size())
          return fail(Errc::InvalidInput,
                      fmt::format("node {}: needs {}, which does not exist", node, need));
    }
  }
  if (members > kMostMembers)
    return fail(Errc::LimitExceeded, fmt::format("{} needs; at most {}", members, kMostMembers));
  return {};
}

// Walks needs in depth, with a stack of its own: files may be deep.
class Walk {
 public:
  explicit Walk(const std::vector<NodeSpec>& specs)
      : specs_(specs), state_(specs.size(), State::New), next_(specs.size()) {}

  std::vector<Node> cycle() {
    for (Node node = 0; node < specs_.size(); ++node) {
      if (state_[node] != State::New) continue;
      if (const auto found = from(node); !found.empty()) return found;
    }
    return {};
  }

  const std::vector<Node>& order() const { return order_; }

 private:
  enum class State : std::uint8_t { New, Open, Done };
  struct Place {
    std::size_t group = 0;
    std::size_t member = 0;
  };

  std::vector<Node> from(Node start) {
    open(start);
    while (!path_.empty()) {
      const Node node = path_.back();
      const Node need = next_need(node);
      if (need == kNone) {
        state_[node] = State::Done;
        order_.push_back(node);
        path_.pop_back();
      } else if (state_[need] == State::Open) {
        return {std::find(path_.begin(), path_.end(), need), path_.end()};
      } else if (state_[need] == State::New) {
        open(need);
      }
    }
    return {};
  }

  void open(Node node) {
    state_[node] = State::Open;
    path_.push_back(node);
  }

  Node next_need(Node node) {
    Place& place = next_[node];
    const auto& groups = specs_[node].needs;
    while (place.group < groups.size() && place.member == groups[place.group].size())
      place = {place.group + 1, 0};
    return place.group == groups.size() ? kNone : groups[place.group][place.member++];
  }

  const std::vector<NodeSpec>& specs_;
  std::vector<State> state_;
  std::vector<Place> next_;
  std::vector<Node> path_;
  std::vector<Node> order_;
};

}  // namespace

std::vector<Node> cycle_among(const std::vector<NodeSpec>& specs) { return Walk(specs).cycle(); }

Result<Network> Network::make(const std::vector<NodeSpec>& specs) {
  if (auto sound = check(specs); !sound) return tl::unexpected(sound.error());
  Walk walk(specs);
  if (const auto cycle = walk.cycle(); !cycle.empty())
    return fail(Errc::InvalidInput,
                fmt::format("node {} needs itself, over {} nodes", cycle.front(), cycle.size()));
  Network network;
  network.order_ = walk.order();
  for (const NodeSpec& spec : specs) network.prior_.push_back(spec.prior);
  network.add_groups(specs);
  network.add_feeds(specs);
  return network;
}

void Network::add_groups(const std::vector<NodeSpec>& specs) {
  members_.begin.push_back(0);
  for (Node node = 0; node < specs.size(); ++node) {
    first_group_.push_back(group_count());
    for (std::vector<Node> group : specs[node].needs) {
      std::ranges::sort(group);
      group.erase(std::ranges::unique(group).begin(), group.end());
      owner_.push_back(node);
      members_.items.insert(members_.items.end(), group.begin(), group.end());
      members_.begin.push_back(static_cast<std::uint32_t>(members_.items.size()));
    }
  }
  first_group_.push_back(group_count());
  uses_.begin.assign(specs.size() + 1, 0);
  for (const Node member : members_.items) ++uses_.begin[member + 1];
  for (std::size_t at = 0; at < specs.size(); ++at) uses_.begin[at + 1] += uses_.begin[at];
  uses_.items.resize(members_.items.size());
  std::vector<std::uint32_t> next(uses_.begin.begin(), uses_.begin.end() - 1);
  for (std::uint32_t group = 0; group < group_count(); ++group)
    for (const Node member : members(group)) uses_.items[next[member]++] = group;
}

void Network::add_feeds(const std::vector<NodeSpec>& specs) {
  std::vector<std::uint32_t> number(specs.size(), kNone);
  for (Node node = 0; node < specs.size(); ++node) {
    if (specs[node].feed != node) continue;
    number[node] = feed_count();
    feeds_.push_back(node);
  }
  feed_of_.assign(specs.size(), kNone);
  std::vector<std::vector<Node>> devices(feeds_.size());
  for (Node node = 0; node < specs.size(); ++node) {
    if (specs[node].feed == kNone) continue;
    feed_of_[node] = number[specs[node].feed];
    if (specs[node].feed != node) devices[feed_of_[node]].push_back(node);
  }
  devices_.begin.push_back(0);
  for (const auto& list : devices) {
    devices_.items.insert(devices_.items.end(), list.begin(), list.end());
    devices_.begin.push_back(static_cast<std::uint32_t>(devices_.items.size()));
  }
}

}  // namespace dienstbereit::core::cause
