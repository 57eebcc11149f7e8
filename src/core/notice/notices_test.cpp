// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/notice/notices.h"

#include "core/notice/bed_test.h"

namespace dienstbereit::core::notice {
namespace {

using namespace test;
using Strings = std::vector<std::string>;

Bed with_leader() {
  Bed bed;
  bed.roster.recipients = {recipient("leader", {"mail", "sms"})};
  return bed;
}

IncidentOpened incident(const char* id) {
  IncidentOpened event;
  event.id = IncidentId(id);
  event.title.de = "Ausfall";
  return event;
}

}  // namespace

// ---- grouping -----------------------------------------------------------------------------------

TEST(Notices, WhatFallsTogetherIsOneMessage) {
  Bed bed = with_leader();
  for (int i = 0; i < 300; ++i) {
    bed.place(("A" + std::to_string(i) + "@S").c_str(), Readiness::Closed);
    bed.pass(50ms);
  }
  bed.pass(1h);
  EXPECT_EQ(bed.delivered(), Strings{"leader alarm"});
  const auto& raised = std::get<NoticeRaised>(bed.events.front());
  EXPECT_EQ(raised.bad, 300u);
  EXPECT_EQ(raised.items.size() + raised.more, 300u);
}

TEST(Notices, WhatGoesBackWithinTheWindowIsNotTold) {
  Bed bed = with_leader();
  bed.place("A@S", Readiness::Closed);
  bed.pass(20s);
  bed.place("A@S", Readiness::Normal);
  bed.pass(1h);
  EXPECT_EQ(bed.sent.size(), 0u);
}

TEST(Notices, LaterChangesOfAnOutageAreGathered) {
  Bed bed = with_leader();
  bed.place("A@S", Readiness::Closed);
  bed.pass(1min);
  bed.place("B@S", Readiness::Limited);
  bed.pass(1min);
  bed.place("C@S", Readiness::Limited);
  bed.pass(1h);
  EXPECT_EQ(bed.delivered(), (Strings{"leader alarm", "leader change"}));
  EXPECT_EQ(bed.sent[1].at - bed.sent[0].at, kGroupInterval);
  EXPECT_EQ(bed.sent[1].cause, bed.sent[0].cause);
}

TEST(Notices, TheEndIsToldOnceAndANewOutageIsANewCause) {
  Bed bed = with_leader();
  bed.place("A@S", Readiness::Closed);
  bed.pass(10min);
  bed.place("A@S", Readiness::Normal);
  bed.pass(10min);
  bed.place("A@S", Readiness::Closed);
  bed.pass(10min);
  EXPECT_EQ(bed.delivered(), (Strings{"leader alarm", "leader clear", "leader alarm"}));
  EXPECT_NE(bed.sent[2].cause, bed.sent[0].cause);
}

TEST(Notices, APlaceThatLeavesTheDistrictIsNotOutOfOrderForEver) {
  Bed bed = with_leader();
  bed.place("A@S", Readiness::Closed);
  bed.pass(10min);
  bed.notices.keep({"B@S"}, bed.now);
  bed.pass(10min);
  EXPECT_EQ(bed.delivered(), (Strings{"leader alarm", "leader clear"}));
}

TEST(Notices, UnknownRightAfterAStartIsNoAlarm) {
  Bed bed = with_leader();
  bed.notices.restarted(bed.now);
  bed.place("A@S", Readiness::Unknown);
  bed.pass(2min);
  bed.place("A@S", Readiness::Normal);
  bed.pass(1h);
  EXPECT_EQ(bed.sent.size(), 0u);
  bed.place("A@S", Readiness::Unknown);
  bed.pass(kGatherFor);
  EXPECT_EQ(bed.delivered(), Strings{"leader alarm"});
}

TEST(Notices, WithoutContactsNothingIsRaisedAndNothingIsLost) {
  Bed bed;
  bed.place("A@S", Readiness::Closed);
  bed.pass(1h);
  EXPECT_TRUE(bed.events.empty());
  bed.roster = with_leader().roster;
  bed.pass(1s);
  EXPECT_EQ(bed.delivered(), Strings{"leader alarm"});
}

TEST(Notices, WhoWantsIncidentsOnlyHearsNoChanges) {
  Bed bed = with_leader();
  bed.roster.recipients.push_back(recipient("mayor", {"mail"}));
  bed.roster.recipients.back().wants_places = false;
  bed.place("A@S", Readiness::Closed);
  bed.pass(10min);
  bed.place("B@S", Readiness::Closed);
  bed.pass(10min);
  EXPECT_EQ(bed.delivered_to("leader"), 2u);
  EXPECT_EQ(bed.delivered_to("mayor"), 1u);
}

TEST(Notices, AQuestionAboutAWordIsAskedOnce) {
  Bed bed = with_leader();
  bed.roster.recipients[0].wants_questions = true;
  for (const char* node : {"A", "B", "C"}) {
    bed.notices.on(WordAsked{WordId("7"), NodeId(node), WordQuestion::Doubted}, bed.now);
  }
  bed.pass(1h);
  EXPECT_EQ(bed.delivered(), Strings{"leader question"});
}

// ---- incidents ----------------------------------------------------------------------------------

TEST(Notices, AnIncidentIsTheCauseAndIsToldOnce) {
  Bed bed = with_leader();
  bed.notices.on(incident("incident-1"), bed.now);
  bed.place("A@S", Readiness::Closed);
  bed.pass(1h);
  EXPECT_EQ(bed.delivered(), Strings{"leader alarm"});
  EXPECT_EQ(bed.sent[0].cause, "incident-1");
}

TEST(Notices, AnIncidentThatNamesAKnownOutageIsNoNews) {
  Bed bed = with_leader();
  bed.place("A@S", Readiness::Closed);
  bed.pass(10min);
  bed.notices.on(incident("incident-1"), bed.now);
  bed.pass(1h);
  EXPECT_EQ(bed.delivered(), Strings{"leader alarm"});
  bed.place("A@S", Readiness::Normal);
  bed.pass(1h);
  EXPECT_EQ(bed.delivered().size(), 2u) << "a change: the incident is not over yet";
  bed.notices.on(PhaseChanged{IncidentId("incident-1"), Phase::ServicesBack, "", {}}, bed.now);
  bed.pass(1h);
  EXPECT_EQ(bed.delivered().back(), "leader clear");
}

TEST(Notices, ASecondIncidentIsToldAtOnceAndARelapseAgain) {
  Bed bed = with_leader();
  bed.notices.on(incident("incident-1"), bed.now);
  bed.pass(1min);
  bed.notices.on(incident("incident-2"), bed.now);
  bed.pass(kGatherFor);
  ASSERT_EQ(bed.delivered(), (Strings{"leader alarm", "leader alarm"}));
  for (const char* id : {"incident-1", "incident-2"}) {
    bed.notices.on(PhaseChanged{IncidentId(id), Phase::ServicesBack, "", {}}, bed.now);
  }
  bed.pass(10min);
  ASSERT_EQ(bed.delivered().back(), "leader clear");
  bed.notices.on(PhaseChanged{IncidentId("incident-1"), Phase::Affected, "", {}}, bed.now);
  bed.pass(10min);
  EXPECT_EQ(bed.delivered().size(), 4u);
  EXPECT_TRUE(bed.sent[3].cause.starts_with("incident-1/")) << bed.sent[3].cause;
}

TEST(Notices, ServicesThatAreBackForAMomentAreNoNewsAndTheCallsGoOn) {
  Bed bed;
  bed.roster.recipients = {recipient("first", {"sms"}, 1), recipient("second", {"sms"}, 2)};
  bed.notices.on(incident("incident-1"), bed.now);
  bed.pass(1min);
  for (const Phase phase : {Phase::ServicesBack, Phase::Affected}) {
    bed.notices.on(PhaseChanged{IncidentId("incident-1"), phase, "", {}}, bed.now);
    bed.pass(1min);
  }
  bed.pass(1h);
  EXPECT_EQ(bed.delivered(), (Strings{"first alarm", "second alarm"}));
}

TEST(Notices, APartOfAKnownIncidentIsNoNews) {
  Bed bed = with_leader();
  bed.notices.on(incident("incident-1"), bed.now);
  bed.pass(1min);
  IncidentSplit split;
  split.from = IncidentId("incident-1");
  split.id = IncidentId("incident-2");
  bed.notices.on(split, bed.now);
  bed.pass(1h);
  EXPECT_EQ(bed.delivered().size(), 1u);
}

// ---- the ways -----------------------------------------------------------------------------------

TEST(Notices, AFailingChannelIsTriedAgainThenAnotherTaken) {
  Bed bed = with_leader();
  bed.broken = {"mail"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(1h);
  std::string ways;
  for (const auto& one : bed.sent) ways += one.channel + " ";
  EXPECT_EQ(ways, "mail mail mail sms ");
  EXPECT_EQ(bed.sent[1].at - bed.sent[0].at, kFirstRetry);
  EXPECT_EQ(bed.sent[2].at - bed.sent[1].at, 2 * kFirstRetry);
  EXPECT_EQ(bed.sent[3].at, bed.sent[2].at);
  EXPECT_EQ(bed.sent[0].id, bed.sent[3].id);
  EXPECT_EQ(bed.notices.board().troubles.size(), 1u);
}

TEST(Notices, ATroubledChannelIsNotTakenFirstUntilItHasRested) {
  Bed bed = with_leader();
  bed.broken = {"mail"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(6min);
  bed.place("B@S", Readiness::Closed);
  bed.pass(6min);
  EXPECT_EQ(bed.sent.back().channel, "sms");
  EXPECT_EQ(bed.sent.size(), 5u);
  bed.broken.clear();
  bed.pass(20min);
  bed.place("C@S", Readiness::Closed);
  bed.pass(6min);
  EXPECT_EQ(bed.sent.back().channel, "mail");
  EXPECT_TRUE(bed.notices.board().troubles.empty());
}

TEST(Notices, WhatIsRefusedForGoodTakesAnotherChannelAtOnce) {
  Bed bed = with_leader();
  bed.refusing = {"mail"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor);
  ASSERT_EQ(bed.sent.size(), 2u);
  EXPECT_EQ(bed.sent[1].channel, "sms");
  bed.pass(48h);
  EXPECT_EQ(bed.sent.size(), 2u);
}

TEST(Notices, AfterADayWithoutSuccessAMessageIsGivenUpAndSaid) {
  Bed bed = with_leader();
  bed.broken = {"mail", "sms"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(23h);
  EXPECT_EQ(bed.notices.board().waiting, 1u);
  bed.pass(3h);
  const NoticeBoard board = bed.notices.board();
  EXPECT_EQ(board.waiting, 0u);
  ASSERT_EQ(board.messages.size(), 1u);
  EXPECT_EQ(board.messages[0].state, MessageState::GivenUp);
  EXPECT_EQ(board.messages[0].detail, "connection refused");
  EXPECT_LT(bed.sent.size(), 150u);  // the delay has grown
}

TEST(Notices, TheAllClearTakesThePlaceOfAnAlarmThatNeverArrived) {
  Bed bed = with_leader();
  bed.broken = {"mail", "sms"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(10min);
  bed.broken.clear();
  bed.place("A@S", Readiness::Normal);
  bed.pass(kGatherFor);
  bed.pass(1h);
  const auto all = bed.delivered();
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.back(), "leader clear");
  EXPECT_LE(all.size(), 2u);
  EXPECT_EQ(bed.notices.board().waiting, 0u);
}

TEST(Notices, ARestartSendsWhatWaitsAtOnceUnderTheSameId) {
  Bed bed = with_leader();
  bed.broken = {"mail", "sms"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(2h);
  bed.broken.clear();
  bed.notices.restarted(bed.now);
  bed.pass(1s);
  EXPECT_EQ(bed.sent.back().id, bed.sent.front().id);
  EXPECT_EQ(bed.delivered(), Strings{"leader alarm"});
}

TEST(Notices, WhatWaitsIsKeptWhileTheContactsAreMissing) {
  Bed bed = with_leader();
  bed.broken = {"mail", "sms"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(2min);
  const Roster roster = std::exchange(bed.roster, {});
  bed.broken.clear();
  bed.pass(1h);
  EXPECT_TRUE(bed.delivered().empty());
  bed.roster = roster;
  bed.pass(1s);
  EXPECT_EQ(bed.delivered(), Strings{"leader alarm"});
}

TEST(Notices, TheQueueIsBounded) {
  Bed bed;
  for (std::size_t i = 0; i < Roster::kMostRecipients; ++i) {
    bed.roster.recipients.push_back(recipient(("r" + std::to_string(i)).c_str(), {"mail"}));
  }
  bed.broken = {"mail"};
  for (int i = 0; i < 12; ++i) {
    bed.place(("A" + std::to_string(i) + "@S").c_str(), Readiness::Closed);
    bed.pass(kGroupInterval);
  }
  EXPECT_EQ(bed.notices.board().waiting, kMostPending);
}

// ---- on call ------------------------------------------------------------------------------------

Bed on_call() {
  Bed bed;
  bed.roster.recipients = {recipient("first", {"sms"}, 1), recipient("second", {"sms"}, 2),
                           recipient("third", {"sms"}, 3)};
  return bed;
}

TEST(OnCall, NobodyAnswersSoTheNextIsCalled) {
  Bed bed = on_call();
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor);
  EXPECT_EQ(bed.delivered(), Strings{"first alarm"});
  EXPECT_TRUE(bed.sent[0].awaits_answer);
  bed.pass(15min);
  EXPECT_EQ(bed.delivered(), (Strings{"first alarm", "second alarm"}));
  bed.pass(2h);
  EXPECT_EQ(bed.delivered(), (Strings{"first alarm", "second alarm", "third alarm"}));
}

TEST(OnCall, AnAnswerEndsTheCalls) {
  Bed bed = on_call();
  bed.place("A@S", Readiness::Closed);
  bed.pass(5min);
  bed.acknowledge(bed.sent[0].id);
  bed.pass(2h);
  EXPECT_EQ(bed.delivered(), Strings{"first alarm"});
  EXPECT_EQ(bed.notices.board().notices[0].acknowledged_by, "cli:uid=0");
  const auto again = bed.notices.acknowledge(bed.sent[0].id, "cli:uid=1");
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().message.find("before, by cli:uid=0"), std::string::npos);
}

TEST(OnCall, WhoeverWasCalledLaterMayAnswerToo) {
  Bed bed = on_call();
  bed.place("A@S", Readiness::Closed);
  bed.pass(20min);
  ASSERT_EQ(bed.sent.size(), 2u);
  bed.acknowledge(bed.sent[1].id);
  bed.pass(2h);
  EXPECT_EQ(bed.sent.size(), 2u);
}

TEST(OnCall, TheEndOfTheOutageEndsTheCallsAndIsToldToWhoWasCalled) {
  Bed bed = on_call();
  bed.place("A@S", Readiness::Closed);
  bed.pass(5min);
  bed.place("A@S", Readiness::Normal);
  bed.pass(2h);
  EXPECT_EQ(bed.delivered(), (Strings{"first alarm", "first clear"}));
}

TEST(OnCall, WhoIsNotOnDutyIsLeftInPeace) {
  Bed bed = on_call();
  bed.off_duty = {"first"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor);
  EXPECT_EQ(bed.delivered(), Strings{"second alarm"});
}

TEST(OnCall, IfNobodyIsOnDutySomebodyIsCalledAllTheSame) {
  Bed bed = on_call();
  bed.off_duty = {"first", "second", "third"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor);
  EXPECT_EQ(bed.delivered(), Strings{"first alarm"});
}

TEST(OnCall, WhereNoMessageGetsThroughTheNextIsCalledAtOnce) {
  Bed bed = on_call();
  bed.roster.recipients[0].channels = {ChannelId("mail")};
  bed.refusing = {"mail"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor + 1s);
  EXPECT_EQ(bed.delivered(), Strings{"second alarm"});
}

TEST(OnCall, AnUnknownOrUnaskedAcknowledgementIsRefused) {
  Bed bed = with_leader();
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor);
  EXPECT_EQ(bed.notices.acknowledge("99.1", "x").error().code, Errc::NotFound);
  EXPECT_EQ(bed.notices.acknowledge(bed.sent[0].id, "x").error().code, Errc::NotFound);
  const std::string notice = bed.sent[0].id.substr(0, bed.sent[0].id.find('.'));
  EXPECT_EQ(bed.notices.acknowledge(notice, "x").error().code, Errc::Conflict);
}

// ---- the record ---------------------------------------------------------------------------------

TEST(Notices, ATestGoesToOneRecipientAndChangesNothing) {
  Bed bed = with_leader();
  const auto test = bed.notices.test(RecipientId("leader"), bed.roster, "1");
  ASSERT_TRUE(test);
  bed.fold(*test);
  bed.pass(1s);
  EXPECT_EQ(bed.delivered(), Strings{"leader test"});
  EXPECT_FALSE(bed.notices.test(RecipientId("nobody"), bed.roster, "2"));
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor);
  EXPECT_EQ(bed.delivered().back(), "leader alarm");
}

TEST(Notices, AResultOfAnEndedMessageIsNothing) {
  Bed bed = with_leader();
  bed.place("A@S", Readiness::Closed);
  bed.pass(kGatherFor);
  const MessageResult late{MessageId(bed.sent[0].id), ChannelId("mail"), false, false, "late"};
  EXPECT_FALSE(bed.notices.result(late, bed.roster, bed.now));
}

TEST(Notices, EveryEventSurvivesItsTextForm) {
  Bed bed = on_call();
  bed.roster.recipients.push_back(recipient("leader", {"mail", "sms"}));
  bed.broken = {"mail"};
  bed.notices.on(incident("incident-1"), bed.now);
  bed.place("A@S", Readiness::Closed);
  bed.pass(20min);
  bed.acknowledge(bed.sent[0].id.substr(0, bed.sent[0].id.find('.')));
  for (const EventPayload& event : bed.events) {
    const EncodedPayload text = encode(event);
    const auto back = decode(text.type, text.version, text.text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(encode(*back).text, text.text);
  }
}

}  // namespace dienstbereit::core::notice
