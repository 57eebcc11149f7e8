// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/program/program.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace dienstbereit::runtime {
namespace {

constexpr std::size_t kRoom = 1u << 20;
constexpr Duration kPatience = std::chrono::seconds(30);

TEST(RunningProgram, OutputErrorsAndStatusAreTold) {
  std::string out;
  const auto end =
      run_program_now({{"sh", "-c", "echo out; echo first >&2; echo then >&2; exit 7"}, ""},
                      into_text(out, kRoom), kPatience);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ(out, "out\n");
  EXPECT_EQ(end->errors, "first then");
  EXPECT_EQ(end->status, 7);
}

TEST(RunningProgram, ReadsItsInputWheneverItLikes) {
  std::string out;
  const std::string input(300'000, 'x');
  const auto end = run_program_now({{"cat"}, input}, into_text(out, kRoom), kPatience);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ(out, input);
}

TEST(RunningProgram, OneThatHangsIsKilledWithItsChildren) {
  std::string out;
  const auto end = run_program_now({{"sh", "-c", "sleep 1000 & sleep 1000"}, ""},
                                   into_text(out, kRoom), std::chrono::milliseconds(50));
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, Errc::TimedOut);
}

TEST(RunningProgram, WhatItLeavesBehindEndsWithIt) {
  std::string out;
  const auto end = run_program_now({{"sh", "-c", "sleep 1000 >/dev/null 2>&1 & echo $!"}, ""},
                                   into_text(out, kRoom), kPatience);
  ASSERT_TRUE(end) << end.error().message;
  const auto pid = static_cast<pid_t>(std::stol(out));
  const int left = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (left < 0) return;  // it is gone already
  pollfd gone{left, POLLIN, 0};
  EXPECT_EQ(::poll(&gone, 1, static_cast<int>(kPatience.count())), 1);
  ::close(left);
}

TEST(RunningProgram, ItGetsNoneOfOurSockets) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_GE(socket, 0);
  std::string out;
  const std::string look = "[ -e /proc/self/fd/" + std::to_string(socket) + " ]";
  const auto end = run_program_now({{"sh", "-c", look}, ""}, into_text(out, kRoom), kPatience);
  ::close(socket);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ(end->status, 1);
}

TEST(RunningProgram, OneThatClosesItsOutputAndHangsIsKilledToo) {
  std::string out;
  const auto end = run_program_now({{"sh", "-c", "exec >&- 2>&-; sleep 1000"}, ""},
                                   into_text(out, kRoom), std::chrono::milliseconds(50));
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, Errc::TimedOut);
}

TEST(RunningProgram, OneThatNeverStopsTalkingIsCutOff) {
  std::string out;
  const auto end =
      run_program_now({{"sh", "-c", "yes; yes >&2"}, ""}, into_text(out, 100'000), kPatience);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, Errc::LimitExceeded);
}

TEST(RunningProgram, AFloodOfErrorsDoesNotStopIt) {
  std::string out;
  const auto end = run_program_now({{"sh", "-c", "head -c 300000 /dev/zero >&2; echo done"}, ""},
                                   into_text(out, kRoom), kPatience);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ(out, "done\n");
}

TEST(RunningProgram, OneThatIsNotThereIsNamed) {
  std::string out;
  const auto end = run_program_now({{"no-such-program"}, ""}, into_text(out, kRoom), kPatience);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, Errc::NotFound);
  EXPECT_NE(end.error().message.find("no-such-program"), std::string::npos);
}

TEST(RunningProgram, ASignalCountsAsAnEnd) {
  std::string out;
  const auto end =
      run_program_now({{"sh", "-c", "kill -TERM $$"}, ""}, into_text(out, kRoom), kPatience);
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ(end->status, 128 + 15);
}

}  // namespace
}  // namespace dienstbereit::runtime
