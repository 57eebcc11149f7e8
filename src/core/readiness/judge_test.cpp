// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace dienstbereit::core::readiness {
namespace {

constexpr auto kNormal = Readiness::Normal;
constexpr auto kLimited = Readiness::Limited;
constexpr auto kClosed = Readiness::Closed;
constexpr auto kNotKnown = Readiness::Unknown;

Service service_with(OfflineMode mode) {
  Service service;
  service.id = ServiceId("V01");
  service.kinds = {ServiceKind::Counter};
  service.limit = {"langsam", "slow"};
  service.offline.mode = mode;
  service.offline.text = {"auf Papier", "on paper"};
  return service;
}

Offer offer_of(Extent extent) {
  Offer offer;
  offer.office = OfficeId("A1");
  offer.site = SiteId("S1");
  offer.extent = extent;
  return offer;
}

OfferState state_of(Interval offer, Interval offline = kOperational) {
  OfferState state;
  state.offer = offer;
  state.site = kOperational;
  state.offline = offline;
  return state;
}

Verdict judge(OfflineMode mode, const OfferState& state, Extent extent = Extent::Full) {
  return judge_offer(service_with(mode), offer_of(extent), state, {});
}

bool says(const Verdict& verdict, ReasonKind kind) {
  return std::any_of(verdict.why.begin(), verdict.why.end(),
                     [&](const ReasonStep& step) { return step.kind == kind; });
}

// ---- the word at one end

TEST(WordAt, DownIsWhatTheOfflineModeLeavesInTheExtentOfThePlace) {
  struct Row {
    OfflineMode mode;
    Readiness full, take_in, issue, information;
  };
  const Row rows[] = {
      {OfflineMode::None, kClosed, kClosed, kClosed, kClosed},
      {OfflineMode::Full, kLimited, kLimited, kLimited, kLimited},
      {OfflineMode::TakeIn, kLimited, kLimited, kClosed, kClosed},
      {OfflineMode::FromList, kLimited, kClosed, kLimited, kClosed},
      {OfflineMode::RepeatList, kLimited, kClosed, kClosed, kClosed},
      {OfflineMode::Refer, kClosed, kClosed, kClosed, kClosed},
  };
  const HealthAt down{Health::Down, Health::Operational, Health::Operational};
  for (const Row& row : rows) {
    EXPECT_EQ(word_at(down, row.mode, Extent::Full), row.full) << name_of(row.mode);
    EXPECT_EQ(word_at(down, row.mode, Extent::TakeInOnly), row.take_in) << name_of(row.mode);
    EXPECT_EQ(word_at(down, row.mode, Extent::IssueOnly), row.issue) << name_of(row.mode);
    EXPECT_EQ(word_at(down, row.mode, Extent::InformationOnly), row.information)
        << name_of(row.mode);
  }
}

constexpr OfflineMode kModes[] = {OfflineMode::None,       OfflineMode::Full,
                                  OfflineMode::TakeIn,     OfflineMode::FromList,
                                  OfflineMode::RepeatList, OfflineMode::Refer};
constexpr Extent kExtents[] = {Extent::Full, Extent::TakeInOnly, Extent::IssueOnly,
                               Extent::InformationOnly};

TEST(WordAt, WhatWorksIsNormalInItsOwnExtentAndDegradedIsLimitedWhateverTheMode) {
  for (const OfflineMode mode : kModes) {
    for (const Extent extent : kExtents) {
      EXPECT_EQ(word_at({}, mode, extent), kNormal);
      EXPECT_EQ(word_at({.offer = Health::Degraded}, mode, extent), kLimited);
    }
  }
}

TEST(WordAt, AnUnusableSiteClosesEvenWhatGoesOnPaper) {
  for (const OfflineMode mode : kModes) {
    EXPECT_EQ(word_at({.offer = Health::Down, .site = Health::Down}, mode, Extent::Full), kClosed);
    EXPECT_EQ(word_at({.site = Health::Down}, mode, Extent::Full), kClosed);
  }
}

TEST(WordAt, AModeThatLacksItsOwnNeedsLeavesNothing) {
  const HealthAt lacking{Health::Down, Health::Operational, Health::Down};
  const HealthAt strained{Health::Down, Health::Operational, Health::Degraded};
  EXPECT_EQ(word_at(lacking, OfflineMode::Full, Extent::Full), kClosed);
  EXPECT_EQ(word_at(strained, OfflineMode::Full, Extent::Full), kLimited);
}

// ---- both ends as one word

TEST(Combine, EveryPairOfEndsIsOneWord) {
  for (const Readiness same : {kNormal, kLimited, kClosed}) {
    EXPECT_EQ(combine({same, same}).readiness, same);
    EXPECT_EQ(combine({same, same}).bound, Bound::Exact);
  }
  EXPECT_EQ(combine({kNormal, kLimited}).readiness, kLimited);
  EXPECT_EQ(combine({kNormal, kLimited}).bound, Bound::AtLeastLimited);
  EXPECT_EQ(combine({kNormal, kClosed}).readiness, kNotKnown);
  EXPECT_EQ(combine({kNormal, kClosed}).bound, Bound::Exact);
  EXPECT_EQ(combine({kLimited, kClosed}).readiness, kNotKnown);
  EXPECT_EQ(combine({kLimited, kClosed}).bound, Bound::AtMostLimited);
}

// ---- offers

TEST(JudgeOffer, NotKnowingIsUnknownUnlessPaperCarriesIt) {
  EXPECT_EQ(judge(OfflineMode::None, state_of(kUnknown)).readiness, kNotKnown);
  const Verdict paper = judge(OfflineMode::Full, state_of(kUnknown));
  EXPECT_EQ(paper.readiness, kLimited);
  EXPECT_EQ(paper.bound, Bound::AtLeastLimited);
  EXPECT_EQ(paper.text.de, "auf Papier");
}

TEST(JudgeOffer, DegradedOrDownWithoutAModeIsAtMostLimited) {
  const Verdict verdict = judge(OfflineMode::None, state_of({Health::Degraded, Health::Down}));
  EXPECT_EQ(verdict.readiness, kNotKnown);
  EXPECT_EQ(verdict.bound, Bound::AtMostLimited);
}

TEST(JudgeOffer, DegradedIsLimitedWithTheLimitText) {
  const Verdict verdict = judge(OfflineMode::Full, state_of(kDegraded));
  EXPECT_EQ(verdict.readiness, kLimited);
  EXPECT_EQ(verdict.text.de, "langsam");
  EXPECT_EQ(verdict.offline, OfflineMode::None);
}

TEST(JudgeOffer, DownOnPaperIsLimitedWithTheTextOfTheMode) {
  const Verdict verdict = judge(OfflineMode::Full, state_of(kDown));
  EXPECT_EQ(verdict.readiness, kLimited);
  EXPECT_EQ(verdict.offline, OfflineMode::Full);
  EXPECT_EQ(verdict.text.en, "on paper");
}

TEST(JudgeOffer, ReferIsClosedByFailureWithTheReferral) {
  const Verdict verdict = judge(OfflineMode::Refer, state_of(kDown));
  EXPECT_EQ(verdict.readiness, kClosed);
  EXPECT_EQ(verdict.closed_by, ClosedBy::Failure);
  EXPECT_EQ(verdict.offline, OfflineMode::Refer);
  EXPECT_EQ(verdict.text.de, "auf Papier");
}

TEST(JudgeOffer, AModeWithoutItsNeedsSaysSo) {
  const Verdict verdict = judge(OfflineMode::Full, state_of(kDown, kDown));
  EXPECT_EQ(verdict.readiness, kClosed);
  EXPECT_TRUE(says(verdict, ReasonKind::OfflineModeUnavailable));
}

TEST(JudgeOffer, AnUnusableSiteIsTheFirstReason) {
  OfferState state = state_of(kDown);
  state.site = kDown;
  const Verdict verdict = judge(OfflineMode::Full, state);
  EXPECT_EQ(verdict.readiness, kClosed);
  EXPECT_EQ(verdict.why.front().kind, ReasonKind::SiteUnusable);
}

TEST(JudgeOffer, NormalIsMeasuredOrElsePresumedAndSaysThatNothingMeasuresIt) {
  OfferState state = state_of(kOperational);
  const Verdict presumed = judge(OfflineMode::None, state);
  EXPECT_EQ(presumed.readiness, kNormal);
  EXPECT_EQ(presumed.grade, Grade::Presumed);
  EXPECT_TRUE(says(presumed, ReasonKind::NotProbed));
  state.measured = true;
  const Verdict measured = judge(OfflineMode::None, state);
  EXPECT_EQ(measured.grade, Grade::Measured);
  EXPECT_TRUE(measured.why.empty());
}

TEST(JudgeOffer, AWordInForceDecidesAgainstAnyState) {
  for (const Interval calculated : {kOperational, kDown, kUnknown}) {
    WordSet said;
    said.text = {"Personalausfall", ""};
    OfferState state = state_of(calculated);
    state.word = {WordStatus::InForce, &said};
    said.said = Said::Closed;
    const Verdict closed = judge(OfflineMode::Full, state);
    EXPECT_EQ(closed.readiness, kClosed);
    EXPECT_EQ(closed.closed_by, ClosedBy::Decision);
    EXPECT_TRUE(closed.by_word);
    EXPECT_EQ(closed.text.de, "Personalausfall");
    said.said = Said::Normal;
    EXPECT_EQ(judge(OfflineMode::None, state).readiness, kNormal);
    said.said = Said::Limited;
    EXPECT_EQ(judge(OfflineMode::None, state).readiness, kLimited);
    said.said = Said::Unknown;
    EXPECT_EQ(judge(OfflineMode::None, state).readiness, kNotKnown);
  }
}

TEST(JudgeOffer, ADoubtedOrUnrenewedWordIsUnknownWhateverItSaid) {
  WordSet said;
  said.said = Said::Normal;
  for (const WordStatus status : {WordStatus::Doubted, WordStatus::Unrenewed}) {
    OfferState state = state_of(kOperational);
    state.word = {status, &said};
    const Verdict verdict = judge(OfflineMode::Full, state);
    EXPECT_EQ(verdict.readiness, kNotKnown);
    EXPECT_FALSE(verdict.by_word) << "nobody says so any more";
  }
}

TEST(Pending, KeepsTheReasonAndPromisesADecision) {
  const Verdict later = pending(judge(OfflineMode::None, state_of(kDown)));
  EXPECT_EQ(later.readiness, kNotKnown);
  EXPECT_EQ(later.why.front().kind, ReasonKind::DecisionPending);
}

// ---- places

class Place : public testing::Test {
 protected:
  Place() { office.id = OfficeId("A1"); }

