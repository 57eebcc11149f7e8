// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/order/plan_order.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "core/recovery/forecast.h"
#include "core/recovery/order/office_order.h"
#include "core/recovery/order/trial.h"
#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minute;
using test::minutes;

OrderGoal goal_of(std::size_t subjects, int horizon = 30'000, int by = 300) {
  return {std::vector<double>(subjects, 1), false, minute(horizon), minute(by)};
}

OrderBudget small_budget() { return {60, 200, 60'000, 4}; }

// A long task that nobody waits for is planned first.
Plan badly_planned() {
  return test::with_nodes(test::plan({test::task("idle", test::exactly(500)),
                                      test::task("late", test::exactly(60), {"first"}),
                                      test::task("first", test::points(30, 60, 120))}));
}

std::vector<GroupsOpen::Groups> one_office() { return {{{1}}}; }

}  // namespace

TEST(PlanOrder, WhatVisitorsWaitForComesFirst) {
  GroupsOpen opens(one_office());
  const auto found = propose_order(badly_planned(), opens, goal_of(1), small_budget(), StopFlag());
  ASSERT_TRUE(found.has_value() && found->has_value());
  const ProposedOrder& proposed = **found;
  EXPECT_EQ(proposed.order.back(), 0U);
  EXPECT_LT(proposed.wait_gained.mean + proposed.wait_gained.half_width, 0);
  EXPECT_NEAR(proposed.wait_gained.mean,
              proposed.proposed.wait_hours.mean - proposed.planned.wait_hours.mean, 1e-9);
  EXPECT_NEAR(proposed.more_there.mean, 1, 0.1);  // by minute 300 it is open, else never
  EXPECT_EQ(proposed.planned.there_by.mean, 0);
}

TEST(PlanOrder, APlanThatCannotBeBetteredIsLeftAsItIs) {
  const Plan plan = test::with_nodes(
      test::plan({test::task("a", test::exactly(10)), test::task("b", test::exactly(20))}));
  GroupsOpen opens({{{0}}, {{1}}});
  const auto found = propose_order(plan, opens, goal_of(2), small_budget(), StopFlag());
  EXPECT_EQ((*found)->order, planned_order(plan));
  EXPECT_EQ((*found)->wait_gained.mean, 0);
  EXPECT_EQ((*found)->wait_gained.half_width, 0);
}

TEST(PlanOrder, WaitingIsCountedUntilTheHorizonAndAgainAfterARelapse) {
  Plan plan = test::with_nodes(test::plan({test::task("fix", test::exactly(60))}));
  plan.tasks[0].restores.clear();
  plan.tasks[0].repair = false;
  plan.interims = {{"fix", {0}, minute(180)}};
  GroupsOpen opens({{{0}}});
  OrderGoal goal = goal_of(1, 600, 180);
  goal.weights = {2};
  const auto seen = compare_orders(plan, opens, goal, {{0}}, 1, 1);
  // One hour before it, and from minute 180 to 600.
  EXPECT_NEAR((*seen)[0].wait_hours.mean, 2 * (1 + 7), 1e-9);
  EXPECT_EQ((*seen)[0].there_by.mean, 0);  // at 180 it is over
  goal.by = minute(179);
  EXPECT_EQ((*compare_orders(plan, opens, goal, {{0}}, 1, 1))[0].there_by.mean, 2);
}

TEST(PlanOrder, ThereByIsTheChanceOfTheForecast) {
  Plan plan = test::with_nodes(test::plan(
      {test::task("a", test::points(20, 60, 200)), test::task("b", test::points(20, 60, 200))}));
  GroupsOpen opens({{{0}}, {{1}}});
  const auto seen = compare_orders(plan, opens, goal_of(2, 5'000, 130), {{0, 1}}, 500, 7);
  const auto ahead = forecast(plan, opens, {{minute(130)}, {minute(130)}}, {500, 7}).value();
  double expected = 0;
  for (const auto& subject : ahead.subjects) expected += *subject.slots[0].limited;
  EXPECT_NEAR((*seen)[0].there_by.mean, expected, 1e-9);
}

TEST(PlanOrder, AnOrderIsTheSameAsThePlanInThatOrder) {
  Plan plan = test::with_nodes(test::plan(
      {test::task("a", test::points(20, 60, 200), {"c"}),
       test::task("b", test::points(20, 60, 200)), test::task("c", test::points(5, 6, 9)),
       test::task("d", test::points(50, 60, 70))},
      2));
  auto schedule = Schedule::prepare(plan).value();
  const std::vector<std::size_t> order{3, 0, 2, 1};
  schedule.set_order(order);
  Plan sorted = plan;
  for (std::size_t i = 0; i < order.size(); ++i) sorted.tasks[i] = plan.tasks[order[i]];
  auto other = Schedule::prepare(sorted).value();
  for (std::uint64_t run = 0; run < 50; ++run) {
    if (run == 20) schedule.keep_draws(3, 40);  // from then on partly remembered
    const auto done = schedule.run({3, run});
    const auto expected = other.run({3, run});
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(done[order[i]], expected[i]);
  }
}

TEST(PlanOrder, WhatIsNotPlayedAgainIsWhatPlayingItAgainGives) {
  Plan plan = test::plan({}, 2);
  for (int i = 0; i < 6; ++i) {
    plan.tasks.push_back(test::task("T" + std::to_string(i), test::points(20, 60, 60 + 40 * i)));
  }
  plan = test::with_nodes(std::move(plan));
  plan.interims = {{"T5", {0}, minute(700), false, 0.5, {}, {}}};
  GroupsOpen opens({{{0}}, {{1}, {2}}, {{3, 4}}});
  OrderTrial kept = OrderTrial::prepare(plan, opens, goal_of(3)).value();
  kept.keep_runs(7, 30);
  std::vector<std::size_t> order = planned_order(plan);
  std::mt19937_64 random(5);
  for (int step = 0; step < 60; ++step) {
    std::swap(order[random() % order.size()], order[random() % order.size()]);
    OrderTrial fresh = OrderTrial::prepare(plan, opens, goal_of(3)).value();
    kept.set_order(order);
    fresh.set_order(order);
    for (std::uint64_t run = 0; run < 40; ++run) {
      const auto a = kept.play({7, run});
      const auto b = fresh.play({7, run});
      ASSERT_EQ(a.wait_hours, b.wait_hours);
      ASSERT_EQ(a.there_by, b.there_by);
    }
    if (random() % 3 == 0) kept.compare_with_this();
  }
}

// Known efforts, no calendars: the same question as that of calculation files, which is proven.
TEST(PlanOrder, FindsWhatIsProvenWhereThatIsKnown) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    std::mt19937_64 random(seed);
    OrderProblem problem;
    Plan plan = test::plan({});
    for (int i = 0; i < 9; ++i) {
      const int hours = 1 + static_cast<int>(random() % 9);
      problem.hours.push_back(hours);
      plan.tasks.push_back(test::task("T" + std::to_string(i), test::exactly(60 * hours)));
    }
    plan = test::with_nodes(std::move(plan));
    std::vector<GroupsOpen::Groups> subjects;
    for (int i = 0; i < 8; ++i) {
      problem.offices.push_back({1, {}});
      subjects.emplace_back();
      for (std::size_t task = 0; task < 9; ++task) {
        if (random() % 3 != 0 || subjects.back().size() == 3) continue;
        problem.offices.back().needs.push_back(task);
        subjects.back().push_back({task});
      }
    }
    GroupsOpen opens(subjects);
    const auto exact = best_order(problem, {}, StopFlag());
    ASSERT_TRUE(exact->proven);
    OrderBudget budget = small_budget();
    budget.plays = 200'000;
    const auto found = propose_order(plan, opens, goal_of(8), budget, StopFlag());
    EXPECT_GE((*found)->proposed.wait_hours.mean, exact->weighted_wait - 1e-6);
    EXPECT_LE((*found)->proposed.wait_hours.mean, exact->weighted_wait * 1.01) << "seed " << seed;
  }
}

TEST(PlanOrder, RulesLookAtWhatWouldNeverBeThere) {
  Plan plan = badly_planned();
  GroupsOpen opens(one_office());
  const auto rules = rule_orders(plan, opens, goal_of(1));
  ASSERT_TRUE(rules.has_value());
  EXPECT_EQ(rules->shortest, (std::vector<std::size_t>{1, 2, 0}));
  // Both the task and the one ahead of it open the office; nothing waits for the long one.
  EXPECT_EQ(rules->most_dependents, (std::vector<std::size_t>{1, 2, 0}));
  EXPECT_EQ(rules->dependents_per_hour.back(), 0U);
}

TEST(PlanOrder, WrongQuestionsAreRefused) {
  const Plan plan = badly_planned();
  GroupsOpen opens(one_office());
  const auto ask = [&](const OrderGoal& goal, const OrderBudget& budget) {
    return propose_order(plan, opens, goal, budget, StopFlag()).error().code;
  };
  EXPECT_EQ(ask(goal_of(2), small_budget()), Errc::InvalidInput);
  EXPECT_EQ(ask(goal_of(1, 0), small_budget()), Errc::InvalidInput);
  OrderGoal negative = goal_of(1);
  negative.weights[0] = -1;
  EXPECT_EQ(ask(negative, small_budget()), Errc::InvalidInput);
  OrderBudget budget = small_budget();
  budget.search_runs = 1;
  EXPECT_EQ(ask(goal_of(1), budget), Errc::InvalidInput);
  budget = small_budget();
  budget.plays = kMostPlays + 1;
  EXPECT_EQ(ask(goal_of(1), budget), Errc::LimitExceeded);
}

TEST(PlanOrder, ItStopsWhenAsked) {
  GroupsOpen opens(one_office());
  StopFlag stop;
  stop.ask();
  const auto found = propose_order(badly_planned(), opens, goal_of(1), small_budget(), stop);
  ASSERT_TRUE(found.has_value());
  EXPECT_FALSE(found->has_value());
}

}  // namespace dienstbereit::core::recovery
