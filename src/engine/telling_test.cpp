// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "engine/bed_test.h"

// What the engine adds to core/notice: the journal, the way out, restarts.
namespace dienstbereit::engine {
namespace {

using namespace test;

struct Outbox final : MessagePort {
  void send(OutMessage message) override { sent.push_back(std::move(message)); }
  std::vector<OutMessage> sent;
};

std::shared_ptr<const Roster> one_person() {
  Roster roster;
  Recipient leader;
  leader.id = RecipientId("leader");
  leader.channels = {ChannelId("mail"), ChannelId("sms")};
  leader.wants_places = true;
  roster.recipients.push_back(leader);
  return std::make_shared<const Roster>(std::move(roster));
}

struct Telling : testing::Test {
  Telling() : bed("2026-11-23T06:00:00Z") {
    bed.people = one_person();
    bed.outbox = &outbox;
    EXPECT_TRUE(bed.start());
    for (const char* probe : {"SERVER/sql", "POWER/ups", "SPARE/tcp"})
      bed.result(probe, ProbeOutcome::Success);
    bed.turn();
    bed.pass(std::chrono::minutes(10));
  }

  void fall() {
    EXPECT_FALSE(bed.say("SERVER", Said::Closed, "2026-11-23T12:00:00Z").changes.empty());
  }
  Result<Answer> told(const OutMessage& message, bool ok, const char* detail = "") {
    return bed.ask(NoteDelivery{{message.id, message.channel, ok, false, detail}});
  }

  Outbox outbox;
  Bed bed;
};

std::shared_ptr<const District> with_plan() {
  auto district = std::make_shared<District>(*small_district());
  Step step;
  step.id = "turn";
  step.doing.command = "turn";
  Plan plan;
  plan.id = PlanId("over");
  plan.title.de = "Umschalten";
  plan.steps = {step};
  plan.four_eyes = true;
  district->plans.push_back(plan);
  return district;
}

}  // namespace

TEST_F(Telling, AMessageLeavesOnlyAfterItsNoticeIsDurable) {
  outbox.sent.clear();
  fall();
  bed.journal.broken = true;
  bed.pass(std::chrono::minutes(2));
  EXPECT_TRUE(outbox.sent.empty());
}

TEST_F(Telling, WhatWasNotConfirmedIsSentAgainAfterARestartUnderTheSameKey) {
  outbox.sent.clear();
  fall();
  bed.pass(std::chrono::minutes(1));
  ASSERT_EQ(outbox.sent.size(), 1u);
  const OutMessage first = outbox.sent[0];
  EXPECT_EQ(first.notice->kind, NoticeKind::Alarm);
  ASSERT_TRUE(bed.start());  // as after kill -9: nothing was said of the message
  bed.turn();
  ASSERT_EQ(outbox.sent.size(), 2u);
  EXPECT_EQ(outbox.sent[1].key, first.key);
  ASSERT_TRUE(told(outbox.sent[1], true));
  ASSERT_TRUE(bed.start());
  bed.pass(std::chrono::minutes(1));
  EXPECT_EQ(outbox.sent.size(), 2u);
}

TEST_F(Telling, AFailureIsOnRecordAndTriedAgain) {
  outbox.sent.clear();
  fall();
  bed.pass(std::chrono::minutes(1));
  ASSERT_EQ(outbox.sent.size(), 1u);
  ASSERT_TRUE(told(outbox.sent[0], false, "connection refused"));
  EXPECT_EQ(bed.count("message_failed", "connection refused"), 1u);
  bed.pass(std::chrono::seconds(10));
  EXPECT_EQ(outbox.sent.size(), 2u);
  ASSERT_FALSE(bed.seen->notices.messages.empty());
  EXPECT_EQ(bed.seen->notices.messages[0].detail, "connection refused");
}

TEST_F(Telling, ATestMessageAndAnAcknowledgementAreCommands) {
  outbox.sent.clear();
  EXPECT_EQ(bed.ask(SendTest{RecipientId("nobody")}).error().code, Errc::NotFound);
  const auto answer = bed.ask(SendTest{RecipientId("leader")});
  ASSERT_TRUE(answer);
  ASSERT_EQ(outbox.sent.size(), 1u);
  EXPECT_EQ(outbox.sent[0].notice->kind, NoticeKind::Test);
  EXPECT_EQ(bed.ask(Acknowledge{outbox.sent[0].notice->id.str()}).error().code, Errc::Conflict);
  EXPECT_EQ(bed.ask(Acknowledge{"4711"}).error().code, Errc::NotFound);
}

TEST_F(Telling, WhoeverMayApproveARunIsToldThatItWaitsOnceAndAlsoAfterARestart) {
  bed.district = with_plan();
  ASSERT_TRUE(bed.start());
  const auto of_runs = [&] {
    std::vector<OutMessage> found;
    for (const OutMessage& one : outbox.sent) {
      const auto& items = one.notice->items;
      if (!items.empty() && items[0].kind == NoticeItemKind::Run) found.push_back(one);
    }
    return found;
  };
  ASSERT_TRUE(bed.ask(PlanCommand(StartPlan{PlanId("over"), false, "probe"})));
  ASSERT_TRUE(bed.start());
  bed.pass(std::chrono::minutes(1));
  ASSERT_EQ(of_runs().size(), 1u);
  const OutMessage first = of_runs()[0];
  EXPECT_EQ(first.notice->kind, NoticeKind::Alarm);
  EXPECT_EQ(first.notice->items[0].question, "approval");
  EXPECT_EQ(first.notice->items[0].text.de, "Umschalten");
  ASSERT_TRUE(told(first, true));
  ASSERT_TRUE(bed.start());
  bed.pass(std::chrono::minutes(20));
  EXPECT_EQ(of_runs().size(), 1u);
}

TEST_F(Telling, PlacesAreToldOfAndNotEachOfTheirServices) {
  outbox.sent.clear();
  fall();
  bed.pass(std::chrono::minutes(1));
  ASSERT_EQ(outbox.sent.size(), 1u);
  for (const NoticeItem& item : outbox.sent[0].notice->items) {
    EXPECT_EQ(item.subject.find('/'), std::string::npos) << item.subject;
  }
}

}  // namespace dienstbereit::engine
