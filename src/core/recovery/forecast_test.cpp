// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/forecast.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <iostream>

#include "core/recovery/recovery_test.h"
#include "core/recovery/simulate.h"

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
using test::with_nodes;

using Groups = GroupsOpen::Groups;

RecoveryForecast ask(const Plan& plan, std::vector<Groups> subjects, SlotBegins slots = {},
                     ForecastSettings settings = {}) {
  GroupsOpen opens(std::move(subjects));
  slots.resize(opens.subjects());
  return forecast(plan, opens, slots, settings).value();
}

Effort coin(int heads, double chance, int tails) {
  return Discrete{{minutes(heads), chance}, {minutes(tails), 1 - chance}};
}

// The chance that `subject` is open at `deadline`, by going through all combinations of efforts.
double exact_chance(const Plan& plan, const Groups& groups, Instant deadline) {
  std::vector<std::size_t> chosen(plan.tasks.size(), 0);
  double open = 0;
  while (true) {
    Plan certain = plan;
    double weight = 1;
    for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
      const Choice& choice = std::get<Discrete>(plan.tasks[i].effort)[chosen[i]];
      weight *= choice.chance;
      certain.tasks[i].effort = Discrete{{choice.effort, 1}};
    }
    const auto course = Schedule::prepare(certain);
    Schedule schedule = course.value();
    const auto done = schedule.run({0, 0});
    const bool all = std::all_of(groups.begin(), groups.end(), [&](const auto& group) {
      return std::any_of(group.begin(), group.end(),
                         [&](std::size_t task) { return done[task] <= deadline; });
    });
    if (all) open += weight;
    std::size_t i = 0;
    while (i < chosen.size() && ++chosen[i] == std::get<Discrete>(plan.tasks[i].effort).size()) {
      chosen[i++] = 0;
    }
    if (i == chosen.size()) return open;
  }
}

void expect_agreement(const Plan& plan, const Groups& groups, int deadline) {
  constexpr unsigned kRuns = 20'000;
  const double exact = exact_chance(plan, groups, minute(deadline));
  const RecoveryForecast seen = ask(plan, {groups}, {{minute(deadline)}}, {kRuns, 11});
  const double sigma = std::sqrt(std::max(exact * (1 - exact), 0.0) / kRuns);
  EXPECT_NEAR(*seen.subjects[0].slots[0].normal, exact, 4 * sigma + 1e-12)
      << "deadline " << deadline;
}

}  // namespace

