// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/spread.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace dienstbereit::core::cause {
namespace {

constexpr double kNegligible = 7;  // nats below all that is found: not expanded any more
constexpr double kSwapped = 5;     // nats below the best: one in place of another is tried
constexpr double kUsualDepth = 100;  // more: everything is looked at
constexpr double kMatters = 6;     // nats below the best: may join parts that meet in it
constexpr int kMostJoins = 3;
constexpr std::uint64_t kTouches = 4;  // of each: alone, added, in place of another, and to spare

void flip(std::vector<Node>& set, Node node) {
  const auto at = std::ranges::lower_bound(set, node);
  if (at != set.end() && *at == node)
    set.erase(at);
  else
    set.insert(at, node);
}

}  // namespace

Spread::Spread(Belief& belief, const Network& network, const Bounds& bounds,
               std::vector<Node> roots)
    : belief_(belief), bounds_(bounds), roots_(std::move(roots)), base_(belief.score()) {
  claimed_.assign(network.node_count(), kNone);
}

bool Spread::over() const {
  return belief_.exhausted(bounds_) || expanded_ >= bounds_.hypotheses ||
         (bounds_.stop != nullptr && bounds_.stop->asked());
}

// Within the expansion of one hypothesis; that it does not is noted.
bool Spread::goes_on() {
  const bool stopped = bounds_.stop != nullptr && bounds_.stop->asked();
  const bool goes_on = !stopped && !belief_.exhausted(bounds_);
  complete_ = complete_ && goes_on;
  return goes_on;
}

std::uint32_t Spread::top(std::uint32_t active) {
  while (parent_[active] != active) active = parent_[active] = parent_[parent_[active]];
  return active;
}

void Spread::stand_at(const std::vector<Node>& toggled) {
  std::vector<Node> different;
  std::ranges::set_symmetric_difference(standing_, toggled, std::back_inserter(different));
  for (const Node node : different) belief_.toggle(node);
  standing_ = toggled;
}

// What was touched belongs to the part of `owner`; where another part has it, the two are joined if
// that counts.
void Spread::claim(std::uint32_t owner, bool counts) {
  for (const Node node : touched_) {
    std::uint32_t& by = claimed_[node];
    if (by == kNone)
      by = owner;
    else if (counts && top(by) != top(owner))
      join(by, owner);
  }
  touched_.clear();
}

// Hands back for how many of them there are visits enough to look at each in place of another too;
// the first roots_.size() always.
std::size_t Spread::touch_alone(const std::vector<Search::Active>& active) {
  const std::uint64_t before = belief_.visits();
  const std::uint64_t most = belief_.left(bounds_) / kTouches;
  std::uint32_t at = 0;
  belief_.record(&touched_);
  for (; at < active.size(); ++at) {
    if (at >= roots_.size() && (belief_.visits() - before > most || over())) break;
    belief_.gain(active[at].node);
    claim(at, true);
  }
  belief_.record(nullptr);
  touching_ = belief_.visits() - before;
  complete_ = complete_ && at == active.size();
  return at;
}

std::vector<Part> Spread::run(std::vector<Search::Active> active,
                              std::vector<std::vector<Node>> others, double depth) {
  others_ = std::move(others);
  for (std::uint32_t at = 0; at < active.size(); ++at) parent_.push_back(at);
  active.resize(touch_alone(active));
  std::unordered_map<Node, std::uint32_t> number;
  for (std::uint32_t at = 0; at < active.size(); ++at) number[active[at].node] = at;
  for (std::uint32_t at = 0; at < active.size(); ++at)
    for (const Node other : active[at].instead_of)
      if (number.contains(other)) join(at, number[other]);

  std::vector<Part> parts;
  std::vector<std::uint32_t> done(active.size(), kNone);  // by top: place among parts
  for (int round = 0; round < kMostJoins; ++round) {
    std::unordered_map<std::uint32_t, std::vector<Node>> members;
    for (std::uint32_t at = 0; at < active.size(); ++at)
      members[top(at)].push_back(active[at].node);
    std::vector<Part> next;
    std::vector<std::uint32_t> next_done(active.size(), kNone);
    bool changed = false;
    for (std::uint32_t at = 0; at < active.size(); ++at) {
      if (top(at) != at) continue;
      next_done[at] = static_cast<std::uint32_t>(next.size());
      const std::uint32_t before = done[at];
      if (before != kNone && parts[before].suspects.size() == members[at].size()) {
        next.push_back(std::move(parts[before]));
        continue;
      }
      next.emplace_back().suspects = members[at];
      enumerate(next.back(), at, depth);
      changed = true;
    }
    parts = std::move(next);
    done = std::move(next_done);
    if (!changed) break;
  }
  return parts;
}

void Spread::enumerate(Part& part, std::uint32_t owner, double depth) {
  found_.clear();
  open_.clear();
  depth_ = depth;
  best_ = 0;
  sum_ = 1;
  expanded_ = 0;
  stand_at({});
  part.variants.push_back({{}, 0, 0, belief_.seen_key()});
  if (std::isinf(depth) && can_look_at_all(part))
    look_at_all(part);
  else
    look_at_likely(part, owner);
  stand_at({});
  std::ranges::sort(part.variants, [](const Variant& a, const Variant& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.toggled < b.toggled;
  });
  part.log_sum = best_ + std::log(sum_);
  for (Variant& variant : part.variants) variant.share = std::exp(variant.gain - part.log_sum);
}

