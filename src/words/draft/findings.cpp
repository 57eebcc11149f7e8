// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/findings.h"

#include <algorithm>
#include <map>

#include "view/day.h"
#include "view/stamp.h"

namespace dienstbereit::words::drafts {
namespace {

constexpr int kNightBegins = 22, kNightEnds = 6;  // hours
constexpr int kSaturday = 5;
constexpr Duration kLeastNotice = std::chrono::minutes(30);

bool is_trouble(Readiness word) { return word == Readiness::Limited || word == Readiness::Closed; }

bool for_citizens(const Service& service) {
  return std::any_of(service.kinds.begin(), service.kinds.end(), [](ServiceKind kind) {
    return kind != ServiceKind::Shared && kind != ServiceKind::Internal;
  });
}

void note(Affected& all, Readiness word) {
  all.limited |= word == Readiness::Limited;
  all.unavailable |= word == Readiness::Closed;
}

void add(Affected& all, const DraftFacts& facts, const PlaceForecast& place) {
  if (!is_trouble(place.word)) return;
  note(all, place.word);
  if (place.service.empty()) {
    all.places.insert({place.office, place.site});
    return;
  }
  const Service* service = find_service(facts.district, place.service);
  if (service && !has_slots(*service) && for_citizens(*service)) {
    all.channels.insert(place.service);
  }
}

// By failure or by a person's word; what is closed by its hours is as usual.
bool is_trouble(const Verdict& now) {
  return is_trouble(now.readiness) && now.closed_by != ClosedBy::Hours;
}

void add_situation(Affected& all, const DraftFacts& facts) {
  for (const PlaceSituation& place : facts.situation.places) {
    if (!place.slotted || !is_trouble(place.now)) continue;
    note(all, place.now.readiness);
    all.places.insert({place.office, place.site});
  }
  for (const OfferSituation& offer : facts.situation.offers) {
    const Service* service = find_service(facts.district, offer.service);
    if (offer.slotted || !service || !for_citizens(*service) || !is_trouble(offer.now)) continue;
    note(all, offer.now.readiness);
    all.channels.insert(offer.service);
  }
}

const DayPlan* plan_of(const PlaceSituation& place, Day day) {
  for (const DayPlan& plan : place.days) {
    if (plan.day == day) return &plan;
  }
  return nullptr;
}

void put(Opening& opening, const Place& place, Readiness word, bool presumed) {
  switch (word) {
    case Readiness::Normal:
      (presumed ? opening.presumed : opening.normal).push_back(place);
      return;
    case Readiness::Limited:
      opening.limited.push_back(place);
      return;
    case Readiness::Closed:
      opening.closed.push_back(place);
      return;
    case Readiness::Unknown:
      break;
  }
  opening.unknown.push_back(place);
}

// The chance of regular service at the day's first slot; on paper is not. None: the forecast does
// not name it.
std::optional<double> chance_on(const PlaceForecast& place, Day day, const TimeZone& zone) {
  for (const SlotChance& slot : place.slots) {
    if (zone.day_of(slot.begin) == day) return slot.normal;
  }
  return std::nullopt;
}

// The first day after the one it was made on that it names a slot of.
std::optional<Day> first_day(const Forecast& forecast, const TimeZone& zone) {
  const Day made = zone.day_of(forecast.written.at);
  std::optional<Day> first;
  for (const PlaceForecast& place : forecast.places) {
    if (!place.service.empty()) continue;
    for (const SlotChance& slot : place.slots) {
      const Day day = zone.day_of(slot.begin);
      if (day > made && (!first || day < *first)) first = day;
    }
  }
  return first;
}

// Best and worst chance of the places on that day. What a forecast does not name is as usual.
std::pair<double, double> chances(const Forecast& forecast, Day day, const TimeZone& zone) {
  double best = 0, worst = 1;
  bool named = false;
  for (const PlaceForecast& place : forecast.places) {
    if (!place.service.empty()) continue;
    const auto chance = chance_on(place, day, zone);
    if (!chance) continue;
    named = true;
    best = std::max(best, *chance);
    worst = std::min(worst, *chance);
  }
  return named ? std::pair(best, worst) : std::pair(1.0, 1.0);
}

bool better(Readiness a, Readiness b) { return static_cast<int>(a) < static_cast<int>(b); }

bool is_about(const OpeningDecision& decision, const DraftFacts& facts) {
  return facts.incident && decision.incident == facts.incident->id;
}

bool is_done(TaskState state) { return state == TaskState::Done || state == TaskState::Cancelled; }

void note(Shifts& all, Instant at, const TimeZone& zone) {
  const auto local = zone.to_local(at);
  const Day day = zone.day_of(at);
  const auto hour = std::chrono::floor<std::chrono::hours>(local - day).count();
  all.night |= hour >= kNightBegins || hour < kNightEnds;
  all.weekend |= weekday_of(day) >= kSaturday;
}

}  // namespace

Affected affected(const DraftFacts& facts) {
  Affected all;
  const bool over = facts.incident && facts.incident->phase != Phase::Affected;
  if (!over) add_situation(all, facts);
  if (!facts.incident) return all;
  for (const auto& forecast : facts.incident->forecasts) {
    for (const PlaceForecast& place : forecast->places) add(all, facts, place);
  }
  return all;
}

std::set<ServiceId> channels_back(const DraftFacts& facts, const Affected& affected) {
  std::set<ServiceId> back;
  for (const ServiceId& id : affected.channels) {
    bool all = false;
    for (const OfferSituation& offer : facts.situation.offers) {
      if (offer.service != id) continue;
      const Verdict& now = offer.now;
      all = now.readiness == Readiness::Normal && (now.grade == Grade::Measured || now.by_word);
      if (!all) break;
    }
    if (all) back.insert(id);
  }
  return back;
}

std::vector<Place> counted_places(const Situation& situation) {
  std::vector<Place> places;
  for (const PlaceSituation& place : situation.places) {
    if (place.slotted) places.emplace_back(place.office, place.site);
  }
  return places;
}

std::set<SiteId> sites_of(const std::set<Place>& places) {
  std::set<SiteId> sites;
  for (const Place& place : places) sites.insert(place.second);
  return sites;
}

Opening opening_on(const DraftFacts& facts, Day day) {
  Opening opening;
  opening.day = day;
  for (const PlaceSituation& place : facts.situation.places) {
    const DayPlan* plan = plan_of(place, day);
    if (!plan) continue;
    const view::DayWord word = view::day_word(*plan, facts.now);
    if (!word.has_slots() || word.over()) continue;
    const OpeningDecision* decision = decision_for(facts.record, place.office, place.site, day);
    const bool to_come = word.first_left == 0 && word.slots.front().begin > facts.now;
    if (decision && (to_come || decision->word == Readiness::Closed)) {
      ++opening.decided;
      put(opening, {place.office, place.site}, decision->word, false);
    } else {
      put(opening, {place.office, place.site}, word.readiness, word.presumed);
    }
  }
  return opening;
}

std::vector<Opening> openings(const DraftFacts& facts) {
  const TimeZone zone = view::zone_of(facts.district);
  std::set<Day> days{facts.situation.headline_day};
  for (const OpeningDecision& decision : facts.record.decisions) {
    if (decision.day >= zone.day_of(facts.now)) days.insert(decision.day);
  }
  std::vector<Opening> all;
  for (const Day day : days) {
    Opening opening = opening_on(facts, day);
    if (opening.of() > 0 && all.size() < kDaysTold) all.push_back(std::move(opening));
  }
  return all;
}

std::optional<Outlook> outlook(const DraftFacts& facts) {
  if (!facts.incident || facts.incident->forecasts.empty()) return std::nullopt;
  const TimeZone zone = view::zone_of(facts.district);
  const Forecast& first = *facts.incident->forecasts.front();
  const Forecast& last = *facts.incident->forecasts.back();
  const auto day = first_day(first, zone);
  if (!day) return std::nullopt;
  Outlook told;
  told.day = *day;
  told.first_at = first.written.at;
  told.first = chances(first, *day, zone).first;
  if (&first != &last) {
    told.last_at = last.written.at;
    told.last = chances(last, *day, zone).second;
  }
  return told;
}

std::vector<Reversal> reversals(const DraftFacts& facts) {
  std::map<Day, Reversal> by_day;
  for (const OpeningDecision& first : facts.record.decisions) {
    if (!is_about(first, facts) || first.replaced_by.empty()) continue;
    const OpeningDecision* now = decision_for(facts.record, first.office, first.site, first.day);
    if (!now || !better(now->word, first.word)) continue;
    auto [at, fresh] = by_day.try_emplace(first.day);
    Reversal& reversal = at->second;
    if (!fresh && first.word != reversal.first) continue;
    ++reversal.places;
    if (!fresh) continue;
    reversal.day = first.day;
    reversal.first = first.word;
    reversal.now = now->word;
    reversal.decided_at = first.written.at;
    reversal.reversed_at = now->written.at;
  }
  std::vector<Reversal> all;
  for (auto& [day, reversal] : by_day) {
    reversal.all = reversal.places >= opening_on(facts, day).of() &&
                   reversal.places >= counted_places(facts.situation).size();
    all.push_back(reversal);
  }
  return all;
}

Shifts shifts(const DraftFacts& facts) {
  Shifts all;
  if (!facts.incident) return all;
  const TimeZone zone = view::zone_of(facts.district);
  for (const Note& one : facts.incident->notes) {
    if (one.kind != NoteKind::HandOver) continue;
    all.handed_over = true;
    note(all, one.written.at, zone);
  }
  for (const Task& task : facts.incident->tasks) {
    if (task.started) note(all, *task.started, zone);
    if (task.state == TaskState::Done && task.ended) note(all, *task.ended, zone);
  }
  return all;
}

std::vector<const Fix*> fixes_in_force(const Incident& incident) {
  std::vector<const Fix*> fixes;
  for (const Fix& fix : incident.fixes) {
    if (fix.state == FixState::InForce) fixes.push_back(&fix);
  }
  return fixes;
}

std::vector<const Task*> open_repairs(const Incident& incident) {
  std::vector<const Task*> tasks;
  for (const Task& task : incident.tasks) {
    if (task.fix.empty() && !is_done(task.state) && task.kind != TaskKind::Inspect) {
      tasks.push_back(&task);
    }
  }
  return tasks;
}

const Hypothesis* cause(const Incident& incident) {
  const Hypothesis* best = nullptr;
  for (const Hypothesis& one : incident.hypotheses) {
    if (one.state == CauseState::Rejected || one.text.empty()) continue;
    if (!best || static_cast<int>(one.state) > static_cast<int>(best->state)) best = &one;
  }
  return best;
}

bool cause_is_searched(const Incident& incident) {
  const bool open_question = std::any_of(
      incident.hypotheses.begin(), incident.hypotheses.end(), [](const Hypothesis& one) {
        return one.state == CauseState::Suspected || one.state == CauseState::Likely;
      });
  return open_question ||
         std::any_of(incident.tasks.begin(), incident.tasks.end(), [](const Task& task) {
           return task.kind == TaskKind::Inspect && !is_done(task.state);
         });
}

bool repairs_disturb_nobody(const Incident& incident) {
  const auto repairs = open_repairs(incident);
  return !repairs.empty() && std::all_of(repairs.begin(), repairs.end(), [](const Task* task) {
    return task->disturbs == Disturbs::No;
  });
}

std::optional<Instant> next_information(const DraftFacts& facts) {
  if (facts.next_information) return facts.next_information;
  if (facts.incident && facts.incident->phase == Phase::Closed) return std::nullopt;
  if (facts.incident && facts.incident->next_report && *facts.incident->next_report > facts.now) {
    return facts.incident->next_report;
  }
  return std::chrono::ceil<std::chrono::hours>(facts.now + kLeastNotice);
}

}  // namespace dienstbereit::words::drafts
