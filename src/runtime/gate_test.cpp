// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/gate.h"

#include <gtest/gtest.h>

#include "runtime/loop.h"

namespace dienstbereit::runtime {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

Async<void> wait_and_note(steady_clock::duration how_long, int& ended) {
  co_await wait_until(steady_clock::now() + how_long);
  ++ended;
}

Async<void> wait_twice(std::string& notes) {
  co_await wait_until(steady_clock::now() + hours(1));
  notes += "first ";
  co_await wait_until(steady_clock::now() + hours(1));
  notes += "never";
}

Async<void> break_down() {
  co_await wait_until(steady_clock::now());
  throw std::runtime_error("a bug");
}

}  // namespace

TEST(Gate, ARootEndsByItself) {
  asio::io_context context;
  Gate gate(context);
  int ended = 0;
  gate.spawn("short", wait_and_note(milliseconds(1), ended), hours(1));
  EXPECT_EQ(gate.size(), 1u);
  context.run();
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(gate.size(), 0u);
}

TEST(Gate, ALimitEndsTheWaitAndForbidsTheNext) {
  asio::io_context context;
  Gate gate(context);
  std::string notes;
  const auto began = steady_clock::now();
  gate.spawn("long", wait_twice(notes), milliseconds(20));
  context.run();
  EXPECT_EQ(notes, "first ");
  EXPECT_GE(steady_clock::now() - began, milliseconds(20));
}

TEST(Gate, AnExceptionCostsItsRootOnly) {
  asio::io_context context;
  Gate gate(context);
  int ended = 0;
  gate.spawn("broken", break_down(), hours(1));
  gate.spawn("whole", wait_and_note(milliseconds(5), ended), hours(1));
  context.run();
  EXPECT_EQ(ended, 1);
}

TEST(Gate, ClosingEndsAllAndTellsOnce) {
  asio::io_context context;
  Gate gate(context);
  int ended = 0;
  int told = 0;
  for (int i = 0; i < 100; ++i) gate.spawn("long", wait_and_note(hours(1), ended), hours(2));
  gate.spawn("without limit", wait_and_note(hours(1), ended), {});
  asio::post(context, [&] { gate.close([&told] { ++told; }); });
  context.run();
  EXPECT_EQ(ended, 101);
  EXPECT_EQ(told, 1);
  gate.spawn("late", wait_and_note(hours(1), ended), {});
  EXPECT_EQ(gate.size(), 0u);
}

TEST(Gate, AnEmptyOneIsClosedAtOnce) {
  asio::io_context context;
  Gate gate(context);
  int told = 0;
  gate.close([&told] { ++told; });
  EXPECT_EQ(told, 1);
}

TEST(Deadline, CallsOnceUnlessTheWaitEndsFirst) {
  asio::io_context context;
  int cancelled = 0;
  {
    Deadline early(context.get_executor(), milliseconds(1), [&cancelled] { ++cancelled; });
    Deadline late(context.get_executor(), hours(1), [&cancelled] { cancelled += 100; });
    context.run_one();
    EXPECT_TRUE(early.expired());
    EXPECT_FALSE(late.expired());
  }
  context.run();
  EXPECT_EQ(cancelled, 1);
}

TEST(Loop, PostedWorkRunsOnItsThread) {
  Loop loop("test");
  loop.start();
  std::thread::id there;
  loop.post_and_wait([&there] { there = std::this_thread::get_id(); });
  EXPECT_NE(there, std::this_thread::get_id());
  loop.post([] { throw std::runtime_error("a bug in a handler"); });
  int still_works = 0;
  loop.post_and_wait([&still_works] { still_works = 1; });
  EXPECT_EQ(still_works, 1);
  loop.stop();
  loop.stop();
}

}  // namespace dienstbereit::runtime
