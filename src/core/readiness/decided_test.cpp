// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/decided.h"

#include <gtest/gtest.h>

#include "core/readiness/week_test.h"

namespace dienstbereit::core::readiness {
namespace {

using test::at;
using test::day;

const Instant kNow = at("2026-11-23T09:00+01:00");

OpeningDecision decide(Readiness word, const char* iso, const char* text = "") {
  OpeningDecision decision;
  decision.office = OfficeId("A1");
  decision.site = SiteId("S1");
  decision.day = day(iso);
  decision.word = word;
  decision.text.de = text;
  return decision;
}

// Monday's running slot, measured as `running`, and Tuesday's, which nobody can tell.
std::vector<OfferSituation> offers(Readiness running) {
  OfferSituation offer;
  offer.node = NodeId("A1@S1/COUNTER");
  offer.office = OfficeId("A1");
  offer.site = SiteId("S1");
  SlotVerdict today{
      at("2026-11-23T08:00+01:00"), at("2026-11-23T12:00+01:00"), false, false, false, {}};
  today.verdict.readiness = running;
  SlotVerdict tomorrow{
      at("2026-11-24T08:00+01:00"), at("2026-11-24T12:00+01:00"), false, false, true, {}};
  offer.days = {{day("2026-11-23"), {}, {today}}, {day("2026-11-24"), {}, {tomorrow}}};
  return {offer};
}

const SlotVerdict& slot(const std::vector<OfferSituation>& of, std::size_t day) {
  return of[0].days[day].slots[0];
}

TEST(Decided, ClosedClosesEvenWhatWorks) {
  auto of = offers(Readiness::Normal);
  apply_decisions({decide(Readiness::Closed, "2026-11-23", "Stromprüfung")}, kNow, of);
  EXPECT_EQ(slot(of, 0).verdict.readiness, Readiness::Closed);
  EXPECT_EQ(slot(of, 0).verdict.closed_by, ClosedBy::Decision);
  EXPECT_EQ(slot(of, 0).verdict.text.de, "Stromprüfung");
  EXPECT_EQ(slot(of, 0).verdict.why.at(0).kind, ReasonKind::OpeningDecided);
  EXPECT_TRUE(slot(of, 1).pending) << "another day";
}

TEST(Decided, NormalOpensADayThatIsPendingButNeverBettersWhatIsMeasured) {
  auto of = offers(Readiness::Closed);
  apply_decisions(
      {decide(Readiness::Normal, "2026-11-23"), decide(Readiness::Normal, "2026-11-24")}, kNow, of);
  EXPECT_EQ(slot(of, 0).verdict.readiness, Readiness::Closed);
  EXPECT_EQ(slot(of, 1).verdict.readiness, Readiness::Normal);
  EXPECT_FALSE(slot(of, 1).pending);
}

TEST(Decided, LimitedLimitsARunningSlotThatIsNormal) {
  auto of = offers(Readiness::Normal);
  apply_decisions({decide(Readiness::Limited, "2026-11-23", "nur bar")}, kNow, of);
  EXPECT_EQ(slot(of, 0).verdict.readiness, Readiness::Limited);
}

TEST(Decided, TheLastDecisionHoldsAndOthersPlacesStayAsTheyAre) {
  auto of = offers(Readiness::Normal);
  auto elsewhere = decide(Readiness::Closed, "2026-11-24");
  elsewhere.site = SiteId("S2");
  apply_decisions(
      {decide(Readiness::Closed, "2026-11-24"), decide(Readiness::Normal, "2026-11-24"), elsewhere},
      kNow, of);
  EXPECT_EQ(slot(of, 1).verdict.readiness, Readiness::Normal);
}

TEST(Decided, WhatIsOverStaysAsItWas) {
  auto of = offers(Readiness::Normal);
  apply_decisions({decide(Readiness::Closed, "2026-11-23")}, at("2026-11-23T13:00+01:00"), of);
  EXPECT_EQ(slot(of, 0).verdict.readiness, Readiness::Normal);
}

}  // namespace
}  // namespace dienstbereit::core::readiness
