// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "view/testing/world.h"

// A record with one of everything, for the tests of operator pages.
namespace dienstbereit::web::test {

// What somebody may type who means no good; stands in titles, notes and texts below.
inline constexpr const char* kHostile = "<script>alert(1)</script> & \"x\" שלום";

inline Task a_task(const std::string& id, TaskState state, const Written& written) {
  Task task;
  task.id = TaskId(id);
  task.title = "Netzteil tauschen";
  task.kind = TaskKind::Replace;
  task.repairs = {NodeId("DB")};
  task.effort = {std::chrono::hours(1), std::chrono::hours(2), std::chrono::hours(4)};
  task.assignee = "user:u-de";
  task.state = state;
  task.version = 2;
  task.written = written;
  return task;
}

inline Fix a_fix(Instant now, const Written& written) {
  Fix fix;
  fix.id = FixId("fix-1");
  fix.title = {"Leihgerät", "Loan device"};
  fix.for_faults = {NodeId("DB")};
  fix.restores = {"Die Datenbank antwortet.", "The database answers."};
  fix.risk = {"ohne zweites Gerät", "without a second device"};
  fix.owner = "user:u-de";
  fix.expires = now + std::chrono::hours(72);
  fix.follow_up = TaskId("task-1");
  fix.capacity = 40;
  fix.state = FixState::InForce;
  fix.since = now;
  fix.written = written;
  return fix;
}

inline Forecast a_forecast(const std::string& id, Instant now, const Written& written) {
  Forecast forecast;
  forecast.id = ForecastId(id);
  forecast.reason = "Lage";
  forecast.runs = 1000;
  PlaceForecast place;
  place.office = OfficeId("A1");
  place.site = SiteId("S1");
  place.slots = {{now + std::chrono::hours(22), 0.4, 0.8}};
  place.public_bound = now + std::chrono::hours(30);
  place.late = now + std::chrono::hours(29);
  place.normal_late = now + std::chrono::hours(90);
  place.relapse = 0.07;
  forecast.places = {place};
  forecast.all_repaired_early = now + std::chrono::hours(20);
  forecast.written = written;
  return forecast;
}

inline Incident an_incident(Instant now, const Written& written) {
  Incident incident;
  incident.id = IncidentId("incident-1");
  incident.title = {kHostile, "Outage of the data services"};
  incident.since = now - std::chrono::hours(2);
  incident.opened = written;
  incident.level = Level::Emergency;
  incident.proposal = LevelProposal{Level::Crisis, ServiceId("V1"), now};
  incident.trigger = {"Überspannung", "Power surge"};
  incident.lead = "user:u-de";
  incident.next_report = now + std::chrono::hours(1);
  incident.faults = {{NodeId("DB"), now - std::chrono::hours(2), std::nullopt},
                     {NodeId("NET"), now - std::chrono::hours(2), now}};
  incident.notes = {{NoteId("note-1"), NoteKind::Note, kHostile, "", "", written},
                    {NoteId("note-2"), NoteKind::HandOver, "Übergabe", "user:u-en", "", written},
                    {NoteId("note-3"), NoteKind::Photo, "Netzteil", "", "p-1", written},
                    {NoteId("note-4"),
                     NoteKind::Change,
                     kHostile,
                     "",
                     "",
                     written,
                     {NodeId("DB")},
                     now - std::chrono::hours(3)}};
  Hypothesis cause;
  cause.id = HypothesisId("cause-1");
  cause.text = {"Überspannung im Stromnetz", "Surge in the mains"};
  cause.nodes = {NodeId("DB")};
  cause.evidence = {{"Ableiter hat ausgelöst", true, written}, {kHostile, false, written}};
  cause.written = written;
  incident.hypotheses = {cause};
  Suspect suspect;
  suspect.nodes = {NodeId("DB")};
  suspect.explains = 3;
  suspect.against = 1;
  incident.suspects = {suspect};
  incident.weighed =
      Weighing{{{CommonSort::Surge, NodeId("S1"), NoteId(), 60},
                {CommonSort::Change, NodeId(), NoteId("note-4"), 20}},
               {{{NodeId("DB")}, 95}, {{NodeId("S1"), NodeId("S2")}, 10}},
               {{{NodeId("S2")}, 35}},
               {NodeId("S2")},
               {{{NodeId("S2"), TraceKind::OverVoltage}, {NodeId("DB"), TraceKind::Restarted}}}};
  incident.tasks = {a_task("task-1", TaskState::Started, written),
                    a_task("task-2", TaskState::Planned, written),
                    a_task("task-3", TaskState::Done, written)};
  incident.tasks[1].after = {TaskId("task-1")};
  incident.fixes = {a_fix(now, written)};
  incident.forecasts = {std::make_shared<const Forecast>(a_forecast("forecast-1", now, written)),
                        std::make_shared<const Forecast>(a_forecast("forecast-2", now, written))};
  incident.log = {{"incident_opened", "incident-1", "Ausfall", {now, "observer"}},
                  {"note_added", "note-1", kHostile, written},
                  {"note_added", "note-4", kHostile, written}};
  return incident;
}

inline Statement a_statement(const std::string& id, StatementState state, const Written& written) {
  Statement statement;
  statement.id = StatementId(id);
  statement.kind = StatementKind::Short;
  statement.incident = IncidentId("incident-1");
  statement.title_de = "Störung";
  statement.de = std::string("Erster Absatz\n\n") + kHostile;
  statement.title_en = "Fault";
  statement.en = "First paragraph";
  statement.version = 3;
  statement.state = state;
  statement.published_at = written.at;
  statement.next_information = written.at + std::chrono::hours(1);
  statement.written = written;
  return statement;
}

inline void keep_record(dienstbereit::test::World& world) {
  const Instant now = world.now;
  const Written written{now - std::chrono::minutes(50), "user:u-de"};
  auto record = std::make_shared<Record>();
  record->incidents = {std::make_shared<const Incident>(an_incident(now, written))};
  Incident other = an_incident(now, written);
  other.id = IncidentId("incident-2");
  other.phase = Phase::ServicesBack;
  record->incidents.push_back(std::make_shared<const Incident>(other));
  const Day tomorrow = dienstbereit::test::day("2026-11-24");
  record->proposals = {{OfficeId("A1"), SiteId("S1"), tomorrow, Readiness::Limited, 0.8,
                        now + std::chrono::hours(8), now}};
  OpeningDecision closed;
  closed.id = DecisionId("decision-1");
  closed.office = OfficeId("A2");
  closed.site = SiteId("S1");
  closed.day = tomorrow;
  closed.reason = kHostile;
  closed.replaced_by = DecisionId("decision-2");
  closed.written = written;
  OpeningDecision open = closed;
  open.id = DecisionId("decision-2");
  open.word = Readiness::Normal;
  open.replaces = closed.id;
  open.replaced_by = DecisionId();
  open.late = true;
  record->decisions = {closed, open};
  record->statements = {a_statement("statement-1", StatementState::Draft, written),
                        a_statement("statement-2", StatementState::Published, written),
                        a_statement("statement-3", StatementState::Approved, written)};
  record->statements.push_back(a_statement("statement-4", StatementState::Draft, written));
  record->statements.back().kind = StatementKind::Poster;
  record->earlier = {a_statement("statement-2", StatementState::Published, written)};
  world.situation.record = record;
  NoticeSituation notice;
  notice.id = NoticeId("70");
  notice.kind = NoticeKind::Alarm;
  notice.cause = "incident-1";
  notice.raised = now;
  notice.level = 1;
  notice.awaits_answer = true;
  MessageSituation message;
  message.id = MessageId("70.1");
  message.notice = notice.id;
  message.recipient = RecipientId("it-1");
  message.channel = ChannelId("post");
  message.queued = now;
  world.situation.notices.notices = {notice};
  world.situation.notices.messages = {message};
  world.situation.notices.troubles = {{ChannelId("post"), 2, now, "connection refused"}};
}

}  // namespace dienstbereit::web::test
