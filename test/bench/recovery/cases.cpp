// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "bench/recovery/cases.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace dienstbereit::core::recovery::bench {
namespace {

using Random = std::mt19937_64;
using std::chrono::minutes;

constexpr std::size_t kOffices = 300;

int below(Random& random, std::size_t limit) { return static_cast<int>(random() % limit); }

Gates::Groups any_groups(Random& random, std::size_t places, std::size_t nearby) {
  Gates::Groups groups(1 + random() % 3);
  for (auto& group : groups) {
    for (int member = 1 + below(random, 4) / 3; member > 0; --member) {
      const std::size_t reach = std::min(places, nearby);
      group.push_back(places - 1 - random() % reach);
    }
  }
  return groups;
}

ListTask any_task(Random& random, std::size_t number) {
  ListTask task;
  task.key = stable_hash(std::to_string(number));
  const int likely = 15 * (1 + below(random, 24));
  task.effort = {
      {minutes(likely / 2 + 1), 0.2}, {minutes(likely), 0.6}, {minutes(3 * likely), 0.2}};
  for (int i = below(random, 3); i > 0 && number > 0; --i) {
    const std::size_t before = random() % number;
    if (task.after.empty() || task.after[0] != before) task.after.push_back(before);
  }
  return task;
}

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("[{}]", fmt::join(parts, ", "));
}

