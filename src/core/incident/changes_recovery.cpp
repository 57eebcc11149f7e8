// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "core/incident/checker.h"
#include "core/incident/texts.h"
#include "model/record/names.h"

// Tasks and interim fixes.
namespace dienstbereit::core::incident {
namespace {

Result<void> check_estimate(std::string_view what, const Estimate& e) {
  if (e.worst == Duration(0)) {
    return fail(Errc::InvalidInput,
                fmt::format("{} is missing: give best, likely and worst", what));
  }
  if (e.best <= Duration(0) || e.likely <= Duration(0)) {
    return fail(
        Errc::InvalidInput,
        fmt::format("{} needs all three: best, likely and worst, each longer than 0", what));
  }
  if (e.best > e.likely || e.likely > e.worst) {
    return fail(Errc::InvalidInput,
                fmt::format("{} must rise from best over likely to worst", what));
  }
  if (e.worst > kLongestEffort) {
    return fail(Errc::InvalidInput, fmt::format("{} is longer than a year", what));
  }
  return {};
}

bool leads_to(const Incident& incident, const TaskId& from, const TaskId& to,
              std::vector<TaskId>& path) {
  if (std::find(path.begin(), path.end(), from) != path.end()) return false;
  path.push_back(from);
  if (from == to) return true;
  const Task* task = find_task(incident, from);
  if (task) {
    for (const TaskId& before : task->after) {
      if (leads_to(incident, before, to, path)) return true;
    }
  }
  path.pop_back();
  return false;
}

bool allowed(TaskState from, TaskState to) {
  switch (to) {
    case TaskState::Planned:
      return from != TaskState::Planned;  // taken up again
    case TaskState::Started:
      return from == TaskState::Planned;
    case TaskState::Done:
      return from == TaskState::Planned || from == TaskState::Started;
    case TaskState::Cancelled:
      return from == TaskState::Planned || from == TaskState::Started;
  }
  return false;
}

bool allowed(FixState from, FixState to) {
  switch (to) {
    case FixState::Planned:
      return false;
    case FixState::InForce:
      return from != FixState::InForce;
    case FixState::Ended:
    case FixState::Relapsed:
      return from == FixState::InForce || from == FixState::Expired;
    case FixState::Expired:
      return false;  // by the clock
  }
  return false;
}

}  // namespace

Result<void> Checker::no_circle(const Incident& incident, const TaskSet& e) const {
  for (const TaskId& before : e.after) {
    if (!find_task(incident, before)) {
      return fail(Errc::NotFound, fmt::format("the incident has no task '{}'", before.str()));
    }
    std::vector<TaskId> path;
    if (!leads_to(incident, before, e.id, path)) continue;
    std::string circle = e.id.str();
    for (const TaskId& step : path) circle += " after " + step.str();
    return fail(Errc::InvalidInput, fmt::format("tasks would wait for each other: {}", circle));
  }
  return {};
}

Result<void> Checker::task_fits(const Incident& incident, const TaskSet& e) const {
  if (auto text = need_text("the title", e.title, kLongestTitle); !text) return text;
  for (const auto& [what, text] :
       {std::pair{"the crew", &e.crew}, std::pair{"the skill", &e.skill},
        std::pair{"the part", &e.part}, std::pair{"who does it", &e.assignee}}) {
    if (auto checked = check_text(what, *text, kLongestTitle); !checked) return checked;
  }
  if (auto known = nodes_exist(e.repairs); !known) return known;
  if (auto estimate = check_estimate("the effort", e.effort); !estimate) return estimate;
  if (e.delivery) {
    if (auto estimate = check_estimate("the delivery", *e.delivery); !estimate) return estimate;
  }
  if (!e.fix.empty() && !find_fix(incident, e.fix)) {
    return fail(Errc::NotFound, fmt::format("the incident has no interim fix '{}'", e.fix.str()));
  }
  return no_circle(incident, e);
}

Result<void> Checker::on(TaskSet& e) {
  const auto found = incident(e.incident, Closed::Refused);
  if (!found) return tl::unexpected(found.error());
  if (e.fix.str() == kNew) e.fix = newest_.fix;
  if (e.id.empty()) {
    if ((*found)->tasks.size() >= kMostTasks) {
      return fail(Errc::LimitExceeded, fmt::format("the incident has {} tasks, the most there can "
                                                   "be",
                                                   kMostTasks));
    }
    e.id = TaskId(ledger_.next_id("task"));
    e.version = 0;
    newest_.task = e.id;
  } else if (const Task* task = find_task(**found, e.id)) {
    if (auto same = still(e.version, task->version, task->written); !same) return same;
  } else {
    return fail(Errc::NotFound, fmt::format("the incident has no task '{}'", e.id.str()));
  }
  ++e.version;
  return task_fits(**found, e);
}

Result<void> Checker::on(TaskMoved& e) {
  const auto found = incident(e.incident, Closed::Refused);
  if (!found) return tl::unexpected(found.error());
  if (e.id.str() == kNew) e.id = newest_.task;
  const Task* task = find_task(**found, e.id);
  if (!task) return fail(Errc::NotFound, fmt::format("the incident has no task '{}'", e.id.str()));
  if (!allowed(task->state, e.state)) {
    return fail(Errc::Conflict, fmt::format("'{}' is {} and cannot become {}", e.id.str(),
                                            name_of(task->state), name_of(e.state)));
  }
  return check_text("the result", e.text, kLongestWording);
}

Result<void> Checker::on(FixSet& e) {
  const auto found = incident(e.incident, Closed::Refused);
  if (!found) return tl::unexpected(found.error());
  if (e.id.empty()) {
    if ((*found)->fixes.size() >= kMostTasks) {
      return fail(Errc::LimitExceeded, "too many interim fixes in one incident");
    }
    e.id = FixId(ledger_.next_id("fix"));
    e.version = 0;
    newest_.fix = e.id;
  } else if (const Fix* fix = find_fix(**found, e.id)) {
    if (auto same = still(e.version, fix->version, fix->written); !same) return same;
  } else {
    return fail(Errc::NotFound, fmt::format("the incident has no interim fix '{}'", e.id.str()));
  }
  ++e.version;
  if (auto known = nodes_exist(e.for_faults); !known) return known;
  if (auto text = need_text("the title", e.title, kLongestTitle); !text) return text;
  if (auto text = need_text("what it restores", e.restores, kLongestWording); !text) return text;
  if (auto text = need_text("the risk", e.risk, kLongestWording); !text) return text;
  if (auto text = need_text("who answers for it", e.owner, kLongestTitle); !text) return text;
  if (!e.expires) return fail(Errc::InvalidInput, "say until when the interim fix may stay");
  if (*e.expires <= at_.now) return fail(Errc::InvalidInput, "its end must lie ahead");
  if (e.capacity && (*e.capacity < kLeastCapacity || *e.capacity > kMostCapacity)) {
    return fail(Errc::InvalidInput,
                fmt::format("a capacity of {} %; {} to {}, and none for a fix that carries all",
                            *e.capacity, kLeastCapacity, kMostCapacity));
  }
  if (!e.follow_up.empty() && !find_task(**found, e.follow_up)) {
    return fail(Errc::NotFound, fmt::format("the incident has no task '{}'", e.follow_up.str()));
  }
  return {};
}

Result<void> Checker::on(FixMoved& e) {
  const auto found = incident(e.incident, Closed::Refused);
  if (!found) return tl::unexpected(found.error());
  if (e.id.str() == kNew) e.id = newest_.fix;
  const Fix* fix = find_fix(**found, e.id);
  if (!fix) {
    return fail(Errc::NotFound, fmt::format("the incident has no interim fix '{}'", e.id.str()));
  }
  if (!allowed(fix->state, e.state)) {
    return fail(Errc::Conflict, fmt::format("'{}' is {} and cannot become {}", e.id.str(),
                                            name_of(fix->state), name_of(e.state)));
  }
  return check_text("the remark", e.text, kLongestWording);
}

// What has been answered stays answered, but for a "no" that becomes a "yes".
Result<void> Checker::on(OrderAnswered& e) {
  const auto found = incident(e.incident, Closed::Refused);
  if (!found) return tl::unexpected(found.error());
  const auto& orders = (*found)->orders;
  const auto proposal =
      std::find_if(orders.begin(), orders.end(), [&](const auto& one) { return one.id == e.id; });
  if (proposal == orders.end()) {
    return fail(Errc::NotFound, fmt::format("the incident has no proposed order '{}'; of old ones "
                                            "the newest {} are kept",
                                            e.id.str(), kMostOrdersKept));
  }
  if (proposal->answered && (*proposal->taken || !e.taken)) {
    return fail(Errc::Conflict,
                fmt::format("'{}' was answered already, by {} at {}", e.id.str(),
                            proposal->answered->by, to_rfc3339(proposal->answered->at)));
  }
  if (e.taken && proposal->steps.empty()) {
    return fail(Errc::Conflict,
                fmt::format("'{}' proposes nothing: no order is clearly better", e.id.str()));
  }
  if (e.taken && proposal->stale) {
    return fail(Errc::Conflict, fmt::format("tasks, interim fixes, faults or the district's "
                                            "files have changed since '{}'; ask for a new proposal",
                                            e.id.str()));
  }
  return check_text("the reason", e.reason, kLongestWording);
}

}  // namespace dienstbereit::core::incident
