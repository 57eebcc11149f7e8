// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/chance.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dienstbereit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// From these chances on a word holds (docs/formats/forecast.md, "For people").
constexpr double kUnlikelyFrom = 0.10;
constexpr double kOpenFrom = 0.35;
constexpr double kLikelyFrom = 0.65;
constexpr double kVeryLikelyFrom = 0.90;

// What people say so far ahead. Each grid is part of the one before it, so that rounding keeps the
// order of times.
constexpr Duration kHalfHoursWithin = hours(6);
constexpr Duration kHoursWithin = hours(24);
constexpr Duration kThirdsWithin = hours(72);
constexpr std::array kThirds{minutes(8 * 60), minutes(12 * 60), minutes(18 * 60)};
constexpr std::array kHalves{minutes(12 * 60), minutes(18 * 60)};

template <std::size_t N>
Instant next_of(const std::array<Minutes, N>& times, Instant t, const TimeZone& zone) {
  const Day day = zone.day_of(t);
  for (const Minutes time : times) {
    const Instant at = zone.at(day, time);
    if (at >= t) return at;
  }
  return zone.at(day + date::days(1), times.front());
}

// Steps of civil time, from midnight on. Zones shift by whole half hours within the bounds of the
// product, so these are steps of logical time too.
Instant next_step(Instant t, Duration step, const TimeZone& zone) {
  const Duration shift = zone.offset(t);
  const Duration since = t.time_since_epoch() + shift;
  const auto rest = ((since % step) + step) % step;
  const Instant next = rest == Duration(0) ? t : t + (step - rest);
  // Midnight belongs to two days, so nobody is told it.
  const bool midnight = zone.at(zone.day_of(next), minutes(0)) == next;
  return midnight ? next + step : next;
}

}  // namespace

int shown_percent(double chance) {
  return std::clamp(static_cast<int>(std::lround(chance * 100)), 1, 99);
}

Chance chance_of(double chance) {
  if (chance >= kVeryLikelyFrom) return Chance::VeryLikely;
  if (chance >= kLikelyFrom) return Chance::Likely;
  if (chance >= kOpenFrom) return Chance::Open;
  if (chance >= kUnlikelyFrom) return Chance::Unlikely;
  return Chance::VeryUnlikely;
}

const char* name_of(Chance chance) {
  constexpr std::array kNames{"very_unlikely", "unlikely", "open", "likely", "very_likely"};
  return kNames[static_cast<std::size_t>(chance)];
}

Instant public_bound(Instant t, Instant now, const TimeZone& zone) {
  const Duration ahead = t - now;
  if (ahead <= kHalfHoursWithin) return next_step(t, minutes(30), zone);
  if (ahead <= kHoursWithin) return next_step(t, hours(1), zone);
  if (ahead <= kThirdsWithin) return next_of(kThirds, t, zone);
  return next_of(kHalves, t, zone);
}

}  // namespace dienstbereit
