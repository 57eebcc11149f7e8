// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/simulate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numbers>

#include "base/hash.h"
#include "base/mixed.h"
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

// Times in milliseconds from the plan's start.
struct Span {
  std::int64_t from;
  std::int64_t to;
  bool holds(std::int64_t t) const { return from <= t && t < to; }
};

// The policy of docs/formats/forecast.md walked millisecond by millisecond, for identical members:
// they take tasks at any time, and work within the windows of each period.
std::vector<std::int64_t> walked(const Plan& plan, const std::vector<Span>& windows, int period,
                                 const std::vector<Span>& illnesses) {
  struct Walk {
    std::int64_t left;
    bool running = false;
    std::int64_t done = -1;
  };
  std::vector<Walk> tasks;
  std::map<std::string, std::size_t> index;
  for (const PlannedTask& one : plan.tasks) {
    index[one.id] = tasks.size();
    tasks.push_back({std::get<Discrete>(one.effort)[0].effort.count()});
  }
  const auto holds = [](const std::vector<Span>& spans, std::int64_t t) {
    return std::count_if(spans.begin(), spans.end(), [&](const Span& s) { return s.holds(t); });
  };
  const auto free = [&](std::int64_t t) {
    return plan.crews[0].size - holds(illnesses, t) -
           std::count_if(tasks.begin(), tasks.end(), [](const Walk& one) { return one.running; });
  };
  constexpr int kPeriods = 60;
  for (std::int64_t t = 0; t < std::int64_t{kPeriods} * period; ++t) {
    for (Walk& one : tasks) {
      if (!one.running || one.left > 0) continue;
      one.running = false;
      one.done = t;
    }
    for (auto one = tasks.rbegin(); one != tasks.rend() && free(t) < 0; ++one) one->running = false;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const auto& after = plan.tasks[i].after;
      const bool ready = std::all_of(after.begin(), after.end(), [&](const std::string& before) {
        return tasks[index[before]].done >= 0;
      });
      if (ready && !tasks[i].running && tasks[i].done < 0 && free(t) > 0) tasks[i].running = true;
    }
    const bool working = holds(windows, (plan.start.time_since_epoch().count() + t) % period) > 0;
    for (Walk& one : tasks) one.left -= working && one.running;
    if (std::all_of(tasks.begin(), tasks.end(), [](const Walk& one) { return one.done >= 0; })) {
      break;
    }
  }
  std::vector<std::int64_t> result;
  for (const Walk& one : tasks) result.push_back(one.done);
  return result;
}

