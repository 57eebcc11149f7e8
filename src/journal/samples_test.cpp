// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/samples.h"

#include <fstream>

#include <gtest/gtest.h>

#include "journal/journal_fixture.h"
#include "journal/sample_store.h"

namespace dienstbereit::journal {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const ProbeId kWeb("web/https");
const ProbeId kSql("db/sql");
// A full hour.
const Instant kHour{hours(498'600)};

TEST(Samples, KeepsTheNewestOldestFirst) {
  Samples samples({.per_probe = 3});
  for (int i = 1; i <= 5; ++i) samples.add(kWeb, kHour + seconds(i), microseconds(i), i == 4);
  const auto recent = samples.recent(kWeb);
  ASSERT_EQ(recent.size(), 3u);
  EXPECT_EQ(recent[0].latency.count(), 3u);
  EXPECT_EQ(recent[2].latency.count(), 5u);
  EXPECT_TRUE(recent[1].failed);
  EXPECT_TRUE(samples.recent(kSql).empty());
}

TEST(Samples, RollsAMinuteUpOnceItIsOver) {
  Samples samples;
  samples.add(kWeb, kHour + seconds(1), microseconds(300), false);
  samples.add(kWeb, kHour + seconds(2), microseconds(9'000), true);
  samples.add(kWeb, kHour + seconds(59), microseconds(100), false);
  EXPECT_TRUE(samples.take_finished().empty());
  samples.add(kWeb, kHour + seconds(60), microseconds(5), false);
  const auto finished = samples.take_finished();
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_EQ(finished[0].probe, kWeb);
  EXPECT_EQ(finished[0].begin, kHour);
  EXPECT_EQ(finished[0].count, 3u);
  EXPECT_EQ(finished[0].failures, 1u);
  EXPECT_EQ(finished[0].latency_min, microseconds(100));
  EXPECT_EQ(finished[0].latency_avg(), microseconds(200));
  EXPECT_EQ(finished[0].latency_max, microseconds(300));
  EXPECT_EQ(samples.take_finished(true).size(), 1u) << "the running one, before a stop";
  EXPECT_TRUE(samples.take_finished(true).empty());
}

TEST(Samples, MinuteOfFailuresAloneHasNoLatency) {
  Samples samples;
  samples.add(kWeb, kHour, microseconds(300), true);
  const auto finished = samples.take_finished(true);
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_EQ(finished[0].latency_avg(), microseconds(0));
}

TEST(Samples, BoundsAreKeptAndLossIsCounted) {
  Samples samples({.per_probe = 2, .probes = 1, .finished = 1});
  samples.add(kWeb, kHour, microseconds(1), false);
  samples.add(kSql, kHour, microseconds(1), false);
  EXPECT_EQ(samples.lost(), 1u);
  samples.add(kWeb, kHour + minutes(1), microseconds(1), false);
  samples.add(kWeb, kHour + minutes(2), microseconds(1), false);
  EXPECT_EQ(samples.lost(), 2u);
  EXPECT_EQ(samples.finished(), 1u);
}

TEST(Samples, AbsurdLatencyIsClamped) {
  Samples samples;
  samples.add(kWeb, kHour, hours(24 * 365), false);
  samples.add(kWeb, kHour, microseconds(-1), false);
  const auto recent = samples.recent(kWeb);
  EXPECT_EQ(recent[0].latency.count(), 0xffffffffu);
  EXPECT_EQ(recent[1].latency.count(), 0u);
}

Rollup rollup(const ProbeId& probe, Instant begin, std::uint32_t count, std::uint32_t failures) {
  Rollup r;
  r.probe = probe;
  r.begin = begin;
  r.count = count;
  r.failures = failures;
  if (failures == count) return r;
  r.latency_min = microseconds(100);
  r.latency_max = microseconds(300);
  r.latency_sum = microseconds(200) * (count - failures);
  return r;
}

TEST(SampleStore, GivesMinutesAndTheirHoursBackAfterReopening) {
  ScratchFolder folder;
  {
    auto store = SampleStore::open(folder.path());
    ASSERT_TRUE(store) << store.error().message;
    const std::vector<Rollup> first{rollup(kWeb, kHour, 6, 6), rollup(kSql, kHour, 1, 0)};
    const std::vector<Rollup> later{rollup(kWeb, kHour + minutes(1), 6, 2),
                                    rollup(kWeb, kHour + hours(1), 6, 0)};
    ASSERT_TRUE(store->write(first));
    ASSERT_TRUE(store->write(later));
  }
  const auto store = SampleStore::open(folder.path());
  ASSERT_TRUE(store);
  const auto all = store->series(kWeb, Resolution::Minute, kHour, kHour + hours(2));
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ((*all)[1].failures, 2u);
  EXPECT_EQ((*all)[1].latency_avg(), microseconds(200));
  const auto by_hour = store->series(kWeb, Resolution::Hour, kHour, kHour + hours(2));
  ASSERT_TRUE(by_hour);
  ASSERT_EQ(by_hour->size(), 2u);
  EXPECT_EQ((*by_hour)[0].count, 12u);
  EXPECT_EQ((*by_hour)[0].failures, 8u);
  EXPECT_EQ((*by_hour)[0].latency_min, microseconds(100)) << "failures alone do not count as 0";
  EXPECT_EQ((*by_hour)[0].latency_avg(), microseconds(200));
  EXPECT_EQ(store->series(kSql, Resolution::Minute, kHour, kHour + hours(2))->size(), 1u);
  EXPECT_TRUE(store->series(ProbeId("none"), Resolution::Hour, kHour, kHour + hours(2))->empty());
  EXPECT_EQ(store->series(kWeb, Resolution::Minute, kHour + seconds(1), kHour + hours(1))->size(),
            1u)
      << "both ends of the range";
}

TEST(SampleStore, DropsWhatIsTooOld) {
  ScratchFolder folder;
  auto store = SampleStore::open(folder.path(), {.minutes_kept = hours(1), .hours_kept = hours(3)});
  ASSERT_TRUE(store);
  for (int minute = 0; minute < 6 * 60; ++minute) {
    const auto r = rollup(kWeb, kHour + minutes(minute), 6, 0);
    ASSERT_TRUE(store->write({&r, 1}));
  }
  const Instant end = kHour + hours(6);
  EXPECT_EQ(store->series(kWeb, Resolution::Minute, kHour, end)->size(), 61u);
  EXPECT_EQ(store->series(kWeb, Resolution::Hour, kHour, end)->size(), 3u);
}

TEST(SampleStore, StaysWithinItsSize) {
  ScratchFolder folder;
  constexpr std::uint64_t kMost = 200'000;
  auto store = SampleStore::open(folder.path(), {.max_bytes = kMost});
  ASSERT_TRUE(store);
  for (int minute = 0; minute < 200; ++minute) {
    std::vector<Rollup> rollups;
    for (int probe = 0; probe < 50; ++probe) {
      rollups.push_back(
          rollup(ProbeId(fmt::format("p{}/x", probe)), kHour + minutes(minute), 6, 0));
    }
    ASSERT_TRUE(store->write(rollups));
  }
  EXPECT_LT(std::filesystem::file_size(folder.path() / kSamplesFile), 2 * kMost);
  const Instant end = kHour + minutes(200);
  EXPECT_EQ(store->series(ProbeId("p7/x"), Resolution::Minute, end - minutes(5), end)->size(), 5u);
}

TEST(SampleStore, BeginsAnewWhereTheFileIsDamaged) {
  ScratchFolder folder;
  std::ofstream(folder.path() / kSamplesFile) << std::string(9000, 'x');
  auto store = SampleStore::open(folder.path());
  ASSERT_TRUE(store) << store.error().message;
  const auto r = rollup(kWeb, kHour, 1, 0);
  EXPECT_TRUE(store->write({&r, 1}));
}

TEST(SampleStore, RangeOfAnyLengthIsBounded) {
  ScratchFolder folder;
  auto store = SampleStore::open(folder.path());
  ASSERT_TRUE(store);
  const auto r = rollup(kWeb, kHour, 1, 0);
  ASSERT_TRUE(store->write({&r, 1}));
  const auto endless = store->series(kWeb, Resolution::Minute, Instant(Duration(0)), kHour);
  ASSERT_TRUE(endless);
  EXPECT_TRUE(endless->empty()) << "the bound ends long before the one there is";
}

}  // namespace
}  // namespace dienstbereit::journal
