// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/incident/changes.h"

#include <gtest/gtest.h>

namespace dienstbereit::core::incident {
namespace {

Instant at(int minutes) { return Instant(std::chrono::minutes(minutes)); }
Day day(const char* iso) { return parse_day(iso).value(); }

// A ledger that people write into, one after the other.
class Changes : public ::testing::Test {
 protected:
  Changes() {
    Component database;
    database.id = NodeId("DB");
    Component power;
    power.id = NodeId("USV");
    district_.components = {database, power};
    Office office;
    office.id = OfficeId("A1");
    OfficeSite place;
    place.site = SiteId("S1");
    office.sites = {place};
    district_.offices = {office};
  }

  Result<std::vector<RecordEvent>> write(std::vector<RecordEvent> changes,
                                         const std::string& by = "user:u-1") {
    auto accepted =
        accept(std::move(changes), ledger_, {district_, now_, day("2026-11-23"), by, 100, unsent_});
    if (accepted) {
      for (const RecordEvent& event : *accepted) ledger_.apply(event, {now_, by});
    }
    now_ += std::chrono::minutes(1);
    return accepted;
  }
  Errc refusal(RecordEvent change, const std::string& by = "user:u-1") {
    const auto accepted = write({std::move(change)}, by);
    EXPECT_FALSE(accepted) << "was to be refused";
    return accepted ? Errc::Corrupt : accepted.error().code;
  }
  const Incident& first() const { return *ledger_.record()->incidents.at(0); }
  void open() {
    IncidentOpened opened;
    opened.title = {"Ausfall der Datendienste", ""};
    opened.nodes = {NodeId("DB")};
    ASSERT_TRUE(write({opened}));
  }
  TaskSet task(const char* title = "Netzteil tauschen") {
    TaskSet made;
    made.incident = IncidentId("incident-1");
    made.title = title;
    made.effort = {std::chrono::minutes(30), std::chrono::minutes(60), std::chrono::hours(8)};
    return made;
  }

  District district_;
  Ledger ledger_;
  std::uint64_t unsent_ = 0;
  Instant now_ = at(1000);
};

TEST_F(Changes, TheHoldingStatementIsOneListOfChanges) {
  IncidentOpened opened;
  opened.title = {"Störung", "Fault"};
  StatementSaved saved;
  saved.kind = StatementKind::Holding;
  saved.incident = IncidentId("new");
  saved.title_de = "Störung";
  saved.de = "Wir prüfen.";
  StatementMoved published;
  published.id = StatementId("new");
  const auto written = write({opened, saved, published});
  ASSERT_TRUE(written) << written.error().message;
  const Record& record = *ledger_.record();
  EXPECT_EQ(record.statements.at(0).incident, IncidentId("incident-1"));
  EXPECT_EQ(record.statements.at(0).state, StatementState::Published);
  EXPECT_EQ(record.statements.at(0).based_on, 100u);
  EXPECT_EQ(first().since, at(1000)) << "since now, where nobody says otherwise";
}

TEST_F(Changes, ANoteOnAChangeSaysWhatAndWhen) {
  open();
  NoteAdded note;
  note.incident = IncidentId("incident-1");
  note.text = "Firmware 4.2 eingespielt";
  note.nodes = {NodeId("DB")};
  EXPECT_EQ(refusal(note), Errc::InvalidInput) << "no other note names what was changed";
  note.kind = NoteKind::Change;
  EXPECT_EQ(refusal(note), Errc::InvalidInput) << "when?";
  note.changed_at = now_ + Duration(1);
  EXPECT_EQ(refusal(note), Errc::InvalidInput) << "not yet";
  note.changed_at = now_ - Duration(1);
  note.nodes = {NodeId("NOWHERE")};
  EXPECT_EQ(refusal(note), Errc::NotFound);
  note.nodes.assign(201, NodeId("DB"));
  EXPECT_EQ(refusal(note), Errc::LimitExceeded);
  note.nodes.clear();
  EXPECT_EQ(refusal(note), Errc::InvalidInput) << "what?";
  note.nodes = {NodeId("DB")};
  ASSERT_TRUE(write({note}));
  EXPECT_EQ(first().notes.at(0).nodes, note.nodes);
  EXPECT_EQ(first().notes.at(0).changed_at, note.changed_at);
}

TEST_F(Changes, AllOrNothing) {
  IncidentOpened opened;
  opened.title = {"Störung", ""};
  NoteAdded empty;
  empty.incident = IncidentId("new");
  EXPECT_FALSE(write({opened, empty}));
  EXPECT_TRUE(ledger_.record()->incidents.empty());
}

TEST_F(Changes, TwoPeopleWhoEditOneThingAreToldOfEachOther) {
  open();
  ASSERT_TRUE(write({task()}));
  TaskSet mine = task("Netzteil und Lüfter tauschen");
  mine.id = TaskId("task-1");
  mine.version = 1;
  ASSERT_TRUE(write({mine}, "user:u-2"));
  mine.title = "Nur Lüfter";
  const auto late = write({mine});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::Conflict);
  EXPECT_NE(late.error().message.find("user:u-2"), std::string::npos);
  EXPECT_EQ(first().tasks.at(0).title, "Netzteil und Lüfter tauschen");
  EXPECT_EQ(first().tasks.at(0).version, 2u);
}

TEST_F(Changes, TasksMayNotWaitForEachOther) {
  open();
  TaskSet second = task();
  ASSERT_TRUE(write({task()}));
  second.after = {TaskId("task-1")};
  ASSERT_TRUE(write({second}));
  TaskSet circle = task();
  circle.id = TaskId("task-1");
  circle.version = 1;
  circle.after = {TaskId("task-2")};
  const auto refused = write({circle});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "tasks would wait for each other: task-1 after task-2 after task-1");
}

