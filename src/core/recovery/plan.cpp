// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/plan.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "core/recovery/cycle.h"

namespace dienstbereit::core::recovery {
namespace {

tl::unexpected<Error> wrong(std::string message) {
  return fail(Errc::InvalidInput, std::move(message));
}

Result<void> within(std::size_t count, std::size_t most, const char* what) {
  if (count <= most) return {};
  return fail(Errc::LimitExceeded,
              fmt::format("{} {}; at most {} can be calculated", count, what, most));
}

Result<void> check_sizes(const Plan& plan) {
  const std::pair<std::size_t, std::pair<std::size_t, const char*>> bounds[] = {
      {plan.tasks.size(), {kMostTasks, "tasks"}},
      {plan.crews.size(), {kMostCrews, "crews"}},
      {plan.nodes.size(), {kMostDownNodes, "nodes that are down"}},
      {plan.interims.size(), {kMostInterims, "interim fixes"}}};
  for (const auto& [count, bound] : bounds) {
    if (auto held = within(count, bound.first, bound.second); !held) return held;
  }
  for (const double share : {plan.shared.effort, plan.shared.delivery, plan.shared.sickness}) {
    if (share >= 0 && share < 1) continue;
    return wrong(fmt::format("a shared risk of {}; it lies from 0 to below 1", share));
  }
  if (!(plan.sickness.share >= 0 && plan.sickness.share < 1)) {
    return wrong(fmt::format("a share of {} of days on which people are ill; it lies from 0 to "
                             "below 1",
                             plan.sickness.share));
  }
  if (plan.sickness.lasts <= Duration(0) || plan.sickness.lasts > kLongestEstimate) {
    return wrong("an illness lasts longer than 0 and at most a year on average");
  }
  return {};
}

using Index = std::unordered_map<std::string, std::size_t>;

Result<Index> index_tasks(const Plan& plan) {
  Index index;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    if (!index.emplace(plan.tasks[i].id, i).second) {
      return wrong(fmt::format("two tasks are called '{}'; rename one", plan.tasks[i].id));
    }
  }
  return index;
}

Result<void> check_crews(const Plan& plan) {
  for (std::size_t i = 0; i < plan.crews.size(); ++i) {
    const PlannedCrew& crew = plan.crews[i];
    if (crew.size == 0 || crew.size > kLargestCrew) {
      return wrong(fmt::format("crew '{}' has {} members; 1 to {} can be planned", crew.id.str(),
                               crew.size, kLargestCrew));
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (plan.crews[j].id == crew.id) {
        return wrong(fmt::format("two crews are called '{}'; rename one", crew.id.str()));
      }
    }
  }
  return {};
}

Result<void> check_nodes_named(const Plan& plan, const std::vector<std::size_t>& named,
                               std::string_view by) {
  for (const std::size_t node : named) {
    if (node >= plan.nodes.size()) {
      return wrong(
          fmt::format("{} names node {}, but the plan has {}", by, node, plan.nodes.size()));
    }
  }
  return {};
}

Result<void> check_times(const PlannedTask& task, Instant start) {
  if (task.started_at && *task.started_at > start) {
    return wrong(fmt::format("task '{}' was started at {}, which is still to come", task.id,
                             to_rfc3339(*task.started_at)));
  }
  if (task.done_at && *task.done_at > start) {
    return wrong(fmt::format("task '{}' was done at {}, which is still to come", task.id,
                             to_rfc3339(*task.done_at)));
  }
  if (task.done_at && task.started_at && *task.done_at < *task.started_at) {
    return wrong(
        fmt::format("task '{}' was done before it was started; correct one of the times", task.id));
  }
  if (task.delivery && task.delivery->ordered_at > start) {
    return wrong(fmt::format("the part for task '{}' was ordered at {}, which is still to come",
                             task.id, to_rfc3339(task.delivery->ordered_at)));
  }
  return {};
}

// Somebody must be able to do what is still to be done.
Result<void> check_people(const Plan& plan, const PlannedTask& task) {
  if (task.done_at) return {};
  if (plan.crews.empty()) {
    return wrong(
        fmt::format("no crew is planned, so nobody can do task '{}'; add a crew", task.id));
  }
  bool crew_known = task.crew.empty();
  for (const PlannedCrew& crew : plan.crews) {
    const bool meant = task.crew.empty() || crew.id == task.crew;
    crew_known = crew_known || meant;
    if (meant && has_skill(crew.skills, task.skill)) return {};
  }
  if (!crew_known) {
    return wrong(
        fmt::format("task '{}' is for crew '{}', which is not there", task.id, task.crew.str()));
  }
  std::vector<std::string> names;
  for (const PlannedCrew& crew : plan.crews) {
    if (task.crew.empty() || crew.id == task.crew) names.push_back(crew.id.str());
  }
  return wrong(fmt::format("task '{}' needs the skill '{}', which none of these crews has: {}; add "
                           "it to a crew, or change the task",
                           task.id, task.skill, join(names, ", ")));
}

Result<void> check_task(const Plan& plan, const PlannedTask& task, const Index& index) {
  const std::string name = fmt::format("task '{}'", task.id);
  if (auto sound = check_effort(task.effort, name); !sound) return sound;
  if (task.pinned && !(*task.pinned > 0 && *task.pinned < 1)) {
    return fail(Errc::InvalidInput, name + ": a quantile lies between 0 and 1");
  }
  if (task.delivery) {
    auto sound = check_estimate(task.delivery->takes, "the delivery for " + name);
    if (!sound) return sound;
  }
  if (auto few = within(task.after.size(), kMostTasks, "tasks ahead of one"); !few) return few;
  for (const std::string& before : task.after) {
    if (!index.contains(before)) {
      return wrong(fmt::format("{} comes after '{}', which is not there", name, before));
    }
  }
  if (auto sound = check_times(task, plan.start); !sound) return sound;
  if (auto sound = check_nodes_named(plan, task.restores, name); !sound) return sound;
  return check_people(plan, task);
}

std::string name_of(const Interim& interim) {
  if (!interim.task.empty()) return fmt::format("the interim fix of task '{}'", interim.task);
  return fmt::format("the interim fix '{}'", interim.id);
}

// A task puts it in place, or it is there already.
Result<void> check_beginning(const Plan& plan, const Interim& interim, const Index& index) {
  if (interim.task.empty() == !interim.since) {
    return wrong(name_of(interim) + " comes from a task or is in force since a time: say one");
  }
  if (!interim.since && !index.contains(interim.task)) {
    return wrong(
        fmt::format("an interim fix comes from task '{}', which is not there", interim.task));
  }
  if (interim.since && *interim.since > plan.start) {
    return wrong(fmt::format("{} is in force since {}, which is still to come", name_of(interim),
                             to_rfc3339(*interim.since)));
  }
  return {};
}

Result<void> check_interims(const Plan& plan, const Index& index) {
  for (const Interim& interim : plan.interims) {
    if (auto sound = check_beginning(plan, interim, index); !sound) return sound;
    const std::string by = name_of(interim);
    if (!(interim.relapse >= 0 && interim.relapse < 1)) {
      return wrong(fmt::format("{} fails with a chance of {}; it lies from 0 to below 1", by,
                               interim.relapse));
    }
    if (interim.relapse > 0 && !interim.expires) {
      return wrong(by + " may fail before its end, but has none; say when it expires");
    }
    if (auto sound = check_nodes_named(plan, interim.restores, by); !sound) return sound;
  }
  return {};
}

Result<void> check_nodes(const Plan& plan) {
  for (const DownNode& node : plan.nodes) {
    const std::string by = fmt::format("the restart of '{}'", node.id.str());
    if (node.restart_time < Duration(0) || node.restart_time > kLongestRestart) {
      return wrong(
          fmt::format("{} takes {} ms; it lies from 0 to 30 days", by, node.restart_time.count()));
    }
    if (auto sound = check_nodes_named(plan, node.restart_after, by); !sound) return sound;
  }
  return {};
}

template <class Name>
std::string path_text(const std::vector<std::size_t>& cycle, const Name& name) {
  std::vector<std::string> names;
  for (const std::size_t at : cycle) names.push_back(name(at));
  return loop_text(names);
}

Result<void> check_cycles(const Plan& plan, const Index& index) {
  std::vector<std::vector<std::size_t>> after(plan.tasks.size());
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    for (const std::string& before : plan.tasks[i].after) after[i].push_back(index.at(before));
  }
  const auto tasks = find_cycle(
      after.size(), [&](std::size_t i) -> const std::vector<std::size_t>& { return after[i]; });
  if (!tasks.empty()) {
    return wrong(fmt::format("tasks wait for each other: {}; remove one 'after'",
                             path_text(tasks, [&](std::size_t i) { return plan.tasks[i].id; })));
  }
  const auto nodes =
      find_cycle(plan.nodes.size(), [&](std::size_t i) -> const std::vector<std::size_t>& {
        return plan.nodes[i].restart_after;
      });
  if (!nodes.empty()) {
    return wrong(
        fmt::format("restarts wait for each other: {}; nothing could start first",
                    path_text(nodes, [&](std::size_t i) { return plan.nodes[i].id.str(); })));
  }
  return {};
}

}  // namespace

bool has_skill(const std::vector<std::string>& skills, const std::string& skill) {
  return skill.empty() || std::find(skills.begin(), skills.end(), skill) != skills.end();
}

Result<void> check(const Plan& plan) {
  if (auto sound = check_sizes(plan); !sound) return sound;
  if (auto sound = check_crews(plan); !sound) return sound;
  const auto index = index_tasks(plan);
  if (!index) return tl::unexpected(index.error());
  for (const PlannedTask& task : plan.tasks) {
    if (auto sound = check_task(plan, task, *index); !sound) return sound;
  }
  if (auto sound = check_interims(plan, *index); !sound) return sound;
  if (auto sound = check_nodes(plan); !sound) return sound;
  return check_cycles(plan, *index);
}

}  // namespace dienstbereit::core::recovery
