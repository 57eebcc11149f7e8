// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/plan.h"

#include <gtest/gtest.h>

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

std::string complaint(const Plan& plan) {
  const auto checked = check(plan);
  return checked ? "" : checked.error().message;
}
void expect_says(const Plan& plan, const std::string& text) {
  EXPECT_NE(complaint(plan).find(text), std::string::npos) << complaint(plan);
}

}  // namespace

TEST(Plan, ASoundOneHasNoComplaint) {
  Plan sound =
      test::with_nodes(plan({task("A", points(10, 20, 30)), task("B", exactly(5), {"A"})}));
  sound.interims = {{"A", {1}, minute(900)}};
  EXPECT_EQ(complaint(sound), "");
  EXPECT_EQ(complaint(Plan{}), "");
}

TEST(Plan, ACycleIsNamedWithItsPath) {
  expect_says(plan({task("X", exactly(1)), task("A", exactly(1), {"C"}),
                    task("B", exactly(1), {"A", "X"}), task("C", exactly(1), {"B"})}),
              "A -> C -> B -> A");
  expect_says(plan({task("A", exactly(1), {"A"})}), "A -> A");
}

TEST(Plan, ACycleOfRestartsIsNamedToo) {
  Plan wrong = plan({});
  wrong.nodes = {{NodeId("DB"), true, minutes(5), {1}}, {NodeId("APP"), true, minutes(5), {0}}};
  expect_says(wrong, "DB -> APP -> DB");
}

TEST(Plan, ImpossibleEstimatesAreNamed) {
  expect_says(plan({task("A", points(30, 20, 40))}), "task 'A': the best case (30 min) is longer");
  expect_says(plan({task("A", points(0, 20, 40))}), "zero or less");
  Plan late = plan({task("A", points(1, 2, 3))});
  late.tasks[0].delivery = Delivery{minute(0), points(3, 2, 4)};
  expect_says(late, "the delivery for task 'A'");
}

TEST(Plan, UnknownIdsAreNamed) {
  expect_says(plan({task("A", exactly(1), {"Z"})}), "'Z', which is not there");
  Plan wrong = plan({task("A", exactly(1))});
  wrong.tasks[0].crew = CrewId("NIGHT");
  expect_says(wrong, "crew 'NIGHT', which is not there");
  wrong = plan({task("A", exactly(1), {}, {3})});
  expect_says(wrong, "task 'A' names node 3");
  wrong = plan({});
  wrong.interims = {{"Z", {}, {}}};
  expect_says(wrong, "interim fix comes from task 'Z'");
}

TEST(Plan, AnInterimFixThatCannotBeIsNamed) {
  Plan wrong = plan({task("A", exactly(1))});
  wrong.interims = {{"", {}, {}, true, 0, {}, "spare"}};
  expect_says(wrong, "'spare' comes from a task or is in force since a time");
  wrong.interims = {{"A", {}, {}, true, 0, minute(-1), {}}};
  expect_says(wrong, "say one");
  wrong.interims = {{"", {}, {}, true, 0, minute(1), "spare"}};
  expect_says(wrong, "which is still to come");
  wrong.interims = {{"A", {}, minute(9), true, 1.0, {}, {}}};
  expect_says(wrong, "fails with a chance of 1");
  wrong.interims = {{"A", {}, {}, true, 0.1, {}, {}}};
  expect_says(wrong, "say when it expires");
  wrong.interims = {{"A", {}, minute(9), false, 0.1, {}, {}}};
  EXPECT_EQ(complaint(wrong), "");
}

TEST(Plan, ATaskThatNobodyCanDoIsNamedWithTheCrews) {
  Plan wrong = plan({task("A", exactly(1))});
  wrong.crews = {crew("IT", 2, Calendar::always(), {"network"}), crew("HAUS", 1)};
  wrong.tasks[0].skill = "power";
  expect_says(wrong, "task 'A' needs the skill 'power', which none of these crews has: IT, HAUS");
  wrong.tasks[0].skill = "network";
  EXPECT_EQ(complaint(wrong), "");
  wrong.tasks[0].crew = CrewId("HAUS");
  expect_says(wrong, "none of these crews has: HAUS");
  wrong.tasks[0].done_at = minute(-5);
  EXPECT_EQ(complaint(wrong), "") << "what is done needs nobody";
  wrong = plan({task("A", exactly(1))});
  wrong.crews.clear();
  expect_says(wrong, "nobody can do task 'A'");
}

TEST(Plan, TwoOfOneNameAreNamed) {
  expect_says(plan({task("A", exactly(1)), task("A", exactly(1))}), "two tasks are called 'A'");
  Plan wrong = plan({});
  wrong.crews.push_back(crew("IT", 1));
  expect_says(wrong, "two crews are called 'IT'");
}

TEST(Plan, TimesStandInOrder) {
  Plan wrong = plan({task("A", exactly(1))});
  wrong.tasks[0].started_at = minute(1);
  expect_says(wrong, "still to come");
  wrong.tasks[0].started_at = minute(-1);
  wrong.tasks[0].done_at = minute(-2);
  expect_says(wrong, "done before it was started");
}

TEST(Plan, BoundsAreSaid) {
  std::vector<PlannedTask> many;
  for (std::size_t i = 0; i <= kMostTasks; ++i)
    many.push_back(task("T" + std::to_string(i), exactly(1)));
  const auto checked = check(plan(many));
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, Errc::LimitExceeded);
  EXPECT_NE(checked.error().message.find("1001 tasks; at most 1000"), std::string::npos);
  many.pop_back();
  EXPECT_EQ(complaint(plan(many)), "");
  Plan nobody = plan({});
  nobody.crews[0].size = 0;
  expect_says(nobody, "crew 'IT' has 0 members");
}

}  // namespace dienstbereit::core::recovery
