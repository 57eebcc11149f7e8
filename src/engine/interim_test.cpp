// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "engine/bed_test.h"

// What the engine adds to core/interim: the journal, the way out, the record, restarts.
namespace dienstbereit::engine {
namespace {

using namespace test;

struct Hand final : ActionPort {
  void carry_out(Action action) override { asked.push_back(std::move(action)); }
  std::vector<Action> asked;
};

std::shared_ptr<const District> with_fallback() {
  auto district = std::make_shared<District>(*small_district());
  for (const char* id : {"on", "off"}) {
    Step step;
    step.id = "turn";
    step.doing.command = id;
    Plan plan;
    plan.id = PlanId(id);
    plan.steps = {step};
    district->plans.push_back(plan);
  }
  Fallback fallback;
  fallback.id = FallbackId("spare");
  fallback.title = {"Ersatzserver", "Spare server"};
  fallback.stands_in_for = {NodeId("SERVER")};
  fallback.on = PlanId("on");
  fallback.off = PlanId("off");
  fallback.switched_by = Switcher::Rule;
  fallback.owner = "IT";
  fallback.risk = {"ohne zweite Leitung", ""};
  fallback.restores = {"Auskunft", ""};
  fallback.expires = std::chrono::hours(24);
  district->fallbacks.push_back(fallback);
  return district;
}

struct Interim : testing::Test {
  Interim() : bed("2026-11-23T06:00:00Z") {
    bed.district = with_fallback();
    bed.hand = &hand;
    EXPECT_TRUE(bed.start());
    see(ProbeOutcome::Success);
  }
  void see(ProbeOutcome outcome) {
    for (const char* probe : {"POWER/ups", "SPARE/tcp"}) bed.result(probe, ProbeOutcome::Success);
    for (int i = 0; i < 3; ++i) bed.result("SERVER/sql", outcome);
    bed.turn();
  }
  // Down for so long that the rule acts.
  void fall() {
    for (int minute = 0; minute < 7 && hand.asked.empty(); ++minute) {
      see(ProbeOutcome::Failure);
      bed.pass(std::chrono::minutes(1));
    }
  }
  Result<Answer> end(ActionOutcome outcome) {
    const Action last = hand.asked.back();
    return bed.ask(PlanCommand(ReportAction{{last.key, last.mode, outcome, ""}}));
  }
  const Fix* fix() const {
    const auto& incidents = bed.seen->record->incidents;
    return incidents.empty() || incidents[0]->fixes.empty() ? nullptr : &incidents[0]->fixes[0];
  }
  FallbackState state() const { return bed.seen->interim.fallbacks.at(0).state; }

  Hand hand;
  Bed bed;
};

}  // namespace

TEST_F(Interim, WhatTheRuleTurnsOnStandsInTheRecordAsAnInterimFixUntilItIsOff) {
  fall();
  ASSERT_EQ(hand.asked.size(), 1u);
  EXPECT_EQ(hand.asked[0].command, "on");
  EXPECT_EQ(fix(), nullptr) << "not before it is on";
  ASSERT_TRUE(end(ActionOutcome::Done));
  EXPECT_EQ(state(), FallbackState::On);
  ASSERT_NE(fix(), nullptr);
  EXPECT_EQ(fix()->state, FixState::InForce);
  EXPECT_EQ(fix()->title.de, "Ersatzserver");
  EXPECT_EQ(fix()->owner, "IT");
  EXPECT_TRUE(fix()->expires.has_value());
  ASSERT_TRUE(bed.ask(PlanCommand(SwitchFallback{FallbackId("spare"), false, "repariert"})));
  ASSERT_TRUE(end(ActionOutcome::Done));
  EXPECT_EQ(state(), FallbackState::Off);
  EXPECT_EQ(fix()->state, FixState::Ended);
}

TEST_F(Interim, NothingIsCarriedOutBeforeItIsDurable) {
  bed.journal.broken = true;
  fall();
  EXPECT_TRUE(hand.asked.empty());
}

TEST_F(Interim, ARestartAsksAgainUnderTheSameKeyAndReplayGivesTheSame) {
  fall();
  ASSERT_EQ(hand.asked.size(), 1u);
  const std::string key = hand.asked[0].key;
  ASSERT_TRUE(bed.start());
  bed.turn();
  ASSERT_EQ(hand.asked.size(), 2u);
  EXPECT_EQ(hand.asked[1].key, key);
  EXPECT_EQ(state(), FallbackState::Moving);
  ASSERT_TRUE(end(ActionOutcome::Done));
  ASSERT_TRUE(bed.start());
  bed.turn();
  EXPECT_EQ(hand.asked.size(), 2u) << "what is done is not asked again";
  EXPECT_EQ(bed.count("switch_decided"), 1u);
}

TEST_F(Interim, AResultThatNobodyWaitsForChangesNothing) {
  const std::size_t before = bed.journal.records.size();
  ASSERT_TRUE(bed.ask(
      PlanCommand(ReportAction{{"run-9.0.0.do", ActionMode::Do, ActionOutcome::Done, ""}})));
  EXPECT_EQ(bed.count("step_moved"), 0u);
  EXPECT_GE(bed.journal.records.size(), before);
}

}  // namespace dienstbereit::engine
