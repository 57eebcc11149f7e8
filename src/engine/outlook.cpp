// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/outlook.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/recovery/forecast.h"
#include "core/recovery/propose.h"
#include "engine/ahead/matters.h"
#include "engine/ahead/plan.h"
#include "engine/snapshot.h"
#include "model/chance.h"

namespace dienstbereit::engine {
namespace {

using core::impact::Impact;
namespace recovery = core::recovery;

constexpr int kProposeAhead = 5;  // days
constexpr Duration kPastBuffers = std::chrono::hours(24 * 366);  // all have run out by then
constexpr int kMostDues = 100;  // that are looked at for the end of the first buffer
constexpr std::size_t kMostAsked = 5'000;  // states of the graph; then enough runs are enough
constexpr unsigned kForecastRuns = 10'000;  // less where more than that many times would be kept

// ---- from nodes to words -----------------------------------------------------------------------

std::vector<Readiness> offers_and_places(const core::readiness::Assessment& assessment) {
  std::vector<Readiness> words;
  for (const OfferSituation& offer : assessment.offers) words.push_back(offer.now.readiness);
  for (const PlaceSituation& place : assessment.places) words.push_back(place.now.readiness);
  return words;
}

// What visitors would get if exactly some of the plan's nodes were up, all else being well,
// nobody's word standing in the way, and every buffer run out.
class GraphOpens final : public recovery::Opens {
 public:
  GraphOpens(const WorkingState& state, const recovery::Plan& plan, Instant now)
      : state_(state), plan_(plan), now_(now), bare_(state.impact()) {
    for (const auto& [id, kept] : state.words()) bare_.withdraw(kept.word->id);
    for (const ProbeSpec& probe : state.district()->probes) {
      const auto node = state.observations().node_of(probe.id);
      if (node) bare_.set_evidence(*node, Evidence{});
    }
    for (const NodeId& node : state.carried_in_part()) bare_.set_evidence(node, Evidence{});
    start_loops();
    find_nodes();
    subjects_ = offers_and_places(assess(state, bare_, now)).size();
  }

  std::size_t subjects() const override { return subjects_; }

  recovery::Reach at(const recovery::Bits& up) override {
    return in_part(up, recovery::Bits(plan_.nodes.size()));
  }

  recovery::Reach in_part(const recovery::Bits& up, const recovery::Bits& part) override {
    const Impact impact = settled(up, part);
    const auto words = offers_and_places(assess(state_, impact, now_));
    recovery::Reach reach{recovery::Bits(subjects_), recovery::Bits(subjects_),
                          startable(up, part, impact)};
    for (std::size_t i = 0; i < words.size(); ++i) {
      reach.normal.set(i, words[i] == Readiness::Normal);
      reach.limited.set(i, words[i] == Readiness::Normal || words[i] == Readiness::Limited);
    }
    return reach;
  }

 private:
  Impact settled(const recovery::Bits& up, const recovery::Bits& part) const {
    Impact impact = bare_;
    for (std::size_t node = 0; node < plan_.nodes.size(); ++node) {
      if (up[node] && !part[node]) continue;
      Evidence seen;
      seen.own = up[node] ? kDegraded : kDown;
      seen.probed = true;
      impact.set_evidence(plan_.nodes[node].id, seen);
    }
    impact.settle(now_);
    impact.settle(now_ + kPastBuffers);
    return impact;
  }

  bool has_its_needs(const Impact& impact, std::size_t node) const {
    return !indices_[node] || impact.evaluation().needs(*indices_[node]).best != Health::Down;
  }

  // Members of a loop are asked as if all of it were up: they do not wait for each other.
  recovery::Bits startable(const recovery::Bits& up, const recovery::Bits& part,
                           const Impact& impact) const {
    recovery::Bits startable(plan_.nodes.size());
    for (std::size_t node = 0; node < plan_.nodes.size(); ++node) {
      startable.set(node, has_its_needs(impact, node));
    }
    for (const auto& [loop, members] : loops_) {
      recovery::Bits with = up;
      for (const std::size_t member : members) with.set(member);
      if (with == up) continue;
      const Impact together = settled(with, part);
      for (const std::size_t member : members) {
        startable.set(member, has_its_needs(together, member));
      }
    }
    return startable;
  }

