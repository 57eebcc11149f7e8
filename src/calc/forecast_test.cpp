// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/forecast.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/recovery/list/crew_list.h"

namespace dienstbereit::calc {
namespace {

using Json = nlohmann::json;

Json plan() {
  return Json::parse(R"({
    "start": 6240, "crews": 1, "windows": [[420, 1020], [6180, 6300]],
    "deadlines": {"fri": 6300, "mon": 10530, "mon late": 10560},
    "tasks": [{"id": 7, "minutes": [60], "prob": [1], "after": []},
              {"id": 3, "minutes": [60, 120], "prob": [0.25, 0.75], "after": [7]}],
    "priority": [3, 7],
    "offices": [{"id": 4, "needs_all_of_any": [[7]]}, {"id": 9, "needs_all_of_any": [[3], [7, 3]]},
                {"id": 1, "needs_all_of_any": []}]})");
}

Result<std::string> ask(const Json& file, unsigned runs = 4'000, bool stop = false) {
  StopFlag flag;
  if (stop) flag.ask();
  return forecast(file.dump(), {runs, 5, &flag, [] { return 0.0; }});
}

std::string problem(const Json& file) {
  const auto answer = ask(file, 10);
  return answer ? "" : answer.error().message;
}

void expect_problem(const Json& file, std::string_view part) {
  const std::string said = problem(file);
  EXPECT_NE(said.find(part), std::string::npos) << "says: " << said;
}

}  // namespace

