// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace dienstbereit::core::cause {
namespace {

constexpr double kGains = 1e-9;  // less is rounding
constexpr double kUnknown = std::numeric_limits<double>::infinity();
constexpr double kHardlyUnknown = 1e-12;
constexpr double kBeside = 4;
constexpr double kTold = 1;  // nats beyond these: told, though to first order
constexpr double kTogether = 0.1;  // nats by which a pair is more than two by themselves
constexpr double kPairDepth = 6;  // nats: a pair that costs more is of little weight
constexpr std::uint64_t kPairsShare = 2;  // of the visits that are left
constexpr std::size_t kMostPairs = 100;
constexpr std::size_t kMostEnds = 40;
constexpr std::size_t kMostToggled = 24;  // what differs more is not one account of the same
constexpr std::size_t kMostBarred = 6;
constexpr std::size_t kMostSteps = 100'000;
constexpr std::size_t kPassedAVisit = 8;  // nodes that are passed over in the time of a visit

}  // namespace

Search::Search(Belief& belief, const Network& network, const Bounds& bounds)
    : belief_(belief), network_(network), bounds_(bounds) {
  const std::uint32_t count = network.node_count();
  allow(1);
  gain_.assign(count, 0);
  slack_.assign(count, 0);
  mark_.assign(count, 0);
  fall_.assign(count, 0);
  fall_known_.assign(count, 0);
  hope_.assign(count, 0);
  rank_.assign(count, 0);
  std::vector<Node> seen_down;
  for (Node node = 0; node < count; ++node)
    if (belief.relevant(node) && belief.fall(node) > 0) seen_down.push_back(node);
  std::ranges::copy_if(seen_down, std::back_inserter(told_down_),
                       [&](Node node) { return belief.told_down(node); });
  below_ = seen_down;
  gather_above();
  for (const Node node : above_) slack_[node] = kUnknown;
  for (Node node = 0; node < count; ++node) {
    if (!belief.suspect(node)) continue;
    suspects_.push_back(node);
    if (slack_[node] != 0) continue;
    // Nothing that hangs on it speaks for its damage, so it gains at most its prior's odds.
    gain_[node] = belief.terms(node).damaged - belief.terms(node).up;
    slack_[node] = kHardlyUnknown;
  }
}

bool Search::over() const { return belief_.visits() > visits_most_ || stopped(); }

void Search::allow(double share) {
  const std::uint64_t all = bounds_.visits_of(network_.node_count());
  const std::uint64_t spent = std::min(belief_.visits(), all);
  const auto allowed = static_cast<std::uint64_t>(share * static_cast<double>(all - spent));
  visits_most_ = spent + allowed;
}

void Search::gather_below(std::span<const Node> starts) {
  ++round_;
  below_.assign(starts.begin(), starts.end());
  for (const Node node : starts) mark_[node] = round_;
  for (std::size_t at = 0; at < below_.size(); ++at) {
    for (const std::uint32_t group : network_.uses(below_[at])) {
      const Node owner = network_.owner(group);
      if (mark_[owner] == round_ || !belief_.relevant(owner)) continue;
      mark_[owner] = round_;
      below_.push_back(owner);
    }
  }
  belief_.count_visits(below_.size());
}

void Search::gather_above() {
  ++round_;
  above_ = below_;
  for (const Node node : above_) mark_[node] = round_;
  for (std::size_t at = 0; at < above_.size(); ++at) {
    const Node node = above_[at];
    const std::uint32_t end = network_.end_group(node);
    for (std::uint32_t group = network_.first_group(node); group < end; ++group) {
      for (const Node member : network_.members(group)) {
        if (mark_[member] == round_) continue;
        mark_[member] = round_;
        above_.push_back(member);
      }
    }
  }
  belief_.count_visits(above_.size());
}

// Widens what is remembered for a change of these nodes; hands back by how much the gain of a
// suspect that is not below them may have changed.
double Search::loosen(std::span<const Node> changed) {
  gather_below(changed);
  double sum = 0;
  for (const Node node : below_) sum += belief_.range(node);
  for (const Node node : changed) sum += belief_.own_range(node);
  sum *= 2;
  for (const Node node : below_) slack_[node] += belief_.own_range(node);
  gather_above();
  for (const Node node : above_) slack_[node] += sum;
  return sum;
}

void Search::toggle(Node node) {
  loosen({&node, 1});
  belief_.toggle(node);
  ++state_;
  const auto at = std::ranges::lower_bound(roots_, node);
  if (at != roots_.end() && *at == node)
    roots_.erase(at);
  else
    roots_.insert(at, node);
}

double Search::gain(Node node) {
  if (slack_[node] != 0) {
    gain_[node] = gain_now(node);
    slack_[node] = 0;
  }
  return gain_[node];
}

