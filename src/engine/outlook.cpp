// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/outlook.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "core/impact/why.h"
#include "core/recovery/first_estimates.h"
#include "core/recovery/forecast.h"
#include "core/recovery/learning/learn.h"
#include "core/recovery/propose.h"
#include "engine/ahead/matters.h"
#include "engine/snapshot.h"
#include "model/chance.h"

namespace dienstbereit::engine {
namespace {

using core::impact::Impact;
namespace recovery = core::recovery;

constexpr const char* kAnyCrew = "crew";  // where the district names none
constexpr const char* kEstimated = "estimate ";  // before a node's id: the id of its assumed repair
constexpr unsigned kAnyCrewSize = 2;
constexpr int kProposeAhead = 5;  // days
constexpr Duration kPastBuffers =
    std::chrono::hours(24 * 366);  // from now; all have run out by then
constexpr int kMostDues = 100;  // that are looked at for the end of the first buffer
// A forecast of a tangled outage ends after as many different states of the graph, if these many
// runs have been played.
constexpr std::size_t kMostAsked = 5'000;
constexpr unsigned kForecastRuns = 10'000;  // less where more than that many times would be kept

// What is believed of interim fixes before any was in force: as if one of twenty had relapsed, with
// the weight of ten.
constexpr double kRelapsesBefore = 0.5;
constexpr double kFixesBefore = 10;

// That an interim fix fails of itself before its end: the mean of a beta distribution, after all
// fixes on record that are over.
double chance_of_relapse(const Record& record) {
  double relapsed = kRelapsesBefore;
  double over = kFixesBefore;
  for (const auto& incident : record.incidents) {
    for (const Fix& fix : incident->fixes) {
      if (fix.state == FixState::Planned || fix.state == FixState::InForce) continue;
      relapsed += fix.state == FixState::Relapsed ? 1 : 0;
      over += 1;
    }
  }
  return relapsed / over;
}

bool is_over(TaskState state) { return state == TaskState::Done || state == TaskState::Cancelled; }

// ---- the plan ----------------------------------------------------------------------------------

class Planner {
 public:
  Planner(const WorkingState& state, const Incident& incident, Instant now)
      : state_(state), district_(*state.district()), incident_(incident), now_(now) {}

  recovery::Plan plan() {
    plan_.start = now_;
    add_nodes();
    add_crews();
    for (const Task& task : sorted_tasks()) add_task(task);
    for (const Fix& fix : incident_.fixes) add_fix(fix);
    for (std::size_t node = 0; node < plan_.nodes.size(); ++node) estimate_if_unplanned(node);
    put_assumed_in_order();
    lesson_ = learn_from_finished();
    apply(lesson_);
    return std::move(plan_);
  }

  const recovery::Lesson& lesson() const { return lesson_; }  // of the plan that was made

 private:
  // What finished tasks, of whatever incident, have taught about estimates.
  recovery::Lesson learn_from_finished() const {
    std::vector<recovery::Finished> finished;
    for (const auto& incident : state_.ledger().record()->incidents) {
      for (const Task& task : incident->tasks) {
        if (task.state != TaskState::Done || !task.started || !task.ended) continue;
        const Duration took = worked(task);
        const bool at_night = took <= Duration(0);  // or whenever the calendar has nobody at work
        finished.push_back({task.effort, at_night ? *task.ended - *task.started : took});
      }
    }
    return recovery::learn(finished, recovery::Plan().shared.effort);
  }

