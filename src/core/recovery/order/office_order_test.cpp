// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/order/office_order.h"

#include <algorithm>
#include <numeric>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/recovery/order/reduced.h"

namespace dienstbereit::core::recovery {
namespace {

using Random = std::mt19937_64;

OrderProblem any_problem(Random& random, unsigned crews, std::size_t tasks, std::size_t offices) {
  OrderProblem problem;
  problem.crews = crews;
  for (std::size_t i = 0; i < tasks; ++i) {
    problem.hours.push_back(static_cast<double>(random() % 9));
  }
  for (std::size_t i = 0; i < offices; ++i) {
    OrderedOffice office{static_cast<double>(random() % 5), {}};
    for (std::size_t task = 0; task < tasks; ++task) {
      if (random() % tasks < 3) office.needs.push_back(task);
    }
    problem.offices.push_back(std::move(office));
  }
  return problem;
}

// Each task goes to the crew that is free first, minute by minute; written to be plain.
double slow_wait(const OrderProblem& problem, const std::vector<std::size_t>& order) {
  std::vector<double> done(problem.hours.size(), 0);
  std::vector<double> busy_until(problem.crews, 0);
  for (const std::size_t task : order) {
    auto crew = std::min_element(busy_until.begin(), busy_until.end());
    *crew += problem.hours[task];
    done[task] = *crew;
  }
  double all = 0;
  for (const OrderedOffice& office : problem.offices) {
    double opens = 0;
    for (const std::size_t task : office.needs) opens = std::max(opens, done[task]);
    all += office.weight * opens;
  }
  return all;
}

double best_of_all_orders(const OrderProblem& problem) {
  std::vector<std::size_t> order(problem.hours.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  double best = slow_wait(problem, order);
  while (std::next_permutation(order.begin(), order.end())) {
    best = std::min(best, slow_wait(problem, order));
  }
  return best;
}

void expect_all_tasks(const OrderProblem& problem, std::vector<std::size_t> order) {
  std::sort(order.begin(), order.end());
  ASSERT_EQ(order.size(), problem.hours.size());
  for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(order[i], i);
}

FoundOrder solve(const OrderProblem& problem, std::size_t steps = 2'000'000) {
  return best_order(problem, {steps, 3}, StopFlag()).value();
}

}  // namespace

TEST(OfficeOrder, TheExampleOfTheFormat) {
  const OrderProblem problem{1, {3, 1, 4}, {{2, {0, 2}}}};
  const FoundOrder found = solve(problem);
  EXPECT_EQ(found.weighted_wait, 14);
  EXPECT_TRUE(found.proven);
  EXPECT_EQ(found.order.back(), 1U);  // nobody waits for it
}

TEST(OfficeOrder, NoOrderOfUpToSevenTasksIsBetterThanAProvenOne) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    const OrderProblem problem =
        any_problem(random, static_cast<unsigned>(1 + seed % 3), 1 + seed % 7, 1 + random() % 8);
    const FoundOrder found = solve(problem);
    expect_all_tasks(problem, found.order);
    ASSERT_TRUE(found.proven) << "seed " << seed;
    EXPECT_EQ(found.weighted_wait, slow_wait(problem, found.order)) << "seed " << seed;
    EXPECT_EQ(found.weighted_wait, best_of_all_orders(problem)) << "seed " << seed;
  }
}

TEST(OfficeOrder, EightTasksWithTwoCrewsAreProven) {
  Random random(8);
  const OrderProblem problem = any_problem(random, 2, 8, 12);
  const FoundOrder found = solve(problem, 1);  // the budget is no reason to give up
  EXPECT_TRUE(found.proven);
  EXPECT_EQ(found.weighted_wait, best_of_all_orders(problem));
}

TEST(OfficeOrder, FourteenTasksWithOneCrewAreProven) {
  Random random(14);
  const OrderProblem problem = any_problem(random, 1, 14, 20);
  const FoundOrder found = solve(problem);
  EXPECT_TRUE(found.proven);
  const auto moved = best_by_moves(problem, {2'000'000, 1}, StopFlag());
  EXPECT_GE(weighted_wait(problem, *moved), found.weighted_wait);
}