  void add(const Verdict& verdict) {
    verdicts.push_back(std::make_unique<Verdict>(verdict));
    const std::string id = "V" + std::to_string(verdicts.size());
    services.push_back({ServiceId(id), NodeId("A1@S1/" + id), verdicts.back().get()});
  }
  void add(OfflineMode mode, Interval state, bool measured = true) {
    OfferState offer = state_of(state);
    offer.measured = measured;
    add(judge(mode, offer));
  }
  void add_said(Said said) {
    WordSet word;
    word.said = said;
    OfferState state = state_of(kOperational);
    state.word = {WordStatus::InForce, &word};
    add(judge(OfflineMode::None, state));
  }
  Verdict place() const { return judge_place(office, services); }

  Office office;
  std::vector<std::unique_ptr<Verdict>> verdicts;
  std::vector<ServiceVerdict> services;
};

TEST_F(Place, IsNormalIfAllAreAndMeasuredIfAllAre) {
  add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kOperational);
  EXPECT_EQ(place().readiness, kNormal);
  EXPECT_EQ(place().grade, Grade::Measured);
  EXPECT_FALSE(place().by_word);
  add(OfflineMode::None, kOperational, false);
  EXPECT_EQ(place().readiness, kNormal);
  EXPECT_EQ(place().grade, Grade::Presumed);
}

