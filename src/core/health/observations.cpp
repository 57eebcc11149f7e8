// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// From results and time to events. Failures that need their path go on in paths.cpp.
#include "core/health/observations.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::core::health {
namespace {

// The observer could not keep its own time: says nothing of the target.
bool is_own_fault(const ProbeResult& result, Duration timeout) {
  if (result.ended < result.began) return true;
  const bool late = result.ended - result.began > timeout + kOverloadGrace;
  return late && result.outcome != ProbeOutcome::Success;
}

ProbeResult as_broken(ProbeResult result, Duration timeout) {
  result.outcome = ProbeOutcome::Broken;
  if (result.ended < result.began) {
    result.detail = "the observer's clock stepped back while the probe ran";
  } else {
    result.detail = fmt::format("observer overloaded: the run ended {} after it began, with a "
                                "timeout of {}",
                                to_text(result.ended - result.began), to_text(timeout));
  }
  return result;
}

}  // namespace

// ---- emitting

void Observations::emit(EventPayload payload, Instant now, Outcome& out) {
  apply(payload, now);
  out.events.push_back(std::move(payload));
}

void Observations::settle(Index index, const ProbeResult& result, Instant now, Outcome& out) {
  Probe& probe = probes_[index];
  const bool flapping = flaps(probe, result.outcome, now);
  if (probe.settled.outcome && probe.settled.outcome != result.outcome) {
    probe.run.changes.push_back(now);
    if (probe.run.changes.size() > kFlappingChanges) probe.run.changes.pop_front();
  }
  probe.run.renew = false;
  emit(ObservationSettled{probe.spec.id, result.outcome, result.began, result.phase, result.detail,
                          flapping},
       now, out);
}

void Observations::lose(Index index, LossReason why, std::string detail, Instant now,
                        Outcome& out) {
  const Probe& probe = probes_[index];
  if (!probe.settled.fresh && probe.settled.lost == why) return;
  emit(ObservationLost{probe.spec.id, why, std::move(detail), {}}, now, out);
}

// Whether the probe flaps once `next` is settled.
bool Observations::flaps(const Probe& probe, ProbeOutcome next, Instant now) {
  const bool change = probe.settled.outcome && probe.settled.outcome != next;
  if (probe.settled.flapping) return change || now < steady_at(probe);
  const auto& changes = probe.run.changes;
  return change && changes.size() >= kFlappingChanges &&
         now - changes.front() < probe.spec.interval * kFlappingIntervals;
}

// ---- results

Observations::Outcome Observations::on_result(const ProbeResult& result, Instant now) {
  Outcome out;
  const Index index = find(result.probe);
  if (index == kNone) return out;
  Probe& probe = probes_[index];
  if (probe.spec.elsewhere) return out;
  if (probe.run.began && result.began < *probe.run.began) return out;
  probe.run.began = result.began;
  const Duration timeout = probe.spec.timeout;
  take(index, is_own_fault(result, timeout) ? as_broken(result, timeout) : result, now, out);
  if (probe.spec.on_path) judge_waiting(now, out);
  schedule(index);
  return out;
}

void Observations::take(Index index, const ProbeResult& result, Instant now, Outcome& out) {
  switch (result.outcome) {
    case ProbeOutcome::Success:
    case ProbeOutcome::Slow:
      return take_success(index, result, now, out);
    case ProbeOutcome::Failure:
      return take_failure(index, result, now, out);
    case ProbeOutcome::Broken:
      return take_broken(index, result, now, out);
  }
}

void Observations::take_success(Index index, const ProbeResult& result, Instant now, Outcome& out) {
  Probe& probe = probes_[index];
  Running& run = probe.run;
  stop_waiting(index);
  run.failures = 0;
  run.broken = 0;
  run.last_success = result.began;
  run.seen = std::max(run.seen, std::min(result.ended, now));
  if (run.missed) run.missed = run.seen + probe.spec.interval + probe.spec.timeout;
  const Observation& settled = probe.settled;
  const bool same_cause = result.outcome != ProbeOutcome::Slow || settled.phase == result.phase;
  const bool known = settled.fresh && settled.outcome == result.outcome && same_cause && !run.renew;
  const bool calmed = settled.flapping && now >= steady_at(probe);
  if (!known || calmed) settle(index, result, now, out);
}

