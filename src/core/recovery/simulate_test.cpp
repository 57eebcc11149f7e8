// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/simulate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::crew;
using test::exactly;
using test::minute;
using test::minutes;
using test::plan;
using test::points;
using test::task;
using test::weekly;

// When each task is done, in minutes; -1: never.
std::vector<int> done(const Plan& plan, std::uint64_t run = 0) {
  Schedule schedule = Schedule::prepare(plan).value();
  std::vector<int> result;
  for (const Instant t : schedule.run({1, run})) {
    result.push_back(t == kNever ? -1 : test::minute_of(t));
  }
  return result;
}

using Times = std::vector<int>;

// The policy of docs/formats/forecast.md walked minute by minute, for identical members: they take
// tasks at any time, and work within the windows.
Times walked(const Plan& plan, const std::vector<std::pair<int, int>>& windows, unsigned members) {
  constexpr int kWeek = 7 * 24 * 60;
  constexpr int kLongest = 20 * kWeek;
  struct Walk {
    int left;
    bool running = false;
    int done = -1;
  };
  std::vector<Walk> tasks;
  std::map<std::string, std::size_t> index;
  for (const PlannedTask& one : plan.tasks) {
    index[one.id] = tasks.size();
    const auto& choices = std::get<Discrete>(one.effort);
    tasks.push_back({static_cast<int>(choices[0].effort / minutes(1))});
  }
  const int start = test::minute_of(plan.start);
  for (int t = start; t < start + kLongest; ++t) {
    for (Walk& one : tasks) {
      if (!one.running || one.left > 0) continue;
      one.running = false;
      one.done = t;
      ++members;
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const auto& after = plan.tasks[i].after;
      const bool ready = std::all_of(after.begin(), after.end(), [&](const std::string& before) {
        return tasks[index[before]].done >= 0;
      });
      if (members == 0 || !ready || tasks[i].running || tasks[i].done >= 0) continue;
      tasks[i].running = true;
      --members;
    }
    const int of_week = ((t % kWeek) + kWeek) % kWeek;
    const bool working = std::any_of(windows.begin(), windows.end(), [&](const auto& window) {
      return window.first <= of_week && of_week < window.second;
    });
    for (Walk& one : tasks) one.left -= working && one.running;
    if (std::all_of(tasks.begin(), tasks.end(), [](const Walk& one) { return one.done >= 0; })) {
      break;
    }
  }
  Times result;
  for (const Walk& one : tasks) result.push_back(one.done);
  return result;
}

}  // namespace

TEST(Schedule, TheMoreUrgentIsTakenFirst) {
  EXPECT_EQ(done(plan({task("A", exactly(30)), task("B", exactly(10)), task("C", exactly(5))})),
            (Times{30, 40, 45}));
  EXPECT_EQ(done(plan({task("A", exactly(30)), task("B", exactly(10)), task("C", exactly(5))}, 2)),
            (Times{30, 10, 15}));
}

TEST(Schedule, ATaskWaitsForThoseAheadOfIt) {
  EXPECT_EQ(
      done(plan({task("A", exactly(30), {"C"}), task("B", exactly(10)), task("C", exactly(5))}, 2)),
      (Times{35, 10, 5}));
}

TEST(Schedule, AllThatIsDoneAtOneTimeIsDoneBeforeAnybodyTakesAnything) {
  // A and B end together; C, the more urgent, becomes ready by B.
  EXPECT_EQ(done(plan({task("C", exactly(7), {"B"}), task("A", exactly(10)), task("B", exactly(10)),
                       task("D", exactly(3))},
                      2)),
            (Times{17, 10, 10, 13}));
}

TEST(Schedule, APausedTaskKeepsItsMember) {
  Plan shift = plan({task("A", exactly(90)), task("B", exactly(10))});
  shift.crews = {crew("IT", 1, weekly({{0, 60}, {1440, 1500}}))};
  EXPECT_EQ(done(shift), (Times{1470, 1480}));
}

TEST(Schedule, WhoIsOffDutyTakesNothingFromWhoIsThere) {
  Plan night = plan({task("A", exactly(30)), task("B", exactly(30))});
  night.crews = {crew("DAY", 1, weekly({{480, 960}})), crew("CALL", 1)};
  EXPECT_EQ(done(night), (Times{30, 60}));
  night.tasks[1].crew = CrewId("DAY");
  EXPECT_EQ(done(night), (Times{30, 510}));
}

TEST(Schedule, SkillsDecideWhoMayAndSpecialistsGoFirst) {
  Plan mixed = plan({task("A", exactly(30)), task("B", exactly(20)), task("C", exactly(10))});
  mixed.crews = {crew("ALL", 1, Calendar::always(), {"network", "power"}),
                 crew("POWER", 1, Calendar::always(), {"power"})};
  mixed.tasks[0].skill = "power";
  mixed.tasks[1].skill = "network";
  mixed.tasks[2].skill = "power";
  EXPECT_EQ(done(mixed), (Times{30, 20, 30})) << "A goes to POWER, so that ALL can take B";
}

TEST(Schedule, APartThatIsOnItsWayHoldsUpItsTaskOnly) {
  Plan waiting = plan({task("A", exactly(10)), task("B", exactly(30))});
  waiting.tasks[0].not_before = minute(20);
  EXPECT_EQ(done(waiting), (Times{40, 30}));
  waiting.tasks[0].delivery = Delivery{minute(-30), points(70, 70, 70)};
  EXPECT_EQ(done(waiting), (Times{50, 30}));
}

