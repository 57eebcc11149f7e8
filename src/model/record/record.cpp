// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/record/record.h"

#include <algorithm>

#include "model/names.h"
#include "model/record/names.h"

namespace dienstbereit {
namespace {

constexpr NameTable<Level, 3> kLevels{{{Level::Disturbance, "disturbance"},
                                       {Level::Emergency, "emergency"},
                                       {Level::Crisis, "crisis"}}};
constexpr NameTable<Phase, 3> kPhases{{{Phase::Affected, "affected"},
                                       {Phase::ServicesBack, "services_back"},
                                       {Phase::Closed, "closed"}}};
constexpr NameTable<NoteKind, 5> kNotes{{{NoteKind::Note, "note"},
                                         {NoteKind::HandOver, "hand_over"},
                                         {NoteKind::Report, "report"},
                                         {NoteKind::Photo, "photo"},
                                         {NoteKind::Change, "change"}}};
constexpr NameTable<CommonSort, 4> kCommons{{{CommonSort::Surge, "surge"},
                                             {CommonSort::Room, "room"},
                                             {CommonSort::Rack, "rack"},
                                             {CommonSort::Change, "change"}}};
constexpr NameTable<CauseState, 4> kCauses{{{CauseState::Suspected, "suspected"},
                                            {CauseState::Likely, "likely"},
                                            {CauseState::Confirmed, "confirmed"},
                                            {CauseState::Rejected, "rejected"}}};
constexpr NameTable<TaskKind, 6> kTaskKinds{{{TaskKind::Inspect, "inspect"},
                                             {TaskKind::Repair, "repair"},
                                             {TaskKind::Replace, "replace"},
                                             {TaskKind::Procure, "procure"},
                                             {TaskKind::Restart, "restart"},
                                             {TaskKind::Other, "other"}}};
constexpr NameTable<TaskState, 4> kTaskStates{{{TaskState::Planned, "planned"},
                                               {TaskState::Started, "started"},
                                               {TaskState::Done, "done"},
                                               {TaskState::Cancelled, "cancelled"}}};
constexpr NameTable<Disturbs, 3> kDisturbs{
    {{Disturbs::Unknown, "unknown"}, {Disturbs::No, "no"}, {Disturbs::Yes, "yes"}}};
constexpr NameTable<FixState, 5> kFixStates{{{FixState::Planned, "planned"},
                                             {FixState::InForce, "in_force"},
                                             {FixState::Ended, "ended"},
                                             {FixState::Expired, "expired"},
                                             {FixState::Relapsed, "relapsed"}}};
constexpr NameTable<StatementKind, 10> kStatements{{{StatementKind::Holding, "holding"},
                                                    {StatementKind::Short, "short"},
                                                    {StatementKind::Long, "long"},
                                                    {StatementKind::Press, "press"},
                                                    {StatementKind::Poster, "poster"},
                                                    {StatementKind::Phone, "phone"},
                                                    {StatementKind::Internal, "internal"},
                                                    {StatementKind::Simple, "simple"},
                                                    {StatementKind::Cap, "cap"},
                                                    {StatementKind::Breach, "breach"}}};
constexpr NameTable<StatementState, 4> kStatementStates{{{StatementState::Draft, "draft"},
                                                         {StatementState::Approved, "approved"},
                                                         {StatementState::Published, "published"},
                                                         {StatementState::Withdrawn, "withdrawn"}}};

template <class List, class Id>
auto find_in(const List& list, const Id& id) -> decltype(list.data()) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Incident* find_incident(const Record& record, const IncidentId& id) {
  for (const auto& incident : record.incidents) {
    if (incident->id == id) return incident.get();
  }
  return nullptr;
}

bool is_open(const Incident& incident) {
  return incident.phase != Phase::Closed && incident.merged_into.empty();
}
const Task* find_task(const Incident& incident, const TaskId& id) {
  return find_in(incident.tasks, id);
}
const Fix* find_fix(const Incident& incident, const FixId& id) {
  return find_in(incident.fixes, id);
}
const Hypothesis* find_hypothesis(const Incident& incident, const HypothesisId& id) {
  return find_in(incident.hypotheses, id);
}
const Statement* find_statement(const Record& record, const StatementId& id) {
  return find_in(record.statements, id);
}

const OpeningDecision* decision_for(const Record& record, const OfficeId& office,
                                    const SiteId& site, Day day) {
  for (auto one = record.decisions.rbegin(); one != record.decisions.rend(); ++one) {
    if (one->office == office && one->site == site && one->day == day) return &*one;
  }
  return nullptr;
}

const char* name_of(Level level) { return find_name(kLevels, level); }
const char* name_of(Phase phase) { return find_name(kPhases, phase); }
const char* name_of(NoteKind kind) { return find_name(kNotes, kind); }
const char* name_of(CommonSort sort) { return find_name(kCommons, sort); }
const char* name_of(CauseState state) { return find_name(kCauses, state); }
const char* name_of(TaskKind kind) { return find_name(kTaskKinds, kind); }
const char* name_of(TaskState state) { return find_name(kTaskStates, state); }
const char* name_of(Disturbs disturbs) { return find_name(kDisturbs, disturbs); }
const char* name_of(FixState state) { return find_name(kFixStates, state); }
const char* name_of(StatementKind kind) { return find_name(kStatements, kind); }
const char* name_of(StatementState state) { return find_name(kStatementStates, state); }
std::optional<Level> level_of(std::string_view name) { return find_value(kLevels, name); }
std::optional<Phase> phase_of(std::string_view name) { return find_value(kPhases, name); }
std::optional<NoteKind> note_kind_of(std::string_view name) { return find_value(kNotes, name); }
std::optional<CommonSort> common_sort_of(std::string_view name) {
  return find_value(kCommons, name);
}
std::optional<CauseState> cause_state_of(std::string_view name) {
  return find_value(kCauses, name);
}
std::optional<TaskKind> task_kind_of(std::string_view name) { return find_value(kTaskKinds, name); }
std::optional<Disturbs> disturbs_of(std::string_view name) { return find_value(kDisturbs, name); }
std::optional<TaskState> task_state_of(std::string_view name) {
  return find_value(kTaskStates, name);
}
std::optional<FixState> fix_state_of(std::string_view name) { return find_value(kFixStates, name); }
std::optional<StatementKind> statement_kind_of(std::string_view name) {
  return find_value(kStatements, name);
}
std::optional<StatementState> statement_state_of(std::string_view name) {
  return find_value(kStatementStates, name);
}

}  // namespace dienstbereit