TEST(Forecast, AgreesWithExactEnumeration) {
  Plan two = with_nodes(plan(
      {task("A", coin(60, 0.5, 120)),
       task("B", Discrete{{minutes(60), 0.2}, {minutes(120), 0.6}, {minutes(480), 0.2}}, {"A"}),
       task("C", coin(30, 0.3, 400)), task("D", coin(90, 0.7, 91))},
      2));
  two.crews = {crew("IT", 2, weekly({{60, 300}, {400, 900}}))};
  for (const int deadline : {200, 250, 300, 480, 600, 900, 1'500}) {
    expect_agreement(two, {{0}, {1, 2}}, deadline);
    expect_agreement(two, {{3}}, deadline);
  }
}

TEST(Forecast, TheSameSeedGivesTheSameForecastAndAnotherAnother) {
  const Plan one = with_nodes(plan({task("A", points(60, 120, 480)), task("B", points(5, 9, 90))}));
  const auto median = [&](std::uint64_t seed) {
    return ask(one, {{{0}, {1}}}, {}, {500, seed}).subjects[0].normal.quantiles[1];
  };
  EXPECT_EQ(median(1), median(1));
  EXPECT_NE(median(1), median(2));
}

TEST(Forecast, ACertainTimeIsEveryQuantile) {
  const RecoveryForecast seen = ask(with_nodes(plan({task("A", exactly(60))})), {{{0}}},
                                    {{minute(59), minute(60), minute(61)}});
  const SubjectForecast& subject = seen.subjects[0];
  for (const auto& quantile : subject.normal.quantiles) EXPECT_EQ(quantile, minute(60));
  EXPECT_EQ(subject.normal.cautious, minute(60));
  EXPECT_EQ(subject.slots[0].normal, 0.0);
  EXPECT_EQ(subject.slots[1].normal, 1.0) << "at the begin means by then";
  EXPECT_EQ(seen.all_done.cautious, minute(60));
  EXPECT_EQ(seen.tasks[0].cautious, minute(60));
}

TEST(Forecast, TheThreePointsComeBackAsQuantilesOfOneTask) {
  const RecoveryForecast seen =
      ask(with_nodes(plan({task("A", points(60, 120, 480))})), {{{0}}}, {}, {20'000, 3});
  EXPECT_NEAR(test::minute_of(*seen.subjects[0].normal.quantiles[0]), 60, 4);
  EXPECT_NEAR(test::minute_of(*seen.subjects[0].normal.quantiles[1]), 120, 4);
  EXPECT_NEAR(test::minute_of(*seen.subjects[0].normal.cautious), 480, 25);
}

TEST(Forecast, WithoutATaskForAFaultNobodyCanSay) {
  Plan gap = with_nodes(plan({task("A", exactly(60))}));
  gap.nodes.push_back({NodeId("N1"), true, Duration(0), {}});
  const RecoveryForecast seen = ask(gap, {{{0}}, {{0}, {1}}}, {{minute(90)}, {minute(90)}});
  EXPECT_FALSE(seen.subjects[0].normal.unknown);
  EXPECT_TRUE(seen.subjects[1].normal.unknown);
  EXPECT_EQ(seen.subjects[1].normal.cautious, std::nullopt);
  EXPECT_EQ(seen.subjects[1].slots[0].normal, std::nullopt);
  EXPECT_TRUE(seen.all_done.unknown);
}

TEST(Forecast, AnInterimFixOpensUntilItExpiresAndThenNobodyCanSay) {
  Plan interim = plan({task("I", exactly(60))});
  interim.tasks[0].repair = false;
  interim.nodes = {{NodeId("N0"), true, Duration(0), {}}};
  interim.interims = {{"I", {0}, minute(500)}};
  const RecoveryForecast seen = ask(interim, {{{0}}}, {{minute(0), minute(100), minute(500)}});
  const SubjectForecast& subject = seen.subjects[0];
  EXPECT_EQ(subject.slots[0].normal, 0.0);
  EXPECT_EQ(subject.slots[1].normal, 1.0);
  EXPECT_EQ(subject.slots[2].normal, std::nullopt);
  EXPECT_EQ(subject.normal.relapse, 1.0);
  EXPECT_TRUE(seen.all_done.unknown);
}

TEST(Forecast, TheRepairAfterAnInterimFixMayComeTooLate) {
  Plan interim = plan({task("I", exactly(60)), task("R", coin(400, 0.5, 600), {"I"})});
  interim.tasks[0].repair = false;
  interim.nodes = {{NodeId("N0"), true, Duration(0), {}}};
  interim.interims = {{"I", {0}, minute(500)}};
  interim.tasks[1].restores = {0};
  const RecoveryForecast seen = ask(interim, {{{0}}}, {{minute(550)}}, {4'000, 1});
  EXPECT_NEAR(*seen.subjects[0].slots[0].normal, 0.5, 4 * 0.5 / std::sqrt(4'000));
  EXPECT_NEAR(seen.subjects[0].normal.relapse, 0.5, 4 * 0.5 / std::sqrt(4'000));
  EXPECT_EQ(seen.subjects[0].normal.cautious, minute(60));
  EXPECT_EQ(seen.all_done.cautious, minute(660));
}

TEST(Forecast, WhatNeverEndsWithinTheCalendarsHasNoLateQuantiles) {
  Plan ending = with_nodes(plan({task("A", coin(30, 0.6, 90))}));
  ending.crews = {crew("IT", 1, Calendar::of({{minute(0), minute(60)}}).value())};
  const Arrival arrival = ask(ending, {{{0}}}, {}, {4'000, 1}).subjects[0].normal;
  EXPECT_NEAR(arrival.never, 0.4, 4 * 0.5 / std::sqrt(4'000));
  EXPECT_EQ(arrival.quantiles[1], minute(30));
  EXPECT_EQ(arrival.cautious, std::nullopt);
}

TEST(Forecast, WhatIsUpAlreadyArrivesAtTheStart) {
  Plan over = with_nodes(plan({task("A", exactly(60)), task("B", exactly(60))}));
  over.tasks[0].done_at = minute(-30);
  const RecoveryForecast seen = ask(over, {{{0}}, {{0, 1}}}, {{minute(-10)}, {}});
  EXPECT_EQ(seen.subjects[0].normal.quantiles[0], minute(0));
  EXPECT_EQ(seen.subjects[0].slots[0].normal, 1.0) << "as of the start";
}

TEST(Forecast, LimitedAndNormalAreApart) {
  class HalfOpen final : public Opens {
   public:
    std::size_t subjects() const override { return 1; }
    Reach at(const Bits& up) override {
      Reach reach{Bits(1), Bits(1), {}};
      reach.limited.set(0, up[0]);
      reach.normal.set(0, up[0] && up[1]);
      return reach;
    }
  };
  Plan one = with_nodes(plan({task("A", exactly(60))}));
  one.nodes.push_back({NodeId("N1"), true, Duration(0), {}});
  HalfOpen opens;
  const RecoveryForecast seen = forecast(one, opens, {{minute(60)}}).value();
  EXPECT_EQ(seen.subjects[0].slots[0].limited, 1.0);
  EXPECT_EQ(seen.subjects[0].slots[0].normal, std::nullopt);
  EXPECT_EQ(seen.subjects[0].limited.cautious, minute(60));
}

TEST(Forecast, BadQuestionsAreRefused) {
  const Plan one = with_nodes(plan({task("A", exactly(60))}));
  GroupsOpen opens({{{0}}});
  EXPECT_FALSE(forecast(one, opens, {{}}, {0, 1}).has_value());
  EXPECT_FALSE(forecast(one, opens, {}, {10, 1}).has_value());
  EXPECT_EQ(forecast(one, opens, {{}}, {kMostRuns + 1, 1}).error().code, Errc::LimitExceeded);
  GroupsOpen many(std::vector<Groups>(20'000, {{0}}));
  EXPECT_EQ(forecast(one, many, SlotBegins(20'000), {2'000, 1}).error().code, Errc::LimitExceeded);
  EXPECT_FALSE(forecast(plan({task("A", exactly(1), {"A"})}), opens, {{}}).has_value());
}

// 60 tasks, 60 nodes that restart, 150 offers and places, 8 days of slots, 2,000 runs.
TEST(Forecast, ALargeIncidentIsCalculatedWhileAPersonWaits) {
  std::vector<PlannedTask> tasks;
  for (int i = 0; i < 60; ++i) {
    const std::vector<std::string> after =
        i % 3 == 0 ? std::vector<std::string>{} : std::vector{"T" + std::to_string(i - 1)};
    tasks.push_back(task("T" + std::to_string(i), points(30, 120, 600), after));
  }
  Plan large = with_nodes(plan(tasks));
  large.shared = SharedRisk();
  large.crews = {crew("CALL", 3), crew("DAY", 4, weekly({{480, 960}, {1'920, 2'400}}))};
  for (std::size_t i = 1; i < large.nodes.size(); ++i) {
    large.nodes[i].restart_time = minutes(15);
    large.nodes[i].restart_after = {i - 1};
  }
  std::vector<Groups> subjects;
  SlotBegins slots;
  for (std::size_t i = 0; i < 150; ++i) {
    subjects.push_back({{i % 60}, {(i * 7) % 60, (i * 11) % 60}});
    slots.emplace_back();
    for (int day = 0; day < 8; ++day) slots.back().push_back(minute(1'440 * day + 480));
  }
  const auto begin = std::chrono::steady_clock::now();
  const RecoveryForecast seen = ask(large, subjects, slots, {2'000, 1});
  const auto took = std::chrono::steady_clock::now() - begin;
  std::cout << "60 tasks, 60 nodes, 150 subjects, 2,000 runs: "
            << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms\n";
  EXPECT_EQ(seen.subjects.size(), 150u);
  EXPECT_GT(*seen.subjects[0].slots[7].normal, 0.5);
}

}  // namespace dienstbereit::core::recovery
