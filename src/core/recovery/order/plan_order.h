// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/stop.h"
#include "core/recovery/opens.h"
#include "core/recovery/plan.h"

// What first: the order of a plan's tasks in which visitors wait least, with all that the plan
// knows: calendars, crews and skills, parts, restarts, interim fixes that expire
// (docs/formats/forecast.md, "What first"). A proposal; a person takes it or not.
namespace dienstbereit::core::recovery {

// What counts: each subject's weight x the hours until it is there, up to a horizon. A subject that
// is lost again waits again.
struct OrderGoal {
  std::vector<double> weights;  // by subject of Opens; not negative
  bool normal = false;  // which level counts: normal, or at least limited
  Instant horizon;  // after the plan's start
  Instant by;  // when the subjects that are there are counted; at the start, if it is before
};

struct OrderBudget {
  unsigned search_runs = 400;  // of one order, at most
  unsigned final_runs = 10'000;
  std::size_t plays = 400'000;  // runs of the search in all; ends it
  std::uint64_t seed = 1;  // of the final runs: with a forecast's seed, the forecast's runs
};
inline constexpr std::size_t kMostPlays = 100'000'000;

// A mean over runs, with half the width of its 95 % interval.
struct Estimated {
  double mean = 0;
  double half_width = 0;
};

struct OrderOutcome {
  Estimated wait_hours;  // weighted
  Estimated there_by;  // weight of the subjects that are there at OrderGoal::by
};

struct ProposedOrder {
  std::vector<std::size_t> order;  // places of tasks in the plan, the more urgent first
  OrderOutcome planned;  // of the plan's own order, over the final runs
  OrderOutcome proposed;
  // Proposed less planned, run by run on the same numbers: "opens 2.1 +- 0.3 offices more".
  // Fewer hours are better, so below 0. Among finalists the best was chosen on the same runs, which
  // flatters it by less than half_width.
  Estimated wait_gained;
  Estimated more_there;
  std::size_t plays = 0;  // runs played in the search
};

// The plan's own order if none is better. None: asked to stop. Fails as check(plan) does;
// InvalidInput if weights or horizon are not as above, LimitExceeded beyond kMostRuns, kMostPlays.
Result<std::optional<ProposedOrder>> propose_order(const Plan& plan, Opens& opens,
                                                   const OrderGoal& goal, const OrderBudget& budget,
                                                   const StopFlag& stop);

// Orders in the order given, over the same `runs`: the first against each.
Result<std::vector<OrderOutcome>> compare_orders(
    const Plan& plan, Opens& opens, const OrderGoal& goal,
    const std::vector<std::vector<std::size_t>>& orders, unsigned runs, std::uint64_t seed);

// Rules of thumb. A task's dependents: the weight of the subjects that can never be there if it is
// never done, and what waits for it neither.
struct RuleOrders {
  std::vector<std::size_t> shortest;  // median effort
  std::vector<std::size_t> most_dependents;
  std::vector<std::size_t> dependents_per_hour;
};
Result<RuleOrders> rule_orders(const Plan& plan, Opens& opens, const OrderGoal& goal);

}  // namespace dienstbereit::core::recovery
