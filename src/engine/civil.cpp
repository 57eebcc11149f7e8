// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/civil.h"

#include <optional>

namespace dienstbereit::engine {
namespace {

void move(std::optional<Instant>& t, Duration by) {
  if (t) *t += by;
}

void move(Explanation& why, Duration by) {
  for (ReasonStep& step : why) {
    move(step.since, by);
    move(step.until, by);
  }
}

void move(std::vector<DayPlan>& days, Duration by) {
  for (DayPlan& day : days) {
    for (SlotVerdict& slot : day.slots) {
      slot.begin += by;
      slot.end += by;
      move(slot.verdict.why, by);
    }
  }
}

// The record's times of the program; those that people wrote are moved when they are written.
void move(Incident& incident, Duration by) {
  incident.since += by;
  incident.opened.at += by;
  for (auto* t : {&incident.back_at, &incident.closed_at, &incident.next_report}) move(*t, by);
  if (incident.proposal) incident.proposal->at += by;
  for (Fault& fault : incident.faults) {
    fault.since += by;
    move(fault.ended, by);
  }
  for (Note& note : incident.notes) {
    note.written.at += by;
    move(note.changed_at, by);
  }
  for (Hypothesis& cause : incident.hypotheses) {
    cause.written.at += by;
    for (CauseEvidence& evidence : cause.evidence) evidence.written.at += by;
  }
  for (Task& task : incident.tasks) {
    task.written.at += by;
    move(task.started, by);
    move(task.ended, by);
  }
  for (Fix& fix : incident.fixes) {
    fix.written.at += by;
    move(fix.since, by);
    move(fix.expires, by);
  }
  for (OrderProposal& order : incident.orders) {
    order.written.at += by;
    order.measure.by += by;
    if (order.answered) order.answered->at += by;
  }
  if (incident.scores) incident.scores->written.at += by;
  for (LogEntry& entry : incident.log) entry.written.at += by;
}

void move(std::vector<PlaceForecast>& places, Duration by) {
  for (PlaceForecast& place : places) {
    for (SlotChance& slot : place.slots) slot.begin += by;
    for (auto* t : {&place.early, &place.likely, &place.late, &place.public_bound,
                    &place.normal_likely, &place.normal_late}) {
      move(*t, by);
    }
  }
}

void move(std::vector<TaskForecast>& tasks, Duration by) {
  for (TaskForecast& task : tasks) {
    for (auto* t : {&task.early, &task.likely, &task.late}) move(*t, by);
  }
}

void move(std::vector<TaskMatter>& matters, Duration by) {
  for (TaskMatter& matter : matters) matter.begin += by;
}

Forecast moved(Forecast forecast, Duration by) {
  forecast.written.at += by;
  move(forecast.all_repaired_early, by);
  move(forecast.all_repaired_late, by);
  move(forecast.places, by);
  move(forecast.tasks, by);
  move(forecast.matters, by);
  return forecast;
}

void move(std::vector<Statement>& statements, Duration by) {
  for (Statement& statement : statements) {
    statement.written.at += by;
    move(statement.next_information, by);
    move(statement.published_at, by);
  }
}

std::shared_ptr<const Record> moved(const Record& record, Duration by) {
  auto civil = std::make_shared<Record>(record);
  for (auto& kept : civil->incidents) {
    auto incident = std::make_shared<Incident>(*kept);
    move(*incident, by);
    for (auto& forecast : incident->forecasts) {
      forecast = std::make_shared<const Forecast>(moved(*forecast, by));
    }
    kept = std::move(incident);
  }
  for (OpeningProposal& proposal : civil->proposals) {
    proposal.deadline += by;
    proposal.at += by;
  }
  for (OpeningDecision& decision : civil->decisions) decision.written.at += by;
  move(civil->statements, by);
  move(civil->earlier, by);
  return civil;
}

// The times that people write into a change.
void move(RecordEvent& change, Duration by) {
  if (auto* opened = std::get_if<IncidentOpened>(&change); opened && opened->since != Instant()) {
    opened->since += by;
  }
  if (auto* edited = std::get_if<IncidentEdited>(&change)) move(edited->next_report, by);
  if (auto* note = std::get_if<NoteAdded>(&change)) move(note->changed_at, by);
  if (auto* fix = std::get_if<FixSet>(&change)) move(fix->expires, by);
  if (auto* statement = std::get_if<StatementSaved>(&change)) move(statement->next_information, by);
  if (auto* forecast = std::get_if<ForecastMade>(&change)) {
    move(forecast->places, by);
    move(forecast->all_repaired_early, by);
    move(forecast->all_repaired_late, by);
    if (forecast->tasks) move(*forecast->tasks, by);
    if (forecast->matters) move(*forecast->matters, by);
  }
  if (auto* order = std::get_if<OrderProposed>(&change)) order->measure.by += by;
  if (auto* proposal = std::get_if<OpeningProposed>(&change)) proposal->deadline += by;
}

void move(NoticeBoard& board, Duration offset) {
  for (NoticeSituation& notice : board.notices) {
    notice.raised += offset;
    move(notice.acknowledged, offset);
  }
  for (MessageSituation& message : board.messages) {
    message.queued += offset;
    move(message.ended, offset);
  }
  for (ChannelTrouble& trouble : board.troubles) trouble.last += offset;
}

void move(InterimBoard& board, Duration offset) {
  for (FallbackSituation& fallback : board.fallbacks) move(fallback.since, offset);
  for (RunSituation& run : board.runs) {
    run.started += offset;
    move(run.ended, offset);
    for (StepSituation& step : run.steps) move(step.since, offset);
  }
}

}  // namespace

void to_civil(Situation& situation, Duration offset) {
  if (offset == Duration(0)) return;
  situation.as_of += offset;
  situation.started_at += offset;
  move(situation.next_due, offset);
  move(situation.held_until, offset);
  move(situation.journal_failed_at, offset);
  for (NodeSituation& node : situation.nodes) move(node.since, offset);
  for (OfferSituation& offer : situation.offers) {
    move(offer.now.why, offset);
    move(offer.days, offset);
  }
  for (PlaceSituation& place : situation.places) {
    move(place.now.why, offset);
    move(place.days, offset);
  }
  for (ProbeSituation& probe : situation.probes) move(probe.since, offset);
  for (PathSituation& path : situation.paths) move(path.since, offset);
  for (WordSituation& word : situation.words) {
    word.set_at += offset;
    word.until += offset;
  }
  situation.record = moved(*situation.record, offset);
  for (PublishSituation& copy : situation.publishing) move(copy.since, offset);
  // When a message came is a time of the mail server's clock.
  for (MailSituation& queue : situation.mail) queue.at += offset;
  for (OutpostSituation& outpost : situation.outposts) {
    move(outpost.heard, offset);
    move(outpost.since, offset);
  }
  if (situation.homepage) {
    HomepageSituation& page = *situation.homepage;
    for (auto* t : {&page.mode_since, &page.copied_at, &page.failing_since}) move(*t, offset);
  }
  move(situation.notices, offset);
  move(situation.interim, offset);
}

void to_logical(RecordEvent& change, Duration offset) { move(change, -offset); }

void to_civil(Answer& answer, Duration offset) {
  if (answer.node) move(answer.node->since, offset);
  move(answer.why, offset);
  for (RecordEvent& change : answer.written) move(change, offset);
  for (TouchedTime& touched : answer.touched) {
    for (auto* t : {&touched.begin, &touched.end, &touched.since}) *t += offset;
  }
}

}  // namespace dienstbereit::engine
