// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/public_history.h"

#include <gtest/gtest.h>

#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

// An incident with a fault of the database, and whatever a test publishes on it.
struct Told : testing::Test {
  Told() {
    incident->id = IncidentId("incident-1");
    incident->title = {"Störung", "Fault"};
    incident->since = ago(120);
    incident->faults = {{NodeId("DB"), ago(120), {}}};
    record->incidents = {incident};
  }

  Instant ago(int minutes) const { return world.now - std::chrono::minutes(minutes); }
  Statement& publish(const std::string& id, int minutes, StatementKind kind) {
    Statement& one = record->statements.emplace_back();
    one.id = StatementId(id);
    one.kind = kind;
    one.incident = IncidentId("incident-1");
    one.title_de = "Ausfall " + id;
    one.de = "Wir prüfen.";
    one.state = StatementState::Published;
    one.published_at = ago(minutes);
    return one;
  }
  PublicHistory history() {
    world.situation.record = record;
    return public_history(world.situation);
  }
  PublicIncident only() { return history().incidents.at(0); }

  test::World world;
  std::shared_ptr<Incident> incident = std::make_shared<Incident>();
  std::shared_ptr<Record> record = std::make_shared<Record>();
};

TEST_F(Told, NothingIsPublicBeforeAStatementIs) {
  publish("statement-1", 60, StatementKind::Holding).published_at.reset();
  publish("statement-2", 60, StatementKind::Internal);
  EXPECT_TRUE(history().updates.empty());
  EXPECT_TRUE(history().incidents.empty());
  publish("statement-3", 60, StatementKind::Holding);
  EXPECT_EQ(history().updates.size(), 1u);
  EXPECT_EQ(history().incidents.size(), 1u);
}

TEST_F(Told, AVersionThatWasPublicOnceStaysAnEntryOfItsOwn) {
  Statement& now = publish("statement-1", 10, StatementKind::Short);
  now.version = 2;
  Statement before = now;
  before.version = 1;
  before.published_at = ago(60);
  record->earlier = {before};
  const PublicHistory told = history();
  ASSERT_EQ(told.updates.size(), 2u);
  EXPECT_EQ(told.updates[0].id, "statement-1.2");
  EXPECT_EQ(told.updates[1].id, "statement-1.1");
}

TEST_F(Told, AWithdrawnStatementIsNotToldOn) {
  publish("statement-1", 10, StatementKind::Short).state = StatementState::Withdrawn;
  EXPECT_TRUE(history().updates.empty());
}

TEST_F(Told, OnlyAPersonsConfirmationIdentifiesTheCause) {
  publish("statement-1", 60, StatementKind::Holding);
  Hypothesis cause;
  cause.state = CauseState::Likely;
  cause.written.at = ago(50);
  incident->hypotheses = {cause};
  EXPECT_EQ(only().stage, Stage::Investigating);
  incident->hypotheses[0].state = CauseState::Confirmed;
  EXPECT_EQ(only().stage, Stage::Identified);
  EXPECT_EQ(only().updates[0].stage, Stage::Investigating) << "it was told before that";
}

TEST_F(Told, AnInterimFixIsWatchedAndItsRepairPlannedByTheForecast) {
  publish("statement-1", 60, StatementKind::Holding);
  Task repair;
  repair.id = TaskId("task-1");
  incident->tasks = {repair};
  Fix fix;
  fix.state = FixState::InForce;
  fix.since = ago(30);
  fix.follow_up = repair.id;
  incident->fixes = {fix};
  EXPECT_EQ(only().stage, Stage::Monitoring);
  EXPECT_TRUE(history().repairs.empty()) << "nobody can say when";
  const auto forecast = std::make_shared<Forecast>();
  forecast->all_repaired_early = world.now + std::chrono::hours(20);
  forecast->all_repaired_late = world.now + std::chrono::hours(40);
  incident->forecasts = {forecast};
  ASSERT_EQ(history().repairs.size(), 1u);
  EXPECT_EQ(history().repairs[0].stage, Stage::Scheduled);
  EXPECT_EQ(history().repairs[0].window->end, *forecast->all_repaired_late);
  incident->tasks[0].state = TaskState::Started;
  EXPECT_EQ(history().repairs[0].stage, Stage::InProgress);
}

TEST_F(Told, AClosedIncidentIsResolvedAndWhatIsToldThenIsAReportAfterwards) {
  publish("statement-1", 60, StatementKind::Holding);
  incident->back_at = ago(40);
  incident->closed_at = ago(20);
  publish("statement-2", 5, StatementKind::Press);
  EXPECT_EQ(only().stage, Stage::Resolved);
  EXPECT_EQ(only().resolved_at, incident->closed_at);
  EXPECT_EQ(only().updates[0].stage, Stage::Postmortem);
  EXPECT_EQ(only().updates[1].stage, Stage::Investigating);
}

TEST_F(Told, AMergedIncidentSpeaksThroughTheOneItWentInto) {
  const auto into = std::make_shared<Incident>(*incident);
  into->id = IncidentId("incident-2");
  record->incidents.push_back(into);
  incident->merged_into = into->id;
  publish("statement-1", 60, StatementKind::Holding);
  ASSERT_EQ(history().incidents.size(), 1u);
  EXPECT_EQ(only().id, into->id);
  into->merged_into = incident->id;  // a circle, which no event can make
  EXPECT_TRUE(history().incidents.empty());
}

TEST_F(Told, AnIncidentConcernsWhatItsFaultsExplain) {
  publish("statement-1", 60, StatementKind::Holding);
  EXPECT_TRUE(only().offers.empty());
  world.offer("A1@S1/V1").now =
      test::closed_by_failure({test::step(ReasonKind::NeedDown, "A1@S1/V1", "DB")});
  EXPECT_EQ(only().offers, std::vector<NodeId>{NodeId("A1@S1/V1")});
}

}  // namespace
}  // namespace dienstbereit::view