  // The faults that last, and what has to be started anew once they are repaired.
  void add_nodes() {
    for (const Fault& fault : incident_.faults) {
      if (!fault.ended && !places_.contains(fault.node)) add_node(fault.node, true);
    }
    // What works by an interim fix alone is not repaired.
    for (const Fix& fix : incident_.fixes) {
      if (!is_in_force(fix)) continue;
      for (const NodeId& node : fix.for_faults) {
        if (!places_.contains(node) && !is_repaired(incident_, node)) add_node(node, true);
      }
    }
    if (!plan_.nodes.empty()) add_others();
    for (const Component& component : district_.components) {
      const bool waits = component.restart_time > Duration(0) && !places_.contains(component.id);
      if (waits && state_.impact().node(component.id).state.best == Health::Down) {
        add_node(component.id, false);
      }
    }
    for (recovery::DownNode& node : plan_.nodes) {
      const Component* component = find_component(district_, node.id);
      if (!component) continue;
      for (const NodeId& before : component->restart_after) {
        const auto place = places_.find(before);
        if (place != places_.end()) node.restart_after.push_back(place->second);
      }
    }
  }

  // What else is down by itself: a fault of another incident, or one that no word shows while the
  // first one lasts.
  void add_others() {
    for (const Component& component : district_.components) {
      const NodeSituation node = state_.impact().node(component.id);
      const bool failed = node.own.best == Health::Down && node.state.best == Health::Down;
      if (!failed || places_.contains(component.id)) continue;
      const Explanation why =
          core::impact::explain(state_.impact(), component.id, state_.probes_of());
      if (!why.empty() && root_of(why) == component.id) add_node(component.id, true);
    }
  }

  void add_node(const NodeId& id, bool faulty) {
    const Component* component = find_component(district_, id);
    places_[id] = plan_.nodes.size();
    plan_.nodes.push_back({id, faulty, component ? component->restart_time : Duration(0), {}});
  }

  void add_crews() {
    for (const Crew& crew : district_.crews) {
      plan_.crews.push_back({crew.id, crew.size, crew.skills, calendar_of(crew, now_)});
    }
    if (!plan_.crews.empty()) return;
    plan_.crews.push_back({CrewId(kAnyCrew), kAnyCrewSize, {}, recovery::Calendar::always()});
  }

  // By the calendar of the crew that is named, else of the first; without crews, the clock's.
  Duration worked(const Task& task) const {
    const auto named = std::find_if(district_.crews.begin(), district_.crews.end(),
                                    [&](const Crew& crew) { return crew.id.str() == task.crew; });
    if (district_.crews.empty()) return *task.ended - *task.started;
    return calendar_of(named == district_.crews.end() ? district_.crews.front() : *named,
                       *task.started)
        .worked(*task.started, *task.ended);
  }

  recovery::Calendar calendar_of(const Crew& crew, Instant from) const {
    const auto zone = TimeZone::find(district_.administration.time_zone);
    if (!zone) return recovery::Calendar::always();
    return recovery::working_calendar(crew, district_.administration.land,
                                      {*zone, state_.civil_offset()}, from);
  }

  void apply(const recovery::Lesson& lesson) {
    plan_.shared.effort = lesson.shared_risk;
    for (recovery::PlannedTask& task : plan_.tasks) {
      auto* estimate = std::get_if<Estimate>(&task.effort);
      if (estimate && !task.done_at) *estimate = recovery::corrected(*estimate, lesson);
    }
  }

  std::vector<Task> sorted_tasks() const {
    std::vector<Task> tasks = incident_.tasks;
    std::sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
      return std::tie(a.order, a.written.at, a.id) < std::tie(b.order, b.written.at, b.id);
    });
    return tasks;
  }

  std::vector<std::size_t> places_of(const std::vector<NodeId>& nodes) const {
    std::vector<std::size_t> places;
    for (const NodeId& node : nodes) {
      const auto place = places_.find(node);
      if (place != places_.end()) places.push_back(place->second);
    }
    return places;
  }

  bool is_planned(const TaskId& id) const {
    const Task* task = find_task(incident_, id);
    return task && task->state != TaskState::Cancelled;
  }