  void find_nodes() {
    const core::impact::Topology& topology = bare_.topology();
    for (std::size_t node = 0; node < plan_.nodes.size(); ++node) {
      indices_.push_back(topology.find(plan_.nodes[node].id));
      if (!indices_.back()) continue;
      if (const auto loop = topology.graph.loop_of(*indices_.back())) loops_[*loop].push_back(node);
    }
  }

  // A declared loop that was down as a whole waits for a measurement. Whoever repairs what it
  // stands on starts it again: measured once, it runs for as long as its needs do.
  void start_loops() {
    Evidence works;
    works.probed = works.works_fresh = true;
    works.works_success_began = now_;
    for (const Evidence& evidence : {works, Evidence{}}) {
      for (const LoopGroup& loop : state_.district()->mutual) {
        for (const NodeId& member : loop.members) bare_.set_evidence(member, evidence);
      }
      bare_.settle(now_);
    }
  }

  const WorkingState& state_;
  const recovery::Plan& plan_;
  Instant now_;
  Impact bare_;
  std::size_t subjects_ = 0;
  std::vector<std::optional<graph::NodeIndex>> indices_;              // of the plan's nodes
  std::map<graph::LoopIndex, std::vector<std::size_t>> loops_;  // the plan's nodes in each
};

// Several calculations ask one graph.
class KnownOpens final : public recovery::Opens {
 public:
  KnownOpens(const WorkingState& state, const recovery::Plan& plan, Instant now)
      : graph_(state, plan, now), known_(graph_, plan.nodes.size()) {}
  std::size_t subjects() const override { return graph_.subjects(); }
  recovery::Reach at(const recovery::Bits& up) override { return known_.at(up); }
  recovery::Reach in_part(const recovery::Bits& up, const recovery::Bits& part) override {
    return known_.in_part(up, part);
  }

