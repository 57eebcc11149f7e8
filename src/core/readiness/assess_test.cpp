// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/assess.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/readiness/week_test.h"

namespace dienstbereit::core::readiness {
namespace {

using test::at;
using test::day;
using test::week;

// Every offer as `state_at` says; checks that time only rises.
class Scripted final : public StatesOverTime, OfferStates {
 public:
  explicit Scripted(std::function<OfferState(Instant)> state_at) : state_at_(std::move(state_at)) {}

  const OfferStates& at(Instant t) override {
    EXPECT_GE(t, now_);
    now_ = t;
    return *this;
  }

 private:
  OfferState offer(std::size_t) const override { return state_at_(now_); }
  Explanation explain(std::size_t) const override { return {}; }

  std::function<OfferState(Instant)> state_at_;
  Instant now_ = Instant::min();
};

OfferState in(Interval interval) {
  OfferState state;
  state.offer = interval;
  state.site = kOperational;
  state.offline = kOperational;
  return state;
}

Assessment assess_at(const char* now, const std::function<OfferState(Instant)>& state_at,
                     const District& district = week()) {
  const Timetable timetable = Timetable::compile(district).value();
  Scripted states(state_at);
  return assess({district, timetable, {}}, {at(now)}, states);
}
Assessment assess_at(const char* now, Interval always) {
  return assess_at(now, [=](Instant) { return in(always); });
}

TEST(Assess, AFaultIsCarriedFor24HoursAndLaterSlotsArePending) {
  const Assessment seen = assess_at("2026-11-23T13:00+01:00", kDown);
  const OfferSituation& counter = seen.offers[0];
  EXPECT_EQ(counter.now.readiness, Readiness::Closed);
  const SlotVerdict& tomorrow = counter.days[1].slots[0];
  EXPECT_TRUE(tomorrow.carried);
  EXPECT_FALSE(tomorrow.pending);
  EXPECT_EQ(tomorrow.verdict.readiness, Readiness::Closed);
  const SlotVerdict& after = counter.days[2].slots[0];
  EXPECT_FALSE(after.carried);
  EXPECT_TRUE(after.pending);
  EXPECT_EQ(after.verdict.readiness, Readiness::Unknown);
  EXPECT_EQ(after.verdict.why.front().kind, ReasonKind::DecisionPending);
}

TEST(Assess, ASlotThatBeginsInExactly24HoursIsCarried) {
  EXPECT_TRUE(assess_at("2026-11-23T08:00+01:00", kDown).offers[0].days[1].slots[0].carried);
  EXPECT_TRUE(assess_at("2026-11-23T07:59+01:00", kDown).offers[0].days[1].slots[0].pending);
}

TEST(Assess, ASlotComingWithinReachIsAChangeByTheClock) {
  // Sunday; the next slots begin on Monday at 08:00.
  const Assessment seen = assess_at("2026-11-29T07:00+01:00", kDown);
  EXPECT_EQ(seen.headline_day, day("2026-11-30"));
  EXPECT_EQ(seen.next_change, at("2026-11-29T08:00+01:00"));
}

TEST(Assess, WithoutAFaultLaterSlotsAreNormalHoweverFar) {
  const Assessment seen = assess_at("2026-11-23T13:00+01:00", kOperational);
  for (const DayPlan& plan : seen.offers[0].days) {
    for (const SlotVerdict& slot : plan.slots) {
      EXPECT_EQ(slot.verdict.readiness, Readiness::Normal);
      EXPECT_FALSE(slot.carried || slot.pending);
    }
  }
}

TEST(Assess, ARunningSlotIsAsThingsAreNow) {
  const Instant change = at("2026-11-23T10:00+01:00");
  const auto seen = assess_at("2026-11-23T09:00+01:00",
                              [=](Instant t) { return in(t < change ? kDegraded : kDown); });
  const SlotVerdict& running = seen.offers[0].days[0].slots[0];
  EXPECT_EQ(running.verdict.readiness, Readiness::Limited);
  EXPECT_FALSE(running.carried);
  EXPECT_EQ(seen.places[0].days[0].slots[0].verdict.readiness, Readiness::Limited);
}

TEST(Assess, ABufferThatRunsOutBeforeTheSlotIsSeenThere) {
  const Instant empty = at("2026-11-24T02:00+01:00");
  const auto seen = assess_at("2026-11-23T13:00+01:00",
                              [=](Instant t) { return in(t < empty ? kOperational : kDown); });
  EXPECT_EQ(seen.offers[0].now.readiness, Readiness::Normal);
  EXPECT_EQ(seen.offers[0].days[1].slots[0].verdict.readiness, Readiness::Closed);
  EXPECT_TRUE(seen.offers[0].days[1].slots[0].carried);
}

TEST(Assess, AWordThatHoldsUntilLaterDecidesSlotsBeyond24Hours) {
  WordSet said;
  said.said = Said::Closed;
  said.until = at("2026-11-26T00:00+01:00");
  const auto seen = assess_at("2026-11-23T13:00+01:00", [&](Instant t) {
    OfferState state = in(kOperational);
    state.word = {t < said.until ? WordStatus::InForce : WordStatus::Unrenewed, &said};
    return state;
  });
  const auto& days = seen.offers[0].days;
  EXPECT_EQ(days[2].slots[0].verdict.readiness, Readiness::Closed);
  EXPECT_EQ(days[2].slots[0].verdict.closed_by, ClosedBy::Decision);
  EXPECT_FALSE(days[2].slots[0].pending);
  EXPECT_EQ(days[3].slots[0].verdict.readiness, Readiness::Unknown);
  EXPECT_TRUE(days[3].slots[0].pending);
}

TEST(Assess, TheHeadlineIsForTodayUntilTheLastSlotEnds) {
  EXPECT_EQ(assess_at("2026-11-23T05:00+01:00", kOperational).headline_day, day("2026-11-23"));
  // The telephone is open until 16:00.
  EXPECT_EQ(assess_at("2026-11-23T15:59+01:00", kOperational).headline_day, day("2026-11-23"));
  EXPECT_EQ(assess_at("2026-11-23T16:00+01:00", kOperational).headline_day, day("2026-11-24"));
  EXPECT_EQ(assess_at("2026-11-27T16:00+01:00", kOperational).headline_day, day("2026-11-30"));
}

TEST(Assess, TheNextChangeIsTheNextSlotEdgeOrMidnight) {
  EXPECT_EQ(assess_at("2026-11-23T07:00+01:00", kOperational).next_change,
            at("2026-11-23T08:00+01:00"));
  EXPECT_EQ(assess_at("2026-11-23T11:00+01:00", kOperational).next_change,
            at("2026-11-23T12:00+01:00"));
  EXPECT_EQ(assess_at("2026-11-23T20:00+01:00", kOperational).next_change,
            at("2026-11-24T00:00+01:00"));
}

TEST(Assess, ASlotThatBeganYesterdayRunsOnAndTodayIsTheHeadline) {
  District district = week("Mo 18:00-26:00");
  district.services.resize(1);
  const auto seen =
      assess_at("2026-11-24T01:00+01:00", [](Instant) { return in(kDegraded); }, district);
  EXPECT_EQ(seen.headline_day, day("2026-11-24"));
  EXPECT_EQ(seen.next_change, at("2026-11-24T02:00+01:00"));
  ASSERT_EQ(seen.places[0].days[0].slots.size(), 1U);
  EXPECT_EQ(seen.places[0].days[0].slots[0].verdict.readiness, Readiness::Limited);
  EXPECT_FALSE(seen.places[0].days[0].slots[0].carried);
}

TEST(Assess, APlaceOpenAroundTheClockHasNoSlotsBeyondThoseOfItsServices) {
  District district = week("24/7");  // the telephone has hours of its own
  const auto state = [](Instant) { return in(kOperational); };
  auto seen = assess_at("2026-11-23T20:00+01:00", state, district);
  ASSERT_TRUE(seen.places[0].slotted);
  ASSERT_EQ(seen.places[0].days[0].slots.size(), 1U);
  EXPECT_EQ(seen.places[0].days[0].slots[0].end, at("2026-11-23T16:00+01:00"));
  EXPECT_EQ(seen.headline_day, day("2026-11-24"));
  district.services[1].offers[0].hours.reset();
  seen = assess_at("2026-11-23T20:00+01:00", state, district);
  EXPECT_FALSE(seen.places[0].slotted);
  EXPECT_TRUE(seen.places[0].days.empty());
  EXPECT_EQ(seen.places[0].now.readiness, Readiness::Normal);
}

TEST(Assess, WhatIsContinuousHasNoDaysAndCountsForNoPlace) {
  const Assessment seen = assess_at("2026-11-23T09:00+01:00", kDown);
  EXPECT_FALSE(seen.offers[2].slotted);
  EXPECT_TRUE(seen.offers[2].days.empty());
  ASSERT_EQ(seen.places.size(), 1U);
  EXPECT_EQ(seen.places[0].now.why.back().of, 2U);
}

}  // namespace
}  // namespace dienstbereit::core::readiness