TEST(OfficeOrder, SetsAndBranchesProveTheSame) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    Random random(200 + seed);
    const Reduced reduced = reduce(any_problem(random, 1, 9, 9));
    std::vector<std::size_t> order(reduced.problem.hours.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto branched = best_by_branches(reduced.problem, order, SIZE_MAX, StopFlag());
    ASSERT_TRUE(branched->proven);
    EXPECT_EQ(weighted_wait(reduced.problem, branched->order),
              weighted_wait(reduced.problem, *best_by_sets(reduced.problem, StopFlag())));
  }
}

TEST(OfficeOrder, LocalSearchIsCloseToWhatIsProven) {
  double worst = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    Random random(100 + seed);
    const Reduced reduced = reduce(any_problem(random, 1, 16, 24));
    const auto best = best_by_sets(reduced.problem, StopFlag());
    const auto moved = best_by_moves(reduced.problem, {3'000'000, seed}, StopFlag());
    const double optimum = weighted_wait(reduced.problem, *best);
    const double found = weighted_wait(reduced.problem, *moved);
    EXPECT_GE(found, optimum * (1 - 1e-12));
    worst = std::max(worst, found / optimum - 1);
  }
  EXPECT_LE(worst, 0.005);
}

TEST(OfficeOrder, MoreStepsAreNoWorseAndNoRuleIsBetter) {
  Random random(5);
  const OrderProblem problem = any_problem(random, 3, 60, 60);
  const double few = solve(problem, 3'000'000).weighted_wait;
  EXPECT_LE(solve(problem, 9'000'000).weighted_wait, few);
  for (const auto& rule : {shortest_first(problem), most_dependents_first(problem),
                           dependents_per_hour_first(problem)}) {
    expect_all_tasks(problem, rule);
    EXPECT_LT(few, weighted_wait(problem, rule));
  }
}

TEST(OfficeOrder, WhatCannotBeBetterIsProvenAtAnySize) {
  OrderProblem problem;
  problem.crews = 50;
  for (int i = 0; i < 40; ++i) problem.hours.push_back(1 + i % 5);
  for (std::size_t i = 0; i < 40; ++i) problem.offices.push_back({1, {i}});
  EXPECT_TRUE(solve(problem).proven);
  problem.crews = 3;
  EXPECT_FALSE(solve(problem).proven);
}

TEST(OfficeOrder, NothingToDoIsProven) {
  EXPECT_TRUE(solve({1, {}, {}}).proven);
  const FoundOrder idle = solve({2, {1, 2}, {{1, {}}, {0, {1}}}});
  EXPECT_TRUE(idle.proven);
  EXPECT_EQ(idle.weighted_wait, 0);
  EXPECT_EQ(idle.order.size(), 2U);
}

TEST(OfficeOrder, ItStopsWhenAsked) {
  Random random(1);
  StopFlag stop;
  stop.ask();
  EXPECT_FALSE(best_order(any_problem(random, 2, 40, 40), {}, stop).has_value());
}

RC_GTEST_PROP(OfficeOrderProperty, NoOrderIsBelowTheBound, (std::uint64_t seed)) {
  Random random(seed);
  const Reduced reduced = reduce(any_problem(random, static_cast<unsigned>(1 + seed % 4), 9, 7));
  std::vector<std::size_t> order(reduced.problem.hours.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), random);
  RC_ASSERT(weighted_wait(reduced.problem, order) >= least_wait(reduced.problem) - 1e-9);
}

RC_GTEST_PROP(OfficeOrderProperty, ReducingKeepsTheWaitOfEveryOrder, (std::uint64_t seed)) {
  Random random(seed);
  const OrderProblem problem =
      any_problem(random, static_cast<unsigned>(1 + seed % 3), 7, 1 + seed % 9);
  const Reduced reduced = reduce(problem);
  std::vector<std::size_t> order(reduced.problem.hours.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), random);
  RC_ASSERT(std::abs(weighted_wait(reduced.problem, order) -
                     slow_wait(problem, reduced.expand(order))) < 1e-9);
}

}  // namespace dienstbereit::core::recovery
