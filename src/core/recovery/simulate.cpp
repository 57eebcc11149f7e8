// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/simulate.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "base/assert.h"
#include "base/hash.h"
#include "base/mixed.h"

namespace dienstbereit::core::recovery {
namespace {

std::uint64_t bit(std::size_t crew) { return std::uint64_t{1} << crew; }

bool can_do(const PlannedCrew& crew, const PlannedTask& task) {
  return (task.crew.empty() || crew.id == task.crew) && has_skill(crew.skills, task.skill);
}

template <class Event>
void push(std::vector<Event>& heap, Event event) {
  heap.push_back(event);
  std::push_heap(heap.begin(), heap.end(), std::greater<>());
}

template <class Event>
Event pop(std::vector<Event>& heap) {
  std::pop_heap(heap.begin(), heap.end(), std::greater<>());
  const Event event = heap.back();
  heap.pop_back();
  return event;
}

// What all numbers of a kind have in common in a run.
double common_of(DrawKey key, double shared, Purpose purpose) {
  return shared > 0 ? normal(key, 0, purpose) : 0;
}

}  // namespace

Result<Schedule> Schedule::prepare(const Plan& plan) {
  if (auto sound = check(plan); !sound) return tl::unexpected(sound.error());
  Schedule schedule;
  schedule.start_ = plan.start;
  schedule.shared_ = plan.shared;
  schedule.sickness_ = plan.sickness;
  for (const PlannedCrew& crew : plan.crews) {
    schedule.crews_.push_back({stable_hash(crew.id.str()), crew.calendar, crew.size});
  }
  schedule.add_tasks(plan);
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) schedule.order_.push_back(i);
  schedule.rank_ = schedule.order_;
  return schedule;
}

void Schedule::add_tasks(const Plan& plan) {
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    const PlannedTask& planned = plan.tasks[i];
    index.emplace(planned.id, i);
    Task task;
    task.key = stable_hash(planned.id);
    task.effort = planned.effort;
    task.pinned = planned.pinned;
    task.not_before = planned.not_before;
    task.delivery = planned.delivery;
    task.started_at = planned.started_at;
    task.done_at = planned.done_at;
    for (std::size_t crew = 0; crew < plan.crews.size(); ++crew) {
      if (!can_do(plan.crews[crew], planned)) continue;
      task.crews.push_back(crew);
      task.crew_set |= bit(crew);
    }
    std::sort(task.crews.begin(), task.crews.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(plan.crews[a].skills.size(), a) < std::pair(plan.crews[b].skills.size(), b);
    });
    tasks_.push_back(std::move(task));
  }
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    for (const std::string& before : plan.tasks[i].after) {
      Task& first = tasks_[index.at(before)];
      if (first.done_at) continue;
      first.then.push_back(i);
      ++tasks_[i].waits_for;
    }
  }
}

void Schedule::set_order(std::span<const std::size_t> order) {
  dienstbereit_assert(order.size() == tasks_.size());
  order_.assign(order.begin(), order.end());
  for (std::size_t rank = 0; rank < order.size(); ++rank) rank_.at(order[rank]) = rank;
}

void Schedule::keep_draws(std::uint64_t seed, unsigned runs) {
  kept_.clear();
  kept_runs_ = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    key_ = {seed, run};
    common_effort_ = common_of(key_, shared_.effort, Purpose::SharedEffort);
    for (std::size_t task = 0; task < tasks_.size(); ++task) kept_.push_back(drawn_effort(task));
  }
  kept_seed_ = seed;
  kept_runs_ = runs;
}

Duration Schedule::drawn_effort(std::size_t task) const {
  return effort_at(tasks_[task].effort, effort_share(tasks_[task]));
}

// In this run, from its begin, or from when its member fell ill.
Duration Schedule::effort_of(std::size_t task) const {
  if (left_[task]) return *left_[task];
  if (key_.seed == kept_seed_ && key_.run < kept_runs_) {
    return kept_[key_.run * tasks_.size() + task];
  }
  return drawn_effort(task);
}

void Schedule::make_ready(std::size_t task) {
  const std::size_t rank = rank_[task];
  ready_.insert(std::lower_bound(ready_.begin(), ready_.end(), rank), rank);
}

double Schedule::effort_share(const Task& task) const {
  if (task.pinned) return *task.pinned;
  return linked_uniform(key_, task.key, Purpose::Effort, common_effort_, shared_.effort);
}

void Schedule::begin(DrawKey key) {
  key_ = key;
  common_effort_ = common_of(key, shared_.effort, Purpose::SharedEffort);
  common_delivery_ = common_of(key, shared_.delivery, Purpose::SharedDelivery);
  now_ = start_;
  done_.assign(tasks_.size(), kNever);
  waits_for_.resize(tasks_.size());
  crew_of_.assign(tasks_.size(), kNobody);
  free_.clear();
  for (const Crew& crew : crews_) free_.push_back(crew.size);
  ready_.clear();
  running_.clear();
  arriving_.clear();
  left_.assign(tasks_.size(), std::nullopt);
  draw_absences();
}

// One illness a member: who is well again stays so.
void Schedule::draw_absences() {
  absences_.clear();
  ill_.clear();
  if (sickness_.share <= 0) return;
  const double common = common_of(key_, shared_.sickness, Purpose::SharedSickness);
  for (std::size_t crew = 0; crew < crews_.size(); ++crew) {
    for (std::uint64_t member = 0; member < crews_[crew].size; ++member) {
      const std::uint64_t who = mixed(crews_[crew].key ^ member);
      const Illness illness = illness_at(
          sickness_, linked_uniform(key_, who, Purpose::Sickness, common, shared_.sickness),
          uniform(key_, who, Purpose::SicknessLasts));
      const Instant from = start_ + illness.after;
      push(absences_, Absence{from, from + illness.lasts, crew});
    }
  }
}

