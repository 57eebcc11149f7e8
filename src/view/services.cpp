// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/services.h"

#include <algorithm>
#include <unordered_map>

namespace dienstbereit::view {
namespace {

// The page's day of a place or offer; none if it has no slot that day.
std::optional<DayWord> on_page_day(const PageSource& source, const std::vector<DayPlan>& days) {
  for (const DayPlan& plan : days) {
    if (plan.day == source.day && !plan.slots.empty()) return day_word(plan, source.now);
  }
  return std::nullopt;
}

bool is_internal(const Service& service) {
  return std::all_of(service.kinds.begin(), service.kinds.end(), [](ServiceKind kind) {
    return kind == ServiceKind::Shared || kind == ServiceKind::Internal;
  });
}

void add_service(ServiceView& view, const Service& service) {
  view.name = service.name;
  view.kinds = service.kinds;
  view.internal = is_internal(service);
  view.several = service.offers.size() > 1;
  view.offline = service.offline.mode;
  view.offline_text = service.offline.text;
}

bool is_always_open(const PlaceView& view, const OfficeSite& at) {
  return at.hours.always || std::any_of(view.services.begin(), view.services.end(),
                                        [](const ServiceView& one) { return one.always; });
}

void add_place(PlaceView& view, const District& district) {
  const Site* site = find_site(district, view.place.site);
  const Office* office = find_office(district, view.place.office);
  if (site != nullptr) view.phone = site->phone;
  if (office != nullptr && !office->phone.empty()) view.phone = office->phone;
  const OfficeSite* at = find_place(district, view.place.office, view.place.site);
  if (at == nullptr) return;
  view.last_admission = at->last_admission;
  view.note = at->note;
  if (!view.slotted && is_always_open(view, *at)) view.schedule.door = Door::Always;
}

}  // namespace

PageSource source_of(const Situation& situation, Instant now) {
  return {situation, now, zone_of(*situation.district).day_of(now), situation.headline_day};
}

PlaceName place_name_of(const District& district, const OfficeId& office, const SiteId& site) {
  PlaceName name{office, site, {}, {}, false};
  if (const Office* found = find_office(district, office)) {
    name.office_name = found->name;
    name.several = found->sites.size() > 1;
  }
  if (const Site* found = find_site(district, site)) name.site_name = found->name;
  return name;
}

ServiceView service_view(const PageSource& source, const OfferSituation& offer) {
  ServiceView view;
  view.node = offer.node;
  view.place = place_name_of(*source.situation.district, offer.office, offer.site);
  view.service = offer.service;
  view.extent = offer.extent;
  view.slotted = offer.slotted;
  view.now = offer.now;
  const Service* service = find_service(*source.situation.district, offer.service);
  if (service != nullptr) {
    add_service(view, *service);
    view.always = service->always || (has_slots(*service) && !offer.slotted);
  }
  if (offer.slotted) {
    view.schedule = schedule_of(offer.days, source.today, source.now);
    view.day = on_page_day(source, offer.days);
  }
  view.offline_in_use = view.shown().offline != OfflineMode::None;
  return view;
}

PlaceView place_view(const PageSource& source, const PlaceSituation& place) {
  PlaceView view;
  view.place = place_name_of(*source.situation.district, place.office, place.site);
  view.slotted = place.slotted;
  view.now = place.now;
  if (place.slotted) {
    view.schedule = schedule_of(place.days, source.today, source.now);
    view.day = on_page_day(source, place.days);
  }
  for (const OfferSituation& offer : source.situation.offers) {
    if (offer.office != place.office || offer.site != place.site) continue;
    view.services.push_back(service_view(source, offer));
  }
  add_place(view, *source.situation.district);
  return view;
}

RollUp roll_up_of(Day day, const std::vector<PlaceView>& places, Among among) {
  std::vector<PlaceDay> days;
  for (const PlaceView& place : places) {
    if (place.day) days.push_back({place.place, *place.day});
  }
  RollUp made = roll_up(day, days);
  made.among = among;
  return made;
}

RollUp continuous_roll_up_of(Day today, const std::vector<PlaceView>& places, Among among) {
  std::vector<PlaceNow> all;
  std::unordered_map<OfficeId, unsigned> counted;
  for (const PlaceView& place : places) {
    const bool for_citizens =
        std::any_of(place.services.begin(), place.services.end(),
                    [](const ServiceView& service) { return !service.internal; });
    if (place.slotted || !for_citizens) continue;
    all.push_back({place.place, place.now});
    ++counted[place.place.office];
  }
  // The site is said only where it tells two of them apart: a service online is at none.
  for (PlaceNow& one : all) one.place.several = counted[one.place.office] > 1;
  RollUp made = continuous_roll_up(today, all);
  made.among = among;
  return made;
}

SummaryWord summary_of(const std::vector<PlaceView>& places) {
  SummaryWord summary;
  std::vector<Readiness> words;
  summary.counter = std::any_of(places.begin(), places.end(),
                                [](const PlaceView& place) { return place.slotted; });
  const auto count = [&](Readiness word, bool is_presumed) {
    words.push_back(word);
    summary.presumed = summary.presumed || is_presumed;
  };
  for (const PlaceView& place : places) {
    if (summary.counter) {
      if (place.day && !place.day->over()) count(place.day->readiness, place.day->presumed);
      continue;
    }
    if (!place.services.empty()) count(place.now.readiness, presumed(place.now));
  }
  summary.counted = static_cast<unsigned>(words.size());
  summary.readiness = together(words);
  summary.presumed = summary.presumed && summary.readiness == Readiness::Normal;
  return summary;
}

ServiceGroups group(const std::vector<ServiceView>& services) {
  ServiceGroups groups;
  for (const ServiceView& service : services) {
    if (service.offline != OfflineMode::None) groups.without_it.push_back(service);
    if (service.slotted && !service.day) {
      groups.not_that_day.push_back(service);
      continue;
    }
    switch (service.shown().readiness) {
      case Readiness::Normal:
        groups.works.push_back(service);
        break;
      case Readiness::Limited:
        groups.limited.push_back(service);
        break;
      case Readiness::Closed:
        groups.does_not.push_back(service);
        break;
      case Readiness::Unknown:
        groups.unknown.push_back(service);
        break;
    }
  }
  return groups;
}

}  // namespace dienstbereit::view
