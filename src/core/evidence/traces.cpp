// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/evidence/traces.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace dienstbereit::core::evidence {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
// SNMP counts the time of an interface's last change in 32 bits of hundredths of a second.
constexpr Duration kTicksWrap(std::int64_t{10} << 32);

std::int64_t ms_of(Instant at) { return at.time_since_epoch().count(); }
Instant instant_of(std::int64_t ms) { return Instant(Duration(ms)); }

// By how much two clocks may drift apart in this time, besides `slack`.
std::int64_t allowance(Duration slack, Duration since) {
  return slack.count() + std::abs(since.count()) * kDriftPerMillion / kMillion;
}

// A counter that begins anew every `wraps` says the same time later by a multiple of it.
bool is_wrap(std::int64_t later_by, std::optional<Duration> wraps, std::int64_t slack) {
  if (!wraps || wraps->count() <= 0 || later_by < slack) return false;
  const std::int64_t rest = later_by % wraps->count();
  return std::min(rest, wraps->count() - rest) <= slack;
}

TraceNoted event_of(const ProbeResult& result, TraceKind what) {
  TraceNoted event;
  event.probe = result.probe;
  event.what = what;
  event.earliest = event.latest = result.ended;
  return event;
}

}  // namespace

Traces::Series Traces::series_of(TraceKind kind) {
  switch (kind) {
    case TraceKind::Restarted:
      return Series::Boot;
    case TraceKind::ClockJumped:
      return Series::Clock;
    case TraceKind::OnLine:
    case TraceKind::OnBattery:
      return Series::Supply;
    case TraceKind::VoltageNormal:
    case TraceKind::OverVoltage:
      return Series::Voltage;
    case TraceKind::LinkUp:
    case TraceKind::LinkDown:
    case TraceKind::LinkFlapped:
      break;
  }
  return Series::Link;
}

std::vector<TraceNoted> Traces::on_result(const ProbeResult& result) {
  std::vector<TraceNoted> out;
  if (result.ended < result.began) return out;  // our own clock stepped back
  std::size_t left = kMostTraces;
  for (const Trace& trace : result.traces) {
    if (left-- == 0) break;
    std::visit([&](const auto& one) { look(one, result, out); }, trace);
  }
  return out;
}

Traces::Since Traces::since(const ProbeResult& result, Duration ago) {
  return {ms_of(result.began) - ago.count(), ms_of(result.ended) - ago.count()};
}

// ---- how long a device runs --------------------------------------------------------------------

void Traces::look(const UptimeTrace& trace, const ProbeResult& result,
                  std::vector<TraceNoted>& out) {
  Memory& memory = memory_[Key(result.probe, Series::Boot, {})];
  const Since boot = since(result, trace.uptime);
  TraceNoted event = event_of(result, TraceKind::Restarted);
  event.after = trace.uptime.count();
  event.latest = instant_of(boot.latest);
  const bool known = memory.told.has_value();
  // After a restart of this program only the event is left.
  const std::int64_t boot_before = memory.seen.value_or(known ? ms_of(memory.told->latest) : 0);
  const Instant seen_at = memory.seen_at.value_or(memory.told_at);
  const std::int64_t slack = allowance(kRestartAfter, result.ended - seen_at);
  const std::int64_t later_by = boot.earliest - boot_before;
  const std::int64_t in_doubt = slack + boot.latest - boot.earliest;
  const bool again = known && later_by > slack && !is_wrap(later_by, trace.wraps, in_doubt);
  if (!known || (again && result.ended - memory.told_at >= kBetweenEvents)) {
    event.first = !known;
    event.earliest = known ? std::min(seen_at, event.latest) : event.latest;
    if (known) event.before = ms_of(seen_at) - boot_before;
    out.push_back(event);
  } else if (again) {
    return;  // it is told later: until then the last reading before it counts
  }
  memory.seen = boot.latest;
  memory.seen_at = result.ended;
}

// ---- a clock -----------------------------------------------------------------------------------

void Traces::look(const ClockTrace& trace, const ProbeResult& result,
                  std::vector<TraceNoted>& out) {
  Memory& memory = memory_[Key(result.probe, Series::Clock, {})];
  const std::int64_t offset = trace.offset.count();
  const bool known = memory.told.has_value();
  const std::int64_t before = memory.seen.value_or(known ? memory.told->after.value_or(0) : 0);
  const Instant seen_at = memory.seen_at.value_or(memory.told_at);
  const bool jumped =
      known && std::abs(offset - before) > allowance(kClockJump, result.ended - seen_at);
  if (!known || (jumped && result.ended - memory.told_at >= kBetweenEvents)) {
    TraceNoted event = event_of(result, TraceKind::ClockJumped);
    event.first = !known;
    if (known) event.earliest = std::min(seen_at, event.latest);
    if (known) event.before = before;
    event.after = offset;
    out.push_back(event);
  } else if (jumped) {
    return;
  }
  memory.seen = offset;
  memory.seen_at = result.ended;
}

