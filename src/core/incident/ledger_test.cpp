// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/incident/ledger.h"

#include <gtest/gtest.h>

namespace dienstbereit::core::incident {
namespace {

Instant at(int minutes) { return Instant(std::chrono::minutes(minutes)); }

IncidentOpened opened() {
  return {IncidentId("incident-1"), true, {"Störung", ""}, at(5), {NodeId("DB")}};
}

TEST(Ledger, WhatWasGivenOutBeforeStaysAsItWas) {
  Ledger ledger;
  ledger.apply(opened(), {at(5), "observer"});
  const auto before = ledger.record();
  ledger.apply(NoteAdded{IncidentId("incident-1"), NoteId("note-1"), NoteKind::Note, "x", "", ""},
               {at(6), "user:u-1"});
  EXPECT_TRUE(before->incidents[0]->notes.empty());
  EXPECT_EQ(ledger.record()->incidents[0]->notes.at(0).written.by, "user:u-1");
}

TEST(Ledger, IdsGoOnFromTheLastOneEverGiven) {
  Ledger ledger;
  EXPECT_EQ(ledger.next_id("incident"), "incident-1");
  ledger.apply(opened(), {at(5), "observer"});
  EXPECT_EQ(ledger.next_id("incident"), "incident-2");
  EXPECT_EQ(ledger.next_id("task"), "task-1");
}

TEST(Ledger, AFaultEndsAndComesBackAsAnother) {
  Ledger ledger;
  ledger.apply(opened(), {at(5), "observer"});
  ledger.apply(FaultChanged{IncidentId("incident-1"), NodeId("DB"), false}, {at(9), "observer"});
  ledger.apply(FaultChanged{IncidentId("incident-1"), NodeId("DB"), true}, {at(12), "observer"});
  const auto& faults = ledger.record()->incidents[0]->faults;
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].ended, at(9));
  EXPECT_EQ(faults[1].since, at(12));
}

TEST(Ledger, TheLogKeepsAuthorAndTimeOfEverything) {
  Ledger ledger;
  ledger.apply(opened(), {at(5), "observer"});
  ledger.apply(LevelSet{IncidentId("incident-1"), Level::Emergency, "Notruf"}, {at(7), "user:u-2"});
  const auto& log = ledger.record()->incidents[0]->log;
  ASSERT_EQ(log.size(), 2u);
  EXPECT_EQ(log[1].what, "level_set");
  EXPECT_EQ(log[1].text, "Notruf");
  EXPECT_EQ(log[1].written.at, at(7));
}

TEST(Ledger, AnEventThatNamesNothingChangesNothing) {
  Ledger ledger;
  ledger.apply(ReportDue{IncidentId("incident-7")}, {at(5), "observer"});
  ledger.apply(StatementMoved{StatementId("statement-7"), 1, StatementState::Approved, ""},
               {at(5), "x"});
  EXPECT_TRUE(ledger.record()->incidents.empty());
  EXPECT_TRUE(ledger.record()->statements.empty());
}

}  // namespace
}  // namespace dienstbereit::core::incident