TEST_F(Changes, RefusesImpossibleEstimatesAndUnknownThings) {
  open();
  TaskSet odd = task();
  odd.effort.best = std::chrono::hours(9);
  EXPECT_EQ(refusal(odd), Errc::InvalidInput);
  odd = task();
  odd.effort.worst = std::chrono::hours(24 * 400);
  EXPECT_EQ(refusal(odd), Errc::InvalidInput);
  for (const Duration best : {Duration(0), Duration(-1)}) {
    odd = task();
    odd.effort.best = best;
    EXPECT_EQ(refusal(odd), Errc::InvalidInput);
    odd = task();
    odd.delivery = Estimate{best, std::chrono::hours(24), std::chrono::hours(48)};
    EXPECT_EQ(refusal(odd), Errc::InvalidInput);
  }
  odd = task();
  odd.effort = {Duration(0), Duration(0), std::chrono::hours(2)};
  const auto zero = write({odd});
  ASSERT_FALSE(zero);
  EXPECT_EQ(zero.error().message,
            "the effort needs all three: best, likely and worst, each longer than 0");
  odd = task();
  odd.repairs = {NodeId("NOBODY")};
  EXPECT_EQ(refusal(odd), Errc::NotFound);
  odd = task();
  odd.incident = IncidentId("incident-9");
  EXPECT_EQ(refusal(odd), Errc::NotFound);
  EXPECT_EQ(refusal(SuspectsFound{IncidentId("incident-1"), {}}), Errc::Denied);
}

