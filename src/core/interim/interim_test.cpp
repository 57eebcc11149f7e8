// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/interim/interim.h"

#include <gtest/gtest.h>

#include "core/interim/house_test.h"

namespace dienstbereit::core::interim {
namespace {

using Names = std::vector<std::string>;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// ---- runs ---------------------------------------------------------------------------------------

TEST(Run, GoesStepByStepAndTurnsTheFallbackOn) {
  House house;
  house.open();
  ASSERT_TRUE(house.start("on"));
  EXPECT_EQ(house.web(), FallbackState::Moving);
  EXPECT_EQ(house.commands(), Names{"do-fence"});
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.commands(), (Names{"do-fence", "do-serve"}));
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.run().result, RunResult::Done);
  EXPECT_EQ(house.web(), FallbackState::On);
}

TEST(Run, GoesBackTheLastFirstWhereAStepFails) {
  House house;
  house.open();
  house.start("on");
  house.end(ActionOutcome::Done);
  house.end(ActionOutcome::Failed, "it ended with 1");
  EXPECT_EQ(house.asked.back().command, "undo-serve") << "it was begun, so it is taken back too";
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.asked.back().command, "undo-fence");
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.run().result, RunResult::Undone);
  EXPECT_EQ(house.run().detail, "step 'serve': it ended with 1");
  EXPECT_EQ(house.web(), FallbackState::Off);
}

TEST(Run, WhatWasNeverBegunIsNotTakenBack) {
  House house;
  house.open();
  house.start("on");
  house.end(ActionOutcome::Done);
  house.end(ActionOutcome::Refused, "the helper cannot be reached");
  EXPECT_EQ(house.asked.back().command, "undo-fence");
}

// Unfencing the old one after the new one was promoted would make two.
TEST(Run, AStepThatCannotBeTakenBackKeepsWhatIsBeforeIt) {
  House house;
  house.on().steps = {House::step("fence"), House::step("promote"), House::step("serve")};
  house.on().steps[1].undo = {};
  house.open();
  house.start("on");
  house.end(ActionOutcome::Done);
  house.end(ActionOutcome::Done);
  house.end(ActionOutcome::Failed, "no");
  house.end(ActionOutcome::Done);  // undo-serve
  EXPECT_EQ(house.asked.back().command, "undo-serve") << "the fence stays";
  EXPECT_EQ(house.run().result, RunResult::Partial);
  EXPECT_NE(house.run().detail.find("fence, promote"), std::string::npos) << house.run().detail;
  EXPECT_EQ(house.web(), FallbackState::Stuck);
}

TEST(Run, APreconditionThatDoesNotComeToHoldRefusesIt) {
  House house;
  house.on().needs = {{ProbeId("N/sql"), NodeId(), Expected::Failure}};
  house.open();
  house.start("on");
  EXPECT_TRUE(house.asked.empty());
  EXPECT_EQ(house.run().detail, "waits until it holds: probe 'N/sql': failure");
  house.see("N/sql", Sight::Success);
  house.pass(seconds(31));
  EXPECT_TRUE(house.asked.empty());
  EXPECT_EQ(house.run().result, RunResult::Undone);
}

TEST(Run, ACheckCountsOnlyWhatWasMeasuredAfterTheAction) {
  House house;
  house.on().steps[0].check = {ProbeId("M/sql"), NodeId(), Expected::Success};
  house.open();
  house.see("M/sql", Sight::Success);
  house.pass(seconds(5));
  house.start("on");
  house.pass(seconds(1));
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.run().steps[0].state, StepState::Checking);
  EXPECT_EQ(house.interim.take_questions(house, house.now), std::vector<ProbeId>{ProbeId("M/sql")});
  house.pass(seconds(1));
  house.see("M/sql", Sight::Success);
  EXPECT_EQ(house.run().steps[0].state, StepState::Done);
}

TEST(Run, ACheckThatIsNotSeenInTimeFails) {
  House house;
  house.on().steps[0].check = {ProbeId("M/sql"), NodeId(), Expected::Success};
  house.open();
  house.start("on");
  house.end(ActionOutcome::Done);
  house.pass(seconds(29));
  EXPECT_EQ(house.run().steps[0].state, StepState::Checking);
  house.pass(seconds(2));
  EXPECT_EQ(house.asked.back().command, "undo-fence");
}

