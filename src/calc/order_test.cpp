// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/order.h"

#include <numeric>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dienstbereit::calc {
namespace {

using Json = nlohmann::json;

Result<std::string> ask(std::string_view text, bool stop = false) {
  StopFlag flag;
  if (stop) flag.ask();
  double clock = 0;
  return order(text, {1, 1, &flag, [&clock] { return clock += 2; }, 3'000'000});
}

void expect_problem(std::string_view text, std::string_view part) {
  const auto answer = ask(text);
  ASSERT_FALSE(answer.has_value()) << text;
  EXPECT_NE(answer.error().message.find(part), std::string::npos) << answer.error().message;
}

}  // namespace

TEST(CalcOrder, TheAnswerHasTheFormOfTheFormat) {
  const auto text =
      ask(R"({"crews": 1, "hours": [3, 1, 4], "offices": [{"weight": 2, "needs": [0, 2]}]})");
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(*text, R"({"order":[0,2,1],"weighted_wait":14,"proven":true,"milliseconds":2.0})");
}

TEST(CalcOrder, HoursAndWeightsMayBeBroken) {
  const auto text = ask(R"({"crews": 2, "hours": [0.25, 0, 1], "offices":
                            [{"weight": 0.5, "needs": [0]}, {"weight": 1, "needs": []}]})");
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(Json::parse(*text)["weighted_wait"], 0.125);
}

TEST(CalcOrder, ATaskThatIsNeededTwiceIsNeededOnce) {
  const auto wait = [](const char* needs) {
    const auto text = ask(fmt::format(
        R"({{"crews": 1, "hours": [3, 1], "offices": [{{"weight": 2, "needs": {}}}]}})", needs));
    return text ? Json::parse(*text)["weighted_wait"] : Json();
  };
  EXPECT_EQ(wait("[0, 1, 0]"), 8);
  EXPECT_EQ(wait("[0, 1, 0]"), wait("[1, 0]"));
}

TEST(CalcOrder, AWaitThatNoWholeNumberHoldsIsSaid) {
  Json file{{"crews", 1}, {"hours", std::vector<int>(200, 100'000)}, {"offices", Json::array()}};
  std::vector<int> all(200);
  std::iota(all.begin(), all.end(), 0);
  for (int i = 0; i < 600; ++i) file["offices"].push_back({{"weight", 1e9}, {"needs", all}});
  const auto text = ask(file.dump());
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(Json::parse(*text)["weighted_wait"], 1.2e19);
}

TEST(CalcOrder, NoTasksAreNoError) {
  EXPECT_EQ(Json::parse(*ask(R"({"crews": 1, "hours": [], "offices": []})"))["order"],
            Json::array());
}

TEST(CalcOrder, WhatIsWrongIsSaidWithItsPlace) {
  expect_problem(R"({"crews": 0, "hours": [], "offices": []})", "crews: is 0");
  expect_problem(R"({"crews": 1, "hours": [-1], "offices": []})", "hours[0]: is -1");
  expect_problem(R"({"crews": 1, "hours": [1], "offices": [{"weight": -1, "needs": []}]})",
                 "offices[0].weight: is -1");
  expect_problem(R"({"crews": 1, "hours": [1], "offices": [{"weight": 1, "needs": [1]}]})",
                 "offices[0].needs[0]: no task");
  expect_problem(R"({"crews": 1, "hours": [1], "offices": [{"weight": 1}]})",
                 "offices[0]: 'needs' is missing");
  expect_problem(R"({"crews": 1, "hours": [1]})", "'offices' is missing");
}

TEST(CalcOrder, ThousandsOfTasksEndInBoundedTimeAndTooManyAreRefused) {
  Json file{{"crews", 3}, {"hours", Json::array()}, {"offices", Json::array()}};
  for (int i = 0; i < 2'000; ++i) {
    file["hours"].push_back(1 + i % 13);
    file["offices"].push_back({{"weight", 1 + i % 7}, {"needs", {i, (i * 7 + 1) % 2'000}}});
  }
  const auto text = ask(file.dump());
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(Json::parse(*text)["order"].size(), 2'000U);
  EXPECT_EQ(Json::parse(*text)["proven"], false);
  file["hours"].push_back(1);
  expect_problem(file.dump(), "hours: 2001 entries; at most 2000");
}

TEST(CalcOrder, ItStopsWhenAsked) {
  Json file{{"crews", 2}, {"hours", std::vector<int>(30, 2)}, {"offices", Json::array()}};
  for (int i = 0; i < 30; ++i) file["offices"].push_back({{"weight", i}, {"needs", {i, 29 - i}}});
  file["offices"][0]["needs"] = {1};
  const auto answer = ask(file.dump(), true);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Errc::TimedOut);
}

}  // namespace dienstbereit::calc