// As the belief's; but nodes that fall one through the other, as in a chain, share the way down.
double Search::gain_now(Node node) {
  if (belief_.down(node)) return belief_.gain(node);
  path_.clear();
  Node at = node;
  while (fall_known_[at] != state_) {
    const Node next = belief_.falls_through(at);
    path_.push_back(at);
    if (next == kNone) {
      fall_[at] = belief_.gain_below(at);
      fall_known_[at] = state_;
      break;
    }
    at = next;
  }
  belief_.count_visits(path_.size() + 1);
  for (auto up = path_.rbegin(); up != path_.rend(); ++up) {
    if (fall_known_[*up] != state_) fall_[*up] = belief_.fall(at) + fall_[at];
    fall_known_[*up] = state_;
    at = *up;
  }
  const Belief::Terms own = belief_.terms(node);
  return own.damaged - own.up + fall_[node];
}

Node Search::best_suspect() {
  Node best = kNone;
  double most = kGains;
  for (const Node node : suspects_) {
    if (over()) break;
    if (gain_at_most(node) <= most || std::ranges::find(barred_, node) != barred_.end()) continue;
    if (gain(node) <= most) continue;
    most = gain_[node];
    best = node;
  }
  return best;
}

void Search::drop_masked() {
  for (const Node root : std::vector<Node>(roots_))
    if (!belief_.met(root)) toggle(root);
}

// Adds to hope_ of all above the riddle what cutting it off would gain.
void Search::hope_for(Node riddle) {
  ++round_;
  above_.assign(1, riddle);
  mark_[riddle] = round_;
  const double open = belief_.cut_off(riddle);
  for (std::size_t at = 0; at < above_.size(); ++at) {
    const Node node = above_[at];
    if (hope_[node] == 0) hopeful_.push_back(node);
    hope_[node] += open;
    const std::uint32_t end = network_.end_group(node);
    for (std::uint32_t group = network_.first_group(node); group < end; ++group) {
      for (const Node member : network_.members(group)) {
        if (mark_[member] == round_ || belief_.down(member)) continue;
        mark_[member] = round_;
        above_.push_back(member);
      }
    }
  }
  belief_.count_visits(above_.size());
}

bool Search::may_add(Node node) const {
  return belief_.suspect(node) && !belief_.root(node) && belief_.met(node) &&
         std::ranges::find(barred_, node) == barred_.end();
}

// Sets hope_ of all above what is to be cut off, where a pair could gain more than `least` at all.
void Search::set_hopes(double least) {
  for (const Node node : hopeful_) hope_[node] = 0;
  hopeful_.clear();
  belief_.count_visits((told_down_.size() + suspects_.size()) / kPassedAVisit);
  std::vector<Node> riddles;
  double all = 0;
  // In place of a root only what hangs on it is open anew.
  if (!barred_.empty()) gather_below({barred_.data(), 1});
  const auto keep = [&](Node node) {
    if (!barred_.empty() && mark_[node] != round_) return;
    if (!belief_.met(node) || belief_.cut_off(node) <= kTogether) return;
    riddles.push_back(node);
    all += belief_.cut_off(node);
  };
  for (const Node node : roots_) keep(node);
  for (const Node node : told_down_)
    if (!belief_.root(node)) keep(node);
  double best = -kUnknown;
  for (const Node node : suspects_)
    if (may_add(node)) best = std::max(best, gain_at_most(node));
  if (2 * best + all <= least) return;
  for (const Node riddle : riddles) {
    if (over()) break;
    hope_for(riddle);
  }
}

// Suspects of which a pair could gain more than `least`, the best first; their gains are exact.
std::vector<Node> Search::hopeful_suspects(double least) {
  set_hopes(least);
  std::vector<Node> found;
  std::ranges::copy_if(hopeful_, std::back_inserter(found),
                       [&](Node node) { return may_add(node); });
  // Twice, first by bounds.
  for (const bool exact : {false, true}) {
    double best = -kUnknown;
    for (const Node node : found) {
      if (exact && !over()) gain(node);
      best = std::max(best, gain_at_most(node));
    }
    std::erase_if(found, [&](Node node) {
      return (exact && !known(node)) || gain_at_most(node) + best + hope_[node] <= least;
    });
  }
  std::ranges::sort(
      found, [this](Node a, Node b) { return gain_[a] != gain_[b] ? gain_[a] > gain_[b] : a < b; });
  return found;
}

