// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "model/record/record.h"

namespace dienstbereit::view {

// What one forecast said of the next opening of a place, or of the one that ran.
struct ChancePoint {
  ForecastId forecast;
  Instant made;
  Instant opening;
  double normal = 0;   // 0 to 1
  double limited = 0;  // at least limited
};

struct PlaceChances {
  OfficeId office;
  SiteId site;
  std::vector<ChancePoint> points;  // oldest first, at most kMostVersions
  std::size_t versions = 0;         // of these there were
  // By the newest forecast. Not in it: as usual when it was made.
  bool in_newest = false;
  std::optional<Instant> early;  // 10, 50 and 90 % of arrivals at no worse than limited
  std::optional<Instant> likely;
  std::optional<Instant> late;
  std::optional<Instant> public_bound;
  double never = 0;
};

// How the forecasts of an incident changed, by place.
struct Chances {
  std::vector<PlaceChances> places;  // those of the newest forecast first; the latest arrival first
  std::size_t forecasts = 0;
  std::optional<Instant> first_made;
  std::optional<Instant> newest_made;
};

inline constexpr std::size_t kMostVersions = 12;

// The first that does not begin before `made`; nullptr: the forecast tells of none.
const SlotChance* next_slot(const PlaceForecast& place, Instant made);

// Of more versions than kMostVersions the first and the last stay, and between them those at equal
// steps.
Chances chances(const Incident& incident);

}  // namespace dienstbereit::view
