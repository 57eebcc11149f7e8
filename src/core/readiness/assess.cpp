// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/assess.h"

#include <algorithm>
#include <tuple>

#include "core/readiness/decided.h"
#include "core/readiness/judge.h"

namespace dienstbereit::core::readiness {
namespace {

// One offer of the district with its service, by its running number.
struct OfferRef {
  const Service* service;
  const Offer* offer;
};

std::vector<OfferRef> offers_of(const District& district) {
  std::vector<OfferRef> refs;
  for (const Service& service : district.services) {
    for (const Offer& offer : service.offers) refs.push_back({&service, &offer});
  }
  return refs;
}

Verdict judge(const OfferRef& ref, const OfferStates& states, std::size_t index) {
  return judge_offer(*ref.service, *ref.offer, states.offer(index), states.explain(index));
}

void judge_now(const std::vector<OfferRef>& refs, const OfferStates& states,
               std::vector<OfferSituation>& offers) {
  for (std::size_t i = 0; i < offers.size(); ++i) offers[i].now = judge(refs[i], states, i);
}

// A slot that has begun is as things are now.
void fill_running_slots(std::vector<OfferSituation>& offers, Instant now) {
  for (OfferSituation& offer : offers) {
    for (DayPlan& day : offer.days) {
      for (SlotVerdict& slot : day.slots) {
        if (slot.begin <= now) slot.verdict = offer.now;
      }
    }
  }
}

// The slots that begin at one later time, over all offers.
struct Start {
  Instant begin;
  std::size_t offer;
  SlotVerdict* slot;
};

std::vector<Start> later_starts(std::vector<OfferSituation>& offers, Instant now) {
  std::vector<Start> starts;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    for (DayPlan& day : offers[i].days) {
      for (SlotVerdict& slot : day.slots) {
        if (slot.begin > now) starts.push_back({slot.begin, i, &slot});
      }
    }
  }
  std::sort(starts.begin(), starts.end(), [](const Start& a, const Start& b) {
    return std::tie(a.begin, a.offer) < std::tie(b.begin, b.offer);
  });
  return starts;
}

void judge_later(const std::vector<OfferRef>& refs, std::vector<OfferSituation>& offers,
                 Instant now, StatesOverTime& states) {
  for (const Start& start : later_starts(offers, now)) {
    SlotVerdict& slot = *start.slot;
    slot.verdict = judge(refs[start.offer], states.at(start.begin), start.offer);
    const bool word_holds = slot.verdict.by_word && slot.verdict.readiness != Readiness::Unknown;
    if (slot.verdict.readiness == Readiness::Normal || word_holds) continue;
    slot.pending = start.begin - now > kCarriedFor;
    slot.carried = !slot.pending;
    if (slot.pending) slot.verdict = pending(slot.verdict);
  }
}

const SlotVerdict* overlapping(const OfferSituation& offer, std::size_t day,
                               const SlotVerdict& place_slot) {
  for (const SlotVerdict& slot : offer.days[day].slots) {
    if (slot.begin < place_slot.end && place_slot.begin < slot.end) return &slot;
  }
  return nullptr;
}

// Sorted and disjoint, without verdicts: slots that overlap or meet become one.
void join_slots(std::vector<SlotVerdict>& slots) {
  std::sort(slots.begin(), slots.end(),
            [](const SlotVerdict& a, const SlotVerdict& b) { return a.begin < b.begin; });
  std::vector<SlotVerdict> joined;
  for (const SlotVerdict& slot : slots) {
    if (!joined.empty() && slot.begin <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, slot.end);
      joined.back().by_appointment = joined.back().by_appointment && slot.by_appointment;
      continue;
    }
    SlotVerdict& fresh = joined.emplace_back();
    fresh.begin = slot.begin;
    fresh.end = slot.end;
    fresh.by_appointment = slot.by_appointment;
  }
  slots = std::move(joined);
}

using PlaceOffers = std::vector<const OfferSituation*>;

// Judges one slot of a place; false if no service has a slot then.
bool judge_slot(const Office& office, const PlaceOffers& offers, std::size_t day,
                SlotVerdict& slot) {
  std::vector<ServiceVerdict> of;
  for (const OfferSituation* offer : offers) {
    const SlotVerdict* theirs = overlapping(*offer, day, slot);
    if (!theirs) continue;
    of.push_back({offer->service, offer->node, &theirs->verdict});
    slot.carried = slot.carried || theirs->carried;
    slot.pending = slot.pending || theirs->pending;
  }
  if (of.empty()) return false;
  slot.verdict = judge_place(office, of);
  slot.pending = slot.pending && slot.verdict.readiness == Readiness::Unknown;
  return true;
}

Verdict place_now(const Office& office, const PlaceOffers& offers) {
  if (offers.empty()) return {};
  std::vector<ServiceVerdict> of;
  for (const OfferSituation* offer : offers) {
    of.push_back({offer->service, offer->node, &offer->now});
  }
  return judge_place(office, of);
}

