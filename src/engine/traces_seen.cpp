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
  return what == TraceKind::OverVoltage || what == TraceKind::Restarted ||
         what == TraceKind::ClockJumped;
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

// A device says itself when it began to run, and what a UPS has at its input holds at the time of
// the reading; so both are known even of a first reading. A jump lies somewhere between two.
bool TracesSeen::is_of(const TraceNoted& trace, Instant fell) const {
  const Instant from = fell - kTraceBefore;
  const Instant to = fell + kTraceAfter;
  if (trace.latest < from || trace.latest > to) return false;
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

bool TracesSeen::tells_restarts(const ProbeId& probe) const {
  return kept_.contains({probe, TraceKind::Restarted});
}

}  // namespace dienstbereit::engine
