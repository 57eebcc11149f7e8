// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// kill -9 of a process that takes cases in as fast as it can, and a disk that runs full: what was
// acknowledged is there, once; what was not may be sent again.
#include <csignal>
#include <random>
#include <set>

#include <poll.h>
#include <sys/wait.h>

#include "intake/store_fixture.h"
#include "sqlite/fault_vfs.h"

namespace dienstbereit::intake {
namespace {

constexpr int kKills = 40;
constexpr int kLongestMicroseconds = 20'000;
constexpr int kPatienceMs = 60'000;
constexpr unsigned kSeed = 20'261'126;
const std::string kBox(64, 'x');

class KillTest : public StoreTest {
 protected:
  // In the child: one case after the other, its number told once it is acknowledged.
  [[noreturn]] void take_until_killed(Counter& from, int pipe) {
    for (;;) {
      const IntakeRecord record = from.next(kBox);
      TakeRecords upload{from.device.id, {}};
      upload.items.push_back({record.sequence, record});
      const auto answer = store_->handle(upload, {"device", {}}, now_);
      if (!answer || answer->taken.front().state != TakenState::Stored) ::_exit(1);
      if (::write(pipe, &record.sequence, sizeof record.sequence) < 0) ::_exit(2);
    }
  }

  // The last number that was acknowledged before the kill.
  std::uint64_t kill_one(Counter& from, int microseconds) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    store_.reset();
    const pid_t child = ::fork();
    if (child == 0) {
      open();
      take_until_killed(from, ends[1]);
    }
    ::close(ends[1]);
    std::uint64_t last = from.sequence;
    std::uint64_t told = 0;
    pollfd readable{ends[0], POLLIN, 0};
    EXPECT_EQ(::poll(&readable, 1, kPatienceMs), 1) << "the child does not get to work";
    const timespec wait{0, microseconds * 1000};
    ::ppoll(nullptr, 0, &wait, nullptr);
    ::kill(child, SIGKILL);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child gave up with " << WEXITSTATUS(status);
    while (::read(ends[0], &told, sizeof told) == sizeof told) last = told;
    ::close(ends[0]);
    return last;
  }

  std::set<std::uint64_t> stored() {
    std::set<std::uint64_t> all;
    std::string after;
    do {
      const IntakeAnswer page = ask(FindRecords{"", "", {}, 200, after}, anna_);
      for (const IntakeCase& one : page.cases) {
        EXPECT_TRUE(all.insert(one.record.sequence).second) << "twice";
      }
      after = page.next;
    } while (!after.empty());
    return all;
  }
};

TEST_F(KillTest, WhatWasAcknowledgedIsThereOnce) {
  Counter from = counter(2);
  std::minstd_rand random(kSeed);
  for (int kill = 0; kill < kKills; ++kill) {
    const std::uint64_t first = from.sequence + 1;
    const std::uint64_t last = kill_one(from, static_cast<int>(random() % kLongestMicroseconds));
    ASSERT_GE(last, first);
    open();
    const auto all = stored();
    ASSERT_GE(all.size(), last);
    // At most the one under way had no answer; the counter sends it again.
    ASSERT_LE(all.size(), last + 1);
    from.sequence = *all.rbegin();
  }
}

TEST_F(KillTest, AFullDiskLosesNothingAcknowledged) {
  sqlite::FaultDisk& disk = sqlite::FaultDisk::instance();
  Counter from = counter(2);
  std::set<std::uint64_t> acknowledged;
  unsigned refused = 0;
  bool ended = false;
  for (std::uint64_t at = 1; !ended; ++at) {
    store_.reset();
    auto opened = Store::open(
        folder_, [](const std::string&, const IntakeNoted&) {}, sqlite::FaultDisk::kName);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
    disk.begin({sqlite::FaultKind::NoSpace, at, true});
    const IntakeRecord record = from.next(kBox);
    TakeRecords upload{from.device.id, {}};
    upload.items.push_back({record.sequence, record});
    const auto answer = store_->handle(upload, {"device", {}}, now_);
    if (answer) acknowledged.insert(record.sequence);
    refused += answer ? 0 : 1;
    ended = !disk.struck();
    disk.begin({});
  }
  open();
  const auto all = stored();
  for (const std::uint64_t sequence : acknowledged) EXPECT_TRUE(all.contains(sequence));
  EXPECT_FALSE(acknowledged.empty());
  EXPECT_GT(refused, 0u);
}

}  // namespace
}  // namespace dienstbereit::intake
