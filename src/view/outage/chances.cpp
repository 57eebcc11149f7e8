// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/outage/chances.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

namespace dienstbereit::view {
namespace {

using PlaceKey = std::pair<OfficeId, SiteId>;

void thin(std::vector<ChancePoint>& points) {
  if (points.size() <= kMostVersions) return;
  std::vector<ChancePoint> kept;
  const std::size_t last = points.size() - 1;
  for (std::size_t i = 0; i < kMostVersions; ++i) {
    kept.push_back(points[i * last / (kMostVersions - 1)]);
  }
  points = std::move(kept);
}

void add(PlaceChances& place, const Forecast& forecast, const PlaceForecast& told) {
  const SlotChance* next = next_slot(told, forecast.written.at);
  if (!next) return;
  place.points.push_back(
      {forecast.id, forecast.written.at, next->begin, next->normal, next->limited});
}

void set_newest(PlaceChances& place, const PlaceForecast& told) {
  place.in_newest = true;
  place.early = told.early;
  place.likely = told.likely;
  place.late = told.late;
  place.public_bound = told.public_bound;
  place.never = told.never;
}

// Smaller is further up: what takes longest, or cannot be foreseen, needs the eye first.
auto urgency(const PlaceChances& place) {
  const auto likely = place.likely ? -place.likely->time_since_epoch().count()
                                   : std::numeric_limits<Duration::rep>::min();
  return std::tuple(!place.in_newest, likely, place.office, place.site);
}

}  // namespace

const SlotChance* next_slot(const PlaceForecast& place, Instant made) {
  const auto next = std::find_if(place.slots.begin(), place.slots.end(),
                                 [&](const SlotChance& slot) { return slot.begin >= made; });
  return next == place.slots.end() ? nullptr : &*next;
}

Chances chances(const Incident& incident) {
  Chances all;
  std::map<PlaceKey, PlaceChances> places;
  for (const auto& forecast : incident.forecasts) {
    ++all.forecasts;
    if (!all.first_made) all.first_made = forecast->written.at;
    all.newest_made = forecast->written.at;
    const bool newest = forecast == incident.forecasts.back();
    for (const PlaceForecast& told : forecast->places) {
      if (!told.service.empty()) continue;
      PlaceChances& place = places[{told.office, told.site}];
      add(place, *forecast, told);
      if (newest) set_newest(place, told);
    }
  }
  for (auto& [key, place] : places) {
    std::tie(place.office, place.site) = key;
    place.versions = place.points.size();
    thin(place.points);
    all.places.push_back(std::move(place));
  }
  std::sort(all.places.begin(), all.places.end(),
            [](const auto& a, const auto& b) { return urgency(a) < urgency(b); });
  return all;
}

}  // namespace dienstbereit::view
