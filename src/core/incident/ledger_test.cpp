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

TaskSet task(const char* id) {
  TaskSet set;
  set.incident = IncidentId("incident-1");
  set.id = TaskId(id);
  set.version = 1;
  return set;
}

TEST(Ledger, APartIsOrderedWhenItsDeliveryIsTold) {
  Ledger ledger;
  ledger.apply(opened(), {at(5), "observer"});
  TaskSet set = task("task-1");
  ledger.apply(set, {at(6), "user:u-1"});
  using std::chrono::hours;
  set.delivery = Estimate{hours(24), hours(48), hours(96)};
  ledger.apply(set, {at(7), "user:u-1"});
  set.assignee = "user:u-2";
  ledger.apply(set, {at(9), "user:u-1"});
  const auto ordered = [&] {
    return find_task(*ledger.record()->incidents[0], TaskId("task-1"))->ordered;
  };
  EXPECT_EQ(ordered(), at(7)) << "who does it is no news of the part";
  set.delivery->worst = hours(120);
  ledger.apply(set, {at(11), "user:u-1"});
  EXPECT_EQ(ordered(), at(11));
}

OrderProposed proposed(const char* id) {
  OrderProposed order;
  order.incident = IncidentId("incident-1");
  order.id = OrderId(id);
  order.steps = {
      {TaskId("task-2"), NodeId()}, {TaskId(), NodeId("DB")}, {TaskId("task-1"), NodeId()}};
  return order;
}

Ledger with_two_tasks() {
  Ledger ledger;
  ledger.apply(opened(), {at(5), "observer"});
  ledger.apply(task("task-1"), {at(6), "user:u-1"});
  ledger.apply(task("task-2"), {at(7), "user:u-1"});
  return ledger;
}

TEST(Ledger, AnOrderThatIsTakenGoesAheadOfWhatIsPlannedLater) {
  Ledger ledger = with_two_tasks();
  ledger.apply(proposed("order-1"), {at(8), "user:u-1"});
  ledger.apply(proposed("order-2"), {at(9), "user:u-1"});
  ledger.apply(OrderAnswered{IncidentId("incident-1"), OrderId("order-2"), true, "ja"},
               {at(10), "user:u-2"});
  const Incident& incident = *ledger.record()->incidents[0];
  EXPECT_LT(find_task(incident, TaskId("task-2"))->order,
            find_task(incident, TaskId("task-1"))->order);
  EXPECT_LT(find_task(incident, TaskId("task-1"))->order, Task().order);
  // Who still has the form of before is told; who wrote the contents is still the same.
  EXPECT_EQ(find_task(incident, TaskId("task-1"))->version, 2u);
  EXPECT_EQ(find_task(incident, TaskId("task-1"))->written.at, at(6));
  EXPECT_EQ(incident.orders[1].answered->by, "user:u-2");
  EXPECT_FALSE(incident.orders[1].stale);
  EXPECT_TRUE(incident.orders[0].stale) << "it compares with an order that is no more";
  EXPECT_EQ(ledger.next_id("order"), "order-3");
}

TEST(Ledger, AnOrderThatIsNotTakenChangesNoTask) {
  Ledger ledger = with_two_tasks();
  ledger.apply(proposed("order-1"), {at(8), "user:u-1"});
  ledger.apply(OrderAnswered{IncidentId("incident-1"), OrderId("order-1"), false, "Lieferung"},
               {at(10), "user:u-2"});
  const Incident& incident = *ledger.record()->incidents[0];
  EXPECT_EQ(incident.tasks[0].order, 0);
  EXPECT_EQ(incident.tasks[0].version, 1u);
  EXPECT_EQ(incident.orders[0].taken, false);
  EXPECT_EQ(incident.orders[0].answer_reason, "Lieferung");
}

TEST(Ledger, AProposedOrderIsStaleOnceTheWorkHasChanged) {
  FixMoved fix;
  fix.incident = IncidentId("incident-1");
  fix.id = FixId("fix-1");
  FixSet set;
  set.incident = fix.incident;
  set.id = fix.id;
  const IncidentId id("incident-1");
  for (const RecordEvent& change : std::vector<RecordEvent>{
           task("task-3"), TaskMoved{id, TaskId("task-1"), TaskState::Started, ""}, set, fix,
           FaultChanged{id, NodeId("NET"), true}, FaultChanged{id, NodeId("DB"), false}}) {
    Ledger ledger = with_two_tasks();
    ledger.apply(set, {at(7), "user:u-1"});
    ledger.apply(proposed("order-1"), {at(8), "user:u-1"});
    ASSERT_FALSE(ledger.record()->incidents[0]->orders[0].stale);
    ledger.apply(NoteAdded{id, NoteId("note-1"), NoteKind::Note, "x", "", ""}, {at(9), "x"});
    EXPECT_FALSE(ledger.record()->incidents[0]->orders[0].stale);
    ledger.apply(change, {at(10), "user:u-1"});
    EXPECT_TRUE(ledger.record()->incidents[0]->orders[0].stale) << type_of(change);
  }
}

TEST(Ledger, AProposedOrderIsStaleOnceTheDistrictHasChanged) {
  Ledger ledger = with_two_tasks();
  ledger.apply(proposed("order-1"), {at(8), "user:u-1"});
  const auto before = ledger.record();
  ledger.district_changed();
  EXPECT_TRUE(ledger.record()->incidents[0]->orders[0].stale);
  EXPECT_FALSE(before->incidents[0]->orders[0].stale) << "what was given before stays as it was";
}

TEST(Ledger, OfProposedOrdersTheNewestAreKept) {
  Ledger ledger = with_two_tasks();
  for (std::size_t i = 1; i <= kMostOrdersKept + 2; ++i) {
    ledger.apply(proposed(("order-" + std::to_string(i)).c_str()), {at(8), "user:u-1"});
  }
  const auto& orders = ledger.record()->incidents[0]->orders;
  ASSERT_EQ(orders.size(), kMostOrdersKept);
  EXPECT_EQ(orders.front().id, OrderId("order-3"));
}

}  // namespace
}  // namespace dienstbereit::core::incident
