// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/input.h"

#include <gtest/gtest.h>

namespace dienstbereit::calc {
namespace {

// What is wrong with `text`, read as a small file of tasks; empty if nothing is.
std::string problem_of(std::string_view text) {
  const auto input = Input::parse(text);
  if (!input) return input.error().message;
  const Item root = input->root();
  root.only({"tasks"}, {"name", "fast"});
  for (const Item& task : root["tasks"].list(3, 1)) {
    task.only({"id", "minutes"}, {"after"});
    task["id"].id();
    task["minutes"].number(0.5, 100);
    if (task.has("after")) task["after"].ids(2);
  }
  if (root.has("name")) root["name"].text();
  if (root.has("fast")) root["fast"].yes();
  return input->problem() ? input->problem()->message : "";
}

void expect_problem(std::string_view text, std::string_view part) {
  const std::string problem = problem_of(text);
  EXPECT_NE(problem.find(part), std::string::npos) << text << "\nsays: " << problem;
}

}  // namespace

TEST(CalcInput, AGoodFileHasNoProblem) {
  EXPECT_EQ(problem_of(R"({"tasks": [{"id": 4294967295, "minutes": 0.5, "after": [0, 7]}],
                           "name": "Größe", "fast": true})"),
            "");
}

TEST(CalcInput, ValuesAreHandedOut) {
  const auto input = Input::parse(R"({"b": [1, 2.5], "a": {"y": "t", "x": false}})");
  ASSERT_TRUE(input.has_value());
  const Item root = input->root();
  EXPECT_EQ(root["b"].list(2).at(1).number(0, 9), 2.5);
  EXPECT_EQ(root["b"].list(2).at(1).place(), "b[1]");
  const auto members = root["a"].members(2);
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].first, "x");
  EXPECT_FALSE(members[0].second.yes());
  EXPECT_EQ(members[1].second.text(), "t");
  EXPECT_EQ(members[1].second.place(), "a.y");
  EXPECT_FALSE(input->problem());
}

TEST(CalcInput, WhatIsWrongIsSaidWithItsPlace) {
  const std::string ok = R"({"id": 1, "minutes": 2})";
  expect_problem(R"({"tasks": [)" + ok + R"(, {"id": -1, "minutes": 2}]})",
                 "tasks[1].id: is -1; it must lie from 0");
  expect_problem(R"({"tasks": [{"id": 1.5, "minutes": 2}]})", "tasks[0].id: must be a whole");
  expect_problem(R"({"tasks": [{"id": 1e2, "minutes": 2}]})", "tasks[0].id: must be a whole");
  expect_problem(R"({"tasks": [{"id": 18446744073709551615, "minutes": 2}]})", "tasks[0].id: is");
  expect_problem(R"({"tasks": [{"id": "1", "minutes": 2}]})", "tasks[0].id: must be a whole");
  expect_problem(R"({"tasks": [{"id": 1, "minutes": 101}]})", "tasks[0].minutes: is 101");
  expect_problem(R"({"tasks": [{"id": 1, "minutes": null}]})", "tasks[0].minutes: must be");
  expect_problem(R"({"tasks": [{"id": 1}]})", "tasks[0]: 'minutes' is missing");
  expect_problem(R"({"tasks": [{"id": 1, "minutes": 2, "minute": 3}]})",
                 "tasks[0]: 'minute' is no known key; there are: id, minutes, after");
  expect_problem(R"({"tasks": [{"id": 1, "minutes": 2, "after": [1, [2]]}]})",
                 "tasks[0].after[1]: must be a whole");
  expect_problem(R"({"tasks": [{"id": 1, "minutes": 2, "after": 3}]})", "tasks[0].after: must be");
  expect_problem(R"({"tasks": []})", "tasks: 0 entries; at least 1");
  expect_problem(R"({"tasks": [1, 2, 3, 4]})", "tasks: 4 entries; at most 3");
  expect_problem(R"({"tasks": [)" + ok + R"(], "fast": 1})", "fast: must be true or false");
  expect_problem(R"({"tasks": [)" + ok + R"(], "name": 1})", "name: must be a text");
  expect_problem(R"([])", "the file: must be an object with tasks");
}

TEST(CalcInput, AKeyStandsOnce) {
  expect_problem(R"({"tasks": [{"id": 1, "minutes": 2, "id": 1}]})", "tasks[0].id: stands twice");
  expect_problem(R"({"tasks": [1], "tasks": [2]})", "tasks: stands twice");
}

TEST(CalcInput, WhatIsNoJsonIsSaidWithLineAndColumn) {
  expect_problem("{\"tasks\":\n  [1,\n   NaN]}", "no JSON at line 3, column 4, near tasks[0]");
  expect_problem("", "no JSON at line 1");
  expect_problem("{} {}", "no JSON at line 1, column 4");
  expect_problem(R"({"tasks": [Infinity]})", "no JSON");
  expect_problem(R"({"tasks": [1e999]})", "a number too large");
  expect_problem("{\"tasks\": \"\xff\"}", "no JSON");
}

TEST(CalcInput, DepthAndLengthsAreBounded) {
  const std::string open(kMostDepth, '[');
  const std::string close(kMostDepth, ']');
  EXPECT_TRUE(Input::parse(open + close).has_value());
  EXPECT_EQ(Input::parse("[" + open + close + "]").error().code, Errc::LimitExceeded);
  EXPECT_EQ(Input::parse(std::string(1'000'000, '[')).error().code, Errc::LimitExceeded);
  EXPECT_EQ(Input::parse("\"" + std::string(kLongestName + 1, 'x') + "\"").error().code,
            Errc::LimitExceeded);
  EXPECT_EQ(Input::parse(std::string(kMostBytes + 1, ' ')).error().code, Errc::LimitExceeded);
  std::string many = "[0";
  for (std::size_t i = 0; i < kMostValues; ++i) many += ",0";
  EXPECT_EQ(Input::parse(many + "]").error().code, Errc::LimitExceeded);
}

TEST(CalcInput, OnlyTheFirstProblemIsKept) {
  const auto input = Input::parse(R"({"a": -1, "b": -2})");
  ASSERT_TRUE(input.has_value());
  EXPECT_EQ(input->root()["a"].id(), 0);
  EXPECT_EQ(input->root()["b"].id(), 0);
  EXPECT_EQ(input->problem()->message.find("a: is -1"), 0U);
}

}  // namespace dienstbereit::calc
