// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "program.h"

namespace dienstbereit::e2e {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string plan(int offices) {
  std::string all;
  for (int i = 0; i < offices; ++i) {
    all += fmt::format(R"({}{{"id": {}, "needs_all_of_any": [[0]]}})", i == 0 ? "" : ", ", i);
  }
  return R"({"start": 480, "crews": 1, "windows": [[420, 1020]], "deadlines": {"mon 12:00": 720},
             "tasks": [{"id": 0, "minutes": [120, 240, 300], "prob": [0.25, 0.5, 0.25]}],
             "priority": [0], "offices": [)" +
         all + "]}";
}

}  // namespace

TEST(CalcStory, AFileIsAnsweredOnStandardOutput) {
  const servers::TempFolder folder;
  const auto file = folder.write("plan.json", plan(1));
  const Outcome outcome = run({"calc", "forecast", file.string(), "--runs", "4000", "--seed", "7"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const Json answer = outcome.json();
  EXPECT_EQ(answer["runs"], 4'000);
  EXPECT_EQ(answer["seed"], 7);
  EXPECT_NEAR(answer["offices"][0]["p_open_by"]["mon 12:00"].get<double>(), 0.75, 0.03);
  EXPECT_EQ(answer["offices"][0]["eta_quantile_min"]["0.5"], 720);

  const auto order =
      folder.write("order.json",
                   R"({"crews": 1, "hours": [3, 1, 4], "offices": [{"weight": 2, "needs": [2]}]})");
  const Json found = run({"calc", "order", order.string()}).json();
  EXPECT_EQ(found["order"][0], 2);
  EXPECT_EQ(found["proven"], true);
}

TEST(CalcStory, HelpTeachesAndMistakesAreNamed) {
  const Outcome help = run({"calc", "forecast", "--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_TRUE(contains(help.out, "\"needs_all_of_any\"")) << help.out;
  EXPECT_TRUE(contains(run({"calc", "--help"}).out, "order"));

  const servers::TempFolder folder;
  const auto file = folder.write("plan.json", R"({"crews": 1, "hours": [-1], "offices": []})");
  const Outcome wrong = run({"calc", "order", file.string()});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_TRUE(contains(wrong.err, "plan.json: hours[0]: is -1")) << wrong.err;
  EXPECT_EQ(wrong.out, "");
  EXPECT_EQ(run({"calc", "order", (folder.path() / "missing.json").string()}).code, 1);
  EXPECT_EQ(run({"calc", "guess", file.string()}).code, 2);
  EXPECT_EQ(run({"calc"}).code, 2);
}

TEST(CalcStory, NumbersAreDecimalAndWhole) {
  const servers::TempFolder folder;
  const std::string file = folder.write("plan.json", plan(1)).string();
  EXPECT_EQ(run({"calc", "forecast", file, "--runs", "010"}).json()["runs"], 10);
  for (const char* wrong : {"0x10", "-1", "1.5", "", "99999999999999999999"}) {
    for (const char* option : {"--runs", "--seed"}) {
      const Outcome outcome = run({"calc", "forecast", file, fmt::format("{}={}", option, wrong)});
      EXPECT_EQ(outcome.code, 2) << option << ' ' << wrong;
      EXPECT_EQ(outcome.out, "");
    }
  }
}

TEST(CalcStory, AnAnswerThatCannotBeWrittenIsAFailure) {
  const servers::TempFolder folder;
  const auto script = folder.write("full.sh", "'" + program() +
                                                  "' calc forecast \"$1\" --runs 64 "
                                                  ">/dev/full 2>\"$1.err\"\n"
                                                  "test $? -eq 1 && grep -q standard \"$1.err\"\n");
  for (const int offices : {1, 5'000}) {
    const auto file = folder.write("plan.json", plan(offices));
    EXPECT_NO_THROW(servers::run_program({"/bin/sh", script.string(), file.string()}));
  }
}

TEST(CalcStory, CtrlCEndsACalculationWithoutAnAnswer) {
  const servers::TempFolder folder;
  const auto file = folder.write("plan.json", plan(15'000));
  // More than ten seconds of work, if nobody stops it.
  const auto script = folder.write(
      "stop.sh",
      fmt::format("timeout --preserve-status -s INT 2 '{}' calc forecast '{}' --runs "
                  "1000000 >'{}/answer'\ntest $? -eq 1 && ! test -s '{}/answer'\n",
                  program(), file.string(), folder.path().string(), folder.path().string()));
  EXPECT_NO_THROW(servers::run_program({"/bin/sh", script.string()}));
}

}  // namespace dienstbereit::e2e