TEST(Run, IsNotDoneUntilItIsSeenFromOutside) {
  House house;
  house.fallback().look = {ProbeId("N/outside")};
  house.open();
  house.start("on");
  house.end(ActionOutcome::Done);
  house.end(ActionOutcome::Done);
  EXPECT_TRUE(house.run().open());
  house.pass(seconds(1));
  house.see("N/outside", Sight::Success);
  EXPECT_EQ(house.run().result, RunResult::Done);
}

TEST(Run, IsHalfWayIfNothingIsSeenFromOutside) {
  House house;
  house.fallback().look = {ProbeId("N/outside")};
  house.open();
  house.start("on");
  house.end(ActionOutcome::Done);
  house.end(ActionOutcome::Done);
  house.see("N/outside", Sight::Failure);
  house.pass(kLookFor);
  EXPECT_EQ(house.run().result, RunResult::Partial);
  EXPECT_EQ(house.web(), FallbackState::Stuck);
}

// ---- our own restart ----------------------------------------------------------------------------

TEST(Restart, AsksAgainUnderTheSameKeyAndGivesTheWholeTime) {
  House house;
  house.open();
  house.start("on");
  const Action before = house.asked.back();
  house.pass(seconds(40));
  house.interim.restarted(house.now, false);
  house.turn();
  ASSERT_EQ(house.asked.size(), 2u);
  EXPECT_EQ(house.asked.back().key, before.key);
  house.pass(seconds(40));
  EXPECT_EQ(house.run().steps[0].state, StepState::Asked);
}

TEST(Restart, WhatNobodyKnowsIsDoneAgainWhereThatDoesNoHarm) {
  House house;
  house.on().steps[0].repeatable = true;
  house.open();
  house.start("on");
  house.end(ActionOutcome::Interrupted);
  ASSERT_EQ(house.asked.size(), 2u);
  EXPECT_EQ(house.asked[1].key, house.asked[0].key);
  EXPECT_EQ(house.asked[1].mode, ActionMode::Again);
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.run().steps[0].state, StepState::Done);
}

TEST(Restart, ElseItsCheckTellsAndElseAPerson) {
  House house;
  house.on().steps[0].check = {ProbeId("M/sql"), NodeId(), Expected::Success};
  house.open();
  house.start("on");
  house.end(ActionOutcome::Interrupted);
  EXPECT_EQ(house.asked.size(), 1u);
  EXPECT_EQ(house.run().steps[0].state, StepState::Checking);
  house.pass(seconds(31));
  EXPECT_EQ(house.run().steps[0].state, StepState::Unsure) << "not seeing it proves nothing";
  ASSERT_TRUE(house.wish(house.interim.confirm({RunId("run-1"), "fence", true, "looked"})));
  EXPECT_EQ(house.run().steps[0].state, StepState::Done);
  EXPECT_EQ(house.run().steps[0].by, "user:u-1");
}

// ---- people -------------------------------------------------------------------------------------

TEST(People, TwoApproveAndNeverTheSame) {
  House house;
  house.on().four_eyes = true;
  house.open();
  house.start("on");
  EXPECT_TRUE(house.asked.empty());
  EXPECT_FALSE(house.wish(house.interim.approve(RunId("run-1"), "user:u-1")));
  EXPECT_TRUE(house.wish(house.interim.approve(RunId("run-1"), "user:u-2"), "user:u-2"));
  EXPECT_EQ(house.commands(), Names{"do-fence"});
  EXPECT_EQ(house.run().approved_by, "user:u-2");
}

TEST(People, AnApprovalThatDoesNotComeEndsTheRun) {
  House house;
  house.on().four_eyes = true;
  house.open();
  house.start("on");
  house.pass(kApprovalLasts);
  EXPECT_EQ(house.run().result, RunResult::Undone);
}

TEST(People, ConfirmWhatTheyWereAskedFor) {
  House house;
  house.on().steps[0].doing = {"", {}, {"Stecker ziehen", ""}, {}};
  house.open();
  house.start("on");
  EXPECT_TRUE(house.asked.empty());
  EXPECT_FALSE(house.wish(house.interim.confirm({RunId("run-1"), "serve", true, ""})));
  EXPECT_TRUE(house.wish(house.interim.confirm({RunId("run-1"), "fence", true, ""})));
  EXPECT_EQ(house.commands(), Names{"do-serve"});
}

