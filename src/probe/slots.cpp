// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/slots.h"

#include <algorithm>

#include "base/assert.h"
#include "base/hash.h"
#include "probe/run.h"

namespace dienstbereit::probe {
namespace {

// An interval of nothing would be due without end.
constexpr Duration kSmallestInterval{100};

Duration interval_of(const ProbeSpec& spec) { return std::max(spec.interval, kSmallestInterval); }

std::string local_address(const District& district, const UplinkId& uplink) {
  for (const auto& candidate : district.uplinks) {
    if (candidate.id == uplink) return candidate.bind;
  }
  return {};
}

}  // namespace

Duration slot_offset(const ProbeId& id, Duration interval) {
  // FNV's low bits differ little between ids that differ in the last letter: mix (splitmix64).
  std::uint64_t mixed = stable_hash(id.str());
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  mixed ^= mixed >> 31;
  return Duration(static_cast<Duration::rep>(mixed % static_cast<std::uint64_t>(interval.count())));
}

Instant next_slot(const ProbeId& id, Duration interval, Instant now) {
  const auto offset = slot_offset(id, interval);
  const auto since = now.time_since_epoch() - offset;
  auto rounds = since / interval;
  if (since % interval < Duration::zero()) --rounds;  // before 1970, for clocks gone wrong
  return Instant(offset + (rounds + 1) * interval);
}

void Slots::use(std::shared_ptr<const District> district, Instant now) {
  const auto old_slots = std::exchange(slots_, {});
  const auto old_ids = std::exchange(by_id_, {});
  due_ = {};
  waiting_ = {};
  waiting_tls_ = {};
  district_ = std::move(district);
  for (const auto& spec : district_->probes) {
    if (std::holds_alternative<HeartbeatProbe>(spec.action) || !spec.from.empty()) continue;
    const std::size_t index = slots_.size();
    Slot slot;
    const auto old = old_ids.find(spec.id);
    if (old != old_ids.end()) slot = old_slots[old->second];
    slot.spec = &spec;
    slot.from = local_address(*district_, spec.uplink);
    slot.tls = uses_tls(spec);
    const bool owed = slot.state == State::Waiting || slot.asked;
    slot.asked = false;
    if (slot.state == State::Waiting) slot.state = State::Idle;
    slots_.push_back(std::move(slot));
    by_id_.emplace(spec.id, index);
    due_.push({next_slot(spec.id, interval_of(spec), now), index, true});
    if (owed) ask_slot(index, now);
  }
}

void Slots::ask(const ProbeId& probe, Instant now) {
  const auto found = by_id_.find(probe);
  if (found != by_id_.end()) ask_slot(found->second, now);
}

void Slots::ask_slot(std::size_t index, Instant now) {
  Slot& slot = slots_[index];
  if (slot.state == State::Running) slot.again = true;
  if (slot.state != State::Idle || slot.asked) return;  // the run to come answers it
  slot.asked = true;
  const auto earliest = slot.started ? *slot.started + kSmallestGap : now;
  due_.push({std::max(now, earliest), index, false});
}

void Slots::enqueue(std::size_t index, Instant due) {
  Slot& slot = slots_[index];
  slot.state = State::Waiting;
  slot.due = due;
  (slot.tls ? waiting_tls_ : waiting_).push(index);
}

void Slots::look(Instant now) {
  while (!due_.empty() && due_.top().at <= now) {
    const Due due = due_.top();
    due_.pop();
    Slot& slot = slots_[due.slot];
    if (!due.scheduled) {
      slot.asked = false;
      if (slot.state == State::Idle) enqueue(due.slot, due.at);
      continue;
    }
    const auto interval = interval_of(*slot.spec);
    const auto missed = (now - due.at) / interval;
    const auto next = due.at + (missed + 1) * interval;
    skipped_ += static_cast<std::uint64_t>(missed);
    due_.push({next, due.slot, true});
    if (slot.state == State::Idle) {
      enqueue(due.slot, due.at);
    } else {
      ++skipped_;
    }
  }
}

std::optional<Slots::Start> Slots::take(Instant now) {
  if (running_ >= most_running_) return std::nullopt;
  const bool tls_first = !waiting_tls_.empty() && running_tls_ < most_running_tls_;
  if (!tls_first && waiting_.empty()) return std::nullopt;
  auto& queue = tls_first ? waiting_tls_ : waiting_;
  const std::size_t index = queue.front();
  queue.pop();
  Slot& slot = slots_[index];
  slot.state = State::Running;
  slot.started = now;
  ++running_;
  if (slot.tls) ++running_tls_;
  return Start{district_, slot.spec, slot.from, slot.due};
}

bool Slots::finished(const ProbeId& probe, bool tls, Instant now) {
  dienstbereit_assert(running_ > 0);
  --running_;
  if (tls) --running_tls_;
  const auto found = by_id_.find(probe);
  if (found == by_id_.end()) return false;
  Slot& slot = slots_[found->second];
  if (slot.state != State::Running) return false;  // gone and back again meanwhile
  slot.state = State::Idle;
  if (std::exchange(slot.again, false)) ask_slot(found->second, now);
  return true;
}

std::optional<Instant> Slots::next_due() const {
  if (due_.empty()) return std::nullopt;
  return due_.top().at;
}

Slots::Counts Slots::counts() const {
  return {slots_.size(), skipped_, running_, waiting_.size() + waiting_tls_.size()};
}

}  // namespace dienstbereit::probe
