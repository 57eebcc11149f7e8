// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/codec.h"
#include "model/record/events.h"
#include "model/record/forecast_fields.h"
#include "model/record/names.h"

// The fields of the record's events, in the order of docs/formats/record.md. Included by the
// sources of model only.
namespace dienstbereit {

template <class A>
void fields(A& a, Evaluation& e) {
  a("went_well", e.went_well);
  a("went_badly", e.went_badly);
  a("improvements", e.improvements);
}
template <class A>
void fields(A& a, Suspect& e) {
  a("nodes", e.nodes);
  a("explains", e.explains);
  a("against", e.against);
  a("working", e.working);
  a("missed", e.missed);
}
template <class A>
void fields(A& a, CauseWeight& e) {
  a("nodes", e.nodes);
  a("percent", e.percent);
}
template <class A>
void fields(A& a, CommonWeight& e) {
  a("sort", e.sort, common_sort_of);
  a("node", e.node);
  a("note", e.note);
  a("percent", e.percent);
}
template <class A>
void fields(A& a, CauseTrace& e) {
  a("node", e.node);
  a("what", e.what, trace_kind_of);
}
template <class A>
void fields(A& a, Weighing& e) {
  a.later("common", e.common);
  a("damages", e.damages);
  a("check_next", e.check_next);
  a("look_next", e.look_next);
  a("traces", e.traces);
}
template <class A>
void fields(A& a, Estimate& e) {
  a("best", e.best);
  a("likely", e.likely);
  a("worst", e.worst);
  a.later("extremes", e.extremes);
}
template <class A>
void fields(A& a, IncidentOpened& e) {
  a("id", e.id);
  a("by_rule", e.by_rule);
  a("title", e.title);
  a("since", e.since);
  a("nodes", e.nodes);
}
template <class A>
void fields(A& a, FaultChanged& e) {
  a("incident", e.incident);
  a("node", e.node);
  a("down", e.down);
}
template <class A>
void fields(A& a, IncidentEdited& e) {
  a("id", e.id);
  a("version", e.version);
  a("title", e.title);
  a("trigger", e.trigger);
  a("security", e.security);
  a("lead", e.lead);
  a("next_report", e.next_report);
}
template <class A>
void fields(A& a, LevelSet& e) {
  a("id", e.id);
  a("level", e.level, level_of);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, LevelProposed& e) {
  a("id", e.id);
  a("level", e.level, level_of);
  a("service", e.service);
}
template <class A>
void fields(A& a, PhaseChanged& e) {
  a("id", e.id);
  a("phase", e.phase, phase_of);
  a("reason", e.reason);
  a("evaluation", e.evaluation);
}
template <class A>
void fields(A& a, IncidentMerged& e) {
  a("into", e.into);
  a("from", e.from);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, IncidentSplit& e) {
  a("from", e.from);
  a("id", e.id);
  a("nodes", e.nodes);
  a("title", e.title);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, NoteAdded& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("kind", e.kind, note_kind_of);
  a("text", e.text);
  a("to", e.to);
  a("attachment", e.attachment);
  a.later("nodes", e.nodes);
  a("changed_at", e.changed_at);
}
template <class A>
void fields(A& a, ReportDue& e) {
  a("id", e.id);
}
template <class A>
void fields(A& a, HypothesisSet& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("text", e.text);
  a("nodes", e.nodes);
  a("state", e.state, cause_state_of);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, EvidenceAdded& e) {
  a("incident", e.incident);
  a("hypothesis", e.hypothesis);
  a("text", e.text);
  a("supports", e.supports);
}
template <class A>
void fields(A& a, SuspectsFound& e) {
  a("incident", e.incident);
  a("suspects", e.suspects);
  a("to_explain", e.to_explain);
  a("weighed", e.weighed);
}
template <class A>
void fields(A& a, TaskSet& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("version", e.version);
  a("title", e.title);
  a("kind", e.kind, task_kind_of);
  a("repairs", e.repairs);
  a("fix", e.fix);
  a("effort", e.effort);
  a("crew", e.crew);
  a("skill", e.skill);
  a("after", e.after);
  a("part", e.part);
  a("delivery", e.delivery);
  a("order", e.order);
  a("assignee", e.assignee);
  a("disturbs", e.disturbs, disturbs_of);
}
template <class A>
void fields(A& a, TaskMoved& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("state", e.state, task_state_of);
  a("text", e.text);
}
template <class A>
void fields(A& a, FixSet& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("version", e.version);
  a("title", e.title);
  a("for_faults", e.for_faults);
  a("restores", e.restores);
  a("risk", e.risk);
  a("owner", e.owner);
  a("expires", e.expires);
  a("follow_up", e.follow_up);
  a("capacity", e.capacity);
}
template <class A>
void fields(A& a, FixMoved& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("state", e.state, fix_state_of);
  a("text", e.text);
}
template <class A>
void fields(A& a, OpeningProposed& e) {
  a("office", e.office);
  a("site", e.site);
  a("day", e.day);
  a("word", e.word, readiness_of);
  a("chance", e.chance);
  a("deadline", e.deadline);
}
template <class A>
void fields(A& a, OpeningDecided& e) {
  a("id", e.id);
  a("incident", e.incident);
  a("office", e.office);
  a("site", e.site);
  a("day", e.day);
  a("word", e.word, readiness_of);
  a("text", e.text);
  a("reason", e.reason);
  a("proposed", e.proposed, readiness_of);
  a("late", e.late);
  a("replaces", e.replaces);
}
template <class A>
void fields(A& a, StatementSaved& e) {
  a("id", e.id);
  a("version", e.version);
  a("kind", e.kind, statement_kind_of);
  a("incident", e.incident);
  a("title_de", e.title_de);
  a("title_en", e.title_en);
  a("de", e.de);
  a("en", e.en);
  a("edited", e.edited);
  a("based_on", e.based_on);
  a("next_information", e.next_information);
}
template <class A>
void fields(A& a, StatementMoved& e) {
  a("id", e.id);
  a("version", e.version);
  a("state", e.state, statement_state_of);
  a("reason", e.reason);
}

}  // namespace dienstbereit
