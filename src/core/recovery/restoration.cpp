// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/restoration.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <unordered_map>

#include "base/assert.h"
#include "base/hash.h"
#include "core/recovery/simulate.h"

namespace dienstbereit::core::recovery {
namespace {

bool startable(const Reach& reach, std::size_t node) {
  return reach.startable.size() == 0 || reach.startable[node];
}

// When an interim fix that is in force from `from` on is over; kNever: it stays.
Instant end_of(const Interim& interim, Instant from, Instant start, double u) {
  if (!interim.expires) return kNever;
  if (interim.relapse <= 0) return *interim.expires;
  // Constant rate: it has not failed before the start, and that says nothing of what is left.
  const Instant begin = std::max(from, start);
  const auto life = static_cast<double>((*interim.expires - from).count());
  const double lasts = life * (std::log1p(-u) / std::log1p(-interim.relapse));
  if (lasts >= static_cast<double>((*interim.expires - begin).count())) return *interim.expires;
  return begin + Duration(static_cast<Duration::rep>(lasts));
}

bool all_up(const Bits& up, const std::vector<std::size_t>& nodes) {
  return std::all_of(nodes.begin(), nodes.end(), [&](std::size_t node) { return up[node]; });
}

}  // namespace

Restoration::Restoration(const Plan& plan, RememberedOpens& opens)
    : plan_(plan), opens_(opens), waiting_(plan.nodes.size()) {
  for (std::size_t node = 0; node < plan.nodes.size(); ++node) {
    for (const std::size_t before : plan.nodes[node].restart_after) {
      waiting_[before].push_back(node);
    }
  }
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) index.emplace(plan.tasks[i].id, i);
  for (const Interim& interim : plan.interims) {
    task_of_interim_.push_back(interim.task.empty() ? kNoTask : index.at(interim.task));
    key_of_interim_.push_back(stable_hash(interim.id.empty() ? interim.task : interim.id));
    if (interim.full) continue;
    for (const std::size_t node : interim.restores) {
      if (plan.nodes[node].faulty) in_part_.push_back(node);
    }
  }
}

void Restoration::add_interim(std::size_t index, std::span<const Instant> done, DrawKey key) {
  const Interim& interim = plan_.interims[index];
  const std::size_t task = task_of_interim_[index];
  const Instant from = task == kNoTask ? *interim.since : done[task];
  if (from == kNever || (interim.expires && *interim.expires <= from)) return;
  const double u = interim.relapse > 0 ? uniform(key, key_of_interim_[index], Purpose::Relapse) : 0;
  const Instant until = end_of(interim, from, plan_.start, u);
  if (until <= from) return;
  for (const std::size_t node : interim.restores) {
    flips_.push_back({from, node, +1, interim.full});
    if (until != kNever) flips_.push_back({until, node, -1, interim.full});
  }
}

void Restoration::collect_flips(std::span<const Instant> done, DrawKey key) {
  flips_.clear();
  for (std::size_t i = 0; i < plan_.tasks.size(); ++i) {
    if (done[i] == kNever) continue;
    for (const std::size_t node : plan_.tasks[i].restores) {
      flips_.push_back({done[i], node, +1, true});
    }
  }
  for (std::size_t i = 0; i < plan_.interims.size(); ++i) add_interim(i, done, key);
  std::sort(flips_.begin(), flips_.end(), [](const Flip& a, const Flip& b) { return a.at < b.at; });
  next_flip_ = 0;
}

void Restoration::turn(const Flip& flip) {
  (flip.full ? holds_ : part_holds_)[flip.node] += flip.holds;
  repaired_.set(flip.node, repaired(flip.node));
  touched_.push_back(flip.node);
}

void Restoration::set_state(std::size_t node, State state) {
  states_[node] = state;
  up_.set(node, state == State::Up);
  begun_.set(node, state != State::Down);
}

void Restoration::begin(std::span<const Instant> done, DrawKey key) {
  dienstbereit_assert(done.size() == plan_.tasks.size());
  collect_flips(done, key);
  const std::size_t nodes = plan_.nodes.size();
  timers_.clear();
  holds_.assign(nodes, 0);
  part_holds_.assign(nodes, 0);
  states_.assign(nodes, State::Down);
  until_.assign(nodes, Instant{});
  up_ = Bits(nodes);
  part_ = Bits(nodes);
  begun_ = Bits(nodes);
  repaired_ = Bits(nodes);
  for (std::size_t node = 0; node < nodes; ++node) repaired_.set(node, repaired(node));
  const Instant first = flips_.empty() ? plan_.start : std::min(flips_.front().at, plan_.start);
  for (; next_flip_ < flips_.size() && flips_[next_flip_].at == first; ++next_flip_) {
    turn(flips_[next_flip_]);
  }
  reach_ = &ask();
  touched_.resize(nodes);
  std::iota(touched_.begin(), touched_.end(), std::size_t{0});
  settle(first);
}

bool Restoration::valid(const Timer& timer) const {
  return states_[timer.node] == State::Starting && until_[timer.node] == timer.at;
}

void Restoration::prune_timers() {
  while (!timers_.empty() && !valid(timers_.front())) {
    std::pop_heap(timers_.begin(), timers_.end(), std::greater<>());
    timers_.pop_back();
  }
}

