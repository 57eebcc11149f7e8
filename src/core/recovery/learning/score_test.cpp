// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/learning/score.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/recovery/draw.h"
#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minutes;

Instant at(int minute) { return Instant() + minutes(minute); }

}  // namespace

TEST(Score, TheBrierScoreIsTheMeanSquaredError) {
  const std::vector<Judged> judged{{0.9, true}, {0.9, true}, {0.9, false}, {0.1, false}};
  const BrierScore score = brier_score(judged);
  EXPECT_NEAR(score.brier, (0.01 + 0.01 + 0.81 + 0.01) / 4, 1e-12);
  EXPECT_NEAR(score.uncertainty, 0.25, 1e-12);
  // Two of three came where 0.9 was said, none where 0.1 was.
  EXPECT_NEAR(score.reliability, (3 * 0.2333333 * 0.2333333 + 0.01) / 4, 1e-6);
  EXPECT_NEAR(score.resolution, (3 * 0.1666667 * 0.1666667 + 0.25) / 4, 1e-6);
  ASSERT_EQ(score.bins.size(), 2u);
  EXPECT_EQ(score.bins[1].count, 3u);
}

TEST(Score, NothingJudgedIsNothingSaid) {
  EXPECT_EQ(brier_score({}).count, 0u);
  EXPECT_EQ(coverage({}).count, 0u);
}

TEST(Score, CertainAndRightIsBestCertainAndWrongIsWorst) {
  const std::vector<Judged> right{{1, true}, {0, false}};
  const std::vector<Judged> wrong{{1, false}, {0, true}};
  EXPECT_EQ(brier_score(right).brier, 0);
  EXPECT_EQ(brier_score(wrong).brier, 1);
}

// What is drawn from its own chances is calibrated; what is told twice as sure is not.
TEST(Score, ReliabilityTellsCalibratedFromOverconfident) {
  std::vector<Judged> fair;
  std::vector<Judged> sure;
  for (std::uint64_t run = 0; run < 20'000; ++run) {
    const double chance = uniform({1, run}, 1, Purpose::Effort);
    const bool came = uniform({1, run}, 2, Purpose::Effort) < chance;
    fair.push_back({chance, came});
    sure.push_back({chance < 0.5 ? chance / 4 : 1 - (1 - chance) / 4, came});
  }
  EXPECT_LT(brier_score(fair).reliability, 0.002);
  EXPECT_GT(brier_score(sure).reliability, 0.02);
}

TEST(Score, IntervalsAreHitMissedOrNotThere) {
  const std::vector<JudgedTime> judged{{at(10), at(20), at(15)}, {at(10), at(20), at(20)},
                                       {at(10), at(20), at(9)},  {at(10), at(20), at(21)},
                                       {at(10), at(20), {}},     {{}, at(20), at(5)}};
  const Coverage found = coverage(judged);
  EXPECT_EQ(found.count, 5u);
  EXPECT_EQ(found.inside, 2u);
  EXPECT_EQ(found.before, 1u);
  EXPECT_EQ(found.after, 2u);
}

RC_GTEST_PROP(Score, ThePartsAddUp, ()) {
  std::vector<Judged> judged;
  const int count = *rc::gen::inRange(1, 200);
  for (int i = 0; i < count; ++i) {
    judged.push_back({*rc::gen::inRange(0, 101) / 100.0, *rc::gen::arbitrary<bool>()});
  }
  const BrierScore score = brier_score(judged);
  const auto in = [](double x) { return x >= -1e-12 && x <= 1 + 1e-12; };
  RC_ASSERT(in(score.brier) && in(score.reliability) && in(score.resolution));
  RC_ASSERT(score.uncertainty <= 0.25 + 1e-12);
  RC_ASSERT(score.resolution <= score.uncertainty + 1e-12);
  // Chances of one bin differ by a tenth at most, so what bins hide is little.
  RC_ASSERT(score.within <= 0.11 && score.within >= -0.11);
}

}  // namespace dienstbereit::core::recovery
