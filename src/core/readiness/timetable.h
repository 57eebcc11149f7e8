// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/district.h"
#include "model/readiness.h"
#include "model/scope.h"

namespace dienstbereit::core::readiness {

// Logical time and the civil time it stands for: they differ where a start clock was wrong and
// somebody has vouched for the right one since (ClockConfirmed).
struct Now {
  Instant logical;
  Duration civil_offset{0};  // civil = logical + offset
};

// The slots of every offer and place of one district: hours, holidays, local rules, as instants of
// logical time. Copies what it needs of the district.
class Timetable {
 public:
  // Fails only if the time zone is unknown on this machine.
  static Result<Timetable> compile(const District& district);

  // Offers count through services and their offers in district order; places through offices and
  // their sites.
  std::size_t offers() const { return offers_.size(); }
  std::size_t places() const { return places_.size(); }
  bool offer_has_slots(std::size_t offer) const { return offers_[offer].slotted; }
  std::size_t place_of_offer(std::size_t offer) const { return offers_[offer].place; }
  // Its own hours are 24/7: they say nothing of when its services have slots.
  bool place_is_always_open(std::size_t place) const { return places_[place].calendar.always(); }

  // kDaysAhead days from today on, with empty verdicts; none for continuous offers. A slot of
  // yesterday that runs past midnight is today's first while it runs.
  std::vector<DayPlan> plan_offer(std::size_t offer, const Now& now) const;
  std::vector<DayPlan> plan_place(std::size_t place, const Now& now) const;

  const TimeZone& zone() const { return zone_; }
  Day today(const Now& now) const;
  Instant at(Day day, Minutes minute, const Now& now) const;
  // End of the last slot today of what the word speaks of; if none is to come today, of the next
  // day with one; else the end of today. The default expiry of a person's word.
  Instant last_slot_end(const Scope& scope, const Now& now) const;

 private:
  struct OfferEntry {
    OfficeId office;
    SiteId site;
    ServiceId service;
    bool slotted = false;
    std::size_t place = 0;
    PlaceCalendar calendar;
  };
  struct PlaceEntry {
    PlaceCalendar calendar;
  };

  explicit Timetable(TimeZone zone) : zone_(std::move(zone)) {}
  void add_places(const District& district);
  void add_offers(const District& district);
  std::vector<DayPlan> plan(const PlaceCalendar& calendar, const Now& now) const;
  SlotVerdict slot(Day day, const SlotSpan& span, const Now& now) const;
  void add_running(DayPlan& today, const PlaceCalendar& calendar, const Now& now) const;

  TimeZone zone_;
  std::vector<OfferEntry> offers_;
  std::vector<PlaceEntry> places_;
};

}  // namespace dienstbereit::core::readiness
