// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "core/recovery/list/list_forecast.h"
#include "core/recovery/opens.h"
#include "core/recovery/order/office_order.h"
#include "core/recovery/order/plan_order.h"

// Cases that the bench makes up. The same seed makes the same case.
namespace dienstbereit::core::recovery::bench {

inline constexpr std::size_t kTasks = 60;

Instant minute(int of_week);   // since Monday 23 November 2026, 00:00 UTC
Calendar office_hours();       // Monday to Friday, 07:00 to 17:00
inline constexpr int kFriday10 = 4 * 1'440 + 600;
inline constexpr int kMonday0730 = 7 * 1'440 + 450;

// 60 tasks of up to three efforts, three crews, and a layered graph of nodes between tasks and 300
// offices, 2.5 needs a node.
ListQuestion layered_question(std::size_t nodes, std::uint64_t seed);

// A file for `calc forecast`, with that many offices on 60 tasks.
std::string forecast_file(std::size_t offices, std::uint64_t seed);

OrderProblem order_problem(unsigned crews, std::size_t tasks, std::size_t offices,
                           std::uint64_t seed);

// 60 tasks of a recovery as the program itself plans it: three crews with skills and calendars,
// three-point estimates, tasks ahead, parts, restarts, interim fixes.
struct PlanCase {
  Plan plan;
  std::vector<GroupsOpen::Groups> offices;
  OrderGoal goal;
};
PlanCase plan_case(std::uint64_t seed);

// Known efforts in quarters of an hour. One crew: tasks ahead are always more urgent, so that every
// scheduler that keeps to priorities must find the same. Three: any tasks may be ahead.
ListPlan known_plan(unsigned crews, std::uint64_t seed);

}  // namespace dienstbereit::core::recovery::bench