 private:
  GraphOpens graph_;
  recovery::RememberedOpens known_;
};

std::vector<Instant> begins_of(const std::vector<DayPlan>& days, Instant now) {
  std::vector<Instant> begins;
  for (const DayPlan& day : days) {
    for (const SlotVerdict& slot : day.slots) {
      if (slot.end > now) begins.push_back(slot.begin);
    }
  }
  return begins;
}

// ---- the event ---------------------------------------------------------------------------------

PlaceForecast told(const recovery::SubjectForecast& subject, const TimeZone& zone, Duration offset,
                   Instant now) {
  PlaceForecast told;
  const recovery::Arrival& arrival = subject.limited;
  told.never = arrival.unknown ? 1 : arrival.never;
  told.early = arrival.quantiles[0];
  told.likely = arrival.quantiles[1];
  told.late = arrival.cautious;
  told.normal_likely = subject.normal.quantiles[1];
  told.normal_late = subject.normal.cautious;
  told.relapse = std::max(subject.normal.relapse, arrival.relapse);
  if (arrival.cautious) {
    told.public_bound = public_bound(*arrival.cautious + offset, now + offset, zone) - offset;
  }
  for (const recovery::ChanceAt& slot : subject.slots) {
    if (slot.normal && slot.limited) {
      told.slots.push_back({slot.begin, *slot.normal, *slot.limited});
    }
  }
  return told;
}

// It is normal, by more than a buffer, and next to nothing can take that away again.
bool as_usual(const recovery::SubjectForecast& subject, const Verdict& now, Instant start) {
  constexpr double kNextToNothing = 0.01;
  const auto& last = subject.normal.quantiles.back();
  const bool lasts = now.by_word || (last && *last <= start);
  return now.readiness == Readiness::Normal && lasts &&
         std::max(subject.normal.relapse, subject.limited.relapse) < kNextToNothing;
}

// When the first word changes with nothing repaired or broken meanwhile: a buffer has run out.
// None: they stay as they are. With an interim fix in force: now, for it may fail.
std::optional<Instant> buffers_hold_until(const WorkingState& state, const Ahead& ahead,
                                          Instant now) {
  for (const recovery::Interim& interim : ahead.plan.interims) {
    if (interim.since) return now;
  }
  Impact impact = state.impact();
  const std::vector<Readiness> before = offers_and_places(ahead.today);
  for (int i = 0; i < kMostDues; ++i) {
    const auto due = impact.next_due();
    if (!due) return std::nullopt;
    impact.settle(*due);
    if (offers_and_places(assess(state, impact, now)) != before) return *due;
  }
  return now;
}

// What holds now holds until then.
void hold(PlaceForecast& place, const std::optional<Instant>& until) {
  if (!until) return;
  for (SlotChance& slot : place.slots) {
    if (slot.begin >= *until) continue;
    if (place.word == Readiness::Normal) slot.normal = 1;
    if (place.word == Readiness::Normal || place.word == Readiness::Limited) slot.limited = 1;
  }
}

// The ends of what is not over here, as `made` has them, in the order of the plan.
std::vector<TaskForecast> ends_of(const Ahead& ahead, const recovery::RecoveryForecast& made) {
  std::vector<TaskForecast> ends;
  for (std::size_t i = 0; i < ahead.plan.tasks.size(); ++i) {
    if (ahead.plan.tasks[i].done_at) continue;
    const recovery::Arrival& end = made.tasks[i];
    const OrderStep step = ahead.step(i);
    if (is_elsewhere(step)) continue;
    TaskForecast& told = ends.emplace_back();
    told.task = step.task;
    told.node = step.node;
    told.early = end.quantiles[0];
    told.likely = end.quantiles[1];
    told.late = end.cautious;
  }
  return ends;
}

const PlaceForecast* forecast_for(const ForecastMade& forecast, const OfficeId& office,
                                  const SiteId& site, const ServiceId& service) {
  for (const PlaceForecast& one : forecast.places) {
    if (one.office == office && one.site == site && one.service == service) return &one;
  }
  return nullptr;
}

// What is not in the forecast is as usual.
recovery::Outlook outlook_at(const PlaceForecast* forecast, Instant begin) {
  if (!forecast) return {1.0, 1.0};
  for (const SlotChance& slot : forecast->slots) {
    if (slot.begin == begin) return {slot.normal, slot.limited};
  }
  return {};
}

// The chance of being at least limited holds paper, with what it needs itself.
bool works_on_paper(const District& district, const ServiceId& id,
                    const recovery::Outlook& outlook) {
  const Service* service = find_service(district, id);
  return service && service->offline.mode != OfflineMode::None &&
         service->offline.mode != OfflineMode::Refer &&
         outlook.limited.value_or(0) >= recovery::kLimitedFrom;
}

bool on_record(const Record& record, const OpeningProposed& proposed) {
  return std::any_of(record.proposals.begin(), record.proposals.end(), [&](const auto& known) {
    return known.office == proposed.office && known.site == proposed.site &&
           known.day == proposed.day && known.word == proposed.word;
  });
}

recovery::PlaceDay place_day(const District& district, const ForecastMade& forecast,
                             const core::readiness::Assessment& assessment,
                             const PlaceSituation& place, const DayPlan& day) {
  recovery::PlaceDay made;
  made.first_slot = day.slots.front().begin;
  made.place =
      outlook_at(forecast_for(forecast, place.office, place.site, ServiceId()), made.first_slot);
  if (const Office* office = find_office(district, place.office)) made.regular = office->regular;
  for (const OfferSituation& offer : assessment.offers) {
    if (offer.office != place.office || offer.site != place.site) continue;
    for (const DayPlan& theirs : offer.days) {
      if (theirs.day != day.day || theirs.slots.empty()) continue;
      const recovery::Outlook outlook =
          outlook_at(forecast_for(forecast, offer.office, offer.site, offer.service),
                     theirs.slots.front().begin);
      made.services.push_back(
          {offer.service, outlook, works_on_paper(district, offer.service, outlook)});
    }
  }
  return made;
}

}  // namespace

unsigned Ahead::runs(unsigned wanted) const {
  const std::size_t arrivals = 2 * opens->subjects() + plan.tasks.size();
  return static_cast<unsigned>(
      std::clamp<std::size_t>(recovery::kMostArrivals / arrivals, 1, wanted));
}

OrderStep Ahead::step(std::size_t task) const { return step_of(plan, task); }

Result<std::unique_ptr<Ahead>> look_ahead(const WorkingState& state, const IncidentId& incident,
                                          Instant now) {
  const Incident* found = find_incident(*state.ledger().record(), incident);
  if (!found) {
    return fail(Errc::NotFound, fmt::format("there is no incident '{}'; 'dienstbereit record "
                                            "show' lists them",
                                            incident.str()));
  }
  auto ahead = std::make_unique<Ahead>();
  RecordPlan made = plan_for(state, *found, now);
  ahead->plan = std::move(made.plan);
  ahead->lesson = made.lesson;
  if (ahead->plan.nodes.empty()) {
    return fail(Errc::Conflict, "no fault of the incident lasts, so there is nothing to forecast");
  }
  ahead->opens = std::make_unique<KnownOpens>(state, ahead->plan, now);
  ahead->today = assess(state, state.impact(), now);
  for (const auto& offer : ahead->today.offers) ahead->begins.push_back(begins_of(offer.days, now));
  for (const auto& place : ahead->today.places) ahead->begins.push_back(begins_of(place.days, now));
  return ahead;
}

Result<ForecastMade> make_forecast(const WorkingState& state, const IncidentId& incident,
                                   const std::string& reason, Instant now, const StopFlag& stop) {
  const auto found = look_ahead(state, incident, now);
  if (!found) return tl::unexpected(found.error());
  const Ahead& ahead = **found;
  const core::readiness::Assessment& today = ahead.today;
  const auto zone = TimeZone::find(state.district()->administration.time_zone);
  if (!zone) return tl::unexpected(zone.error());
  const auto made = recovery::forecast(ahead.plan, *ahead.opens, ahead.begins,
                                       {.runs = ahead.runs(kForecastRuns),
                                        .seed = kForecastSeed,
                                        .stop = &stop,
                                        .most_asked = kMostAsked});
  if (!made) return tl::unexpected(made.error());

  ForecastMade event;
  event.incident = incident;
  event.reason = reason;
  event.runs = made->runs;
  if (ahead.lesson.tasks > 0) event.learnt = Learnt{ahead.lesson.tasks, ahead.lesson.factor};
  event.all_repaired_early = made->all_done.quantiles[0];
  event.all_repaired_late = made->all_done.cautious;
  event.tasks = ends_of(ahead, *made);
  event.matters = what_matters(ahead, now, stop);
  const auto until = buffers_hold_until(state, ahead, now);
  const auto add = [&](const recovery::SubjectForecast& subject, const OfficeId& office,
                       const SiteId& site, const ServiceId& service, Readiness word) {
    PlaceForecast place = told(subject, *zone, state.civil_offset(), now);
    place.office = office;
    place.site = site;
    place.service = service;
    place.word = word;
    hold(place, until);
    event.places.push_back(std::move(place));
  };
  for (std::size_t i = 0; i < today.offers.size(); ++i) {
    const OfferSituation& offer = today.offers[i];
    if (as_usual(made->subjects[i], offer.now, now)) continue;
    add(made->subjects[i], offer.office, offer.site, offer.service, offer.now.readiness);
  }
  for (std::size_t i = 0; i < today.places.size(); ++i) {
    const PlaceSituation& place = today.places[i];
    const recovery::SubjectForecast& subject = made->subjects[today.offers.size() + i];
    if (!place.slotted || as_usual(subject, place.now, now)) continue;
    add(subject, place.office, place.site, ServiceId(), place.now.readiness);
  }
  return event;
}

std::vector<OpeningProposed> propose_openings(const WorkingState& state,
                                              const ForecastMade& forecast, Instant now) {
  const District& district = *state.district();
  const core::readiness::Assessment assessment = assess(state, state.impact(), now);
  const Day last = state.timetable().today(state.civil(now)) + date::days(kProposeAhead);
  std::vector<OpeningProposed> proposals;
  for (const PlaceSituation& place : assessment.places) {
    if (!forecast_for(forecast, place.office, place.site, ServiceId())) continue;
    for (const DayPlan& day : place.days) {
      if (day.slots.empty() || day.slots.front().begin <= now || day.day > last) continue;
      const recovery::PlaceDay asked = place_day(district, forecast, assessment, place, day);
      const auto proposal = recovery::propose(asked, district.decision_times);
      if (!proposal) continue;
      const double chance = proposal->word == Readiness::Normal ? asked.place.normal.value_or(0)
                                                                : asked.place.limited.value_or(0);
      const Instant deadline = std::min({proposal->deadlines.staff, proposal->deadlines.people,
                                         proposal->deadlines.appointments});
      OpeningProposed made{place.office, place.site, day.day, proposal->word, chance, deadline};
      if (!on_record(*state.ledger().record(), made)) proposals.push_back(std::move(made));
    }
  }
  return proposals;
}

}  // namespace dienstbereit::engine
