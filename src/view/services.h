// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "view/pages.h"

namespace dienstbereit::view {

// What all pages are built from: a situation, its days, and the day the page answers for.
struct PageSource {
  const Situation& situation;
  Instant now;
  Day today;
  Day day;
};
PageSource source_of(const Situation& situation, Instant now);

PlaceName place_name_of(const District& district, const OfficeId& office, const SiteId& site);
ServiceView service_view(const PageSource& source, const OfferSituation& offer);
PlaceView place_view(const PageSource& source, const PlaceSituation& place);

// All places of the situation for which `wanted` holds, in district order.
template <class Predicate>
std::vector<PlaceView> place_views(const PageSource& source, Predicate wanted) {
  std::vector<PlaceView> views;
  for (const PlaceSituation& place : source.situation.places) {
    if (wanted(place)) views.push_back(place_view(source, place));
  }
  return views;
}

RollUp roll_up_of(Day day, const std::vector<PlaceView>& places,
                  Among among = Among::Administration);
// Of the places without slots that have a service for citizens.
RollUp continuous_roll_up_of(Day today, const std::vector<PlaceView>& places,
                             Among among = Among::Administration);
SummaryWord summary_of(const std::vector<PlaceView>& places);

}  // namespace dienstbereit::view