void add_tasks(Plan& plan, Random& random) {
  const char* const skills[] = {"", "", "net", "data"};
  for (std::size_t i = 0; i < kTasks; ++i) {
    PlannedTask task;
    task.id = fmt::format("task-{}", i);
    const int likely = 20 + 10 * below(random, 40);
    task.effort =
        Estimate{minutes(likely / 2), minutes(likely), minutes(likely * (2 + below(random, 3)))};
    task.skill = skills[random() % 4];
    if (i > 4 && random() % 2 == 0) task.after = {fmt::format("task-{}", random() % i)};
    if (random() % 12 == 0) {
      task.delivery = Delivery{plan.start, {minutes(120), minutes(600), minutes(2'000)}};
    }
    plan.nodes.push_back({NodeId(fmt::format("N{}", i)), true, minutes(below(random, 4) * 5), {}});
    if (i > 0 && random() % 4 == 0) plan.nodes.back().restart_after = {random() % i};
    if (i % 10 == 9) {
      // Puts in place what the task before it repairs for good, for a while.
      task.repair = false;
      plan.interims.push_back({task.id, {i - 1}, plan.start + std::chrono::hours(24 * 7)});
      plan.nodes.back().faulty = false;
    } else {
      task.restores = {i};
    }
    plan.tasks.push_back(std::move(task));
  }
}

}  // namespace

Instant minute(int of_week) {
  return parse_rfc3339("2026-11-23T00:00Z").value() + minutes(of_week);
}

Calendar office_hours() {
  std::vector<Window> windows;
  for (int day = 0; day < 5; ++day) {
    windows.push_back({minute(day * 1'440 + 420), minute(day * 1'440 + 1'020)});
  }
  return Calendar::repeating(std::move(windows), minute(0), minutes(7 * 1'440)).value();
}

ListQuestion layered_question(std::size_t nodes, std::uint64_t seed) {
  Random random(seed);
  ListQuestion question;
  question.plan = {minute(kFriday10), office_hours(), 3, {}};
  for (std::size_t i = 0; i < kTasks; ++i) question.plan.tasks.push_back(any_task(random, i));
  for (std::size_t i = 0; i + kOffices < nodes; ++i) {
    // The first layer stands on tasks, the others on what is near below.
    const std::size_t places = i < nodes / 10 ? kTasks : kTasks + i;
    question.nodes.push_back(any_groups(random, places, 2'000));
  }
  for (std::size_t i = 0; i < kOffices; ++i) {
    question.offices.push_back(any_groups(random, kTasks + question.nodes.size(), 2'000));
  }
  question.deadlines = {minute(kMonday0730)};
  return question;
}

std::string forecast_file(std::size_t offices, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::string> tasks;
  std::vector<std::string> priority;
  for (std::size_t i = 0; i < kTasks; ++i) {
    const ListTask task = any_task(random, i);
    std::vector<std::string> efforts;
    std::vector<std::string> chances;
    std::vector<std::string> after;
    for (const Choice& choice : task.effort) {
      efforts.push_back(std::to_string(choice.effort.count() / 60'000));
      chances.push_back(fmt::format("{}", choice.chance));
    }
    for (const std::size_t before : task.after) after.push_back(std::to_string(before));
    tasks.push_back(fmt::format(R"({{"id": {}, "minutes": {}, "prob": {}, "after": {}}})", i,
                                joined(efforts), joined(chances), joined(after)));
    priority.push_back(std::to_string(i));
  }
  std::vector<std::string> opening;
  for (std::size_t i = 0; i < offices; ++i) {
    std::vector<std::string> groups;
    for (const auto& group : any_groups(random, kTasks, kTasks)) {
      groups.push_back(fmt::format("[{}]", fmt::join(group, ", ")));
    }
    opening.push_back(fmt::format(R"({{"id": {}, "needs_all_of_any": {}}})", i, joined(groups)));
  }
  return fmt::format(
      R"({{"start": {}, "crews": 3, "windows": [[420, 1020], [1860, 2460], [3300, 3900],)"
      R"( [4740, 5340], [6180, 6780]], "deadlines": {{"mon 07:30": {}}}, "tasks": {},)"
      R"( "priority": {}, "offices": {}}})",
      kFriday10, kMonday0730, joined(tasks), joined(priority), joined(opening));
}

OrderProblem order_problem(unsigned crews, std::size_t tasks, std::size_t offices,
                           std::uint64_t seed) {
  Random random(seed);
  OrderProblem problem;
  problem.crews = crews;
  for (std::size_t i = 0; i < tasks; ++i) problem.hours.push_back(1 + below(random, 12));
  for (std::size_t i = 0; i < offices; ++i) {
    OrderedOffice office{static_cast<double>(1 + below(random, 5)), {}};
    for (std::size_t need = 1 + random() % 5; need > 0; --need) {
      const std::size_t task = random() % tasks;
      const auto& needs = office.needs;
      if (std::find(needs.begin(), needs.end(), task) == needs.end()) office.needs.push_back(task);
    }
    problem.offices.push_back(std::move(office));
  }
  return problem;
}

PlanCase plan_case(std::uint64_t seed) {
  Random random(seed);
  PlanCase made;
  Plan& plan = made.plan;
  plan.start = minute(kFriday10);
  plan.crews = {{CrewId("desk"), 2, {}, office_hours()},
                {CrewId("network"), 1, {"net"}, office_hours()},
                {CrewId("on call"), 1, {"net", "data"}, Calendar::always()}};
  add_tasks(plan, random);
  for (std::size_t i = 0; i < 40; ++i) {
    GroupsOpen::Groups groups;
    for (std::size_t group = 1 + random() % 4; group > 0; --group) {
      groups.push_back({random() % kTasks});
      if (random() % 5 == 0) groups.back().push_back(random() % kTasks);
    }
    made.offices.push_back(std::move(groups));
    made.goal.weights.push_back(1);
  }
  made.goal.horizon = plan.start + std::chrono::hours(24 * 28);
  made.goal.by = minute(kMonday0730);
  return made;
}

ListPlan known_plan(unsigned crews, std::uint64_t seed) {
  Random random(seed);
  ListPlan plan{minute(kFriday10), office_hours(), crews, {}};
  for (std::size_t i = 0; i < kTasks; ++i) {
    ListTask task = any_task(random, i);
    task.effort = {{minutes(15 * (1 + below(random, 40))), 1}};
    plan.tasks.push_back(std::move(task));
  }
  return plan;
}

}  // namespace dienstbereit::core::recovery::bench