std::optional<Instant> Restoration::next() const {
  std::optional<Instant> next;
  if (next_flip_ < flips_.size()) next = flips_[next_flip_].at;
  if (!timers_.empty() && (!next || timers_.front().at < *next)) next = timers_.front().at;
  return next;
}

void Restoration::advance() {
  const auto at = next();
  dienstbereit_assert(at.has_value());
  for (; next_flip_ < flips_.size() && flips_[next_flip_].at == *at; ++next_flip_) {
    turn(flips_[next_flip_]);
  }
  while (!timers_.empty() && timers_.front().at == *at) {
    const Timer timer = timers_.front();
    std::pop_heap(timers_.begin(), timers_.end(), std::greater<>());
    timers_.pop_back();
    if (!valid(timer)) continue;
    set_state(timer.node, State::Up);
    touched_.push_back(timer.node);
  }
  settle(*at);
}

// What is no longer repaired, or has lost what it needs, is down and must start anew.
bool Restoration::drop() {
  bool any = false;
  for (std::size_t i = 0; i < begun_.words().size(); ++i) {
    const std::uint64_t held = repaired_.words()[i] & reach_->startable.words()[i];
    each_member(begun_.words()[i] & ~held, i, [&](std::size_t node) {
      any = any || states_[node] == State::Up;
      set_state(node, State::Down);
    });
  }
  return any;
}

bool Restoration::may_start(std::size_t node) const {
  return states_[node] == State::Down && repaired(node) &&
         all_up(up_, plan_.nodes[node].restart_after);
}

// True if it is up by it already.
bool Restoration::start(std::size_t node, Instant now) {
  const Duration takes = plan_.nodes[node].restart_time;
  if (takes == Duration(0)) {
    set_state(node, State::Up);
    return true;
  }
  set_state(node, State::Starting);
  until_[node] = now + takes;
  timers_.push_back({until_[node], node});
  std::push_heap(timers_.begin(), timers_.end(), std::greater<>());
  return false;
}

// What can start does. True if something is up by it already.
bool Restoration::rise(Instant now) {
  bool any = false;
  for (std::size_t i = 0; i < begun_.words().size(); ++i) {
    const std::uint64_t ready = repaired_.words()[i] & reach_->startable.words()[i];
    each_member(ready & ~begun_.words()[i], i, [&](std::size_t node) {
      if (may_start(node)) any = start(node, now) || any;
    });
  }
  return any;
}

// Which of those up are carried in part; true if they are others than before.
bool Restoration::part_changes() {
  bool changes = false;
  for (const std::size_t node : in_part_) {
    const bool part = up_[node] && holds_[node] == 0;
    changes = changes || part != part_[node];
    part_.set(node, part);
  }
  return changes;
}

const Reach& Restoration::ask() {
  part_changes();
  asked_up_ = up_;
  return in_part_.empty() ? opens_.at(up_) : opens_.in_part(up_, part_);
}

// Where every node may start as it likes, only what was touched can fall, and only that and what
// waits for it can rise.
void Restoration::settle_touched(Instant now) {
  for (const std::size_t node : touched_) {
    if (states_[node] == State::Down || repaired(node)) continue;
    set_state(node, State::Down);
  }
  const std::size_t from_outside = touched_.size();
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    const std::size_t node = touched_[i];
    const bool by_timer = i < from_outside && up_[node] && !asked_up_[node];
    const bool up = may_start(node) ? start(node, now) : by_timer;
    if (up) touched_.insert(touched_.end(), waiting_[node].begin(), waiting_[node].end());
  }
  if (part_changes() || !(up_ == asked_up_)) reach_ = &ask();
}

void Restoration::settle(Instant now) {
  if (reach_->startable.size() == 0) {
    settle_touched(now);
  } else {
    // Each round takes at least one node down, then each brings at least one up: both end.
    reach_ = &ask();
    while (drop()) reach_ = &ask();
    while (rise(now)) reach_ = &ask();
  }
  touched_.clear();
  prune_timers();
}

Reach attainable(const Plan& plan, RememberedOpens& opens, bool lasting) {
  enum : char { kBroken, kInPart, kWhole };
  std::vector<char> repaired(plan.nodes.size(), kBroken);
  for (std::size_t i = 0; i < repaired.size(); ++i) {
    if (!plan.nodes[i].faulty) repaired[i] = kWhole;
  }
  for (const PlannedTask& task : plan.tasks) {
    for (const std::size_t node : task.restores) repaired[node] = kWhole;
  }
  for (const Interim& interim : plan.interims) {
    if (lasting && interim.expires) continue;
    for (const std::size_t node : interim.restores) {
      repaired[node] = std::max<char>(repaired[node], interim.full ? kWhole : kInPart);
    }
  }
  Bits up(plan.nodes.size());
  Bits part(plan.nodes.size());
  for (bool any = true; any;) {
    any = false;
    const Reach reach = opens.at(up);
    for (std::size_t i = 0; i < repaired.size(); ++i) {
      if (up[i] || repaired[i] == kBroken || !startable(reach, i)) continue;
      if (!all_up(up, plan.nodes[i].restart_after)) continue;
      up.set(i);
      part.set(i, repaired[i] == kInPart);
      any = true;
    }
  }
  return opens.in_part(up, part);
}

}  // namespace dienstbereit::core::recovery