// The days of a place whose own hours are 24/7: those of its services, where they have slots.
std::vector<DayPlan> days_by_services(const PlaceOffers& offers) {
  std::vector<DayPlan> days;
  for (const OfferSituation* offer : offers) {
    for (std::size_t day = 0; day < offer->days.size(); ++day) {
      if (day == days.size()) days.push_back({offer->days[day].day, offer->days[day].hours, {}});
      const auto& slots = offer->days[day].slots;
      days[day].slots.insert(days[day].slots.end(), slots.begin(), slots.end());
    }
  }
  for (DayPlan& day : days) join_slots(day.slots);
  return days;
}

// What an office offers at a site. Where it has no slots, its continuous services speak for it.
struct Offered {
  PlaceOffers slotted;
  PlaceOffers continuous;
};

PlaceSituation assess_place(const Office& office, const OfficeSite& at, const Offered& offered,
                            std::vector<DayPlan> days) {
  PlaceSituation place;
  place.office = office.id;
  place.site = at.site;
  place.slotted = !offered.slotted.empty();
  place.now = place_now(office, place.slotted ? offered.slotted : offered.continuous);
  if (!place.slotted) return place;
  for (std::size_t day = 0; day < days.size(); ++day) {
    std::erase_if(days[day].slots, [&](SlotVerdict& slot) {
      return !judge_slot(office, offered.slotted, day, slot);
    });
  }
  place.days = std::move(days);
  return place;
}

std::vector<PlaceSituation> assess_places(const District& district, const Timetable& timetable,
                                          const Now& now,
                                          const std::vector<OfferSituation>& offers) {
  std::vector<Offered> at_place(timetable.places());
  for (std::size_t i = 0; i < offers.size(); ++i) {
    Offered& place = at_place[timetable.place_of_offer(i)];
    (offers[i].slotted ? place.slotted : place.continuous).push_back(&offers[i]);
  }
  std::vector<PlaceSituation> places;
  for (const Office& office : district.offices) {
    for (const OfficeSite& at : office.sites) {
      const std::size_t index = places.size();
      const Offered& offered = at_place[index];
      places.push_back(assess_place(office, at, offered,
                                    timetable.place_is_always_open(index)
                                        ? days_by_services(offered.slotted)
                                        : timetable.plan_place(index, now)));
    }
  }
  return places;
}

// Today while a slot is running or to come, else the next day with one.
Day headline_day(const std::vector<OfferSituation>& offers, const Timetable& timetable,
                 const Now& now) {
  std::optional<Day> first;
  for (const OfferSituation& offer : offers) {
    for (const DayPlan& day : offer.days) {
      const bool to_come = !day.slots.empty() && day.slots.back().end > now.logical;
      if (to_come && (!first || day.day < *first)) first = day.day;
    }
  }
  return first.value_or(timetable.today(now));
}

std::optional<Instant> next_change(const std::vector<OfferSituation>& offers,
                                   const Timetable& timetable, const Now& now) {
  Instant next = timetable.at(timetable.today(now) + date::days(1), Minutes(0), now);
  for (const OfferSituation& offer : offers) {
    for (const DayPlan& day : offer.days) {
      for (const SlotVerdict& slot : day.slots) {
        // A slot comes within reach of today's faults before it begins.
        for (Instant edge : {slot.begin - kCarriedFor, slot.begin, slot.end}) {
          if (edge > now.logical) next = std::min(next, edge);
        }
      }
    }
  }
  return next > now.logical ? std::optional(next) : std::nullopt;
}

}  // namespace

Assessment assess(const Subject& subject, const Now& now, StatesOverTime& states) {
  const auto& [district, timetable, decisions] = subject;
  const std::vector<OfferRef> refs = offers_of(district);
  Assessment result;
  for (std::size_t i = 0; i < refs.size(); ++i) {
    OfferSituation offer;
    offer.office = refs[i].offer->office;
    offer.site = refs[i].offer->site;
    offer.service = refs[i].service->id;
    offer.node = offer_node(offer.office, offer.site, offer.service);
    offer.extent = refs[i].offer->extent;
    offer.slotted = timetable.offer_has_slots(i);
    offer.days = timetable.plan_offer(i, now);
    result.offers.push_back(std::move(offer));
  }
  judge_now(refs, states.at(now.logical), result.offers);
  fill_running_slots(result.offers, now.logical);
  judge_later(refs, result.offers, now.logical, states);
  apply_decisions(decisions, now.logical, result.offers);
  result.places = assess_places(district, timetable, now, result.offers);
  result.headline_day = headline_day(result.offers, timetable, now);
  result.next_change = next_change(result.offers, timetable, now);
  return result;
}

}  // namespace dienstbereit::core::readiness