// What is above the members left of the groups that these nodes need and that have lost members.
void Search::gather_left(const std::vector<Node>& touched) {
  ++round_;
  above_.clear();
  const auto add_members = [&](std::uint32_t group) {
    for (const Node member : network_.members(group)) {
      if (mark_[member] == round_ || belief_.down(member) || hope_[member] == 0) continue;
      mark_[member] = round_;
      above_.push_back(member);
    }
  };
  for (const Node owner : touched) {
    if (!belief_.met(owner) || hope_[owner] == 0) continue;
    for (std::uint32_t group = network_.first_group(owner); group < network_.end_group(owner);
         ++group) {
      const auto members = network_.members(group);
      if (std::ranges::any_of(members, [this](Node node) { return belief_.down(node); }))
        add_members(group);
    }
  }
  for (std::size_t at = 0; at < above_.size(); ++at) {
    const Node node = above_[at];
    for (std::uint32_t group = network_.first_group(node); group < network_.end_group(node);
         ++group)
      add_members(group);
  }
  belief_.count_visits(touched.size() + above_.size());
}

// Sorts, and hands back the gain of the last one kept.
double Search::keep_best(std::vector<Pair>& pairs, std::size_t most) {
  std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
    return std::tuple(-a.gain, a.first, a.second) < std::tuple(-b.gain, b.first, b.second);
  });
  if (pairs.size() > most) pairs.resize(most);
  return pairs.empty() ? 0 : pairs.back().gain;
}

std::vector<Search::Pair> Search::pairs(double least, bool only_best) {
  std::vector<Pair> found;
  const std::vector<Node> suspects = hopeful_suspects(least);
  for (std::uint32_t at = 0; at < suspects.size(); ++at) rank_[suspects[at]] = at + 1;
  std::vector<Node> touched;
  const std::uint64_t spent = belief_.visits();
  const std::uint64_t most = (visits_most_ - std::min(spent, visits_most_)) / kPairsShare;
  for (std::size_t at = 0; at + 1 < suspects.size() && !over(); ++at) {
    const Node first = suspects[at];
    if (gain_[first] + gain_[suspects[at + 1]] + hope_[first] <= least) continue;
    if (belief_.visits() - spent > most) {
      all_pairs_ = false;
      break;
    }
    touched.clear();
    belief_.record(&touched);
    belief_.toggle(first);
    belief_.record(nullptr);
    ++state_;
    gather_left(touched);
    for (const Node second : above_) {
      if (over()) break;
      if (rank_[second] <= rank_[first] || !belief_.met(second)) continue;
      const double apart = gain_[first] + gain_[second];
      if (apart + std::min(hope_[first], hope_[second]) <= least) continue;
      const double gain = gain_[first] + gain_now(second);
      if (gain <= least || gain < apart + kTogether) continue;
      found.push_back({first, second, gain});
      if (only_best) least = gain;
      if (found.size() >= 2 * kMostPairs) least = std::max(least, keep_best(found, kMostPairs));
    }
    belief_.toggle(first);
    ++state_;
  }
  for (const Node node : suspects) rank_[node] = 0;
  keep_best(found, only_best ? 1 : kMostPairs);
  return found;
}

void Search::climb_greedily() {
  for (std::size_t step = 0; step < kMostSteps && !over(); ++step) {
    const Node best = best_suspect();
    if (best != kNone) {
      toggle(best);
    } else {
      const std::vector<Pair> pair = pairs(kGains, true);
      if (pair.empty()) return;
      toggle(pair.front().first);
      toggle(pair.front().second);
    }
    drop_masked();
  }
}

bool Search::do_without_one() {
  const std::vector<Node> before = roots_;
  const double score = belief_.score();
  for (const Node root : before) {
    barred_.assign(1, root);
    while (barred_.size() <= kMostBarred) {
      put(before);
      toggle(root);
      climb_greedily();
      if (belief_.score() > score + kGains) {
        barred_.clear();
        return true;
      }
      if (ends_.size() < kMostEnds) ends_.push_back({roots_, belief_.score()});
      // What took its place first may have hidden that several others together do better.
      const std::size_t barred = barred_.size();
      std::ranges::set_difference(roots_, before, std::back_inserter(barred_));
      if (barred_.size() == barred || over()) break;
    }
    put(before);
    barred_.clear();
    if (over()) return false;
  }
  return false;
}

void Search::climb() {
  for (std::size_t step = 0; step < kMostSteps && !over(); ++step) {
    climb_greedily();
    if (!do_without_one()) return;
  }
}

void Search::put(std::vector<Node> roots) {
  std::vector<Node> different;
  std::ranges::set_symmetric_difference(roots_, roots, std::back_inserter(different));
  for (const Node node : different) toggle(node);
}