  void add_task(const Task& task) {
    if (task.state == TaskState::Cancelled) return;
    recovery::PlannedTask planned;
    planned.id = task.id.str();
    planned.effort = task.effort;
    planned.repair = task.fix.empty();
    planned.skill = task.skill;
    const bool known = std::any_of(plan_.crews.begin(), plan_.crews.end(),
                                   [&](const auto& crew) { return crew.id.str() == task.crew; });
    if (known) planned.crew = CrewId(task.crew);
    for (const TaskId& before : task.after) {
      if (is_planned(before)) planned.after.push_back(before.str());
    }
    if (task.delivery && !is_over(task.state)) {
      planned.delivery = recovery::Delivery{task.written.at, *task.delivery};
    }
    planned.started_at = task.started;
    if (task.state == TaskState::Done) planned.done_at = task.ended;
    if (task.fix.empty()) planned.restores = places_of(task.repairs);
    plan_.tasks.push_back(std::move(planned));
  }

  bool is_in_force(const Fix& fix) const {
    return fix.state == FixState::InForce && fix.since && (!fix.expires || *fix.expires > now_);
  }

  // The task that will put it in place, or has, with nobody saying that it is over.
  const Task* task_for(const Fix& fix) const {
    const bool over = fix.state != FixState::Planned;
    for (const Task& task : incident_.tasks) {
      if (task.fix != fix.id || task.state == TaskState::Cancelled) continue;
      if (task.state != TaskState::Done || !over) return &task;
    }
    return nullptr;
  }

  void add_fix(const Fix& fix) {
    recovery::Interim made;
    made.id = fix.id.str();
    made.restores = places_of(fix.for_faults);
    made.expires = fix.expires;
    made.full = !fix.capacity;
    if (fix.expires) made.relapse = chance_of_relapse(*state_.ledger().record());
    if (is_in_force(fix)) {
      made.since = std::min(*fix.since, now_);
    } else if (const Task* task = task_for(fix)) {
      made.task = task->id.str();
    } else {
      return;
    }
    plan_.interims.push_back(std::move(made));
  }

  // Of another open incident.
  const Task* repair_elsewhere(const NodeId& node) const {
    for (const auto& other : state_.ledger().record()->incidents) {
      if (!is_open(*other) || other->id == incident_.id) continue;
      for (const Task& task : other->tasks) {
        const bool repairs = std::count(task.repairs.begin(), task.repairs.end(), node) > 0;
        if (repairs && task.fix.empty() && !is_over(task.state)) return &task;
      }
    }
    return nullptr;
  }

  // Nobody has looked at it yet in this incident: what another plans, or such repairs took in the
  // past.
  void estimate_if_unplanned(std::size_t node) {
    if (!plan_.nodes[node].faulty) return;
    for (const recovery::PlannedTask& task : plan_.tasks) {
      if (std::count(task.restores.begin(), task.restores.end(), node) > 0) return;
    }
    const Component* component = find_component(district_, plan_.nodes[node].id);
    const auto estimate =
        recovery::first_estimate(component ? component->kind : "", "", district_.estimates);
    recovery::PlannedTask task;
    task.id = kEstimated + plan_.nodes[node].id.str();
    task.effort = estimate.rule.estimate;
    if (const Task* other = repair_elsewhere(plan_.nodes[node].id)) {
      task.effort = other->effort;
      task.started_at = other->started;
    }
    task.restores = {node};
    plan_.tasks.push_back(std::move(task));
  }

  // Where the order that was taken last has them; what it does not know comes last.
  void put_assumed_in_order() {
    std::vector<std::pair<int, std::size_t>> places;  // by order, then as they stand
    for (const recovery::PlannedTask& task : plan_.tasks) {
      places.emplace_back(order_of(task), places.size());
    }
    std::sort(places.begin(), places.end());
    std::vector<recovery::PlannedTask> sorted;
    for (const auto& [order, place] : places) sorted.push_back(std::move(plan_.tasks[place]));
    plan_.tasks = std::move(sorted);
  }

