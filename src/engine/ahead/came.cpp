// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/came.h"

#include <algorithm>

namespace dienstbereit::engine {

NodeId subject_of(const PlaceForecast& place) {
  if (!place.service.empty()) return offer_node(place.office, place.site, place.service);
  return NodeId(place.office.str() + "@" + place.site.str());
}

void Came::on(const ForecastMade& forecast, Instant at) {
  for (const PlaceForecast& place : forecast.places) {
    auto& changes = changes_[subject_of(place)];
    if (changes.empty()) changes.push_back({at, place.word});
  }
}

void Came::on(const ReadinessChanged& change, Instant at) {
  const auto followed = changes_.find(change.subject);
  if (followed == changes_.end()) return;
  if (followed->second.size() == kMostChanges) followed->second.pop_front();
  followed->second.push_back({at, change.to});
}

std::optional<Readiness> Came::word_at(const NodeId& subject, Instant t) const {
  const auto followed = changes_.find(subject);
  if (followed == changes_.end()) return std::nullopt;
  std::optional<Readiness> word;
  for (const Change& change : followed->second) {
    if (change.at > t) break;
    word = change.to;
  }
  return word;
}

std::optional<Instant> Came::usable_after(const NodeId& subject, Instant from) const {
  const auto followed = changes_.find(subject);
  if (followed == changes_.end()) return std::nullopt;
  for (const Change& change : followed->second) {
    const bool usable = change.to == Readiness::Normal || change.to == Readiness::Limited;
    if (usable && change.at > from) return change.at;
  }
  return std::nullopt;
}

}  // namespace dienstbereit::engine
