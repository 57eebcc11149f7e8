// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/outbox.h"

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sqlite/fault_vfs.h"

namespace dienstbereit::outpost {
namespace {

namespace fs = std::filesystem;
using sqlite::FaultDisk;
using sqlite::FaultKind;

runtime::Moment at(int second) {
  return {"boot", std::chrono::seconds(second), Instant(std::chrono::seconds(second))};
}

OutpostItem change(const std::string& probe, bool works) {
  OutpostItem item;
  item.settled = SettledNews{
      ProbeId(probe), works ? ProbeOutcome::Success : ProbeOutcome::Failure, Duration(5), "", "",
      false};
  return item;
}
OutpostItem still_so() {
  OutpostItem item;
  item.steady.emplace();
  return item;
}

struct OutboxTest : testing::Test {
  fs::path dir = fs::path(testing::TempDir()) / fmt::format("outbox-{}", ::getpid());
  OutboxTest() { fs::remove_all(dir); }
  ~OutboxTest() override { fs::remove_all(dir); }

  std::unique_ptr<Outbox> open(OutboxBounds bounds = {}, const std::string& vfs = {}) const {
    auto outbox = Outbox::open(dir, bounds, vfs);
    EXPECT_TRUE(outbox.has_value()) << outbox.error().message;
    return std::move(*outbox);
  }
  static void add(Outbox& outbox, OutpostItem item, int second = 0) {
    const auto added = outbox.add(std::vector{std::move(item)}, at(second));
    ASSERT_TRUE(added.has_value()) << added.error().message;
  }
  // "1+A 2-A 3=": numbers with what they say.
  static std::string waiting(Outbox& outbox, int second = 0) {
    const auto all = outbox.oldest(at(second));
    std::string text;
    for (const OutpostItem& item : all->items) {
      text += fmt::format("{}{}{}", text.empty() ? "" : " ", item.sequence,
                          item.steady ? "="
                          : item.settled->outcome == ProbeOutcome::Success
                              ? "+" + item.settled->probe.str()
                              : "-" + item.settled->probe.str());
    }
    return text;
  }
};

}  // namespace

TEST_F(OutboxTest, KeepsTheOrderAndTheAgeUntilItMayForget) {
  auto outbox = open();
  add(*outbox, change("A", true), 10);
  add(*outbox, still_so(), 12);
  add(*outbox, change("A", false), 15);
  EXPECT_EQ(waiting(*outbox), "1+A 2= 3-A");
  const auto all = outbox->oldest(at(40));
  EXPECT_EQ(all->items[0].age, std::chrono::seconds(30));
  EXPECT_EQ(all->items[2].age, std::chrono::seconds(25));
  EXPECT_FALSE(all->items[0].by_clock);
  ASSERT_TRUE(outbox->forget(2).has_value());
  EXPECT_EQ(waiting(*outbox), "3-A");
}

TEST_F(OutboxTest, ARestartGoesOnWithItsNumbersAndTellsNothingTwice) {
  std::string id;
  {
    auto outbox = open();
    id = outbox->id();
    add(*outbox, change("A", true));
    ASSERT_TRUE(outbox->forget(1).has_value());
  }
  auto outbox = open();
  EXPECT_EQ(outbox->id(), id);
  add(*outbox, change("A", true));
  EXPECT_EQ(waiting(*outbox), "");
  add(*outbox, change("A", false));
  EXPECT_EQ(waiting(*outbox), "2-A");
}

TEST_F(OutboxTest, WhatIsUnsaidIsToldAgain) {
  auto outbox = open();
  add(*outbox, change("A", true));
  add(*outbox, change("B", true));
  ASSERT_TRUE(outbox->unsay(std::vector{ProbeId("A")}).has_value());
  add(*outbox, change("A", true));
  add(*outbox, change("B", true));
  EXPECT_EQ(waiting(*outbox), "1+A 2+B 3+A");
}

TEST_F(OutboxTest, TwoNeverWriteIntoOneFolder) {
  auto outbox = open();
  const auto second = Outbox::open(dir);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Errc::Conflict);
}

TEST_F(OutboxTest, WhenItIsFullTheOldestRepeatsGoBeforeAnyChangeAndAreCounted) {
  OutboxBounds bounds;
  bounds.repeats = 100;
  bounds.items = 6;
  auto outbox = open(bounds);
  for (int round = 0; round < 3; ++round) {
    add(*outbox, change("A", round % 2 == 0));
    add(*outbox, still_so());
  }
  EXPECT_EQ(waiting(*outbox), "1+A 2= 3-A 4= 5+A 6=");
  add(*outbox, change("A", false));
  EXPECT_EQ(waiting(*outbox), "1+A 3-A 4= 5+A 6= 7-A");
  for (int round = 0; round < 3; ++round) add(*outbox, change("A", round % 2 == 0));
  EXPECT_EQ(waiting(*outbox), "3-A 5+A 7-A 8+A 9-A 10+A");
  const auto all = outbox->oldest(at(0));
  EXPECT_EQ(all->repeats_lost, 3u);
  EXPECT_EQ(all->changes_lost, 1u);
}