// The members who are at work go on. More tasks than members may have been started; those that are
// too many go on too, since somebody does them.
void Schedule::resume_started() {
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Task& task = tasks_[i];
    if (task.done_at || !task.started_at) continue;
    std::size_t crew = task.crews.front();
    for (const std::size_t candidate : task.crews) {
      if (free_[candidate] > 0) {
        crew = candidate;
        break;
      }
    }
    const Duration spent = crews_[crew].calendar.worked(*task.started_at, start_);
    const double u = effort_share(task);
    const bool member = free_[crew] > 0;
    if (member) --free_[crew];
    const auto end = crews_[crew].calendar.finish(start_, remaining_at(task.effort, spent, u));
    if (end) push(running_, Event{*end, i});
    if (member) crew_of_[i] = crew;
  }
}

// All tasks ahead of it are done: it is ready as soon as its part has come.
void Schedule::free_to_go(std::size_t index) {
  const Task& task = tasks_[index];
  Instant from = now_;
  if (task.not_before) from = std::max(from, *task.not_before);
  if (task.delivery) {
    const Duration waited = start_ - task.delivery->ordered_at;
    const double u =
        linked_uniform(key_, task.key, Purpose::Delivery, common_delivery_, shared_.delivery);
    from = std::max(from, start_ + remaining_at(Effort(task.delivery->takes), waited, u));
  }
  if (from > now_) {
    push(arriving_, Event{from, index});
  } else {
    make_ready(index);
  }
}

std::size_t Schedule::crew_for(const Task& task) const {
  for (const std::size_t crew : task.crews) {
    if (free_[crew] > 0 && crews_[crew].calendar.works_at(now_)) return crew;
  }
  return kNobody;
}

bool Schedule::work(std::size_t task, std::size_t crew, Duration effort) {
  --free_[crew];
  crew_of_[task] = crew;
  const auto end = crews_[crew].calendar.finish(now_, effort);
  if (end) push(running_, Event{*end, task});
  return end.has_value();
}

// Free members who are at work take what is ready, in the order of urgency.
void Schedule::assign() {
  wanted_ = 0;
  std::erase_if(ready_, [&](std::size_t rank) {
    const std::size_t index = order_[rank];
    const Task& task = tasks_[index];
    const std::size_t crew = crew_for(task);
    if (crew == kNobody) {
      wanted_ |= task.crew_set;
      return false;
    }
    work(index, crew, effort_of(index));
    return true;
  });
}

std::optional<Instant> Schedule::next_time() const {
  std::optional<Instant> next;
  const auto sooner = [&](std::optional<Instant> t) {
    if (t && (!next || *t < *next)) next = t;
  };
  if (!running_.empty()) {
    sooner(running_.front().at);
    if (!absences_.empty()) sooner(absences_.front().from);
  }
  const bool work = !running_.empty() || !ready_.empty();
  if (work && !ill_.empty()) sooner(ill_.front().from);
  if (!arriving_.empty()) sooner(arriving_.front().at);
  for (std::size_t crew = 0; crew < crews_.size(); ++crew) {
    // Whoever is at work already has taken what there was.
    const bool useful = free_[crew] > 0 && (wanted_ & bit(crew)) != 0;
    if (useful) sooner(crews_[crew].calendar.next_begin(now_));
  }
  return next;
}

void Schedule::advance_to(Instant t) {
  now_ = t;
  while (!running_.empty() && running_.front().at <= t) {
    const std::size_t done = pop(running_).task;
    done_[done] = t;
    if (crew_of_[done] != kNobody) ++free_[crew_of_[done]];
    for (const std::size_t next : tasks_[done].then) {
      if (--waits_for_[next] == 0 && !tasks_[next].started_at) free_to_go(next);
    }
  }
  return_and_fall_ill();
  while (!arriving_.empty() && arriving_.front().at <= t) {
    make_ready(pop(arriving_).task);
  }
}

void Schedule::return_and_fall_ill() {
  while (!ill_.empty() && ill_.front().from <= now_) ++free_[pop(ill_).crew];
  while (!absences_.empty() && absences_.front().from <= now_) {
    const Absence absence = pop(absences_);
    if (absence.to > now_) fall_ill(absence);
  }
}

// Whoever has nothing to do takes over, at once and at no cost; where all work, the least urgent
// task is left until somebody is free.
void Schedule::fall_ill(const Absence& absence) {
  const std::size_t crew = absence.crew;
  if (free_[crew] > 0) {
    --free_[crew];
  } else {
    auto left = running_.end();
    for (auto event = running_.begin(); event != running_.end(); ++event) {
      if (crew_of_[event->task] != crew) continue;
      if (left == running_.end() || rank_[event->task] > rank_[left->task]) left = event;
    }
    if (left == running_.end()) return;  // they work on what is never done
    const std::size_t task = left->task;
    left_[task] = crews_[crew].calendar.worked(now_, left->at);
    crew_of_[task] = kNobody;
    running_.erase(left);
    std::make_heap(running_.begin(), running_.end(), std::greater<>());
    make_ready(task);
  }
  push(ill_, Absence{absence.to, absence.to, crew});
}

std::span<const Instant> Schedule::run(DrawKey key) {
  begin(key);
  resume_started();
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    waits_for_[i] = tasks_[i].waits_for;
    if (tasks_[i].done_at) {
      done_[i] = *tasks_[i].done_at;
    } else if (waits_for_[i] == 0 && !tasks_[i].started_at) {
      free_to_go(i);
    }
  }
  assign();
  while (const auto next = next_time()) {
    advance_to(*next);
    assign();
  }
  return done_;
}

}  // namespace dienstbereit::core::recovery
