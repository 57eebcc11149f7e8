// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/notice/waiting.h"

#include "core/notice/bed_test.h"

namespace dienstbereit::core::notice {
namespace {

using namespace test;
using Strings = std::vector<std::string>;

// Somebody who wants to know, and two levels on call.
struct Waiting : testing::Test {
  Waiting() {
    bed.roster.recipients = {recipient("leader", {"mail"}), recipient("first", {"sms"}, 1),
                             recipient("second", {"sms"}, 2)};
  }

  static RunStarted run(const char* id, bool approval = false) {
    RunStarted start;
    start.id = RunId(id);
    start.plan = PlanId("db-over");
    start.title = {"Datenbank übernehmen", "Database take-over"};
    start.approval = approval;
    for (const char* step : {"fence", "call", "promote"}) {
      start.steps.push_back({});
      start.steps.back().id = step;
      start.steps.back().title = {step, ""};
      start.steps.back().doing.command = "do";
    }
    start.steps[1].doing.command.clear();
    start.steps[1].doing.person = {"Leitstelle anrufen", ""};
    return start;
  }
  void move(unsigned step, StepState state, const char* id = "run-1") {
    bed.fold(StepMoved{RunId(id), step, state, 0, false, ""});
  }
  void end(RunResult result, const char* id = "run-1") {
    bed.fold(RunEnded{RunId(id), result, "", {}});
  }
  // What the notices said, as "kind question".
  Strings said() const {
    Strings all;
    for (const EventPayload& event : bed.events) {
      const auto* raised = std::get_if<NoticeRaised>(&event);
      if (raised) all.push_back(std::string(name_of(raised->kind)) + " " + item(*raised).question);
    }
    return all;
  }
  static const NoticeItem& item(const NoticeRaised& notice) { return notice.items.front(); }