TEST_F(Changes, RefusesTextsThatHideSomething) {
  open();
  NoteAdded note;
  note.incident = IncidentId("incident-1");
  note.text = "Server \u202E gnilhcsierg";
  EXPECT_EQ(refusal(note), Errc::InvalidInput);
  note.text = std::string(10'001, 'x');
  EXPECT_EQ(refusal(note), Errc::LimitExceeded);
  note.text = "<script>alert(1)</script> bleibt Text";
  EXPECT_TRUE(write({note}));
  EXPECT_EQ(first().notes.at(0).text, note.text);
}

TEST_F(Changes, AnIncidentClosesOnlyWithItsEvaluationOnceServicesAreBack) {
  open();
  PhaseChanged closed{IncidentId("incident-1"), Phase::Closed, "", {"schnell", "", "zweite USV"}};
  EXPECT_EQ(refusal(closed), Errc::Conflict);
  ASSERT_TRUE(write({PhaseChanged{IncidentId("incident-1"), Phase::ServicesBack, "", {}}}));
  EXPECT_EQ(first().closed_at, std::nullopt);
  PhaseChanged bare{IncidentId("incident-1"), Phase::Closed, "", {}};
  EXPECT_EQ(refusal(bare), Errc::InvalidInput);
  ASSERT_TRUE(write({closed}));
  EXPECT_EQ(first().evaluation.improvements, "zweite USV");
  EXPECT_EQ(refusal(task()), Errc::Conflict) << "closed";
  ASSERT_TRUE(write({PhaseChanged{IncidentId("incident-1"), Phase::Affected, "Rückfall", {}}}));
  EXPECT_TRUE(write({task()}));
}

TEST_F(Changes, AnIncidentClosesWhileCountersHoldCasesForAReasonOnly) {
  open();
  ASSERT_TRUE(write({PhaseChanged{IncidentId("incident-1"), Phase::ServicesBack, "", {}}}));
  unsent_ = 3;
  PhaseChanged closed{IncidentId("incident-1"), Phase::Closed, " ", {"a", "", "b"}};
  EXPECT_EQ(refusal(closed), Errc::Conflict);
  closed.reason = "Das Gerät ist verbrannt";
  EXPECT_TRUE(write({closed}));
}

TEST_F(Changes, AnInterimFixHasAnEndARiskAndAnOwner) {
  open();
  FixSet fix;
  fix.incident = IncidentId("incident-1");
  fix.title = {"Leihgerät", ""};
  fix.restores = {"Datendienste", ""};
  fix.risk = {"ohne Ersatz", ""};
  fix.owner = "IT";
  EXPECT_EQ(refusal(fix), Errc::InvalidInput) << "no end";
  fix.expires = now_ + std::chrono::hours(72);
  ASSERT_TRUE(
      write({fix, FixMoved{IncidentId("incident-1"), FixId("new"), FixState::InForce, ""}}));
  EXPECT_EQ(first().fixes.at(0).state, FixState::InForce);
  EXPECT_EQ(refusal(FixMoved{IncidentId("incident-1"), FixId("fix-1"), FixState::Expired, ""}),
            Errc::Conflict)
      << "expiry is the clock's";
  ASSERT_TRUE(write({FixMoved{IncidentId("incident-1"), FixId("fix-1"), FixState::Relapsed, "x"}}));
}

TEST_F(Changes, ADecisionIsReversedByTheNextOneAndBothStay) {
  ledger_.apply(OpeningProposed{OfficeId("A1"), SiteId("S1"), day("2026-11-24"), Readiness::Closed,
                                0.2, now_ + std::chrono::minutes(1)},
                {now_, "observer"});
  OpeningDecided closed;
  closed.office = OfficeId("A1");
  closed.site = SiteId("S1");
  closed.day = day("2026-11-24");
  closed.reason = "Reparatur dauert";
  ASSERT_TRUE(write({closed}));
  OpeningDecided open = closed;
  open.word = Readiness::Normal;
  now_ += std::chrono::minutes(5);
  ASSERT_TRUE(write({open}, "user:u-2"));
  const auto& decisions = ledger_.record()->decisions;
  ASSERT_EQ(decisions.size(), 2u);
  EXPECT_EQ(decisions[0].proposed, Readiness::Closed);
  EXPECT_FALSE(decisions[0].late);
  EXPECT_EQ(decisions[0].replaced_by, decisions[1].id);
  EXPECT_TRUE(decisions[1].late) << "after the deadline, and said so";
  EXPECT_EQ(decision_for(*ledger_.record(), OfficeId("A1"), SiteId("S1"), closed.day)->word,
            Readiness::Normal);
  closed.day = day("2026-11-22");
  EXPECT_EQ(refusal(closed), Errc::InvalidInput) << "yesterday";
  OpeningDecided limited = open;
  limited.word = Readiness::Limited;
  EXPECT_EQ(refusal(limited), Errc::InvalidInput) << "a limit has its text";
}

TEST_F(Changes, WhereConfiguredASecondPersonApproves) {
  district_.administration.second_approval = true;
  StatementSaved saved;
  saved.kind = StatementKind::Press;
  saved.title_de = "Pressemitteilung";
  saved.de = "Text";
  ASSERT_TRUE(write({saved}));
  StatementMoved move{StatementId("statement-1"), 1, StatementState::Published, ""};
  EXPECT_EQ(refusal(move), Errc::Denied);
  move.state = StatementState::Approved;
  EXPECT_EQ(refusal(move), Errc::Denied) << "its author";
  ASSERT_TRUE(write({move}, "user:u-2"));
  move.state = StatementState::Published;
  ASSERT_TRUE(write({move}));
  saved.id = StatementId("statement-1");
  saved.version = 1;
  saved.de = "Neuer Text";
  ASSERT_TRUE(write({saved}));
  EXPECT_EQ(ledger_.record()->statements.at(0).state, StatementState::Draft);
  EXPECT_EQ(ledger_.record()->earlier.at(0).de, "Text") << "what was public stays on record";
}

TEST_F(Changes, AMergedIncidentHandsOverWhatItHas) {
  open();
  open();
  TaskSet second = task();
  second.incident = IncidentId("incident-2");
  ASSERT_TRUE(write({second}));
  ASSERT_TRUE(write({IncidentMerged{IncidentId("incident-1"), IncidentId("incident-2"), "eins"}}));
  EXPECT_EQ(first().tasks.size(), 1u);
  NoteAdded note;
  note.incident = IncidentId("incident-2");
  note.text = "spät";
  EXPECT_EQ(refusal(note), Errc::Conflict);
  IncidentSplit split{IncidentId("incident-1"), IncidentId(), {NodeId("DB")}, {"Teil", ""}, "doch"};
  ASSERT_TRUE(write({split}));
  EXPECT_EQ(ledger_.record()->incidents.at(2)->faults.at(0).node, NodeId("DB"));
}

TEST_F(Changes, AProposedOrderIsTakenOnceAndOnlyWhileItFits) {
  open();
  ASSERT_TRUE(write({task()}));
  const IncidentId id("incident-1");
  const auto propose = [&](const char* order, std::vector<OrderStep> steps) {
    OrderProposed proposed;
    proposed.incident = id;
    proposed.id = OrderId(order);
    proposed.steps = std::move(steps);
    ledger_.apply(proposed, {now_, "user:u-1"});
  };
  const auto answer = [&](const char* order, bool taken) {
    return OrderAnswered{id, OrderId(order), taken, "weil"};
  };
  propose("order-1", {});
  propose("order-2", {{TaskId("task-1"), NodeId()}});
  EXPECT_EQ(refusal(OrderProposed{}), Errc::Denied);
  EXPECT_EQ(refusal(ForecastsScored{}), Errc::Denied);
  EXPECT_EQ(refusal(answer("order-9", true)), Errc::NotFound);
  EXPECT_EQ(refusal(answer("order-1", true)), Errc::Conflict) << "it proposes nothing";
  ASSERT_TRUE(write({answer("order-2", false)}));
  EXPECT_EQ(refusal(answer("order-2", false)), Errc::Conflict);
  ASSERT_TRUE(write({answer("order-2", true)})) << "thought better of it";
  EXPECT_EQ(first().tasks[0].order, -1);
  EXPECT_EQ(refusal(answer("order-2", false)), Errc::Conflict);

  propose("order-3", {{TaskId("task-1"), NodeId()}});
  ASSERT_TRUE(write({TaskMoved{id, TaskId("task-1"), TaskState::Started, ""}}));
  EXPECT_EQ(refusal(answer("order-3", true)), Errc::Conflict) << "stale";
  ASSERT_TRUE(write({answer("order-3", false)}));
}

}  // namespace
}  // namespace dienstbereit::core::incident
