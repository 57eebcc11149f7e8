// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/learning/learn.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "core/recovery/draw.h"
#include "core/recovery/effort.h"
#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minutes;
using test::points;

constexpr double kRisk = 0.2;

// A house whose tasks share a driver, take `factor` of what the estimates say, and whose spread is
// `spread` of it.
struct World {
  double factor = 1;
  double spread = 1;
};

struct Drawn {
  std::vector<Finished> finished;
  Finished next;
};

Drawn draw(const World& world, std::uint64_t run, int tasks) {
  const DrawKey key{4711, run};
  const double common = normal(key, 0, Purpose::SharedEffort);
  Drawn drawn;
  for (int i = 0; i <= tasks; ++i) {
    const auto subject = static_cast<std::uint64_t>(i + 1);
    const double likely = 30 * std::exp(4 * uniform(key, subject, Purpose::Delivery, 0));
    const Estimate estimate =
        points(static_cast<int>(likely * 0.6) + 1, static_cast<int>(likely) + 1,
               static_cast<int>(likely * 2.2) + 2);
    const double z =
        std::sqrt(kRisk) * common + std::sqrt(1 - kRisk) * normal(key, subject, Purpose::Effort);
    const double share = 0.5 * std::erfc(-world.spread * z / std::sqrt(2.0));
    const Duration took = effort_at(Effort(estimate), share);
    const Finished one{estimate,
                       Duration(std::llround(static_cast<double>(took.count()) * world.factor))};
    (i < tasks ? drawn.finished.push_back(one) : void(drawn.next = one));
  }
  return drawn;
}

// How often the next task lies in its corrected 80 % interval.
double coverage(const World& world, int tasks) {
  constexpr int kWorlds = 4'000;
  int inside = 0;
  for (int run = 0; run < kWorlds; ++run) {
    const Drawn drawn = draw(world, static_cast<std::uint64_t>(run), tasks);
    const Estimate now = corrected(drawn.next.estimate, learn(drawn.finished, kRisk));
    inside += drawn.next.took >= now.best && drawn.next.took <= now.worst ? 1 : 0;
  }
  return static_cast<double>(inside) / kWorlds;
}

}  // namespace

TEST(Learn, WithoutAnythingDoneEstimatesStay) {
  const Lesson lesson = learn({}, kRisk);
  EXPECT_EQ(corrected(points(60, 120, 480), lesson), points(60, 120, 480));
  EXPECT_EQ(corrected(points(90, 90, 90), lesson), points(90, 90, 90));
  EXPECT_EQ(lesson.shared_risk, kRisk);
}

TEST(Learn, TasksThatTakeAsLongAsThoughtMakeEstimatesSurer) {
  const std::vector<Finished> done(8, {points(60, 120, 480), minutes(120)});
  const Lesson lesson = learn(done, kRisk);
  EXPECT_NEAR(lesson.shift, 0, 1e-9);
  EXPECT_NEAR(lesson.factor, 1, 1e-9);
  EXPECT_LT(lesson.width, 1);
  EXPECT_LT(lesson.shared_risk, kRisk);
  const Estimate now = corrected(points(60, 120, 480), lesson);
  EXPECT_EQ(now.likely, minutes(120));
  EXPECT_GT(now.best, minutes(60));
  EXPECT_LT(now.worst, minutes(480));
}

TEST(Learn, WhatTakesTwiceAsLongMovesAllThatIsToCome) {
  const std::vector<Finished> done(5, {points(60, 120, 480), minutes(240)});
  const Lesson lesson = learn(done, kRisk);
  EXPECT_NEAR(lesson.factor, 2, 1e-9);
  EXPECT_GT(lesson.shift, 0);
  const Estimate now = corrected(points(30, 60, 240), lesson);
  EXPECT_GT(now.likely, minutes(60));
  EXPECT_LT(now.likely, minutes(120)) << "five tasks are some evidence, not proof";
}

TEST(Learn, WhoWasCertainAndWrongIsNoLongerCertain) {
  const std::vector<Finished> done(5, {points(60, 60, 60), minutes(90)});
  const Estimate now = corrected(points(60, 60, 60), learn(done, kRisk));
  EXPECT_GT(now.worst, minutes(75));
  EXPECT_LT(now.best, now.worst);
}

TEST(Learn, WhatHasNoEstimateOrTookNoTimeTeachesNothing) {
  std::vector<Finished> done(3, {points(60, 120, 480), minutes(240)});
  const Lesson before = learn(done, kRisk);
  done.push_back({points(0, 0, 120), minutes(60)});
  done.push_back({points(0, 60, 120), minutes(60)});
  done.push_back({points(60, 120, 480), Duration(0)});
  const Lesson after = learn(done, kRisk);
  EXPECT_EQ(after.tasks, 3u);
  EXPECT_EQ(after.factor, before.factor);
  EXPECT_EQ(after.shift, before.shift);
  EXPECT_EQ(learn(std::span(done).last(3), kRisk).tasks, 0u);
}

TEST(Learn, AfterFiveTasksTheIntervalHoldsWhatItSays) {
  for (const World world : {World{1, 1}, World{1.3, 1}, World{0.7, 1}, World{1.3, 1.3}}) {
    const double share = coverage(world, 5);
    EXPECT_GE(share, 0.70) << world.factor << " " << world.spread;
    EXPECT_LE(share, 0.90) << world.factor << " " << world.spread;
  }
}

TEST(Learn, ItHelpsWhereEstimatesAreWrong) {
  const World slow{2, 1};
  EXPECT_GT(coverage(slow, 8), coverage(slow, 0) + 0.05);
}

RC_GTEST_PROP(Learn, ALessonKeepsEstimatesPossible, ()) {
  std::vector<Finished> done;
  const int count = *rc::gen::inRange(0, 12);
  const auto any_estimate = [] {
    const int best = *rc::gen::inRange(1, 10'000);
    const int likely = best + *rc::gen::inRange(0, 10'000);
    return points(best, likely, likely + *rc::gen::inRange(0, 50'000));
  };
  for (int i = 0; i < count; ++i) {
    done.push_back({any_estimate(), minutes(*rc::gen::inRange(0, 200'000))});
  }
  const Lesson lesson = learn(done, *rc::gen::inRange(0, 100) / 100.0);
  RC_ASSERT(std::isfinite(lesson.shift) && lesson.width > 0 && lesson.shared_risk >= 0 &&
            lesson.shared_risk < 1);
  RC_ASSERT(check_estimate(corrected(any_estimate(), lesson), "it").has_value());
}

RC_GTEST_PROP(Learn, ALongerTaskNeverMovesWhatIsToComeForward, ()) {
  const Estimate estimate = points(60, 120, 480);
  std::vector<Finished> done(3, {estimate, minutes(*rc::gen::inRange(1, 600))});
  const Lesson before = learn(done, kRisk);
  done[0].took += minutes(*rc::gen::inRange(0, 600));
  RC_ASSERT(learn(done, kRisk).shift >= before.shift - 1e-12);
}

}  // namespace dienstbereit::core::recovery
