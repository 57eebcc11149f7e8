// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/traces_seen.h"

#include <algorithm>
#include <set>

namespace dienstbereit::engine {
namespace {

// A step is told after it was made.
constexpr Duration kStepTold = std::chrono::minutes(1);

bool says_something(TraceKind what) {
  return what == TraceKind::OverVoltage || what == TraceKind::VoltageNormal ||
         what == TraceKind::Restarted || what == TraceKind::ClockJumped;
}

Duration moved_by(const TraceNoted& jump) {
  return Duration(jump.after.value_or(0) - jump.before.value_or(0));
}

}  // namespace

void TracesSeen::apply(const TraceNoted& event) {
  if (!says_something(event.what)) return;
  std::deque<TraceNoted>& kept = kept_[{event.probe, event.what}];
  kept.push_back(event);
  if (kept.size() > kMostOfOneTrace) kept.pop_front();
}

void TracesSeen::apply_clock_step(Instant at) {
  clock_steps_.push_back(at);
  if (clock_steps_.size() > kMostClockSteps) clock_steps_.pop_front();
}

void TracesSeen::reload(const District& district) {
  std::set<ProbeId> there;
  for (const ProbeSpec& probe : district.probes) there.insert(probe.id);
  std::erase_if(kept_, [&](const auto& entry) { return !there.contains(entry.first.probe); });
}

// The end of time if it lasts still.
Instant TracesSeen::over_voltage_until(const TraceNoted& over) const {
  const auto normal = kept_.find({over.probe, TraceKind::VoltageNormal});
  if (normal == kept_.end()) return Instant::max();
  const auto next = std::ranges::find_if(
      normal->second, [&](const TraceNoted& trace) { return trace.latest > over.latest; });
  return next == normal->second.end() ? Instant::max() : next->latest;
}

// A device says itself when it began to run, and what a UPS has at its input holds from the time of
// the reading until it is read otherwise; so both are known even of a first reading. A jump lies
// somewhere between two.
bool TracesSeen::is_of(const TraceNoted& trace, Instant fell) const {
  const Instant from = fell - kTraceBefore;
  const Instant to = fell + kTraceAfter;
  if (trace.what == TraceKind::VoltageNormal || trace.latest > to) return false;
  if (trace.what == TraceKind::OverVoltage) {
    return trace.latest >= fell - kOverVoltageIsUsual && over_voltage_until(trace) >= from;
  }
  if (trace.latest < from) return false;
  if (trace.what != TraceKind::ClockJumped) return true;
  const bool ours = std::ranges::any_of(clock_steps_, [&](Instant step) {
    return step >= trace.earliest && step <= trace.latest + kStepTold;
  });
  return !trace.first && trace.earliest >= from && !ours;
}

std::vector<TracesSeen::Trace> TracesSeen::around(Instant fell) const {
  std::vector<Trace> found;
  for (const auto& [key, kept] : kept_) {
    const bool any =
        std::ranges::any_of(kept, [&](const TraceNoted& trace) { return is_of(trace, fell); });
    if (any) found.push_back(key);
  }
  return found;
}

std::vector<TracesSeen::Moved> TracesSeen::clocks_moved(Instant fell) const {
  std::vector<Moved> all;
  for (const auto& [key, kept] : kept_) {
    if (key.what != TraceKind::ClockJumped) continue;
    Moved clock{key.probe, Duration(0), Instant()};
    Duration path(0);
    for (const TraceNoted& jump : kept) {
      const bool then = jump.latest >= fell - kTraceBefore && jump.earliest <= fell + kTraceAfter;
      if (jump.first || !then) continue;
      clock.by += moved_by(jump);
      path += std::chrono::abs(moved_by(jump));
      clock.latest = std::max(clock.latest, jump.latest);
    }
    if (path > Duration(0) && path == std::chrono::abs(clock.by)) all.push_back(clock);
  }
  return all;
}

bool TracesSeen::tells(const ProbeId& probe, TraceKind what) const {
  return kept_.contains({probe, what});
}

}  // namespace dienstbereit::engine