void Spread::add_up(double gain) {
  if (gain > best_) {
    sum_ *= std::exp(best_ - gain);
    best_ = gain;
  }
  sum_ += std::exp(gain - best_);
}

bool Spread::can_look_at_all(const Part& part) const {
  constexpr std::size_t kMostBits = 20;
  if (part.suspects.size() > kMostBits) return false;
  const std::uint64_t sets = std::uint64_t{1} << part.suspects.size();
  const std::uint64_t a_set = touching_ / (2 * std::max<std::size_t>(part.suspects.size(), 1)) + 1;
  return belief_.left(bounds_) / sets > a_set;
}

// All sets, each from the one before it by one suspect (Gray's code), so that one costs one toggle.
void Spread::look_at_all(Part& part) {
  const std::uint64_t sets = std::uint64_t{1} << part.suspects.size();
  for (std::uint64_t set = 1; set < sets; ++set) {
    if (bounds_.stop != nullptr && bounds_.stop->asked()) {
      complete_ = false;
      return;
    }
    const Node node = part.suspects[static_cast<std::size_t>(std::countr_zero(set))];
    belief_.toggle(node);
    flip(standing_, node);
    const bool counts = std::ranges::none_of(
        part.suspects, [this](Node root) { return belief_.root(root) && !belief_.met(root); });
    if (!counts) continue;
    const double gain = belief_.score() - base_;
    part.variants.push_back({standing_, gain, 0, belief_.seen_key()});
    add_up(gain);
  }
}

// The likeliest first, until what is left is negligible.
void Spread::look_at_likely(Part& part, std::uint32_t owner) {
  found_[0] = 0;
  open_.push_back({0, 0});
  add_others(part);
  while (!open_.empty()) {
    const Open next = open_.front();
    if (!std::isinf(depth_) && next.gain < best_ + std::log(sum_) - kNegligible) break;
    if (over()) {
      complete_ = false;
      break;
    }
    std::pop_heap(open_.begin(), open_.end());
    open_.pop_back();
    ++expanded_;
    const Variant from = part.variants[next.at];
    expand(part, from, owner);
  }
}

// Roots whose needs fell do not count: as the belief stands, without them it is the same.
void Spread::drop_masked(const Part& part, std::vector<Node>& toggled) const {
  for (const Node node : part.suspects)
    if (belief_.root(node) && !belief_.met(node)) flip(toggled, node);
}

void Spread::add_others(Part& part) {
  for (const std::vector<Node>& toggled : others_) {
    if (std::ranges::find(part.suspects, toggled.front()) == part.suspects.end()) continue;
    stand_at(toggled);
    const double gain = belief_.score() - base_;
    if (gain <= best_ - depth_) continue;
    Variant variant{toggled, gain, 0, belief_.seen_key()};
    drop_masked(part, variant.toggled);
    const auto at = static_cast<std::uint32_t>(part.variants.size());
    if (!found_.try_emplace(Belief::key_of(variant.toggled), at).second) continue;
    part.variants.push_back(std::move(variant));
    open_.push_back({gain, at});
    std::push_heap(open_.begin(), open_.end());
    add_up(gain);
  }
  stand_at({});
}

void Spread::expand(Part& part, const Variant& from, std::uint32_t owner) {
  stand_at(from.toggled);
  std::vector<Node> in;
  for (const Node node : part.suspects)
    if (belief_.root(node)) in.push_back(node);
  for (const Node node : part.suspects)
    if ((belief_.root(node) || belief_.met(node)) && goes_on())
      consider(part, from, node, kNone, owner);
  if (from.gain < best_ - std::max(kSwapped, depth_ - kUsualDepth)) return;
  for (const Node out : in) {
    belief_.toggle(out);
    for (const Node node : part.suspects)
      if (node != out && !belief_.root(node) && belief_.met(node) && goes_on())
        consider(part, from, out, node, owner);
    belief_.toggle(out);
  }
}

// Where the belief stands: at `from`, and with `first` toggled too if there is a `second`.
void Spread::consider(Part& part, const Variant& from, Node first, Node second,
                      std::uint32_t owner) {
  const Node last = second == kNone ? first : second;
  belief_.record(&touched_);
  belief_.toggle(last);
  belief_.record(nullptr);
  const double gain = belief_.score() - base_;
  if (gain > best_ - depth_) {
    Variant variant{from.toggled, gain, 0, belief_.seen_key()};
    flip(variant.toggled, first);
    if (second != kNone) flip(variant.toggled, second);
    drop_masked(part, variant.toggled);
    const auto [place, fresh] = found_.try_emplace(
        Belief::key_of(variant.toggled), static_cast<std::uint32_t>(part.variants.size()));
    if (fresh) {
      claim(owner, gain > best_ - kMatters);
      open_.push_back({gain, place->second});
      std::push_heap(open_.begin(), open_.end());
      add_up(gain);
      part.variants.push_back(std::move(variant));
    }
  }
  touched_.clear();
  belief_.toggle(last);
}

}  // namespace dienstbereit::core::cause
