// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/health/evidence.h"

#include <algorithm>
#include <vector>

namespace dienstbereit::core::health {
namespace {

// Of an observation that has an outcome.
Health value_of(const Observation& observation) {
  if (!succeeded(observation)) return Health::Down;
  const bool good = observation.outcome == ProbeOutcome::Success && !observation.flapping;
  return good ? Health::Operational : Health::Degraded;
}

// `supported`: some other fresh success stands behind the node.
Interval contribution(const Observation& observation, bool supported) {
  if (!observation.outcome) return supported ? kOperational : kUnknown;
  const Health value = value_of(observation);
  if (observation.fresh) return {value, value};
  if (value == Health::Down || !supported) return kUnknown;
  return {Health::Operational, value};
}

bool is_works(const Reading& reading) { return reading.proof == Proof::Works; }
bool is_fresh(const Reading& reading) { return reading.observation->fresh; }
bool is_fresh_success(const Reading& reading) {
  return is_fresh(reading) && succeeded(*reading.observation);
}

// Set only if every `works` probe has a fresh success.
std::optional<Instant> oldest_success(std::span<const Reading> readings) {
  std::optional<Instant> oldest;
  for (const Reading& reading : readings) {
    if (!is_works(reading)) continue;
    if (!is_fresh_success(reading)) return std::nullopt;
    const Instant began = reading.observation->began;
    oldest = oldest ? std::min(*oldest, began) : began;
  }
  return oldest;
}

}  // namespace

bool judged_outside(std::span<const Reading> readings) {
  return std::any_of(readings.begin(), readings.end(),
                     [](const Reading& r) { return r.outside && is_works(r); });
}

bool succeeded(const Observation& observation) {
  return observation.outcome == ProbeOutcome::Success || observation.outcome == ProbeOutcome::Slow;
}

Evidence evidence_of(std::span<const Reading> all) {
  std::vector<Reading> readings(all.begin(), all.end());
  if (judged_outside(all)) std::erase_if(readings, [](const Reading& r) { return !r.outside; });
  Evidence evidence;
  evidence.probed = !readings.empty();
  const auto any = [&](auto condition) {
    return std::any_of(readings.begin(), readings.end(), condition);
  };
  evidence.works_fresh = any([](const Reading& r) { return is_works(r) && is_fresh(r); });
  evidence.alive_success =
      any([](const Reading& r) { return !is_works(r) && is_fresh_success(r); });
  evidence.works_success_began = oldest_success(readings);
  const bool supported = any(is_fresh_success);
  for (const Reading& reading : readings) {
    if (evidence.works_fresh && !is_works(reading)) continue;
    evidence.own = worse(evidence.own, contribution(*reading.observation, supported));
  }
  return evidence;
}

}  // namespace dienstbereit::core::health