// ---- a UPS -------------------------------------------------------------------------------------

void Traces::look(const PowerTrace& trace, const ProbeResult& result,
                  std::vector<TraceNoted>& out) {
  look_at_state(Series::Supply, trace.on_battery ? TraceKind::OnBattery : TraceKind::OnLine, trace,
                result, out);
  if (!trace.input_mv) return;  // what comes in is not known
  look_at_state(Series::Voltage,
                trace.over_voltage ? TraceKind::OverVoltage : TraceKind::VoltageNormal, trace,
                result, out);
}

void Traces::look_at_state(Series series, TraceKind kind, const PowerTrace& trace,
                           const ProbeResult& result, std::vector<TraceNoted>& out) {
  Memory& memory = memory_[Key(result.probe, series, {})];
  const bool known = memory.told.has_value();
  const bool turned = known && memory.told->what != kind;
  // What lasts for seconds only must not be lost because it was just found to be well.
  const bool may_tell =
      known && (memory.told->first || result.ended - memory.told_at >= kBetweenEvents);
  if (!known || (turned && may_tell)) {
    TraceNoted event = event_of(result, kind);
    event.first = !known;
    if (known) event.earliest = std::min(memory.seen_at.value_or(memory.told_at), event.latest);
    if (known) event.before = memory.seen ? memory.seen : memory.told->after;
    event.after = trace.input_mv;
    out.push_back(event);
  } else if (turned) {
    return;
  }
  memory.seen = trace.input_mv;
  memory.seen_at = result.ended;
}

// ---- an interface ------------------------------------------------------------------------------

// Since the last reading, of which there was one. Some say nothing until it changes first.
bool Traces::has_changed(const Since& changed, const Memory& memory, std::int64_t slack) {
  const std::int64_t seen_at = ms_of(*memory.seen_at);
  if (!memory.seen) return changed.earliest > seen_at;
  const std::int64_t later_by = changed.earliest - *memory.seen;
  const std::int64_t in_doubt = slack + changed.latest - changed.earliest;
  return later_by > slack && changed.latest > seen_at - slack &&
         !is_wrap(later_by, kTicksWrap, in_doubt);
}

void Traces::look(const LinkTrace& trace, const ProbeResult& result, std::vector<TraceNoted>& out) {
  const std::string subject = trace.interface.substr(0, kLongestTraceSubject);
  Memory& memory = memory_[Key(result.probe, Series::Link, subject)];
  const bool known = memory.told.has_value();
  const TraceKind kind = trace.up ? TraceKind::LinkUp : TraceKind::LinkDown;
  const Instant seen_at = memory.seen_at.value_or(memory.told_at);
  std::optional<Since> changed;
  if (trace.changed_ago) changed = since(result, *trace.changed_ago);
  // A flap leaves the state as it was, so what was told last stands for it.
  const bool was_up = known && memory.told->after.value_or(0) != 0;
  const bool turned = known && was_up != trace.up;
  const std::int64_t slack = allowance(kRestartAfter, result.ended - seen_at);
  const bool flapped =
      known && !turned && changed && memory.seen_at && has_changed(*changed, memory, slack);
  if (!known || ((turned || flapped) && result.ended - memory.told_at >= kBetweenEvents)) {
    TraceNoted event = event_of(result, flapped ? TraceKind::LinkFlapped : kind);
    event.first = !known;
    event.subject = subject;
    if (known) event.earliest = std::min(seen_at, event.latest);
    // The device knows better when, if that lies within what we saw.
    if (changed && instant_of(changed->latest) >= event.earliest) {
      event.latest = std::min(event.latest, instant_of(changed->latest));
    }
    if (known) event.before = was_up ? 1 : 0;
    event.after = trace.up ? 1 : 0;
    out.push_back(event);
  } else if (turned || flapped) {
    return;
  }
  memory.seen = changed ? std::optional(changed->latest) : std::nullopt;
  memory.seen_at = result.ended;
}

// ---- what it remembers -------------------------------------------------------------------------

void Traces::apply(const TraceNoted& event, Instant at) {
  Memory& memory = memory_[Key(event.probe, series_of(event.what), event.subject)];
  memory.told = event;
  memory.told_at = at;
}

void Traces::reload(const District& district) {
  std::set<ProbeId> there;
  for (const ProbeSpec& probe : district.probes) there.insert(probe.id);
  std::erase_if(memory_,
                [&](const auto& entry) { return !there.contains(std::get<0>(entry.first)); });
}

}  // namespace dienstbereit::core::evidence
