// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Fails the n-th write, then the n-th sync, for n = 1, 2, ... until a run meets no fault any more.
// After each: what was acknowledged is there, a batch is there whole or not at all, and the chain
// is good. synchronous=FULL as in service.
#include <gtest/gtest.h>

#include "journal/journal_fixture.h"
#include "journal/sqlite_journal.h"
#include "journal/verify.h"
#include "sqlite/fault_vfs.h"

namespace dienstbereit::journal {
namespace {

using sqlite::FaultDisk;
using sqlite::FaultKind;

constexpr std::size_t kBatch = 3;
constexpr std::uint64_t kBatches = 12;
constexpr std::uint64_t kMostRuns = 2'000;

// What one run came to.
struct Outcome {
  std::uint64_t acknowledged = 0;  // last seq
  bool opened = false;
  bool refused_later = true;  // after a failed append, the next one failed too
};

// Opens and appends until something fails. The journal is closed at the end.
Outcome run(const std::filesystem::path& dir) {
  Outcome outcome;
  auto journal = SqliteJournal::open(dir, {.checkpoint_pages = 6, .vfs = FaultDisk::kName});
  if (!journal) return outcome;
  outcome.opened = true;
  outcome.acknowledged = (*journal)->head().seq;
  for (std::uint64_t i = 0; i < kBatches; ++i) {
    const auto head = (*journal)->append(sample_events(outcome.acknowledged + 1, kBatch));
    if (!head) {
      outcome.refused_later = !(*journal)->append(sample_events(outcome.acknowledged + 1, kBatch));
      break;
    }
    outcome.acknowledged = head->seq;
  }
  return outcome;
}

// Opens again as a restarted server would, and looks.
void expect_sound(const std::filesystem::path& dir, const Outcome& outcome,
                  const std::string& what) {
  EXPECT_TRUE(outcome.refused_later) << what;
  auto journal = SqliteJournal::open(dir);
  ASSERT_TRUE(journal) << what << ": " << journal.error().message;
  const std::uint64_t last = (*journal)->head().seq;
  EXPECT_GE(last, outcome.acknowledged) << what;
  EXPECT_LE(last, outcome.acknowledged + kBatch) << what;
  EXPECT_EQ(last % kBatch, 0u) << what << ": half a batch";
  ASSERT_TRUE((*journal)->append(sample_events(last + 1, kBatch))) << what;
  journal->reset();
  const auto report = verify(dir);
  ASSERT_TRUE(report) << what << ": " << report.error().message;
  EXPECT_TRUE(report->clean()) << what << ": " << to_text(*report);
  EXPECT_EQ(report->records, last + kBatch) << what;
}

struct Case {
  const char* name;
  FaultKind kind;
  bool lasting;
  bool power_cut;
};

class FaultLoop : public testing::TestWithParam<Case> {};

TEST_P(FaultLoop, LosesNothingAcknowledgedAndHalvesNoBatch) {
  const Case& fault = GetParam();
  FaultDisk& disk = FaultDisk::instance();
  std::uint64_t n = 1;
  for (; n <= kMostRuns; ++n) {
    ScratchFolder folder;
    disk.begin({fault.kind, n, fault.lasting});
    const Outcome outcome = run(folder.path());
    const bool struck = disk.struck();
    if (fault.power_cut) disk.cut_power(static_cast<std::uint32_t>(n));
    disk.begin({});
    expect_sound(folder.path(), outcome, fmt::format("{}, operation {}", fault.name, n));
    if (testing::Test::HasFailure()) break;
    if (struck) continue;
    EXPECT_EQ(outcome.acknowledged, kBatch * kBatches);
    break;
  }
  std::printf("%s: %d operations failed in turn\n", fault.name, static_cast<int>(n - 1));
  EXPECT_GT(n, kBatches) << "the loop met no faults";
}

INSTANTIATE_TEST_SUITE_P(
    Disk, FaultLoop,
    testing::Values(Case{"write_fails_once", FaultKind::WriteError, false, false},
                    Case{"write_fails_from_then_on", FaultKind::WriteError, true, false},
                    Case{"short_write", FaultKind::ShortWrite, false, false},
                    Case{"short_write_then_power_cut", FaultKind::ShortWrite, true, true},
                    Case{"disk_full", FaultKind::NoSpace, true, false},
                    Case{"sync_fails_once", FaultKind::SyncError, false, false},
                    Case{"sync_fails_from_then_on", FaultKind::SyncError, true, false},
                    Case{"sync_fails_then_power_cut", FaultKind::SyncError, true, true},
                    Case{"write_fails_then_power_cut", FaultKind::WriteError, true, true}),
    [](const auto& info) { return std::string(info.param.name); });

// A cut without any error before it, between two appends.
TEST(PowerCut, LosesNothingAcknowledged) {
  FaultDisk& disk = FaultDisk::instance();
  constexpr std::uint32_t kCuts = 100;
  for (std::uint32_t cut = 0; cut < kCuts; ++cut) {
    ScratchFolder folder;
    disk.begin({FaultKind::WriteError, cut + 10, true});
    const Outcome outcome = run(folder.path());
    disk.cut_power(cut);
    disk.begin({});
    expect_sound(folder.path(), outcome, fmt::format("cut {}", cut));
    if (testing::Test::HasFailure()) break;
  }
}

// The tests above can fail: with a disk that lies about its syncs, a cut loses what was
// acknowledged.
TEST(PowerCut, IsSeenToLoseRecordsWhereTheDiskLies) {
  FaultDisk& disk = FaultDisk::instance();
  constexpr std::uint32_t kCuts = 10;
  constexpr std::uint64_t kHonestSyncs = 20;
  int losses = 0;
  for (std::uint32_t cut = 0; cut < kCuts; ++cut) {
    ScratchFolder folder;
    disk.begin({FaultKind::SyncLies, kHonestSyncs, true});
    const Outcome outcome = run(folder.path());
    disk.cut_power(cut);
    disk.begin({});
    const auto report = verify(folder.path());
    losses += !report || !report->clean() || report->records < outcome.acknowledged;
  }
  EXPECT_GT(losses, 0);
}

}  // namespace
}  // namespace dienstbereit::journal