void Observations::take_failure(Index index, const ProbeResult& result, Instant now, Outcome& out) {
  Probe& probe = probes_[index];
  Running& run = probe.run;
  run.broken = 0;
  run.last_failure = result.began;
  if (const Path* path = lost_path(probe)) {
    stop_waiting(index);
    run.failures = 0;
    return lose(index, LossReason::PathLost, path->detail, now, out);
  }
  if (probe.settled.fresh && probe.settled.outcome == ProbeOutcome::Failure) {
    run.seen = std::max(run.seen, std::min(result.ended, now));
    return;
  }
  run.failures = std::min(run.failures + 1, probe.spec.attempts);
  if (run.failures < probe.spec.attempts) {
    out.ask_now.push_back(probe.spec.id);
    return;
  }
  await_path(index, result, now, out);
}

// Overload is not answered with more work; anything else is tried again at once, as a failure is.
void Observations::take_broken(Index index, const ProbeResult& result, Instant now, Outcome& out) {
  Probe& probe = probes_[index];
  probe.run.broken = std::min(probe.run.broken + 1, probe.spec.attempts);
  if (probe.run.broken >= probe.spec.attempts) {
    return lose(index, LossReason::Broken, result.detail, now, out);
  }
  if (!is_own_fault(result, probe.spec.timeout)) out.ask_now.push_back(probe.spec.id);
}

// ---- time

Observations::Outcome Observations::on_due(Instant now) {
  Outcome out;
  std::vector<Index> due;
  for (const auto& [at, index] : due_) {
    if (at > now) break;
    due.push_back(index);
  }
  for (Index index : due) handle_due(index, now, out);
  return out;
}

void Observations::handle_due(Index index, Instant now, Outcome& out) {
  Probe& probe = probes_[index];
  if (probe.run.missed && *probe.run.missed <= now) miss_heartbeat(index, now, out);
  judge(index, now, out);
  const bool fresh = probe.settled.fresh;
  if (fresh && !probe.spec.heartbeat && stale_at(probe) <= now) {
    lose(index, LossReason::Stale, "", now, out);
  } else if (fresh && probe.settled.flapping && steady_at(probe) <= now) {
    const Observation& settled = probe.settled;
    emit(ObservationSettled{probe.spec.id, *settled.outcome, settled.began, settled.phase,
                            settled.detail, false},
         now, out);
  }
  if (probe.spec.on_path) judge_waiting(now, out);
  schedule(index);
}

// A heartbeat needs no second attempt: its timeout is its patience.
void Observations::miss_heartbeat(Index index, Instant now, Outcome& out) {
  Probe& probe = probes_[index];
  probe.run.missed = now + probe.spec.interval;
  probe.run.failures = probe.spec.attempts;
  ProbeResult missing;
  missing.probe = probe.spec.id;
  missing.began = now;
  missing.ended = now;
  missing.outcome = ProbeOutcome::Failure;
  missing.phase = "heartbeat";
  missing.detail =
      fmt::format("no heartbeat within {}", to_text(probe.spec.interval + probe.spec.timeout));
  take_failure(index, missing, now, out);
}

Observations::Outcome Observations::forget_success(const NodeId& node) {
  Outcome out;
  const auto probed = by_node_.find(node);
  if (probed == by_node_.end()) return out;
  for (Index index : probed->second) {
    Probe& probe = probes_[index];
    const bool counted = probe.settled.fresh && succeeded(probe.settled);
    if (probe.spec.proof != Proof::Works || !counted) continue;
    probe.run.renew = true;
    if (!probe.spec.heartbeat && !probe.spec.elsewhere) out.ask_now.push_back(probe.spec.id);
  }
  return out;
}

}  // namespace dienstbereit::core::health
