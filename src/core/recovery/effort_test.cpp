// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/effort.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/recovery/draw.h"
#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minutes;
using test::points;

Estimate any_estimate() {
  const int best = *rc::gen::inRange(1, 10'000);
  const int likely = best + *rc::gen::inRange(0, 10'000);
  return points(best, likely, likely + *rc::gen::inRange(0, 50'000));
}
double any_share() { return (*rc::gen::inRange(0, 1'000'000) + 0.5) / 1e6; }

}  // namespace

TEST(Effort, TheThreePointsAreItsQuantiles) {
  const Effort effort = points(60, 120, 480);
  EXPECT_EQ(effort_at(effort, 0.1), minutes(60));
  EXPECT_EQ(effort_at(effort, 0.5), minutes(120));
  EXPECT_EQ(effort_at(effort, 0.9), minutes(480));
}

TEST(Effort, TheTailIsLongButNotAbsurd) {
  const Effort effort = points(60, 120, 480);
  EXPECT_GT(effort_at(effort, 0.99), minutes(900));
  EXPECT_LT(effort_at(effort, 0.999), minutes(24 * 60 * 2));
  EXPECT_GT(effort_at(effort, 1e-6), Duration(0));
}

TEST(Effort, EqualPointsAreCertain) {
  for (const double u : {0.001, 0.5, 0.999}) {
    EXPECT_EQ(effort_at(Effort(points(90, 90, 90)), u), minutes(90));
  }
}

RC_GTEST_PROP(Effort, QuantileAndShareAreInverse, ()) {
  const Estimate estimate = any_estimate();
  const double u = any_share();
  const Duration effort = effort_at(Effort(estimate), u);
  RC_ASSERT(effort >= Duration(1));
  // The quantile is rounded to a millisecond, and flat where points are equal.
  RC_ASSERT(share_within(Effort(estimate), effort + Duration(1)) >= u - 1e-9);
  RC_ASSERT(share_within(Effort(estimate), effort - Duration(1)) <= u + 1e-9);
}

RC_GTEST_PROP(Effort, QuantilesRise, ()) {
  const Effort effort = any_estimate();
  const double a = any_share();
  const double b = any_share();
  const auto [low, high] = std::minmax(a, b);
  RC_ASSERT(effort_at(effort, low) <= effort_at(effort, high));
}

RC_GTEST_PROP(Effort, WhatIsLeftIsTheConditionalQuantile, ()) {
  const Estimate estimate = any_estimate();
  RC_PRE(estimate.best < estimate.likely && estimate.likely < estimate.worst);
  const Duration spent = Duration(*rc::gen::inRange(
      0, 2 * static_cast<int>(std::min<std::int64_t>(estimate.worst.count(), 1 << 29))));
  const double within = share_within(Effort(estimate), spent);
  RC_PRE(within < 1 - 1e-6);
  const double u = any_share();
  const Duration total = spent + remaining_at(Effort(estimate), spent, u);
  const double reached = (share_within(Effort(estimate), total) - within) / (1 - within);
  // A millisecond of the rounding against the scale of the estimate.
  RC_ASSERT(std::abs(reached - u) < 1e-3);
}

TEST(Remaining, HasNoMemoryBeyondTheLikelyTime) {
  const Effort effort = points(60, 120, 480);
  const Duration left = remaining_at(effort, minutes(120), 0.5);
  for (const int spent : {200, 480, 2'000, 100'000}) {
    EXPECT_EQ(remaining_at(effort, minutes(spent), 0.5), left) << spent;
  }
  EXPECT_NEAR(static_cast<double>(left.count()), 360 * 60'000 * std::log(2) / std::log(5), 1);
}

TEST(Remaining, AnOverdueCertainEffortExpectsATenthAnew) {
  const Effort effort = points(100, 100, 100);
  EXPECT_EQ(remaining_at(effort, minutes(40), 0.9), minutes(60));
  EXPECT_NEAR(static_cast<double>(remaining_at(effort, minutes(300), 1 - std::exp(-1)).count()),
              10 * 60'000, 1);
}

TEST(Effort, ExtremesAreNeverPassedAndTheLikelyIsMostFrequent) {
  Estimate bounds = points(60, 120, 480);
  bounds.extremes = true;
  EXPECT_NEAR(static_cast<double>(effort_at(bounds, 1e-12).count()), 60 * 60'000, 100);
  EXPECT_NEAR(static_cast<double>(effort_at(bounds, 1 - 1e-12).count()), 480 * 60'000, 100);
  // A seventh lies below the top: (120 - 60) / (480 - 60).
  EXPECT_EQ(effort_at(bounds, 1.0 / 7), minutes(120));
  EXPECT_NEAR(share_within(bounds, minutes(120)), 1.0 / 7, 1e-12);
  EXPECT_EQ(share_within(bounds, minutes(60)), 0);
  EXPECT_EQ(share_within(bounds, minutes(480)), 1);
  // The mean of a triangle is that of its corners.
  double sum = 0;
  constexpr int kSteps = 10'000;
  for (int i = 0; i < kSteps; ++i) {
    sum += static_cast<double>(effort_at(bounds, (i + 0.5) / kSteps).count());
  }
  EXPECT_NEAR(sum / kSteps / 60'000, (60 + 120 + 480) / 3.0, 0.05);
  // What is left of one that was begun ends by the longest time, and is expected anew beyond it.
  EXPECT_LE(remaining_at(bounds, minutes(400), 0.999'999), minutes(80));
  EXPECT_GT(remaining_at(bounds, minutes(480), 0.5), Duration(0));
  Estimate certain = points(90, 90, 90);
  certain.extremes = true;
  EXPECT_EQ(effort_at(certain, 0.3), minutes(90));
  EXPECT_EQ(share_within(certain, minutes(89)), 0);
}

TEST(Discrete, IsDrawnByItsChances) {
  const Effort effort = Discrete{{minutes(480), 0.25}, {minutes(60), 0.25}, {minutes(120), 0.5}};
  EXPECT_EQ(effort_at(effort, 0.24), minutes(60));
  EXPECT_EQ(effort_at(effort, 0.26), minutes(120));
  EXPECT_EQ(effort_at(effort, 0.74), minutes(120));
  EXPECT_EQ(effort_at(effort, 0.76), minutes(480));
  EXPECT_DOUBLE_EQ(share_within(effort, minutes(120)), 0.75);
}

TEST(Discrete, OnlyWhatIsLongerThanTheTimeSpentIsLeft) {
  const Effort effort = Discrete{{minutes(60), 0.5}, {minutes(120), 0.25}, {minutes(480), 0.25}};
  EXPECT_EQ(remaining_at(effort, minutes(60), 0.49), minutes(60));
  EXPECT_EQ(remaining_at(effort, minutes(60), 0.51), minutes(420));
  EXPECT_GT(remaining_at(effort, minutes(500), 0.5), Duration(0));
  EXPECT_LT(remaining_at(effort, minutes(500), 0.5), minutes(120));
}

TEST(Discrete, ImpossibleOnesAreNamed) {
  const auto complaint = [](const Discrete& choices) {
    const auto checked = check_effort(choices, "task 'T1'");
    return checked ? "" : checked.error().message;
  };
  EXPECT_EQ(complaint({{minutes(1), 0.3333}, {minutes(2), 0.6666}}), "");
  EXPECT_NE(complaint({}), "");
  EXPECT_NE(complaint({{minutes(0), 1}}), "");
  EXPECT_NE(complaint({{minutes(1), 0.5}}).find("add up to 0.5"), std::string::npos);
  EXPECT_NE(complaint({{minutes(1), 1.5}, {minutes(1), -0.5}}), "");
  EXPECT_NE(complaint({{minutes(1), std::nan("")}}), "");
}

TEST(Draw, LinkedNumbersAreUniformAndGoTogether) {
  constexpr int kRuns = 20'000;
  constexpr double kShare = 0.2;
  double mean = 0, below_a_tenth = 0, product = 0;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const DrawKey key{7, run};
    const double common = normal(key, 0, Purpose::SharedEffort);
    const double a = linked_uniform(key, 1, Purpose::Effort, common, kShare);
    const double b = linked_uniform(key, 2, Purpose::Effort, common, kShare);
    mean += a;
    below_a_tenth += a < 0.1;
    product += (a - 0.5) * (b - 0.5) * 12;
  }
  EXPECT_NEAR(mean / kRuns, 0.5, 4 * std::sqrt(1.0 / 12 / kRuns));
  EXPECT_NEAR(below_a_tenth / kRuns, 0.1, 4 * std::sqrt(0.09 / kRuns));
  // Rank correlation of a Gaussian copula: 6/pi asin(share / 2).
  EXPECT_NEAR(product / kRuns, 6 / std::numbers::pi * std::asin(kShare / 2),
              4.0 / std::sqrt(kRuns));
}

TEST(Draw, EachNumberDependsOnAllThatNamesIt) {
  const double base = uniform({1, 2}, 3, Purpose::Effort);
  EXPECT_EQ(uniform({1, 2}, 3, Purpose::Effort), base);
  EXPECT_NE(uniform({2, 2}, 3, Purpose::Effort), base);
  EXPECT_NE(uniform({1, 3}, 3, Purpose::Effort), base);
  EXPECT_NE(uniform({1, 2}, 4, Purpose::Effort), base);
  EXPECT_NE(uniform({1, 2}, 3, Purpose::Delivery), base);
}

}  // namespace dienstbereit::core::recovery