  Bed bed;
};

}  // namespace

// ---- what is told -------------------------------------------------------------------------------

TEST_F(Waiting, ASecondPersonIsCalledToApproveOnceAndTheNextLevelIfNobodyAnswers) {
  bed.fold(run("run-1", true));
  bed.pass(29s);
  EXPECT_TRUE(bed.sent.empty());
  bed.pass(1s);
  EXPECT_EQ(bed.delivered(), (Strings{"leader alarm", "first alarm"}));
  EXPECT_FALSE(bed.sent[0].awaits_answer);
  EXPECT_TRUE(bed.sent[1].awaits_answer);
  EXPECT_EQ(bed.sent[1].cause, "run-1");
  bed.pass(14min);
  EXPECT_EQ(bed.sent.size(), 2u);
  bed.pass(1min);
  EXPECT_EQ(bed.delivered_to("second"), 1u);
  bed.pass(10h);
  EXPECT_EQ(bed.sent.size(), 3u);
}

TEST_F(Waiting, WhoAnswersEndsTheCalling) {
  bed.fold(run("run-1", true));
  bed.pass(1min);
  bed.acknowledge(bed.sent[1].id);
  bed.pass(10h);
  EXPECT_EQ(bed.delivered_to("second"), 0u);
}

TEST_F(Waiting, WhenItGoesOnTheCallingEndsAndThoseWhoWereToldHearSo) {
  bed.fold(run("run-1", true));
  bed.pass(1min);
  bed.fold(RunApproved{RunId("run-1")});
  move(0, StepState::Asked);
  bed.pass(10h);
  EXPECT_EQ(bed.delivered(),
            (Strings{"leader alarm", "first alarm", "leader clear", "first clear"}));
  EXPECT_EQ(said(), (Strings{"alarm approval", "clear goes_on"}));
}

TEST_F(Waiting, WhatIsAnsweredAtOnceIsNotTold) {
  bed.fold(run("run-1", true));
  bed.pass(20s);
  bed.fold(RunApproved{RunId("run-1")});
  bed.pass(1h);
  EXPECT_TRUE(bed.sent.empty());
}

TEST_F(Waiting, AStepByHandIsToldWithItsNameAndOneByTheHelperIsNot) {
  bed.fold(run("run-1"));
  move(0, StepState::Asked);
  bed.pass(1h);
  EXPECT_TRUE(bed.sent.empty());
  move(0, StepState::Done);
  move(1, StepState::Asked);
  bed.pass(1min);
  ASSERT_EQ(said(), Strings{"alarm by_hand"});
  const auto& raised = std::get<NoticeRaised>(bed.events[4]);
  EXPECT_EQ(item(raised).subject, "run-1");
  EXPECT_EQ(item(raised).text.de, "Datenbank übernehmen: call");
  EXPECT_EQ(item(raised).text.en, "Database take-over: call");
}

TEST_F(Waiting, EachWaitingIsToldAndNothingBetweenIfTheNextFollowsAtOnce) {
  bed.fold(run("run-1", true));
  bed.pass(1min);
  bed.fold(RunApproved{RunId("run-1")});
  move(0, StepState::Done);
  bed.pass(5s);
  move(1, StepState::Asked);
  bed.pass(20min);
  move(1, StepState::Done);
  move(2, StepState::Asked);
  bed.pass(5s);
  move(2, StepState::Unsure);
  bed.pass(1min);
  EXPECT_EQ(said(), (Strings{"alarm approval", "alarm by_hand", "alarm unsure"}));
  EXPECT_EQ(bed.delivered_to("first"), 3u);
  EXPECT_EQ(bed.delivered_to("second"), 1u) << "called once, 15 minutes after the second alarm";
  move(2, StepState::Done);
  end(RunResult::Done);
  bed.pass(1h);
  EXPECT_EQ(said().back(), "clear done");
  EXPECT_EQ(bed.delivered_to("second"), 2u) << "was called, so hears of the end";
}

TEST_F(Waiting, ARunThatStandsHalfWayIsToldUntilItIsTakenUpAgain) {
  bed.fold(run("run-1"));
  move(0, StepState::Failed);
  end(RunResult::Partial);
  bed.pass(10h);
  EXPECT_EQ(said(), Strings{"alarm half_way"});
  EXPECT_EQ(bed.delivered_to("second"), 1u);
  bed.fold(run("run-2"));
  bed.pass(1min);
  EXPECT_EQ(said(), (Strings{"alarm half_way", "clear goes_on"}));
}

TEST_F(Waiting, AStepThatIsTakenBackByHandIsTold) {
  RunStarted start = run("run-1");
  start.steps[0].undo.person = {"Kabel stecken", ""};
  bed.fold(start);
  bed.fold(RunAborted{RunId("run-1"), "falscher Plan"});
  move(0, StepState::Undoing);
  bed.pass(1min);
  EXPECT_EQ(said(), Strings{"alarm undo_by_hand"});
  end(RunResult::Undone);
  bed.pass(1min);
  EXPECT_EQ(said().back(), "clear undone");
}

TEST_F(Waiting, ARunThatFailedIsToldThoughAllIsAsBefore) {
  bed.fold(run("run-1"));
  move(0, StepState::Failed);
  move(0, StepState::Undone);
  end(RunResult::Undone);
  bed.pass(1min);
  EXPECT_EQ(said(), Strings{"alarm failed"});
  bed.fold(run("run-2"));
  end(RunResult::Undone, "run-2");
  bed.pass(10s);
  bed.fold(run("run-3"));
  end(RunResult::Done, "run-3");
  bed.pass(1h);
  EXPECT_EQ(said(), (Strings{"alarm failed", "clear goes_on"})) << "what is tried again at once";
}

TEST_F(Waiting, WhatAPersonAbortedIsNoNews) {
  bed.fold(run("run-1"));
  bed.fold(RunAborted{RunId("run-1"), "falscher Plan"});
  end(RunResult::Undone);
  bed.pass(1h);
  EXPECT_TRUE(bed.sent.empty());
}

TEST_F(Waiting, ADryRunIsToldToNobody) {
  RunStarted start = run("run-1");
  start.dry = true;
  bed.fold(start);
  move(1, StepState::Asked);
  end(RunResult::Undone);
  bed.pass(1h);
  EXPECT_TRUE(bed.sent.empty());
}

// ---- beside an outage ---------------------------------------------------------------------------

TEST_F(Waiting, AnOutageAndARunAreToldApart) {
  bed.place("A@S", Readiness::Closed);
  bed.pass(1min);
  bed.fold(run("run-1", true));
  bed.pass(1min);
  bed.fold(RunApproved{RunId("run-1")});
  bed.pass(1min);
  EXPECT_EQ(said(), (Strings{"alarm ", "alarm approval", "clear goes_on"}));
  bed.place("A@S", Readiness::Normal);
  bed.pass(1h);
  EXPECT_EQ(bed.delivered_to("leader"), 4u);
  EXPECT_EQ(bed.delivered().back(), "first clear");
  EXPECT_EQ(said().back(), "clear ");
}

TEST_F(Waiting, WhoWasCalledForARunOnlyHearsNothingOfTheOutage) {
  bed.off_duty = {"first"};
  bed.place("A@S", Readiness::Closed);
  bed.pass(1min);
  EXPECT_EQ(bed.delivered_to("second"), 1u);
  bed.acknowledge(bed.sent.back().id);
  bed.off_duty = {"second"};
  bed.fold(run("run-1", true));
  bed.pass(1min);
  EXPECT_EQ(bed.delivered_to("first"), 1u);
  bed.place("A@S", Readiness::Normal);
  bed.pass(5min);
  EXPECT_EQ(bed.delivered_to("first"), 1u);
  EXPECT_EQ(bed.delivered_to("second"), 2u);
}

TEST_F(Waiting, NewsThatCouldNotBeDeliveredGiveWayToNewerOnesOfTheSameRun) {
  bed.broken = {"sms", "mail"};
  bed.fold(run("run-1", true));
  bed.pass(1min);
  bed.fold(RunApproved{RunId("run-1")});
  bed.pass(1min);
  bed.broken.clear();
  bed.pass(1h);
  EXPECT_EQ(bed.delivered(), (Strings{"leader clear", "first clear"}));
}

}  // namespace dienstbereit::core::notice
