// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/propose.h"

#include <gtest/gtest.h>

#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using Kind = ProposalReasonKind;
using std::chrono::hours;
using test::minute;

PlaceDay day(Outlook place, std::vector<ServiceOutlook> services) {
  PlaceDay made;
  made.first_slot = minute(7 * 1440 + 450);
  made.place = place;
  made.services = std::move(services);
  return made;
}
ServiceOutlook service(const char* id, Outlook outlook, bool on_paper = false) {
  return {ServiceId(id), outlook, on_paper};
}
const ServiceOutlook kGood = service("GOOD", {0.95, 0.99});
const ServiceOutlook kBad = service("BAD", {0.1, 0.2});
const ServiceOutlook kPaper = service("PAPER", {0.1, 0.2}, true);
const ServiceOutlook kDark = service("DARK", {std::nullopt, std::nullopt});

Proposal proposed(const PlaceDay& day) { return propose(day, DecisionTimes{}).value(); }
bool says(const Proposal& proposal, Kind kind, const char* id = "") {
  return std::any_of(proposal.reasons.begin(), proposal.reasons.end(), [&](const auto& reason) {
    return reason.kind == kind && reason.service == ServiceId(id);
  });
}

}  // namespace

TEST(Propose, NormalFromItsThresholdOn) {
  const Proposal normal = proposed(day({kNormalFrom, 0.9}, {kGood}));
  EXPECT_EQ(normal.word, Readiness::Normal);
  ASSERT_EQ(normal.reasons.size(), 1u);
  EXPECT_EQ(normal.reasons[0].kind, Kind::ChanceNormal);
  EXPECT_EQ(normal.reasons[0].chance, kNormalFrom);
  EXPECT_EQ(proposed(day({kNormalFrom - 0.001, 0.9}, {kGood})).word, Readiness::Limited);
}

TEST(Propose, LimitedFromItsThresholdOnAndEachServiceIsNamed) {
  const Proposal limited = proposed(day({0.3, kLimitedFrom}, {kGood, kBad, kPaper, kDark}));
  EXPECT_EQ(limited.word, Readiness::Limited);
  EXPECT_EQ(limited.reasons[0].kind, Kind::ChanceLimited);
  EXPECT_TRUE(says(limited, Kind::ServiceUncertain, "BAD"));
  EXPECT_TRUE(says(limited, Kind::WorksOnPaper, "PAPER"));
  EXPECT_TRUE(says(limited, Kind::NobodyCanSay, "DARK"));
  EXPECT_FALSE(says(limited, Kind::ServiceUncertain, "GOOD"));
}

TEST(Propose, PaperThatMeetsTheWrittenMinimumOpens) {
  const Proposal paper = proposed(day({0.1, 0.3}, {kBad, kPaper}));
  EXPECT_EQ(paper.word, Readiness::Limited);
  EXPECT_EQ(paper.reasons[0].kind, Kind::RegularConditionHolds);
  EXPECT_EQ(paper.reasons[0].have, 1u);
  EXPECT_EQ(paper.reasons[0].need, 1u);
  EXPECT_EQ(paper.reasons[0].of, 2u);
}

TEST(Propose, ClosedWhereTheWrittenMinimumCannotBeMet) {
  PlaceDay minimum = day({0.1, 0.3}, {kBad, kPaper});
  minimum.regular = {2, {}};
  EXPECT_EQ(proposed(minimum).word, Readiness::Closed);
  EXPECT_EQ(proposed(minimum).reasons[0].kind, Kind::RegularConditionFails);
  EXPECT_TRUE(says(proposed(minimum), Kind::ChanceLimited));
  minimum.regular = {1, {ServiceId("BAD")}};
  EXPECT_EQ(proposed(minimum).word, Readiness::Closed) << "paper is not what must not be closed";
  minimum.regular = {1, {ServiceId("ELSEWHERE")}};
  EXPECT_EQ(proposed(minimum).word, Readiness::Limited) << "says nothing about this place";
  minimum.services = {kBad};
  EXPECT_EQ(proposed(minimum).word, Readiness::Closed) << "but somebody must be served";
}

TEST(Propose, WhereNobodyCanSayTheProposalSaysSo) {
  const Proposal dark = proposed(day({std::nullopt, std::nullopt}, {kDark}));
  EXPECT_EQ(dark.word, Readiness::Closed);
  EXPECT_TRUE(says(dark, Kind::NobodyCanSay));
  EXPECT_TRUE(says(dark, Kind::NobodyCanSay, "DARK"));
  EXPECT_EQ(proposed(day({std::nullopt, std::nullopt}, {kDark, kPaper})).word, Readiness::Limited);
}

TEST(Propose, WithoutASlotThereIsNothingToDecide) {
  EXPECT_FALSE(propose(day({1.0, 1.0}, {}), DecisionTimes{}).has_value());
}

TEST(Propose, DeadlinesLieBeforeTheFirstSlot) {
  const DecisionDeadlines by = proposed(day({1.0, 1.0}, {kGood})).deadlines;
  const Instant slot = minute(7 * 1440 + 450);
  EXPECT_EQ(by.staff, slot - hours(12));
  EXPECT_EQ(by.people, slot - hours(3));
  EXPECT_EQ(by.appointments, slot - hours(18));
}

}  // namespace dienstbereit::core::recovery