TEST_F(Place, WithOneOfFiveClosedIsLimitedAndSaysWhich) {
  for (int i = 0; i < 4; ++i) add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kDown);
  const Verdict verdict = place();
  EXPECT_EQ(verdict.readiness, kLimited);
  EXPECT_EQ(verdict.bound, Bound::Exact);
  EXPECT_FALSE(verdict.by_word);
  const ReasonStep& last = verdict.why.back();
  EXPECT_EQ(last.kind, ReasonKind::ServicesClosed);
  EXPECT_EQ(last.object, NodeId("A1@S1/V5"));
  EXPECT_EQ(last.have, 1U);
  EXPECT_EQ(last.of, 5U);
}

TEST_F(Place, NamesTheCauseBeforeItCountsServices) {
  add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kDown);
  ReasonStep cause;
  cause.kind = ReasonKind::NeedDown;
  verdicts.back()->why = {cause};
  EXPECT_EQ(place().why.front().kind, ReasonKind::NeedDown);
  EXPECT_EQ(place().why.back().kind, ReasonKind::ServicesClosed);
  verdicts.back()->why.resize(kLongestExplanation);
  EXPECT_EQ(place().why.size(), kLongestExplanation);
  EXPECT_EQ(place().why.back().kind, ReasonKind::ServicesClosed);
}