TEST(CalcForecast, TheAnswerHasTheFormOfTheFormat) {
  const auto text = ask(plan());
  ASSERT_TRUE(text.has_value()) << text.error().message;
  const Json answer = Json::parse(*text);
  EXPECT_EQ(answer["runs"], 4'000);
  EXPECT_EQ(answer["seed"], 5);
  ASSERT_EQ(answer["offices"].size(), 3U);
  const Json& first = answer["offices"][0];
  EXPECT_EQ(first["id"], 4);
  // The window ends with the task: it is done within it, and "by" means at or before.
  EXPECT_EQ(first["p_open_by"], (Json{{"fri", 1.0}, {"mon", 1.0}, {"mon late", 1.0}}));
  EXPECT_EQ(first["eta_quantile_min"].dump(), R"({"0.1":6300,"0.5":6300,"0.8":6300,"0.95":6300})");
  EXPECT_EQ(first["mean_eta"], 6300.0);
  const Json& second = answer["offices"][1];
  EXPECT_EQ(second["p_open_by"]["fri"], 0.0);
  EXPECT_NEAR(second["p_open_by"]["mon"].get<double>(), 0, 1e-12);
  EXPECT_NEAR(second["p_open_by"]["mon late"].get<double>(), 0.25, 0.03);
  EXPECT_EQ(second["eta_quantile_min"]["0.1"], 10080 + 480);
  EXPECT_EQ(second["eta_quantile_min"]["0.5"], 10080 + 540);
  EXPECT_NEAR(second["mean_eta"].get<double>(), 10080 + 480 + 45, 2);
  EXPECT_EQ(answer["offices"][2]["mean_eta"], 6240.0);  // needs nothing
}

TEST(CalcForecast, TheSameSeedGivesTheSameAnswer) { EXPECT_EQ(*ask(plan()), *ask(plan())); }

TEST(CalcForecast, WhatIsWrongIsSaidWithItsPlace) {
  const auto changed = [](const char* pointer, const Json& value) {
    Json file = plan();
    file[Json::json_pointer(pointer)] = value;
    return file;
  };
  expect_problem(changed("/tasks/1/minutes", {60}), "tasks[1]: 1 minutes, but 2 chances");
  expect_problem(changed("/tasks/1/minutes/1", -1), "tasks[1].minutes[1]: is -1");
  expect_problem(changed("/tasks/1/prob", {0.5, 0.6}), "tasks[1]: prob: the chances add up");
  expect_problem(changed("/tasks/1/prob/0", -0.1), "tasks[1].prob[0]: is -0.1");
  expect_problem(changed("/tasks/1/id", 7), "tasks[1].id: another task");
  expect_problem(changed("/tasks/1/after/0", 8), "tasks[1].after[0]: no task has this id");
  expect_problem(changed("/tasks/0/after", {3}), "tasks wait for each other by 'after': ");
  expect_problem(changed("/tasks/0/after", {7}), "7 -> 7");
  expect_problem(changed("/priority", {3}), "tasks[0]: is missing in 'priority'");
  expect_problem(changed("/priority", {3, 7, 3}), "priority[2]: this task stands");
  expect_problem(changed("/priority", {3, 5}), "priority[1]: no task has this id");
  expect_problem(changed("/windows", Json::array()), "windows: 0 entries; at least 1");
  expect_problem(changed("/windows/0", {1020, 420}), "windows[0]: a window ends after");
  expect_problem(changed("/windows/0/1", 10081), "windows[0][1]: is 10081");
  expect_problem(changed("/windows", Json::parse("[[0, 0.5], [7, 7.4]]")),
                 "windows: less than a minute");
  expect_problem(changed("/crews", 0), "crews: is 0");
  expect_problem(changed("/offices/0/needs_all_of_any/0", Json::array()),
                 "offices[0].needs_all_of_any[0]: 0");
  expect_problem(changed("/offices/0/needs_all_of_any/0/0", 2),
                 "offices[0].needs_all_of_any[0][0]: no task");
  expect_problem(changed("/offices/1/id", 4), "offices[1].id: another office");
  expect_problem(changed("/deadlines/fri", "x"), "deadlines.fri: must be a number");
  expect_problem(changed("/surprise", 1), "the file: 'surprise' is no known key");
}

TEST(CalcForecast, ChancesThatAreRoundedToThreePlacesAddUp) {
  Json file = plan();
  file["tasks"][1]["minutes"] = {60, 61, 62, 63, 64, 65};
  file["tasks"][1]["prob"] = std::vector<double>(6, 0.167);
  EXPECT_TRUE(ask(file).has_value());
}

TEST(CalcForecast, WithoutTasksWhatNeedsNothingIsOpenAtTheStart) {
  Json file = plan();
  file["tasks"] = file["priority"] = Json::array();
  file["offices"] = {{{"id", 0}, {"needs_all_of_any", Json::array()}}};
  const auto text = ask(file, 1'000);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(Json::parse(*text)["offices"][0]["mean_eta"], 6240.0);
}

TEST(CalcForecast, TooManyTasksAndRunsAreRefusedAtOnce) {
  Json file = plan();
  for (std::size_t i = 0; i <= core::recovery::kMostListTasks; ++i) {
    file["tasks"].push_back({{"id", 100 + i}, {"minutes", {1}}, {"prob", {1}}});
  }
  expect_problem(file, "tasks: 2003 entries; at most 2000");
  const auto answer = ask(plan(), 1'000'001);
  ASSERT_FALSE(answer.has_value());
  EXPECT_NE(answer.error().message.find("1000001 runs"), std::string::npos);
  EXPECT_FALSE(ask(plan(), 0).has_value());
}

TEST(CalcForecast, AsManyTasksAsAllowedMayBePlayedInAsManyRunsAsUsual) {
  Json file = plan();
  file["tasks"] = Json::array();
  file["priority"] = Json::array();
  Json groups = Json::array();  // one more than a thousand, and one of more than a thousand
  for (std::size_t i = 0; i < core::recovery::kMostListTasks; ++i) {
    file["tasks"].push_back({{"id", i}, {"minutes", {1}}, {"prob", {1}}});
    file["priority"].push_back(i);
    groups.push_back({i});
  }
  file["crews"] = core::recovery::kMostListCrews;
  file["offices"] = {{{"id", 1}, {"needs_all_of_any", groups}},
                     {{"id", 2}, {"needs_all_of_any", Json::array({file["priority"]})}}};
  const auto usual = ask(file, Setting().runs, true);
  EXPECT_EQ(usual.error().code, Errc::TimedOut) << "not refused, but stopped as it was asked";
  const auto text = ask(file, 20);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(Json::parse(*text)["offices"][0]["mean_eta"], 6241.0);
}

TEST(CalcForecast, WhatTakesNoTimeIsDoneAtOnce) {
  Json file = plan();
  file["tasks"][0]["minutes"] = {0};
  const auto text = ask(file);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(Json::parse(*text)["offices"][0]["mean_eta"], 6240.0);
  file["tasks"][1]["minutes"] = {0, 0};
  EXPECT_EQ(Json::parse(*ask(file))["offices"][1]["eta_quantile_min"]["0.95"], 6240);
}

TEST(CalcForecast, ThousandsOfTasksInALongChainAreDone) {
  Json file = plan();
  for (int i = 0; i < 1'900; ++i) {
    file["tasks"].push_back(
        {{"id", 100 + i}, {"minutes", {1}}, {"prob", {1}}, {"after", {99 + i}}});
    file["priority"].push_back(100 + i);
  }
  file["tasks"][2]["after"] = Json::array();
  file["offices"].push_back({{"id", 2}, {"needs_all_of_any", {{1'999}}}});
  const auto text = ask(file, 10);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  file["tasks"][2]["after"] = {1'999};
  expect_problem(file, "-> 1981 -> 1880 more -> 100; remove one");
}

TEST(CalcForecast, TheLongestPlanIsDoneInCountableTime) {
  Json file = plan();
  file["windows"] = Json::parse("[[0, 1]]");
  file["tasks"] = Json::array();
  file["priority"] = Json::array();
  for (int i = 0; i < 2'000; ++i) {
    file["tasks"].push_back({{"id", i}, {"minutes", {366.0 * 24 * 60}}, {"prob", {1}}});
    file["priority"].push_back(i);
  }
  file["offices"] = Json::parse(R"([{"id": 1, "needs_all_of_any": [[1999]]}])");
  const auto text = ask(file, 2);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  // A minute a week, from the second week on.
  const double minutes = 2'000 * 366.0 * 24 * 60;
  EXPECT_EQ(Json::parse(*text)["offices"][0]["eta_quantile_min"]["0.5"], minutes * 10'080 + 1);
}

TEST(CalcForecast, ItStopsWhenAsked) {
  const auto answer = ask(plan(), 4'000, true);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Errc::TimedOut);
}

}  // namespace dienstbereit::calc
