// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/plan.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "core/recovery/first_estimates.h"

namespace dienstbereit::engine {
namespace {

namespace recovery = core::recovery;

constexpr const char* kAnyCrew = "crew";  // where the district names none
constexpr const char* kEstimated = "estimate ";  // before a node's id: the id of its assumed repair
constexpr unsigned kAnyCrewSize = 2;

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

  // What else is down: what people plan to repair, though no word hangs on it while the first fault
  // lasts, and the faults of other incidents.
  void add_others() {
    for (const Task& task : incident_.tasks) {
      if (is_over(task.state) || !task.fix.empty()) continue;
      for (const NodeId& node : task.repairs) add_if_down(node);
    }
    for (const Fix& fix : incident_.fixes) {
      if (fix.state != FixState::Planned) continue;
      for (const NodeId& node : fix.for_faults) add_if_down(node);
    }
    for (const auto& other : state_.ledger().record()->incidents) {
      if (!is_open(*other)) continue;
      for (const Fault& fault : other->faults) {
        if (!fault.ended) add_if_down(fault.node);
      }
    }
  }

  void add_if_down(const NodeId& id) {
    const bool known = find_component(district_, id) != nullptr && !places_.contains(id);
    if (known && state_.impact().node(id).state.best == Health::Down) add_node(id, true);
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

}  // namespace

RecordPlan plan_for(const WorkingState& state, const Incident& incident, Instant now) {
  Planner planner(state, incident, now);
  RecordPlan made;
  made.plan = planner.plan();
  made.lesson = planner.lesson();
  return made;
}

OrderStep step_of(const recovery::Plan& plan, std::size_t task) {
  const recovery::PlannedTask& planned = plan.tasks[task];
  if (!planned.id.starts_with(kEstimated)) return {TaskId(planned.id), NodeId()};
  return {TaskId(), plan.nodes[planned.restores.front()].id};
}

}  // namespace dienstbereit::engine