TEST_F(Place, WithOneLimitedIsLimitedAndCountsIt) {
  add(OfflineMode::None, kOperational);
  add(OfflineMode::Full, kDown);
  EXPECT_EQ(place().readiness, kLimited);
  EXPECT_EQ(place().why.back().kind, ReasonKind::ServicesLimited);
  EXPECT_EQ(place().why.back().have, 1U);
}

TEST_F(Place, WithAllClosedIsClosedByFailure) {
  add(OfflineMode::None, kDown);
  add(OfflineMode::Refer, kDown);
  EXPECT_EQ(place().readiness, kClosed);
  EXPECT_EQ(place().closed_by, ClosedBy::Failure);
  EXPECT_EQ(place().why.back().kind, ReasonKind::ServicesClosed);
}

TEST_F(Place, WithAnUnknownServiceIsAtLeastLimitedAndDoesNotCallItClosed) {
  add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kUnknown);
  const Verdict verdict = place();
  EXPECT_EQ(verdict.readiness, kLimited);
  EXPECT_EQ(verdict.bound, Bound::AtLeastLimited);
  EXPECT_FALSE(says(verdict, ReasonKind::ServicesClosed));
}

TEST_F(Place, WithNothingKnownIsUnknown) {
  add(OfflineMode::None, kUnknown);
  add(OfflineMode::None, kUnknown);
  EXPECT_EQ(place().readiness, kNotKnown);
  EXPECT_EQ(place().bound, Bound::Exact);
}

TEST_F(Place, BelowItsRegularConditionIsClosedAndTellsHowManyWork) {
  office.regular.at_least = 2;
  add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kDown);
  add(OfflineMode::None, kDown);
  const Verdict verdict = place();
  EXPECT_EQ(verdict.readiness, kClosed);
  EXPECT_EQ(verdict.closed_by, ClosedBy::Failure);
  const ReasonStep& first = verdict.why.front();
  EXPECT_EQ(first.kind, ReasonKind::RegularConditionFails);
  EXPECT_EQ(first.have, 1U);
  EXPECT_EQ(first.need, 2U);
  EXPECT_EQ(first.of, 3U);
}

TEST_F(Place, ARegularConditionMayNameTheServicesThatMatter) {
  office.regular.services = {ServiceId("V2")};
  add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kDown);
  EXPECT_EQ(place().readiness, kClosed);
  EXPECT_EQ(place().why.front().of, 1U);
}

TEST_F(Place, ARegularConditionOnServicesOfOtherPlacesSaysNothing) {
  office.regular.services = {ServiceId("V77")};
  add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kDown);
  EXPECT_EQ(place().readiness, kLimited);
}

TEST_F(Place, ARegularConditionThatMayFailLeavesThePlaceUnknown) {
  office.regular.at_least = 2;
  add(OfflineMode::None, kOperational);
  add(OfflineMode::None, kUnknown);
  EXPECT_EQ(place().readiness, kNotKnown);
}

TEST_F(Place, RestsOnAWordOnlyIfWordsDecidedAllThatIsNotNormal) {
  add(OfflineMode::None, kOperational);
  add_said(Said::Closed);
  EXPECT_EQ(place().readiness, kLimited);
  EXPECT_TRUE(place().by_word);
  add(OfflineMode::None, kDown);
  EXPECT_EQ(place().readiness, kLimited);
  EXPECT_FALSE(place().by_word);
}

TEST_F(Place, ClosedByWordsAloneIsADecision) {
  add_said(Said::Closed);
  add_said(Said::Closed);
  EXPECT_EQ(place().readiness, kClosed);
  EXPECT_EQ(place().closed_by, ClosedBy::Decision);
  EXPECT_TRUE(place().by_word);
}

}  // namespace
}  // namespace dienstbereit::core::readiness
