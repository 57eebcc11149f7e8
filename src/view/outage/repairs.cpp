// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/outage/repairs.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "view/stamp.h"

namespace dienstbereit::view {
namespace {

constexpr Duration kShortestPlanShown = std::chrono::hours(2);
constexpr int kRoomBehind = 4;  // a fix that holds for long is cut a quarter of the time behind

bool is_over(TaskState state) { return state == TaskState::Done || state == TaskState::Cancelled; }
bool is_over(FixState state) { return state != FixState::Planned && state != FixState::InForce; }

const TaskForecast* ends_of(const Forecast* newest, const TaskId& task) {
  if (!newest || task.empty()) return nullptr;
  for (const TaskForecast& one : newest->tasks) {
    if (one.task == task) return &one;
  }
  return nullptr;
}

void set_ends(Work& work, const TaskForecast* ends) {
  if (!ends) return;
  work.early = ends->early;
  work.likely = ends->likely;
  work.late = ends->late;
}

Work work_of(const Task& task, const Forecast* newest) {
  Work work;
  work.task = &task;
  work.over = is_over(task.state);
  work.began = task.started;
  work.ended = task.ended;
  if (!work.over) set_ends(work, ends_of(newest, task.id));
  return work;
}

// The task that puts the fix in place; nullptr where nobody has planned it.
const Task* task_for(const Incident& incident, const Fix& fix) {
  for (const Task& task : incident.tasks) {
    if (task.fix == fix.id && task.state != TaskState::Cancelled) return &task;
  }
  return nullptr;
}

Work work_of(const Fix& fix, const Incident& incident, const Forecast* newest) {
  Work work;
  work.fix = &fix;
  work.over = is_over(fix.state);
  work.until = fix.expires;
  const Task* task = task_for(incident, fix);
  if (fix.state == FixState::InForce) work.began = fix.since;
  if (work.over) work.ended = fix.since;
  if (work.over && task) work.began = task->ended;
  if (fix.state == FixState::Planned && task) set_ends(work, ends_of(newest, task->id));
  return work;
}

std::vector<Work> all_work(const Incident& incident, const Forecast* newest) {
  std::vector<Work> all;
  for (const Task& task : incident.tasks) all.push_back(work_of(task, newest));
  for (const Fix& fix : incident.fixes) all.push_back(work_of(fix, incident, newest));
  if (!newest) return all;
  for (const TaskForecast& ends : newest->tasks) {
    if (ends.node.empty()) continue;
    Work& work = all.emplace_back();
    work.node = ends.node;
    set_ends(work, &ends);
  }
  return all;
}

// What a reader wants first.
bool before(const Work& a, const Work& b) {
  const auto key = [](const Work& work) {
    const auto end = work.over ? work.ended : work.fix && work.began ? work.until : work.likely;
    const auto t = end.value_or(Instant::max()).time_since_epoch().count();
    const std::string& id = work.task  ? work.task->id.str()
                            : work.fix ? work.fix->id.str()
                                       : work.node.str();
    return std::tuple(work.over, work.over ? -t : t, id);
  };
  return key(a) < key(b);
}

// The other way round within a lane: what is over stands first, in the order of
// time.
bool above(const Work& a, const Work& b) {
  if (a.over != b.over) return a.over;
  return a.over ? before(b, a) : before(a, b);
}

TimeSpan time_of(const std::vector<Work>& work, Instant now) {
  TimeSpan time{now, now + kShortestPlanShown};
  for (const Work& one : work) {
    for (const auto& t : {one.began, one.ended}) {
      if (t) time.from = std::min(time.from, *t);
    }
    for (const auto& t : {one.early, one.likely, one.late}) {
      if (t) time.to = std::max(time.to, *t);
    }
  }
  const Instant furthest = time.to + (time.to - time.from) / kRoomBehind;
  for (const Work& one : work) {
    if (one.until) time.to = std::max(time.to, std::min(*one.until, furthest));
  }
  time.from = std::max(time.from, now - kLongestPlanShown / 2);
  time.to = std::min(time.to, now + kLongestPlanShown / 2);
  return time;
}

void add_hours(Lane& lane, const District& district, const TimeSpan& time) {
  if (lane.kind != LaneKind::Crew) return;
  if (lane.crew->on_call || lane.crew->hours.always) {
    lane.always = true;
    lane.hours = {time};
    return;
  }
  const TimeZone zone = zone_of(district);
  const PlaceCalendar calendar(lane.crew->hours, district.administration.land, {});
  const Day last = zone.day_of(time.to);
  // Hours of the day before may run past midnight.
  for (Day day = zone.day_of(time.from) - date::days(1); day <= last; day += date::days(1)) {
    for (const SlotSpan& slot : calendar.on(day).slots) {
      const TimeSpan span{std::max(zone.at(day, slot.open.begin), time.from),
                          std::min(zone.at(day, slot.open.end), time.to)};
      if (span.from < span.to) lane.hours.push_back(span);
    }
  }
}

const Crew* crew_of(const Work& work, const District& district) {
  if (!work.task || work.task->crew.empty()) return nullptr;
  for (const Crew& crew : district.crews) {
    if (crew.id.str() == work.task->crew) return &crew;
  }
  return nullptr;
}

void add_lane(Repairs& repairs, Lane lane, std::vector<Work>& work, const District& district) {
  const auto belongs = [&](const Work& one) {
    if (one.fix) return lane.kind == LaneKind::Fixes;
    const Crew* crew = crew_of(one, district);
    return crew ? lane.crew == crew : lane.kind == LaneKind::AnyCrew;
  };
  std::copy_if(work.begin(), work.end(), std::back_inserter(lane.work), belongs);
  if (lane.work.empty()) return;
  std::sort(lane.work.begin(), lane.work.end(), above);
  if (!repairs.hours_left_out) add_hours(lane, district, repairs.time);
  repairs.lanes.push_back(std::move(lane));
}

} // namespace

Repairs repairs(const Incident& incident, const District& district, Instant now) {
  Repairs repairs;
  const Forecast* newest = incident.forecasts.empty() ? nullptr : incident.forecasts.back().get();
  if (newest) repairs.forecast_made = newest->written.at;
  std::vector<Work> work = all_work(incident, newest);
  repairs.of = work.size();
  std::sort(work.begin(), work.end(), before);
  if (work.size() > kMostWork) work.resize(kMostWork);
  repairs.shown = work.size();
  repairs.time = time_of(work, now);
  repairs.hours_left_out = repairs.time.to - repairs.time.from > kLongestWithHours;
  for (const Crew& crew : district.crews) {
    Lane lane;
    lane.kind = LaneKind::Crew;
    lane.crew = &crew;
    add_lane(repairs, std::move(lane), work, district);
  }
  for (const LaneKind kind : {LaneKind::AnyCrew, LaneKind::Fixes}) {
    Lane lane;
    lane.kind = kind;
    add_lane(repairs, std::move(lane), work, district);
  }
  return repairs;
}

} // namespace dienstbereit::view