TEST(People, AbortWaitsForWhatRunsAndThenGoesBack) {
  House house;
  house.open();
  house.start("on");
  ASSERT_TRUE(house.wish(house.interim.abort({RunId("run-1"), "doch nicht"})));
  EXPECT_EQ(house.commands(), Names{"do-fence"}) << "nobody knows yet what it comes to";
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.commands(), (Names{"do-fence", "undo-fence"}));
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.run().result, RunResult::Undone);
}

TEST(People, MayNotStartAPlanTwice) {
  House house;
  house.open();
  ASSERT_TRUE(house.start("on"));
  EXPECT_FALSE(house.start("on"));
  EXPECT_FALSE(house.start("off")) << "the same fallback, the other way";
}

TEST(DryRun, AsksTheHelperAndCarriesOutNothing) {
  House house;
  house.open();
  ASSERT_TRUE(house.start("on", true));
  EXPECT_EQ(house.asked.back().mode, ActionMode::Rehearse);
  house.end(ActionOutcome::Done, "the helper could carry it out");
  house.end(ActionOutcome::Refused, "the helper's list has no command 'do-serve'");
  EXPECT_EQ(house.run().result, RunResult::Undone);
  EXPECT_EQ(house.asked.size(), 2u);
  EXPECT_EQ(house.web(), FallbackState::Off);
  EXPECT_EQ(house.count<SwitchDecided>(), 0u);
}

// ---- rules --------------------------------------------------------------------------------------

TEST(Rule, SwitchesOnceItIsDownForLongEnoughAndBackAfterTheHoldDown) {
  House house;
  house.open();
  house.set(kDown);
  house.pass(minutes(4));
  EXPECT_EQ(house.count<SwitchDecided>(), 0u);
  EXPECT_EQ(house.interim.next_due(house, house.now), kStart + minutes(5));
  house.pass(minutes(1));
  ASSERT_EQ(house.count<SwitchDecided>(), 1u);
  house.end(ActionOutcome::Done);
  house.end(ActionOutcome::Done);
  EXPECT_EQ(house.web(), FallbackState::On);
  house.set(kOperational);
  house.pass(minutes(10));
  EXPECT_EQ(house.count<SwitchDecided>(), 1u);
  EXPECT_EQ(house.interim.next_due(house, house.now), kStart + minutes(35));
  house.pass(minutes(20));
  EXPECT_EQ(house.count<SwitchDecided>(), 2u);
}

TEST(Rule, DoesNothingWhereNobodyKnows) {
  House house;
  house.open();
  house.set(kUnknown);
  house.pass(hours(10));
  EXPECT_TRUE(house.events.empty());
}

TEST(Rule, LeavesItWhileItIsSeenWorkingFromOutside) {
  House house;
  house.fallback().look = {ProbeId("N/outside")};
  house.open();
  house.see("N/outside", Sight::Success);
  house.set(kDown);
  house.pass(hours(1));
  EXPECT_EQ(house.count<SwitchDecided>(), 0u);
  EXPECT_NE(house.interim.board(house, house.now).fallbacks[0].held, "");
  house.see("N/outside", Sight::Failure);
  EXPECT_EQ(house.count<SwitchDecided>(), 1u);
}

TEST(Rule, GivesUpAfterThreeTriesInARow) {
  House house;
  house.open();
  house.set(kDown);
  for (int i = 0; i < 10; ++i) {
    house.pass(minutes(30));
    if (!house.asked.empty() && house.run().open()) house.end(ActionOutcome::Refused, "no helper");
  }
  EXPECT_EQ(house.count<SwitchDecided>(), kMostTries);
}

TEST(Rule, LeavesAlonePeoplesFallbacks) {
  House house;
  house.fallback().switched_by = Switcher::Person;
  house.open();
  house.set(kDown);
  house.pass(hours(10));
  EXPECT_TRUE(house.events.empty());
}

TEST(Exercise, CarriesOutNothingAndGoesOn) {
  House house;
  house.open();
  house.interim.restarted(house.now, true);
  ASSERT_TRUE(house.start("on"));
  EXPECT_TRUE(house.asked.empty());
  EXPECT_EQ(house.run().result, RunResult::Done);
}

}  // namespace
}  // namespace dienstbereit::core::interim
