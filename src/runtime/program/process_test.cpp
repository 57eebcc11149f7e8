// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/program/process.h"

#include <thread>

#include <gtest/gtest.h>

namespace dienstbereit::runtime {
namespace {

struct Program : testing::Test {
  Result<std::string> run(const std::vector<std::string>& arguments,
                          Duration at_most = std::chrono::seconds(20)) const {
    return run_program(arguments, Limit(at_most, cancel));
  }
  Cancel cancel;
};

TEST_F(Program, GivesWhatItPrints) {
  EXPECT_EQ(run({"printf", "%s-%s", "a b", "$HOME"}).value(), "a b-$HOME");
}

TEST_F(Program, TellsItsLastLineWhenItFails) {
  const auto ended = run({"sh", "-c", "echo first; echo second >&2; exit 3"});
  ASSERT_FALSE(ended);
  EXPECT_NE(ended.error().message.find("ended with 3: second"), std::string::npos);
}

TEST_F(Program, SaysThatItIsNotInstalled) {
  const auto missing = run({"dienstbereit-no-such-program"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::NotFound);
}

TEST_F(Program, IsKilledWithItsChildrenWhenItsTimeIsOver) {
  const auto late = run({"sh", "-c", "sleep 60 & sleep 60"}, Duration(50));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::TimedOut);
}

TEST_F(Program, IsKilledWhenItIsCancelled) {
  std::thread other([this] { cancel.cancel(); });
  EXPECT_FALSE(run({"sleep", "60"}));
  other.join();
}

TEST_F(Program, KeepsABoundedPartOfALongOutput) {
  EXPECT_EQ(run({"head", "-c", "1000000", "/dev/zero"}).value().size(), kLargestOutput);
}

TEST_F(Program, SeesNothingOfThisProcess) {
  ::setenv("DIENSTBEREIT_CREDENTIAL_X", "geheim", 1);
  EXPECT_EQ(run({"env"}).value().find("geheim"), std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::runtime
