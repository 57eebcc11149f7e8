// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/plan.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "core/recovery/first_estimates.h"
#include "engine/ahead/crews.h"
#include "engine/ahead/finished.h"
#include "engine/ahead/repaired.h"
#include "engine/ahead/restarts.h"

namespace dienstbereit::engine {
namespace {

namespace recovery = core::recovery;

constexpr const char* kEstimated = "estimate ";  // before a node's id: the id of its assumed repair
constexpr const char* kElsewhere = "elsewhere ";  // before the id of a task of another incident

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
    if (!incident->merged_into.empty()) continue;  // the other has its fixes
    for (const Fix& fix : incident->fixes) {
      if (fix.state == FixState::Planned || fix.state == FixState::InForce) continue;
      relapsed += fix.state == FixState::Relapsed ? 1 : 0;
      over += 1;
    }
  }
  return relapsed / over;
}

bool is_over(TaskState state) { return state == TaskState::Done || state == TaskState::Cancelled; }

bool names(const std::vector<NodeId>& nodes, const NodeId& node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

// Old journals may have 0 for a part that was left out: then it is as the next one.
Estimate filled(Estimate estimate) {
  if (estimate.likely <= Duration(0)) estimate.likely = estimate.worst;
  if (estimate.best <= Duration(0)) estimate.best = estimate.likely;
  return estimate;
}

class Planner {
 public:
  Planner(const WorkingState& state, const Incident& incident, Instant now)
      : state_(state), district_(*state.district()), incident_(incident), now_(now) {}

  recovery::Plan plan() {
    plan_.start = now_;
    add_nodes();
    for (const Task& task : sorted_tasks()) add_task(task);
    for (const Fix& fix : incident_.fixes) add_fix(fix);
    for (std::size_t node = 0; node < plan_.nodes.size(); ++node) repair_if_unplanned(node);
    put_assumed_in_order();
    plan_.crews = planned_crews(state_, first_begin(), now_);
    lesson_ = recovery::learn(finished_tasks(state_), recovery::Plan().shared.effort);
    apply(lesson_);
    return std::move(plan_);
  }

  const recovery::Lesson& lesson() const { return lesson_; }  // of the plan that was made

 private:
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
      const bool waits = component.restart_time > Duration(0) || !component.restart_after.empty();
      if (waits) add_if_down(component.id, false);
    }
    // And what these wait for. More nodes may come meanwhile.
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
      const Component* component = find_component(district_, plan_.nodes[i].id);
      if (!component) continue;
      for (const NodeId& before : component->restart_after) add_if_down(before, false);
    }
    add_restarts(state_, plan_);
  }

  // What else is down: what people plan to repair, though no word hangs on it while the first fault
  // lasts, and the faults of other incidents.
  void add_others() {
    for (const Task& task : incident_.tasks) {
      if (is_over(task.state) || !task.fix.empty()) continue;
      for (const NodeId& node : task.repairs) add_if_down(node, true);
    }
    for (const Fix& fix : incident_.fixes) {
      if (fix.state != FixState::Planned) continue;
      for (const NodeId& node : fix.for_faults) add_if_down(node, true);
    }
    for (const auto& other : state_.ledger().record()->incidents) {
      if (!is_open(*other)) continue;
      for (const Fault& fault : other->faults) {
        if (!fault.ended) add_if_down(fault.node, true);
      }
    }
  }

  void add_if_down(const NodeId& id, bool faulty) {
    const bool down = !places_.contains(id) && state_.impact().node(id).state.best == Health::Down;
    if (down && find_component(district_, id)) add_node(id, faulty);
  }

  void add_node(const NodeId& id, bool faulty) {
    const Component* component = find_component(district_, id);
    places_[id] = plan_.nodes.size();
    plan_.nodes.push_back({id, faulty, component ? component->restart_time : Duration(0), {}});
  }

  // When the first of what is being worked on was begun; now, where nothing is.
  Instant first_begin() const {
    Instant first = now_;
    for (const recovery::PlannedTask& task : plan_.tasks) {
      if (task.started_at && !task.done_at) first = std::min(first, *task.started_at);
    }
    return first;
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

  // Of these those for which what was done at `done` still holds.
  std::vector<std::size_t> still_restored(const std::vector<NodeId>& nodes, Instant done) const {
    std::vector<NodeId> held;
    for (const NodeId& node : nodes) {
      if (places_.contains(node) && still_repaired(state_, node, done, now_)) held.push_back(node);
    }
    return places_of(held);
  }

  // All but what it waits for and what it restores.
  recovery::PlannedTask planned_from(const Task& task) const {
    recovery::PlannedTask made;
    made.id = task.id.str();
    made.effort = filled(task.effort);
    made.skill = task.skill;
    if (crew_named(district_, task.crew)) made.crew = CrewId(task.crew);
    if (task.delivery && !is_over(task.state)) {
      made.delivery = recovery::Delivery{task.ordered, filled(*task.delivery)};
    }
    made.started_at = task.started;
    return made;
  }

  void add_task(const Task& task) {
    if (task.state == TaskState::Cancelled) return;
    recovery::PlannedTask made = planned_from(task);
    made.repair = task.fix.empty();
    for (const TaskId& before : task.after) {
      if (is_planned(before)) made.after.push_back(before.str());
    }
    if (task.state == TaskState::Done) made.done_at = task.ended;
    if (task.fix.empty()) {
      made.restores =
          made.done_at ? still_restored(task.repairs, *made.done_at) : places_of(task.repairs);
    }
    plan_.tasks.push_back(std::move(made));
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
    made.expires = fix.expires;
    made.full = !fix.capacity;
    if (fix.expires) made.relapse = chance_of_relapse(*state_.ledger().record());
    if (is_in_force(fix)) {
      made.since = std::min(*fix.since, now_);
      made.restores = still_restored(fix.for_faults, *fix.since);
      if (made.restores.empty()) return;
    } else if (const Task* task = task_for(fix)) {
      made.task = task->id.str();
      made.restores = task->state == TaskState::Done && task->ended
                          ? still_restored(fix.for_faults, *task->ended)
                          : places_of(fix.for_faults);
    } else {
      return;
    }
    plan_.interims.push_back(std::move(made));
  }

  // Nobody has looked at it yet in this incident: what another plans, or such repairs took in the
  // past.
  void repair_if_unplanned(std::size_t node) {
    if (!plan_.nodes[node].faulty) return;
    for (const recovery::PlannedTask& task : plan_.tasks) {
      if (std::count(task.restores.begin(), task.restores.end(), node) > 0) return;
    }
    if (!repair_elsewhere(node)) add_estimate(node);
  }

  void add_estimate(std::size_t node) {
    const Component* component = find_component(district_, plan_.nodes[node].id);
    const auto estimate =
        recovery::first_estimate(component ? component->kind : "", "", district_.estimates);
    recovery::PlannedTask task;
    task.id = kEstimated + plan_.nodes[node].id.str();
    task.effort = estimate.rule.estimate;
    task.restores = {node};
    plan_.tasks.push_back(std::move(task));
  }

  // With the repair that another open incident plans, if one does.
  bool repair_elsewhere(std::size_t node) {
    for (const auto& other : state_.ledger().record()->incidents) {
      if (!is_open(*other) || other->id == incident_.id) continue;
      for (const Task& task : other->tasks) {
        if (!task.fix.empty() || is_over(task.state)) continue;
        if (!names(task.repairs, plan_.nodes[node].id)) continue;
        const std::string id = add_elsewhere(*other, task);
        for (recovery::PlannedTask& made : plan_.tasks) {
          if (made.id != id) continue;
          made.repair = true;
          made.restores.push_back(node);
        }
        return true;
      }
    }
    return false;
  }

  // A task of another incident, behind what has to be done before it. Gives its id in the plan.
  std::string add_elsewhere(const Incident& other, const Task& task) {
    recovery::PlannedTask made = planned_from(task);
    made.id = kElsewhere + task.id.str();
    if (!elsewhere_.insert(made.id).second) return made.id;
    made.repair = false;
    for (const TaskId& before : task.after) {
      const Task* first = find_task(other, before);
      if (first && !is_over(first->state)) made.after.push_back(add_elsewhere(other, *first));
    }
    // Whom another incident names wrongly keeps nobody from this forecast.
    if (!crew_for(district_, made.crew.str(), made.skill)) {
      made.crew = CrewId();
      made.skill.clear();
    }
    return plan_.tasks.emplace_back(std::move(made)).id;
  }

  // Where the order that was taken last has them; what it does not know comes last. What another
  // incident does before a repair goes with it.
  void put_assumed_in_order() {
    std::vector<std::pair<int, std::size_t>> places;  // by order, then as they stand
    std::map<std::string, std::size_t> ahead;  // of other incidents
    for (std::size_t i = 0; i < plan_.tasks.size(); ++i) {
      places.emplace_back(order_of(i), i);
      if (elsewhere_.contains(plan_.tasks[i].id)) ahead.emplace(plan_.tasks[i].id, i);
    }
    for (std::size_t i = places.size(); i-- > 0;) {
      for (const std::string& before : plan_.tasks[i].after) {
        const auto found = ahead.find(before);
        if (found == ahead.end()) continue;
        int& order = places[found->second].first;
        order = std::min(order, places[i].first);
      }
    }
    std::sort(places.begin(), places.end());
    std::vector<recovery::PlannedTask> sorted;
    for (const auto& [order, place] : places) sorted.push_back(std::move(plan_.tasks[place]));
    plan_.tasks = std::move(sorted);
  }

  int order_of(std::size_t planned) const {
    const OrderStep own = step_of(plan_, planned);
    if (const Task* task = find_task(incident_, own.task)) return task->order;
    for (auto taken = incident_.orders.rbegin(); taken != incident_.orders.rend(); ++taken) {
      if (!taken->taken.value_or(false)) continue;
      const int count = static_cast<int>(taken->steps.size());
      for (int i = 0; i < count; ++i) {
        const NodeId& node = taken->steps[static_cast<std::size_t>(i)].node;
        if (!node.empty() && own.node == node) return i - count;
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
  std::set<std::string> elsewhere_;  // ids of what other incidents do
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
  const bool assumed = planned.id.starts_with(kEstimated) || planned.id.starts_with(kElsewhere);
  if (!assumed) return {TaskId(planned.id), NodeId()};
  return {TaskId(), planned.restores.empty() ? NodeId() : plan.nodes[planned.restores.front()].id};
}

bool is_elsewhere(const OrderStep& step) { return step.task.empty() && step.node.empty(); }

}  // namespace dienstbereit::engine
