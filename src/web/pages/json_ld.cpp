// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pages/json_ld.h"

#include <algorithm>
#include <array>

#include "web/json.h"
#include "web/pages/parts.h"

namespace dienstbereit::web {
namespace {

constexpr const char* kContext = "https://schema.org";
constexpr int kDaysOfWeek = 7;
// A weekday's hours are regular if they are the same this many weeks in a row ("We[1]" is not).
constexpr int kWeeksAlike = 5;
constexpr std::array<const char*, kDaysOfWeek> kDayNames{
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::size_t kJsonLdBytesMax = 16'000;  // of a page; places beyond it are left out
constexpr Minutes kEndOfDay{24 * 60};

using Spans = std::vector<OpenSpan>;

Spans spans_of(const DayHours& hours) {
  Spans out;
  for (const SlotSpan& slot : hours.slots) {
    if (!slot.by_appointment) {
      out.push_back(slot.open);
    }
  }
  return out;
}

// The plain week from `monday` on; a day whose hours change from week to week counts as closed.
std::array<Spans, kDaysOfWeek> week_of(const PlaceCalendar& calendar, Day monday) {
  std::array<Spans, kDaysOfWeek> week;
  for (int weekday = 0; weekday < kDaysOfWeek; ++weekday) {
    Spans& spans = week[static_cast<std::size_t>(weekday)];
    spans = spans_of(calendar.on(monday + date::days(weekday)));
    for (int later = 1; later < kWeeksAlike; ++later) {
      if (spans_of(calendar.on(monday + date::days(weekday + later * kDaysOfWeek))) != spans) {
        spans.clear();
      }
    }
  }
  return week;
}

// closes < opens means the next day.
std::string closing(Minutes end) {
  return to_hhmm(end >= kEndOfDay
                     ? (end == kEndOfDay ? Minutes(kEndOfDay - Minutes(1)) : end - kEndOfDay)
                     : end);
}

Json specification(const OpenSpan& span) {
  return {{"@type", "OpeningHoursSpecification"},
          {"opens", to_hhmm(span.begin)},
          {"closes", closing(span.end)}};
}

// The hours that the day really has: those of the slots that are not certainly closed.
Spans real_spans(const DayPlan& plan, const TimeZone& zone) {
  const auto minute = [&](Instant t) {
    return std::chrono::duration_cast<Minutes>(zone.to_local(t) - plan.day);
  };
  Spans out;
  for (const SlotVerdict& slot : plan.slots) {
    const bool of_the_day = minute(slot.begin) >= Minutes(0);  // else it is yesterday's
    if (of_the_day && slot.verdict.readiness != Readiness::Closed && !slot.by_appointment) {
      out.push_back({minute(slot.begin), minute(slot.end)});
    }
  }
  return out;
}

Json special_days(const std::vector<DayPlan>& days, const std::array<Spans, kDaysOfWeek>& week,
                  const TimeZone& zone) {
  Json out = Json::array();
  for (const DayPlan& plan : days) {
    const Spans real = real_spans(plan, zone);
    if (real == week[static_cast<std::size_t>(weekday_of(plan.day))]) {
      continue;
    }
    const std::string day = to_iso(plan.day);
    const auto add = [&](Json one) {
      one["validFrom"] = day;
      one["validThrough"] = day;
      out.push_back(std::move(one));
    };
    if (real.empty()) {
      add({{"@type", "OpeningHoursSpecification"}});
    }
    for (const OpenSpan& span : real) {
      add(specification(span));
    }
  }
  return out;
}

// Days with the same span share one specification.
Json regular_days(const std::array<Spans, kDaysOfWeek>& week) {
  std::vector<std::pair<OpenSpan, Json>> shared;
  for (std::size_t weekday = 0; weekday < week.size(); ++weekday) {
    for (const OpenSpan& span : week[weekday]) {
      auto found = std::find_if(shared.begin(), shared.end(),
                                [&](const auto& one) { return one.first == span; });
      if (found == shared.end()) {
        found = shared.insert(shared.end(), {span, Json::array()});
      }
      found->second.push_back(kDayNames[weekday]);
    }
  }
  Json out = Json::array();
  for (const auto& [span, days] : shared) {
    Json one = specification(span);
    one["dayOfWeek"] = days;
    out.push_back(std::move(one));
  }
  return out;
}

const OfficeSite* hours_at(const District& district, const view::PlaceName& place) {
  const Office* office = find_office(district, place.office);
  if (office == nullptr) {
    return nullptr;
  }
  const auto found = std::find_if(office->sites.begin(), office->sites.end(),
                                  [&](const OfficeSite& at) { return at.site == place.site; });
  return found == office->sites.end() ? nullptr : &*found;
}

Json place_json(const view::PlaceView& place, const Situation& situation,
                words::Language language) {
  const District& district = *situation.district;
  const Site* site = find_site(district, place.place.site);
  Json out{{"@type", "GovernmentOffice"},
           {"name", words::say(place.place.office_name, language).text + " – " +
                        words::say(place.place.site_name, language).text},
           {"parentOrganization",
            {{"@type", "GovernmentOrganization"},
             {"name", words::say(district.administration.name, language).text}}}};
  if (site != nullptr && !site->address.empty()) {
    out["address"] = site->address;
  }
  if (!place.phone.empty()) {
    out["telephone"] = place.phone;
  }
  const OfficeSite* hours = hours_at(district, place.place);
  const auto days = std::find_if(
      situation.places.begin(), situation.places.end(), [&](const PlaceSituation& one) {
        return one.office == place.place.office && one.site == place.place.site;
      });
  if (hours != nullptr && days != situation.places.end()) {
    const TimeZone zone = view::zone_of(district);
    const Day today = zone.day_of(situation.as_of);
    const Day monday = today - date::days(weekday_of(today));
    const auto week = week_of(PlaceCalendar(hours->hours, std::nullopt, {}), monday);
    out["openingHoursSpecification"] = regular_days(week);
    out["specialOpeningHoursSpecification"] = special_days(days->days, week, zone);
  }
  return out;
}

}  // namespace

std::string organisation_json_ld(const view::Overview& overview, words::Language language) {
  Json out{{"@context", kContext},
           {"@type", "GovernmentOrganization"},
           {"name", words::say(overview.name, language).text}};
  if (!overview.public_url.empty()) {
    out["url"] = overview.public_url;
  }
  return dump(out);
}

std::string places_json_ld(const std::vector<view::PlaceView>& places, const Situation& situation,
                           words::Language language) {
  Json graph = Json::array();
  std::size_t bytes = 0;
  for (const view::PlaceView& place : places) {
    if (place.slotted && bytes < kJsonLdBytesMax) {
      graph.push_back(place_json(place, situation, language));
      bytes += dump(graph.back()).size();
    }
  }
  if (graph.empty()) {
    return {};
  }
  return dump({{"@context", kContext}, {"@graph", graph}});
}

}  // namespace dienstbereit::web