TEST_F(OutboxTest, RepeatsHaveABoundOfTheirOwn) {
  OutboxBounds bounds;
  bounds.repeats = 2;
  auto outbox = open(bounds);
  add(*outbox, change("A", true));
  for (int round = 0; round < 5; ++round) add(*outbox, still_so());
  EXPECT_EQ(waiting(*outbox), "1+A 5= 6=");
  EXPECT_EQ(outbox->oldest(at(0))->repeats_lost, 3u);
}

TEST_F(OutboxTest, AReportIsBoundedAndSaysThatThereIsMore) {
  OutboxBounds bounds;
  bounds.report_items = 2;
  auto outbox = open(bounds);
  for (const char* probe : {"A", "B", "C"}) add(*outbox, change(probe, true));
  EXPECT_EQ(waiting(*outbox), "1+A 2+B");
  EXPECT_TRUE(outbox->oldest(at(0))->more);
  ASSERT_TRUE(outbox->forget(2).has_value());
  EXPECT_FALSE(outbox->oldest(at(0))->more);
  bounds.report_items = 100;
  bounds.report_bytes = 1;  // one is always sent
  outbox.reset();
  outbox = open(bounds);
  add(*outbox, change("D", true));
  EXPECT_EQ(waiting(*outbox), "3+C");
  EXPECT_TRUE(outbox->oldest(at(0))->more);
}

TEST_F(OutboxTest, AfterAnotherStartOfTheMachineTheClockTellsTheAge) {
  auto outbox = open();
  add(*outbox, change("A", true), 10);
  const runtime::Moment later{"another boot", std::chrono::seconds(1),
                              Instant(std::chrono::seconds(70))};
  const auto all = outbox->oldest(later);
  EXPECT_EQ(all->items[0].age, std::chrono::seconds(60));
  EXPECT_TRUE(all->items[0].by_clock);
}

// Whatever write or sync fails, and whatever the power cut leaves: what add() has promised is
// there, in order, and nothing else.
TEST_F(OutboxTest, NoFaultOfTheDiskLosesOrDoublesWhatWasPromised) {
  auto& disk = FaultDisk::instance();
  for (const FaultKind kind :
       {FaultKind::WriteError, FaultKind::ShortWrite, FaultKind::NoSpace, FaultKind::SyncError}) {
    bool struck = true;
    for (std::uint64_t n = 1; struck; ++n) {
      fs::remove_all(dir);
      std::string promised;
      disk.begin({});
      {
        auto outbox = open({}, FaultDisk::kName);
        disk.begin({kind, n, true});
        for (int round = 0; round < 3; ++round) {
          if (!outbox->add(std::vector{change("A", round % 2 == 0)}, at(round))) break;
          promised += fmt::format("{}{}{}A", promised.empty() ? "" : " ", round + 1,
                                  round % 2 == 0 ? "+" : "-");
        }
        struck = disk.struck();
      }
      disk.begin({});
      auto outbox = open({}, FaultDisk::kName);
      const std::string found = waiting(*outbox);
      // The one that failed may have come through: nobody was told that it had not.
      EXPECT_TRUE(found.starts_with(promised)) << n << ": " << found << " | " << promised;
      EXPECT_LE(found.size(), promised.size() + 4) << n << ": " << found;
      ASSERT_LT(n, 200u);
    }
  }
}

TEST_F(OutboxTest, PowerCutsKeepWhatWasPromised) {
  auto& disk = FaultDisk::instance();
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    fs::remove_all(dir);
    disk.begin({});
    {
      auto outbox = open({}, FaultDisk::kName);
      add(*outbox, change("A", true));
      add(*outbox, change("A", false));
    }
    disk.cut_power(seed);
    auto outbox = open({}, FaultDisk::kName);
    EXPECT_EQ(waiting(*outbox), "1+A 2-A") << seed;
  }
}

TEST_F(OutboxTest, KilledAtAnyMomentItHoldsAllThatItPromised) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto outbox = Outbox::open(dir);
    for (int round = 0; outbox; ++round) {
      if (!(*outbox)->add(std::vector{change("A", round % 2 == 0)}, at(round))) break;
      const char told = 'x';
      if (::write(pipe_ends[1], &told, 1) != 1) break;
    }
    ::_exit(1);
  }
  ::close(pipe_ends[1]);
  std::size_t promised = 0;
  char told = 0;
  while (promised < 50 && ::read(pipe_ends[0], &told, 1) == 1) ++promised;
  ::kill(child, SIGKILL);
  while (::read(pipe_ends[0], &told, 1) == 1) ++promised;
  ::close(pipe_ends[0]);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  auto outbox = open();
  const auto all = outbox->oldest(at(0));
  ASSERT_GE(promised, 50u);
  EXPECT_GE(all->items.size(), std::min<std::size_t>(promised, kMostOutpostItems));
  for (std::size_t i = 0; i < all->items.size(); ++i) {
    EXPECT_EQ(all->items[i].sequence, i + 1);
    EXPECT_EQ(all->items[i].settled->outcome == ProbeOutcome::Success, i % 2 == 0);
  }
}

}  // namespace dienstbereit::outpost