// When the members of the only crew are ill in a run, by the numbers that this run draws.
std::vector<Span> illnesses_in(const Plan& plan, DrawKey key) {
  std::vector<Span> spans;
  if (plan.sickness.share <= 0) return spans;
  const double common = normal(key, 0, Purpose::SharedSickness);
  for (std::uint64_t member = 0; member < plan.crews[0].size; ++member) {
    const std::uint64_t who = mixed(stable_hash(plan.crews[0].id.str()) ^ member);
    const Illness illness = illness_at(
        plan.sickness, linked_uniform(key, who, Purpose::Sickness, common, plan.shared.sickness),
        uniform(key, who, Purpose::SicknessLasts));
    spans.push_back({illness.after.count(), (illness.after + illness.lasts).count()});
  }
  return spans;
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
    many.shared.effort = shared_risk;
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

TEST(Schedule, PartsComeLateTogetherAndApartFromHowTheWorkGoes) {
  constexpr int kRuns = 4'000;
  // Tasks as short as can be, so that they are done when their part is there.
  const auto correlation = [&](SharedRisk shared, bool second_waits) {
    Plan two = plan({task("A", exactly(1)), task("B", points(100, 500, 2'500))}, 2);
    two.shared = shared;
    two.tasks[0].delivery = Delivery{two.start, {minutes(100), minutes(500), minutes(2'500)}};
    if (second_waits) {
      two.tasks[1].effort = exactly(1);
      two.tasks[1].delivery = two.tasks[0].delivery;
    }
    Schedule schedule = Schedule::prepare(two).value();
    int both_late = 0;
    for (std::uint64_t run = 0; run < kRuns; ++run) {
      const auto done = schedule.run({1, run});
      both_late += done[0] > minute(501) && done[1] > minute(501);
    }
    // P(both above the median) = 1/4 + asin(share) / (2 pi) of two normal variables.
    return std::sin(2 * std::numbers::pi * (static_cast<double>(both_late) / kRuns - 0.25));
  };
  constexpr double kSlack = 0.17;  // four standard errors of the share, through the sine
  EXPECT_NEAR(correlation({0, 0.5, 0}, true), 0.5, kSlack);
  EXPECT_NEAR(correlation({0.5, 0, 0}, true), 0, kSlack);
  EXPECT_NEAR(correlation({0.5, 0.5, 0}, false), 0, kSlack);
}

TEST(Schedule, WhoIsIllIsReplacedByWhoHasNothingToDo) {
  Plan one = plan({task("A", exactly(60))});
  // Everybody falls ill within a minute or so, for longer than anything takes.
  one.sickness = {0.999'999'9, minutes(400'000)};
  Schedule alone = Schedule::prepare(one).value();
  EXPECT_GT(alone.run({1, 0})[0], minute(60));
  one.sickness = {1e-9, minutes(400'000)};
  Schedule well = Schedule::prepare(one).value();
  EXPECT_EQ(well.run({1, 0})[0], minute(60));
}

// A member falls ill within t with chance 1 - exp(-t / well): of 60 minutes' work by one person, so
// many runs are late. What is left is done when the person is back.
TEST(Schedule, OnePersonsWorkIsLateAsOftenAsThePersonFallsIll) {
  constexpr int kRuns = 4'000;
  Plan one = plan({task("A", exactly(60))});
  one.shared.sickness = 0.2;
  one.sickness = {0.25, minutes(100)};
  Schedule schedule = Schedule::prepare(one).value();
  int late = 0;
  double lost = 0;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const Instant at = schedule.run({1, run})[0];
    late += at > minute(60);
    lost += static_cast<double>((at - minute(60)).count()) / 60'000;
  }
  const double expected = 1 - std::exp(-60.0 / 300);
  EXPECT_NEAR(static_cast<double>(late) / kRuns, expected,
              4 * std::sqrt(expected * (1 - expected) / kRuns));
  EXPECT_NEAR(lost / late, 100, 4 * 100 / std::sqrt(late));
}

TEST(Schedule, AWaveGoesThroughTheWholeHouse) {
  const auto both_late = [&](double shared) {
    Plan two = plan({task("A", exactly(60)), task("B", exactly(60))});
    two.crews = {crew("X", 1), crew("Y", 1)};
    two.tasks[0].crew = CrewId("X");
    two.tasks[1].crew = CrewId("Y");
    two.sickness = {0.25, minutes(100)};
    two.shared.sickness = shared;
    Schedule schedule = Schedule::prepare(two).value();
    int both = 0;
    for (std::uint64_t run = 0; run < 4'000; ++run) {
      const auto done = schedule.run({1, run});
      both += done[0] > minute(60) && done[1] > minute(60);
    }
    return both;
  };
  EXPECT_GT(both_late(0.5), 2 * both_late(0));
}

RC_GTEST_PROP(Schedule, IsTheListPolicyWalkedStepByStep, ()) {
  constexpr int kPeriod = 10'080;
  std::vector<Span> windows;
  std::vector<Window> worked;
  int at = *rc::gen::inRange(0, 600);
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    const int from = at;
    at = from + *rc::gen::inRange(200, 900);
    windows.push_back({from, at});
    worked.push_back({Instant(Duration(from)), Instant(Duration(at))});
    at += *rc::gen::inRange(1, 700);
  }
  std::vector<PlannedTask> tasks;
  const int count = *rc::gen::inRange(1, 9);
  for (int i = 0; i < count; ++i) {
    std::vector<std::string> after;
    for (int before = 0; before < i; ++before) {
      if (*rc::gen::inRange(0, 4) == 0) after.push_back("T" + std::to_string(before));
    }
    tasks.push_back(
        task("T" + std::to_string(i), Discrete{{Duration(*rc::gen::inRange(1, 400)), 1.0}}, after));
  }
  // Urgency has nothing to do with the order of waiting.
  for (std::size_t i = tasks.size(); i > 1; --i) {
    std::swap(tasks[i - 1],
              tasks[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(i)))]);
  }
  Plan any = plan(tasks, static_cast<unsigned>(*rc::gen::inRange(1, 4)));
  any.start = Instant(Duration(*rc::gen::inRange(0, kPeriod)));
  any.crews[0].calendar =
      Calendar::repeating(worked, Instant(Duration(0)), Duration(kPeriod)).value();
  if (*rc::gen::inRange(0, 3) > 0) {
    any.sickness = {*rc::gen::inRange(1, 9) / 10.0, Duration(*rc::gen::inRange(1, 3'000))};
    any.shared.sickness = 0.2;
  }
  const DrawKey key{static_cast<std::uint64_t>(*rc::gen::inRange(0, 1'000)), 7};
  Schedule schedule = Schedule::prepare(any).value();
  std::vector<std::int64_t> seen;
  for (const Instant t : schedule.run(key)) seen.push_back((t - any.start).count());
  RC_ASSERT(seen == walked(any, windows, kPeriod, illnesses_in(any, key)));
}

}  // namespace dienstbereit::core::recovery