void Search::suppose(std::uint32_t common) {
  const std::vector<Node> exposed = belief_.exposed_heads(common);
  double sum = 0;
  for (const Node node : exposed) {
    const Belief::Terms before = belief_.terms(node);
    const Belief::Terms after = belief_.terms(node, common);
    const double own = std::abs(after.damaged - before.damaged);
    const double up = std::abs(after.up - before.up);
    sum += belief_.root(node) ? own : up;
    slack_[node] += own + up;
  }
  belief_.suppose(common);
  ++state_;
  below_.assign(exposed.begin(), exposed.end());
  gather_above();
  for (const Node node : above_) slack_[node] += sum;
}

// The roots that members of this common cause need, or that need one.
std::vector<Node> Search::roots_near(std::uint32_t common) {
  const auto exposed = network_.exposed(common);
  std::vector<Node> near;
  const auto keep = [&](const std::vector<Node>& among) {
    for (const Node node : among)
      if (belief_.root(node)) near.push_back(node);
  };
  gather_below(exposed);
  keep(below_);
  below_.assign(exposed.begin(), exposed.end());
  gather_above();
  keep(above_);
  std::ranges::sort(near);
  near.erase(std::ranges::unique(near).begin(), near.end());
  return near;
}

std::vector<Node> Search::connected(Node node) {
  gather_below({&node, 1});
  std::vector<Node> all = below_;
  below_.assign(1, node);
  gather_above();
  all.insert(all.end(), above_.begin() + 1, above_.end());
  return all;
}

void Search::climb_with(std::uint32_t common) {
  ends_.clear();
  suppose(common);
  const std::vector<Node> near = roots_near(common);
  std::vector<Node> others;
  std::ranges::set_difference(roots_, near, std::back_inserter(others));
  climb();
  if (near.empty()) return;
  const std::vector<Node> first = roots_;
  const double score = belief_.score();
  ends_.push_back({first, score});
  put(others);
  climb();
  ends_.push_back({roots_, belief_.score()});
  if (belief_.score() <= score) put(first);
}

void Search::stand_at(std::uint32_t common, const std::vector<Node>& roots) {
  for (const Node node : roots_) belief_.toggle(node);
  belief_.suppose(common);
  for (const Node node : roots) belief_.toggle(node);
  ++state_;
  roots_ = roots;
}

void Search::recall(const Memory& memory) {
  stand_at(memory.common, memory.roots);
  belief_.count_visits(network_.node_count());  // what is found from here is summed up by node
  gain_ = memory.gain;
  slack_ = memory.slack;
}

std::vector<std::vector<Node>> Search::others(double depth) {
  std::vector<std::vector<Node>> found;
  for (const End& end : ends_) {
    if (end.score < belief_.score() - depth) continue;
    std::vector<Node> toggled;
    std::ranges::set_symmetric_difference(roots_, end.roots, std::back_inserter(toggled));
    if (toggled.empty() || toggled.size() > kMostToggled) continue;
    if (std::ranges::find(found, toggled) == found.end()) found.push_back(std::move(toggled));
  }
  for (const Pair& pair : pairs(-std::min(depth, kPairDepth), false))
    found.push_back({std::min(pair.first, pair.second), std::max(pair.first, pair.second)});
  return found;
}

std::vector<Search::Active> Search::active(double depth,
                                           const std::vector<std::vector<Node>>& others) {
  std::vector<Active> found;
  std::vector<std::uint32_t> at(network_.node_count(), kNone);
  const auto add = [&](Node node, Node instead_of) {
    if (at[node] == kNone) {
      at[node] = static_cast<std::uint32_t>(found.size());
      found.push_back({node, {}});
    }
    if (instead_of != kNone) found[at[node]].instead_of.push_back(instead_of);
  };
  for (const Node root : roots_) add(root, kNone);
  for (const std::vector<Node>& toggled : others) {
    for (const Node node : toggled) add(node, kNone);
    for (const Node node : toggled) add(node, toggled.front());
  }
  for (const Node node : suspects_) {
    if (over()) break;
    if (!belief_.met(node) || gain_at_most(node) <= kBeside - depth - kTold) continue;
    if (gain(node) > kBeside - depth) add(node, kNone);
  }
  for (const Node root : roots_) {
    if (over()) break;
    const double spent = gain(root);
    gather_below({&root, 1});
    double sum = belief_.own_range(root);
    for (const Node node : below_) sum += belief_.range(node);
    gather_above();
    belief_.toggle(root);
    ++state_;
    for (const Node node : above_) {
      if (over()) break;
      if (node == root || !belief_.suspect(node) || belief_.root(node) || !belief_.met(node))
        continue;
      if (spent + gain_at_most(node) + 2 * sum + belief_.own_range(node) <= -depth) continue;
      if (spent + gain_now(node) > -depth) add(node, root);
    }
    belief_.toggle(root);
    ++state_;
  }
  return found;
}

}  // namespace dienstbereit::core::cause
