// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/matters.h"

#include <gtest/gtest.h>

#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minute;
using test::minutes;
using test::points;
using test::task;

constexpr ForecastSettings kSettings{.runs = 2'000, .seed = 7};

// Three repairs side by side; the one subject needs the first two.
Plan three_repairs() {
  return test::with_nodes(
      test::plan({task("short", points(10, 20, 40)), task("long", points(60, 120, 480)),
                  task("beside", points(60, 120, 480))},
                 3));
}
GroupsOpen needs_two() { return GroupsOpen({{{0}, {1}}}); }

std::vector<Matter> found_in(const Plan& plan, const std::vector<Aim>& aims) {
  GroupsOpen opens = needs_two();
  return what_matters(plan, opens, aims, kSettings).value()->tasks;
}
Errc refusal(const Plan& plan, const std::vector<Aim>& aims) {
  GroupsOpen opens = needs_two();
  return what_matters(plan, opens, aims, kSettings).error().code;
}

}  // namespace

TEST(Matters, TheTaskThatDecidesComesFirst) {
  const auto found = found_in(three_repairs(), {{0, minute(200)}});
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].task, 1u);
  EXPECT_GT(found[0].drop, 0.5) << "at its 90 % point the aim is never met";
  EXPECT_EQ(found[1].drop, 0) << "on time either way";
  EXPECT_EQ(found[2].drop, 0) << "nobody waits for it";
}

TEST(Matters, OneCrewMakesEvenAnUnrelatedTaskMatter) {
  Plan plan = three_repairs();
  plan.crews[0].size = 1;
  std::swap(plan.tasks[0], plan.tasks[2]);  // what nobody waits for goes first
  const auto found = found_in(plan, {{0, minute(500)}});
  for (const Matter& one : found) {
    if (plan.tasks[one.task].id == "beside") EXPECT_GT(one.drop, 0.1);
  }
}

TEST(Matters, WhatIsDoneMattersNoMoreAndWhatHasBegunCountsItsRest) {
  Plan plan = three_repairs();
  plan.start = minute(100);
  plan.tasks[0].started_at = plan.tasks[1].started_at = minute(0);
  plan.tasks[0].done_at = minute(30);
  const auto found = found_in(plan, {{0, minute(250)}});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].task, 1u);
  EXPECT_GT(found[0].drop, 0.3);
}

TEST(Matters, EachAimIsToldWithItsChanceAndWhatItWouldBe) {
  GroupsOpen opens = needs_two();
  const std::vector<Aim> aims{
      {0, minute(200)}, {0, minute(600)}, {0, minute(200)}, {0, minute(200), true}};
  const auto found = what_matters(three_repairs(), opens, aims, kSettings, 2).value().value();
  ASSERT_EQ(found.tasks.size(), 2u) << "the urgent ones, as many as asked for";
  ASSERT_EQ(found.usual.size(), 4u);
  EXPECT_LT(found.usual[0], found.usual[1]);
  EXPECT_EQ(found.usual[0], found.usual[2]);
  EXPECT_EQ(found.usual[0], found.usual[3]) << "these subjects know nothing between";
  EXPECT_EQ(found.tasks[0].late[0], 0);
  EXPECT_EQ(found.tasks[0].late[1], 1) << "480 minutes are over by then";
}

TEST(Matters, ItStopsWhenAsked) {
  GroupsOpen opens = needs_two();
  StopFlag stop;
  stop.ask();
  const std::vector<Aim> aims{{0, minute(200)}};
  ForecastSettings settings = kSettings;
  settings.stop = &stop;
  EXPECT_FALSE(what_matters(three_repairs(), opens, aims, settings).value().has_value());
  EXPECT_EQ(forecast(three_repairs(), opens, SlotBegins(opens.subjects()), settings).error().code,
            Errc::Unavailable);
}

TEST(Matters, QuestionsThatCannotBeAreRefused) {
  EXPECT_EQ(refusal(three_repairs(), {}), Errc::InvalidInput);
  EXPECT_EQ(refusal(three_repairs(), {{5, minute(1)}}), Errc::InvalidInput);
  Plan wrong = three_repairs();
  wrong.tasks[0].pinned = 1.5;
  EXPECT_EQ(refusal(wrong, {{0, minute(200)}}), Errc::InvalidInput);
}

}  // namespace dienstbereit::core::recovery
