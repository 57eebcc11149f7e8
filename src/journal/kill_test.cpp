// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// kill -9 at 200 random moments of a process that appends as fast as it can.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <random>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/journal_fixture.h"
#include "journal/sqlite_journal.h"
#include "journal/verify.h"

namespace dienstbereit::journal {
namespace {

constexpr int kKills = 200;
constexpr int kKillsPerFolder = 20;         // then a fresh one: creation is killed too
constexpr int kLongestMicroseconds = 25'000;  // from the fork, or from the first acknowledgement
constexpr int kPatienceMs = 60'000;           // for that one
constexpr std::uint64_t kSeed = 20'261'123;

// Tells each acknowledged seq through the pipe. The actor of a record says where its batch ends.
[[noreturn]] void append_until_killed(const std::filesystem::path& dir, int pipe) {
  auto journal = SqliteJournal::open(dir, {.checkpoint_pages = 30});
  if (!journal) ::_exit(1);
  std::minstd_rand random(static_cast<unsigned>(::getpid()));
  for (;;) {
    const std::uint64_t first = (*journal)->head().seq + 1;
    auto batch = sample_events(first, 1 + random() % 20);
    for (Event& event : batch) event.actor = fmt::format("until {}", batch.back().seq);
    const auto head = (*journal)->append(batch);
    if (!head) ::_exit(2);
    if (::write(pipe, &head->seq, sizeof head->seq) != sizeof head->seq) ::_exit(3);
  }
}

// The first acknowledgement, waited for.
std::uint64_t listen_once(int pipe, std::uint64_t last) {
  pollfd readable{pipe, POLLIN, 0};
  const bool told =
      ::poll(&readable, 1, kPatienceMs) == 1 && ::read(pipe, &last, sizeof last) == sizeof last;
  EXPECT_TRUE(told) << "the writer does not get to work";
  return last;
}

// Reads acknowledgements until the moment has come; the last one, or `last` if none came.
std::uint64_t listen_until(int pipe, std::chrono::steady_clock::time_point moment,
                           std::uint64_t last) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(
        moment - std::chrono::steady_clock::now());
    if (left.count() <= 0) return last;
    const timespec wait{0, left.count()};
    pollfd readable{pipe, POLLIN, 0};
    if (::ppoll(&readable, 1, &wait, nullptr) <= 0) continue;
    if (::read(pipe, &last, sizeof last) != sizeof last) return last;
  }
}

// The child's acknowledgements after the moment count too: they were written before it died.
std::uint64_t drain(int pipe, std::uint64_t last) {
  std::uint64_t seq = 0;
  while (::read(pipe, &seq, sizeof seq) == sizeof seq) last = seq;
  return last;
}

// Forks, kills after `delay` from then or from when it is at work, and returns the last seq that
// was acknowledged.
std::uint64_t kill_one(const std::filesystem::path& dir, std::chrono::microseconds delay,
                       bool at_work, std::uint64_t last) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) append_until_killed(dir, ends[1]);
  ::close(ends[1]);
  if (at_work) last = listen_once(ends[0], last);
  last = listen_until(ends[0], std::chrono::steady_clock::now() + delay, last);
  ::kill(child, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer gave up with " << WEXITSTATUS(status);
  last = drain(ends[0], last);
  ::close(ends[0]);
  return last;
}

void expect_sound(const std::filesystem::path& dir, std::uint64_t acknowledged) {
  const auto journal = SqliteJournal::open(dir);
  ASSERT_TRUE(journal) << journal.error().message;
  const Head head = (*journal)->head();
  EXPECT_GE(head.seq, acknowledged);
  std::string actor;
  ASSERT_TRUE((*journal)->read(head.seq, [&](const Record& record) {
    actor = record.actor;
    return true;
  }));
  EXPECT_EQ(actor, head.seq == 0 ? "" : fmt::format("until {}", head.seq)) << "half a batch";
  const auto report = verify(dir, head.seq == 0 ? "" : head.text());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->clean()) << to_text(*report);
  EXPECT_EQ(report->records, head.seq);
}

TEST(Kill, LosesNothingAcknowledgedAt200RandomMoments) {
  std::minstd_rand random(kSeed);
  std::unique_ptr<ScratchFolder> folder;
  std::uint64_t last = 0;
  std::uint64_t total = 0;
  int at_work = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    if (kill % kKillsPerFolder == 0) {
      folder = std::make_unique<ScratchFolder>(std::filesystem::temp_directory_path());
      last = 0;
    }
    const std::chrono::microseconds delay(random() % kLongestMicroseconds);
    const std::uint64_t before = last;
    last = kill_one(folder->path(), delay, kill % 2 == 1, last);
    total += last - before;
    at_work += last > before ? 1 : 0;
    expect_sound(folder->path(), last);
    if (HasFailure()) FAIL() << "at kill " << kill << " of seed " << kSeed;
  }
  std::printf("%d kills, %d of a writer at work, %llu records acknowledged\n", kKills, at_work,
              static_cast<unsigned long long>(total));
  EXPECT_GE(at_work, kKills / 2);
}

}  // namespace
}  // namespace dienstbereit::journal