TEST(Schedule, AnOverdueDeliveryIsExpectedSoon) {
  Plan waiting = plan({task("A", exactly(10))});
  waiting.tasks[0].delivery = Delivery{minute(-10'000), points(60, 100, 100)};
  for (std::uint64_t run = 0; run < 200; ++run) {
    const int at = done(waiting, run)[0];
    EXPECT_GE(at, 10);
    EXPECT_LT(at, 10 + 10 * 8);
  }
}

TEST(Schedule, AStartedTaskHasDoneAPartOfItsWork) {
  Plan begun = plan({task("A", exactly(90)), task("B", exactly(10))});
  begun.crews = {crew("IT", 1, weekly({{0, 60}, {9'000, 9'060}}))};
  begun.start = minute(9'000);
  begun.tasks[1].started_at = minute(-500);
  begun.tasks[0].started_at = minute(10);
  begun.tasks[1].started_at = std::nullopt;
  // 50 minutes were worked on Monday, 40 are left; then B.
  EXPECT_EQ(done(begun), (Times{9'040, 9'050}));
}

TEST(Schedule, AStartedTaskNeverEndsInThePastAndKeepsItsEstimate) {
  Plan begun = plan({task("A", points(60, 120, 240))});
  begun.tasks[0].started_at = minute(-180);
  int later = 0;
  constexpr int kRuns = 4'000;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const int at = done(begun, run)[0];
    EXPECT_GE(at, 0);
    later += at >= 60;
  }
  // P(effort > 240 | effort > 180) = 0.1 / 0.2236.
  const double expected = 0.1 / (0.5 * std::exp(-60 * std::log(5) / 120));
  EXPECT_NEAR(static_cast<double>(later) / kRuns, expected,
              4 * std::sqrt(expected * (1 - expected) / kRuns));
}

TEST(Schedule, MoreStartedTasksThanMembersAllGoOn) {
  Plan begun = plan({task("A", exactly(30)), task("B", exactly(40)), task("C", exactly(10))});
  begun.tasks[0].started_at = begun.tasks[1].started_at = minute(0);
  EXPECT_EQ(done(begun), (Times{30, 40, 40}));
}

TEST(Schedule, WhatIsDoneStaysDoneAndFreesWhatWaits) {
  Plan over = plan({task("A", exactly(30)), task("B", exactly(10), {"A"})});
  over.tasks[0].done_at = minute(-100);
  EXPECT_EQ(done(over), (Times{-100, 10}));
}

TEST(Schedule, WorkThatOutlastsTheCalendarIsNeverDone) {
  Plan ending =
      plan({task("A", exactly(30)), task("B", exactly(50)), task("C", exactly(1), {"B"})});
  ending.crews = {crew("IT", 1, Calendar::of({{minute(0), minute(60)}}).value())};
  EXPECT_EQ(done(ending), (Times{30, -1, -1}));
}

TEST(Schedule, ChangingOneTaskChangesNoOthersNumbers) {
  const Plan before = plan({task("A", points(10, 20, 90)), task("B", points(10, 20, 90))}, 9);
  Plan after = plan(
      {task("C", points(5, 6, 7)), task("B", points(10, 20, 90)), task("A", points(100, 200, 900))},
      9);
  for (std::uint64_t run = 0; run < 50; ++run) {
    EXPECT_EQ(done(before, run)[1], done(after, run)[1]);
    EXPECT_NEAR(done(before, run)[0] * 10, done(after, run)[2], 10);
  }
}

TEST(Schedule, TheSharedRiskWidensTheSumAndKeepsTheMedian) {
  std::vector<PlannedTask> tasks;
  for (int i = 0; i < 20; ++i) tasks.push_back(task("T" + std::to_string(i), points(60, 120, 240)));
  const auto spread = [&](double shared_risk) {
    Plan many = plan(tasks);
    many.shared_risk = shared_risk;
    Times ends;
    for (std::uint64_t run = 0; run < 1'000; ++run) {
      const Times times = done(many, run);
      ends.push_back(*std::max_element(times.begin(), times.end()));
    }
    std::sort(ends.begin(), ends.end());
    return std::pair(ends[899] - ends[99], ends[499]);
  };
  const auto [independent, median] = spread(0);
  const auto [linked, linked_median] = spread(0.2);
  EXPECT_GT(linked, 1.5 * independent);
  EXPECT_NEAR(linked_median, median, 0.1 * median);
}

RC_GTEST_PROP(Schedule, IsTheListPolicyWalkedMinuteByMinute, ()) {
  std::vector<std::pair<int, int>> windows;
  int at = *rc::gen::inRange(0, 600);
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    const int from = at;
    at = from + *rc::gen::inRange(200, 900);
    windows.emplace_back(from, at);
    at += *rc::gen::inRange(1, 700);
  }
  std::vector<PlannedTask> tasks;
  const int count = *rc::gen::inRange(1, 9);
  for (int i = 0; i < count; ++i) {
    std::vector<std::string> after;
    for (int before = 0; before < i; ++before) {
      if (*rc::gen::inRange(0, 4) == 0) after.push_back("T" + std::to_string(before));
    }
    tasks.push_back(task("T" + std::to_string(i), exactly(*rc::gen::inRange(1, 400)), after));
  }
  // Urgency has nothing to do with the order of waiting.
  for (std::size_t i = tasks.size(); i > 1; --i) {
    std::swap(tasks[i - 1],
              tasks[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(i)))]);
  }
  const auto members = static_cast<unsigned>(*rc::gen::inRange(1, 4));
  Plan any = plan(tasks, members);
  any.start = minute(*rc::gen::inRange(0, 10'080));
  any.crews = {crew("IT", members, weekly(windows))};
  RC_ASSERT(done(any) == walked(any, windows, members));
}

}  // namespace dienstbereit::core::recovery
