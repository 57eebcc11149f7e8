// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/timetable.h"

#include <algorithm>

#include "base/assert.h"

namespace dienstbereit::core::readiness {
namespace {

// Position of (office, site) among all places in district order, with its hours.
struct FoundPlace {
  std::size_t index = 0;
  const OpeningHours* hours = nullptr;
};
FoundPlace place_at(const District& district, const OfficeId& office, const SiteId& site) {
  std::size_t index = 0;
  for (const Office& candidate : district.offices) {
    for (const OfficeSite& at : candidate.sites) {
      if (candidate.id == office && at.site == site) return {index, &at.hours};
      ++index;
    }
  }
  assertion_failed("an offer at a place its office does not have", __FILE__, __LINE__);
}

std::optional<Instant> last_end(const std::vector<DayPlan>& days, std::size_t day, Instant after) {
  if (day >= days.size() || days[day].slots.empty()) return std::nullopt;
  const Instant end = days[day].slots.back().end;
  return end > after ? std::optional(end) : std::nullopt;
}

}  // namespace

Result<Timetable> Timetable::compile(const District& district) {
  auto zone = TimeZone::find(district.administration.time_zone);
  if (!zone) return tl::unexpected(zone.error());
  Timetable table(std::move(*zone));
  table.add_places(district);
  table.add_offers(district);
  return table;
}

void Timetable::add_places(const District& district) {
  for (const Office& office : district.offices) {
    for (const OfficeSite& at : office.sites) {
      places_.push_back({calendar_of(district, at.hours, office.id, at.site)});
    }
  }
}

void Timetable::add_offers(const District& district) {
  for (const Service& service : district.services) {
    for (const Offer& offer : service.offers) {
      const FoundPlace place = place_at(district, offer.office, offer.site);
      OfferEntry entry;
      entry.office = offer.office;
      entry.site = offer.site;
      entry.service = service.id;
      entry.place = place.index;
      const OpeningHours& hours = offer.hours ? *offer.hours : *place.hours;
      entry.slotted = has_slots(district, service, offer);
      if (entry.slotted) entry.calendar = calendar_of(district, hours, offer.office, offer.site);
      offers_.push_back(std::move(entry));
    }
  }
}

Day Timetable::today(const Now& now) const { return zone_.day_of(now.logical + now.civil_offset); }

Instant Timetable::at(Day day, Minutes minute, const Now& now) const {
  return zone_.at(day, minute) - now.civil_offset;
}

std::vector<DayPlan> Timetable::plan(const PlaceCalendar& calendar, const Now& now) const {
  std::vector<DayPlan> days;
  const Day first = today(now);
  for (int ahead = 0; ahead < kDaysAhead; ++ahead) {
    DayPlan plan;
    plan.day = first + date::days(ahead);
    plan.hours = calendar.on(plan.day);
    for (const SlotSpan& span : plan.hours.slots) plan.slots.push_back(slot(plan.day, span, now));
    days.push_back(std::move(plan));
  }
  add_running(days.front(), calendar, now);
  return days;
}

SlotVerdict Timetable::slot(Day day, const SlotSpan& span, const Now& now) const {
  SlotVerdict made;
  made.begin = at(day, span.open.begin, now);
  made.end = at(day, span.open.end, now);
  made.by_appointment = span.by_appointment;
  return made;
}

// Slots stay disjoint: one that runs into today's first ends where that begins.
void Timetable::add_running(DayPlan& today, const PlaceCalendar& calendar, const Now& now) const {
  const DayHours yesterday = calendar.on(today.day - date::days(1));
  if (yesterday.slots.empty()) return;
  SlotVerdict last = slot(today.day - date::days(1), yesterday.slots.back(), now);
  if (!today.slots.empty()) last.end = std::min(last.end, today.slots.front().begin);
  if (last.end <= now.logical) return;
  today.slots.insert(today.slots.begin(), std::move(last));
}

std::vector<DayPlan> Timetable::plan_offer(std::size_t offer, const Now& now) const {
  if (!offers_[offer].slotted) return {};
  return plan(offers_[offer].calendar, now);
}

std::vector<DayPlan> Timetable::plan_place(std::size_t place, const Now& now) const {
  return plan(places_[place].calendar, now);
}

Instant Timetable::last_slot_end(const Scope& scope, const Now& now) const {
  std::vector<std::vector<DayPlan>> plans;
  for (const OfferEntry& offer : offers_) {
    // A word on a component lasts as long as anything is open.
    const bool spoken_of =
        !scope.node.empty() || covers(scope, offer.office, offer.site, offer.service);
    if (offer.slotted && spoken_of) plans.push_back(plan(offer.calendar, now));
  }
  for (std::size_t day = 0; day < kDaysAhead; ++day) {
    std::optional<Instant> latest;
    for (const auto& days : plans) {
      const auto end = last_end(days, day, now.logical);
      if (end && (!latest || *end > *latest)) latest = end;
    }
    if (latest) return *latest;
  }
  return at(today(now), std::chrono::hours(24), now);
}

}  // namespace dienstbereit::core::readiness
