// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Repairs in simulated worlds, forecast in the middle with what has been learnt, and scored by what
// came: does a chance of 70 % come about in seven of ten worlds?
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/recovery/draw.h"
#include "core/recovery/learning/learn.h"
#include "core/recovery/learning/score.h"
#include "core/recovery/recovery_test.h"
#include "core/recovery/simulate.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minute;
using test::minutes;
using test::points;

constexpr std::size_t kTasks = 12;
constexpr std::size_t kDone = 6;
constexpr int kWorlds = 600;
constexpr unsigned kRuns = 200;

// Everything takes `factor` of what its estimate says; `shared` of the spread is common.
struct World {
  double factor = 1;
  double shared = 0.2;
};

struct Repair {
  Estimate estimate;
  Duration takes{0};
};

std::vector<Repair> draw(const World& world, std::uint64_t number) {
  const DrawKey key{99, number};
  const double common = normal(key, 0, Purpose::SharedEffort);
  std::vector<Repair> repairs;
  for (std::size_t i = 0; i < kTasks; ++i) {
    const std::uint64_t subject = i + 1;
    const int likely = 30 + static_cast<int>(400 * uniform(key, subject, Purpose::Delivery));
    const Estimate estimate = points(likely / 2, likely, likely * 5 / 2);
    const double share = linked_uniform(key, subject, Purpose::Effort, common, world.shared);
    const auto ms = static_cast<double>(effort_at(Effort(estimate), share).count());
    repairs.push_back({estimate, Duration(std::llround(ms * world.factor))});
  }
  return repairs;
}

// The chance that the rest is done by each deadline, as told after kDone tasks, and what came.
void judge(const std::vector<Repair>& repairs, std::uint64_t number, bool learns,
           std::vector<Judged>& judged) {
  std::vector<Finished> finished;
  for (std::size_t i = 0; i < kDone; ++i)
    finished.push_back({repairs[i].estimate, repairs[i].takes});
  Plan told = test::plan({}, 2);
  told.shared.effort = 0.2;
  const Lesson lesson = learn(finished, told.shared.effort);
  if (learns) told.shared.effort = lesson.shared_risk;
  Plan came = test::plan({}, 2);
  for (std::size_t i = kDone; i < kTasks; ++i) {
    const Estimate estimate = repairs[i].estimate;
    told.tasks.push_back(
        test::task(std::to_string(i), learns ? corrected(estimate, lesson) : estimate));
    came.tasks.push_back(test::task(std::to_string(i), Discrete{{repairs[i].takes, 1.0}}));
  }
  const auto end_of = [](Schedule& schedule, std::uint64_t seed, std::uint64_t run) {
    Instant end;
    for (const Instant t : schedule.run({seed, run})) end = std::max(end, t);
    return end;
  };
  Schedule truth = Schedule::prepare(came).value();
  const Instant end = end_of(truth, 1, 0);
  Schedule schedule = Schedule::prepare(told).value();
  std::vector<Instant> ends;
  for (unsigned run = 0; run < kRuns; ++run) ends.push_back(end_of(schedule, number + 1, run));
  for (const int hours : {8, 12, 16, 20, 26}) {
    const Instant deadline = minute(hours * 60);
    const auto within = std::ranges::count_if(ends, [&](Instant t) { return t <= deadline; });
    judged.push_back({static_cast<double>(within) / kRuns, end <= deadline});
  }
}

BrierScore score_of(const World& world, bool learns = true) {
  std::vector<Judged> judged;
  for (std::uint64_t number = 0; number < kWorlds; ++number) {
    judge(draw(world, number), number, learns, judged);
  }
  return brier_score(judged);
}

}  // namespace

TEST(Worlds, ChancesComeAboutAsOftenAsTheySay) { EXPECT_LE(score_of({1, 0.2}).reliability, 0.01); }

TEST(Worlds, AlsoWhereAllTakesLongerThanThought) {
  const World slow{1.3, 0.2};
  const BrierScore learnt = score_of(slow);
  EXPECT_LE(learnt.reliability, 0.01);
  const BrierScore blind = score_of(slow, false);
  EXPECT_LT(learnt.reliability, blind.reliability);
  EXPECT_LT(learnt.brier, blind.brier);
}

TEST(Worlds, AlsoWhereTasksHaveMoreInCommonThanThought) {
  EXPECT_LE(score_of({1, 0.4}).reliability, 0.01);
  EXPECT_LE(score_of({1.3, 0.4}).reliability, 0.01);
}

}  // namespace dienstbereit::core::recovery
