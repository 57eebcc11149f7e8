// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/slots.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dienstbereit::probe {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Instant kStart{std::chrono::hours(500'000)};

std::shared_ptr<const District> district_of(std::size_t count, Duration interval = seconds(60)) {
  auto district = std::make_shared<District>();
  for (std::size_t i = 0; i < count; ++i) {
    ProbeSpec spec;
    spec.id = ProbeId("node-" + std::to_string(i) + "/http");
    spec.interval = interval;
    spec.action = TcpProbe{};
    district->probes.push_back(std::move(spec));
  }
  return district;
}

const ProbeId kOnly("node-0/http");

std::vector<ProbeId> take_all(Slots& slots, Instant now) {
  std::vector<ProbeId> taken;
  slots.look(now);
  while (auto start = slots.take(now)) taken.push_back(start->spec->id);
  return taken;
}

}  // namespace

RC_GTEST_PROP(Slots, EverySlotLiesAtTheOffsetOfTheIdWhateverTheStart, ()) {
  const auto name = *rc::gen::string<std::string>();
  const auto interval = milliseconds(*rc::gen::inRange(100, 10'000'000));
  const Instant now{milliseconds(*rc::gen::inRange<std::int64_t>(-1'000'000, 4'000'000'000'000))};
  const ProbeId id(name);
  const auto slot = next_slot(id, interval, now);
  RC_ASSERT(slot > now);
  RC_ASSERT(slot - now <= interval);
  RC_ASSERT(next_slot(id, interval, slot - milliseconds(1)) == slot);
  RC_ASSERT(next_slot(id, interval, slot) == slot + interval);
}

TEST(Slots, TenThousandProbesSpreadOverTheirIntervalWithoutABurst) {
  Slots slots(20'000, 20'000);
  slots.use(district_of(10'000), kStart);
  std::size_t most = 0;
  std::size_t all = 0;
  for (int second = 1; second <= 60; ++second) {
    const auto now = kStart + seconds(second);
    const auto taken = take_all(slots, now);
    for (const auto& id : taken) slots.finished(id, false, now);
    most = std::max(most, taken.size());
    all += taken.size();
  }
  EXPECT_EQ(all, 10'000u);
  EXPECT_LT(most, 240u);  // 167 a second on average
}

TEST(Slots, AProbeThatStillRunsLosesItsSlot) {
  Slots slots(10, 10);
  slots.use(district_of(1), kStart);
  EXPECT_EQ(take_all(slots, kStart + seconds(60)).size(), 1u);
  EXPECT_EQ(take_all(slots, kStart + seconds(120)).size(), 0u);
  EXPECT_EQ(slots.counts().skipped, 1u);
  EXPECT_TRUE(slots.finished(kOnly, false, kStart + seconds(121)));
  EXPECT_EQ(take_all(slots, kStart + seconds(180)).size(), 1u);
}

TEST(Slots, SlotsMissedInAPauseAreSkippedNotCaughtUp) {
  Slots slots(10, 10);
  slots.use(district_of(1), kStart);
  EXPECT_EQ(take_all(slots, kStart + seconds(600)).size(), 1u);
  EXPECT_EQ(slots.counts().skipped, 9u);
}

TEST(Slots, AskingRunsAtOnceAndOnlyOnce) {
  Slots slots(10, 10);
  slots.use(district_of(1), kStart);
  for (int i = 0; i < 5; ++i) slots.ask(kOnly, kStart);
  slots.ask(ProbeId("unknown"), kStart);
  EXPECT_EQ(take_all(slots, kStart).size(), 1u);
}

TEST(Slots, AskingWhileItRunsMakesOneMoreRunNotSoonerThanTheGap) {
  Slots slots(10, 10);
  slots.use(district_of(1, std::chrono::hours(1)), kStart);
  slots.ask(kOnly, kStart);
  EXPECT_EQ(take_all(slots, kStart).size(), 1u);
  for (int i = 0; i < 5; ++i) slots.ask(kOnly, kStart);
  slots.finished(kOnly, false, kStart + milliseconds(1));
  EXPECT_EQ(take_all(slots, kStart + Slots::kSmallestGap - milliseconds(1)).size(), 0u);
  EXPECT_EQ(take_all(slots, kStart + Slots::kSmallestGap).size(), 1u);
  slots.finished(kOnly, false, kStart + Slots::kSmallestGap);
  EXPECT_EQ(take_all(slots, kStart + seconds(10)).size(), 0u);
}

TEST(Slots, BoundsHoldAndTheRestWaits) {
  Slots slots(3, 1);
  auto district = std::make_shared<District>(*district_of(6));
  for (std::size_t i = 0; i < 3; ++i) {
    district->probes[i].action = TcpProbe{{}, true, {}, {}};  // with TLS
  }
  slots.use(district, kStart);
  const auto first = take_all(slots, kStart + seconds(60));
  ASSERT_EQ(first.size(), 3u);
  EXPECT_EQ(slots.counts().waiting, 3u);
  EXPECT_EQ(slots.counts().running, 3u);
  std::size_t tls = 0;
  for (const auto& id : first) tls += id.str() < "node-3" ? 1u : 0u;
  EXPECT_EQ(tls, 1u);
}

TEST(Slots, AReloadKeepsWhatRunsAndForgetsWhatIsGone) {
  Slots slots(10, 10);
  slots.use(district_of(2), kStart);
  EXPECT_EQ(take_all(slots, kStart + seconds(60)).size(), 2u);
  slots.use(district_of(1), kStart + seconds(61));
  EXPECT_EQ(take_all(slots, kStart + seconds(121)).size(), 0u);  // still running
  EXPECT_TRUE(slots.finished(kOnly, false, kStart + seconds(122)));
  EXPECT_FALSE(slots.finished(ProbeId("node-1/http"), false, kStart + seconds(122)));
  EXPECT_EQ(slots.counts().running, 0u);
}

TEST(Slots, WhatWaitedAtAReloadIsStillRun) {
  Slots slots(1, 1);
  slots.use(district_of(2, std::chrono::hours(1)), kStart);
  slots.ask(kOnly, kStart);
  slots.ask(ProbeId("node-1/http"), kStart);
  EXPECT_EQ(take_all(slots, kStart).size(), 1u);
  slots.use(district_of(2, std::chrono::hours(1)), kStart + seconds(1));
  slots.finished(kOnly, false, kStart + seconds(1));
  EXPECT_EQ(take_all(slots, kStart + seconds(1)), std::vector{ProbeId("node-1/http")});
}

}  // namespace dienstbereit::probe