  int order_of(const recovery::PlannedTask& planned) const {
    const Task* task = find_task(incident_, TaskId(planned.id));
    if (task) return task->order;
    for (auto taken = incident_.orders.rbegin(); taken != incident_.orders.rend(); ++taken) {
      if (!taken->taken.value_or(false)) continue;
      const int count = static_cast<int>(taken->steps.size());
      for (int i = 0; i < count; ++i) {
        const NodeId& node = taken->steps[static_cast<std::size_t>(i)].node;
        if (!node.empty() && planned.id == kEstimated + node.str()) return i - count;
      }
      break;
    }
    return std::numeric_limits<int>::max();
  }

  const WorkingState& state_;
  const District& district_;
  const Incident& incident_;
  Instant now_;
  recovery::Plan plan_;
  recovery::Lesson lesson_;
  std::map<NodeId, std::size_t> places_;
};

// ---- from nodes to words -----------------------------------------------------------------------

std::vector<Readiness> offers_and_places(const core::readiness::Assessment& assessment) {
  std::vector<Readiness> words;
  for (const OfferSituation& offer : assessment.offers) words.push_back(offer.now.readiness);
  for (const PlaceSituation& place : assessment.places) words.push_back(place.now.readiness);
  return words;
}

// What visitors would get if exactly some of the plan's nodes were up, all else being well, nobody's
// word standing in the way, and every buffer run out.
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
    subjects_ = offers_and_places(assess(state, bare_, now)).size();
  }

  std::size_t subjects() const override { return subjects_; }

  recovery::Reach at(const recovery::Bits& up) override {
    return in_part(up, recovery::Bits(plan_.nodes.size()));
  }

  recovery::Reach in_part(const recovery::Bits& up, const recovery::Bits& part) override {
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
    const auto words = offers_and_places(assess(state_, impact, now_));
    recovery::Reach reach{recovery::Bits(subjects_), recovery::Bits(subjects_), {}};
    for (std::size_t i = 0; i < words.size(); ++i) {
      reach.normal.set(i, words[i] == Readiness::Normal);
      reach.limited.set(i, words[i] == Readiness::Normal || words[i] == Readiness::Limited);
    }
    return reach;
  }

 private:
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

// The ends of what is not over, as `made` has them, in the order of the plan.
std::vector<TaskForecast> ends_of(const Ahead& ahead, const recovery::RecoveryForecast& made) {
  std::vector<TaskForecast> ends;
  for (std::size_t i = 0; i < ahead.plan.tasks.size(); ++i) {
    if (ahead.plan.tasks[i].done_at) continue;
    const recovery::Arrival& end = made.tasks[i];
    const OrderStep step = ahead.step(i);
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

bool works_on_paper(const District& district, const ServiceId& id) {
  const Service* service = find_service(district, id);
  return service && service->offline.mode != OfflineMode::None &&
         service->offline.mode != OfflineMode::Refer;
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
      made.services.push_back(
          {offer.service,
           outlook_at(forecast_for(forecast, offer.office, offer.site, offer.service),
                      theirs.slots.front().begin),
           works_on_paper(district, offer.service)});
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

OrderStep Ahead::step(std::size_t task) const {
  const recovery::PlannedTask& planned = plan.tasks[task];
  if (!planned.id.starts_with(kEstimated)) return {TaskId(planned.id), NodeId()};
  return {TaskId(), plan.nodes[planned.restores.front()].id};
}

Result<std::unique_ptr<Ahead>> look_ahead(const WorkingState& state, const IncidentId& incident,
                                          Instant now) {
  const Incident* found = find_incident(*state.ledger().record(), incident);
  if (!found) {
    return fail(Errc::NotFound, fmt::format("there is no incident '{}'; 'dienstbereit record "
                                            "show' lists them",
                                            incident.str()));
  }
  auto ahead = std::make_unique<Ahead>();
  Planner planner(state, *found, now);
  ahead->plan = planner.plan();
  ahead->lesson = planner.lesson();
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
