// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/network.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace dienstbereit::core::cause {
namespace {

Result<void> too_many(const char* what, std::size_t count, std::size_t most) {
  if (count <= most) return {};
  return fail(Errc::LimitExceeded, fmt::format("{} {}; at most {}", count, what, most));
}

Result<void> check(const std::vector<NodeSpec>& specs) {
  if (auto fits = too_many("nodes", specs.size(), kMostNodes); !fits) return fits;
  std::size_t members = 0;
  for (Node node = 0; node < specs.size(); ++node) {
    const NodeSpec& spec = specs[node];
    if (!(spec.prior >= 0 && spec.prior < 1))
      return fail(Errc::InvalidInput,
                  fmt::format("node {}: prior {}; 0 or more, and less than 1", node, spec.prior));
    for (const auto& group : spec.needs) {
      members += group.size();
      for (const Node need : group)
        if (need >= specs.size())
          return fail(Errc::InvalidInput,
                      fmt::format("node {}: needs {}, which does not exist", node, need));
    }
  }
  return too_many("needs", members, kMostMembers);
}

Result<void> check(const std::vector<CommonSpec>& commons, std::size_t nodes) {
  if (auto fits = too_many("common causes", commons.size(), kMostNodes); !fits) return fits;
  std::size_t members = 0;
  for (std::size_t at = 0; at < commons.size(); ++at) {
    const CommonSpec& spec = commons[at];
    members += spec.members.size();
    if (!(spec.damage >= 0 && spec.damage < 1))
      return fail(Errc::InvalidInput,
                  fmt::format("common cause {}: chance of damage {}; 0 or more, and less than 1",
                              at, spec.damage));
    if (!(spec.log_prior_odds < std::numeric_limits<double>::infinity()))
      return fail(Errc::InvalidInput,
                  fmt::format("common cause {}: log odds of {}", at, spec.log_prior_odds));
    const bool known = std::ranges::all_of(spec.members, [&](Node node) { return node < nodes; });
    if (!known || (spec.at != kNone && spec.at >= nodes))
      return fail(Errc::InvalidInput,
                  fmt::format("common cause {}: names a node that does not exist", at));
  }
  return too_many("members of common causes", members, kMostMembers);
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

Result<Network> Network::make(const std::vector<NodeSpec>& specs,
                              const std::vector<CommonSpec>& commons) {
  if (auto sound = check(specs); !sound) return tl::unexpected(sound.error());
  if (auto sound = check(commons, specs.size()); !sound) return tl::unexpected(sound.error());
  Walk walk(specs);
  if (const auto cycle = walk.cycle(); !cycle.empty())
    return fail(Errc::InvalidInput,
                fmt::format("node {} needs itself, over {} nodes", cycle.front(), cycle.size()));
  Network network;
  network.order_ = walk.order();
  for (const NodeSpec& spec : specs) network.prior_.push_back(spec.prior);
  network.add_groups(specs);
  network.add_commons(commons);
  return network;
}

bool Network::is_exposed(Node node, std::uint32_t common) const {
  return std::ranges::binary_search(exposures(node), common);
}

Network::Lists Network::inverse(const Lists& lists, std::size_t items) {
  Lists found;
  found.begin.assign(items + 1, 0);
  for (const std::uint32_t item : lists.items) ++found.begin[item + 1];
  for (std::size_t at = 0; at < items; ++at) found.begin[at + 1] += found.begin[at];
  found.items.resize(lists.items.size());
  std::vector<std::uint32_t> next(found.begin.begin(), found.begin.end() - 1);
  for (std::uint32_t list = 0; list + 1 < lists.begin.size(); ++list)
    for (const std::uint32_t item : part(lists, list)) found.items[next[item]++] = list;
  return found;
}

void Network::add_groups(const std::vector<NodeSpec>& specs) {
  members_.begin.push_back(0);
  for (Node node = 0; node < specs.size(); ++node) {
    first_group_.push_back(group_count());
    for (const std::vector<Node>& group : specs[node].needs) {
      owner_.push_back(node);
      members_.add(group);
    }
  }
  first_group_.push_back(group_count());
  uses_ = inverse(members_, specs.size());
}

void Network::add_commons(const std::vector<CommonSpec>& commons) {
  exposed_.begin.push_back(0);
  for (const CommonSpec& spec : commons) {
    commons_.push_back({spec.sort, spec.log_prior_odds, spec.damage, spec.at});
    exposed_.add(spec.members);
  }
  exposures_ = inverse(exposed_, prior_.size());
}

void Network::Lists::add(std::vector<std::uint32_t> list) {
  std::ranges::sort(list);
  list.erase(std::ranges::unique(list).begin(), list.end());
  items.insert(items.end(), list.begin(), list.end());
  begin.push_back(static_cast<std::uint32_t>(items.size()));
}

}  // namespace dienstbereit::core::cause
