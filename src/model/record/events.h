// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "model/record/record.h"

namespace dienstbereit {

// The events of the record (docs/formats/record.md). What a person changes is written as the event
// that it becomes, less what the decider fills in: ids of new things are empty, `version` is the
// one that the person saw.

struct IncidentOpened {
  IncidentId id;
  bool by_rule = false;
  Wording title;
  Instant since;
  std::vector<NodeId> nodes;
};
// A fault joins the incident, or ends. By rule.
struct FaultChanged {
  IncidentId incident;
  NodeId node;
  bool down = true;
};
struct IncidentEdited {
  IncidentId id;
  unsigned version = 0;
  Wording title;
  Wording trigger;
  bool security = false;
  std::string lead;
  std::optional<Instant> next_report;
};
struct LevelSet {
  IncidentId id;
  Level level = Level::Disturbance;
  std::string reason;
};
// By rule: a person takes it by LevelSet, or not.
struct LevelProposed {
  IncidentId id;
  Level level = Level::Emergency;
  ServiceId service;
};
// By rule between Affected and ServicesBack; a person closes, and opens again.
struct PhaseChanged {
  IncidentId id;
  Phase phase = Phase::ServicesBack;
  std::string reason;
  Evaluation evaluation;  // mandatory for Closed
};
struct IncidentMerged {
  IncidentId into;
  IncidentId from;
  std::string reason;
};
// The nodes leave `from` for a new incident.
struct IncidentSplit {
  IncidentId from;
  IncidentId id;
  std::vector<NodeId> nodes;
  Wording title;
  std::string reason;
};
struct NoteAdded {
  IncidentId incident;
  NoteId id;
  NoteKind kind = NoteKind::Note;
  std::string text;
  std::string to;
  std::string attachment;
  std::vector<NodeId> nodes = {};
  std::optional<Instant> changed_at = {};
};
// By rule: the time of the next situation report has come.
struct ReportDue {
  IncidentId id;
};
// New, or a new judgement of one.
struct HypothesisSet {
  IncidentId incident;
  HypothesisId id;
  Wording text;
  std::vector<NodeId> nodes;
  CauseState state = CauseState::Suspected;
  std::string reason;
};
struct EvidenceAdded {
  IncidentId incident;
  HypothesisId hypothesis;
  std::string text;
  bool supports = true;
};
// By rule: replaces those found before.
struct SuspectsFound {
  IncidentId incident;
  std::vector<Suspect> suspects;
  std::vector<NodeId> to_explain = {};
  std::optional<Weighing> weighed = {};  // absent: found when causes were not weighed yet
};

// New, or new contents of one.
struct TaskSet {
  IncidentId incident;
  TaskId id;
  unsigned version = 0;
  std::string title;
  TaskKind kind = TaskKind::Repair;
  std::vector<NodeId> repairs;
  FixId fix;
  Estimate effort;
  std::string crew;
  std::string skill;
  std::vector<TaskId> after;
  std::string part;
  std::optional<Estimate> delivery;
  int order = 0;
  std::string assignee;
  Disturbs disturbs = Disturbs::Unknown;
};
struct TaskMoved {
  IncidentId incident;
  TaskId id;
  TaskState state = TaskState::Started;
  std::string text;
};
inline constexpr unsigned kLeastCapacity = 1;
inline constexpr unsigned kMostCapacity = 99;  // what carries all of the usual load has none
struct FixSet {
  IncidentId incident;
  FixId id;
  unsigned version = 0;
  Wording title;
  std::vector<NodeId> for_faults;
  Wording restores;
  Wording risk;
  std::string owner;
  std::optional<Instant> expires;
  TaskId follow_up;
  std::optional<unsigned> capacity = {};  // percent, kLeastCapacity to kMostCapacity
};
// Expired by rule, Relapsed by rule or a person.
struct FixMoved {
  IncidentId incident;
  FixId id;
  FixState state = FixState::InForce;
  std::string text;
};

// By the calculation, asked for by a person or by rule.
struct ForecastMade {
  IncidentId incident;
  ForecastId id;
  std::string reason;
  std::uint64_t runs = 0;
  std::vector<PlaceForecast> places;
  std::optional<Instant> all_repaired_early;
  std::optional<Instant> all_repaired_late;
  std::optional<Learnt> learnt = {};  // absent: nothing was finished
  std::optional<std::vector<TaskForecast>> tasks = {};  // absent: made when they were not kept yet
  std::optional<std::vector<TaskMatter>> matters = {};  // absent: as above, or nothing matters much
};
// By the calculation, asked for by a person.
struct OrderProposed {
  IncidentId incident;
  OrderId id;
  std::string reason;
  std::uint64_t runs = 0;
  std::vector<OrderStep> steps;
  std::vector<InterimChoice> choices;
  OrderMeasure measure;
};
// A person takes a proposal, which then is the order of the tasks, or does not.
struct OrderAnswered {
  IncidentId incident;
  OrderId id;
  bool taken = false;
  std::string reason;
};
// By rule, once an incident with forecasts is closed.
struct ForecastsScored {
  IncidentId incident;
  ChanceScore chances;
  IntervalScore intervals;
  IntervalScore tasks;
  std::vector<VersionScore> versions;
};
// By rule.
struct OpeningProposed {
  OfficeId office;
  SiteId site;
  Day day;
  Readiness word = Readiness::Unknown;
  double chance = 0;
  Instant deadline;
};
struct OpeningDecided {
  DecisionId id;
  IncidentId incident;
  OfficeId office;
  SiteId site;
  Day day;
  Readiness word = Readiness::Closed;
  Wording text;
  std::string reason;
  Readiness proposed = Readiness::Unknown;
  bool late = false;
  DecisionId replaces;
};

// New, or new text of one.
struct StatementSaved {
  StatementId id;
  unsigned version = 0;
  StatementKind kind = StatementKind::Short;
  IncidentId incident;
  std::string title_de, title_en;
  std::string de, en;
  bool edited = false;
  std::uint64_t based_on = 0;
  std::optional<Instant> next_information;
};
struct StatementMoved {
  StatementId id;
  unsigned version = 0;
  StatementState state = StatementState::Published;
  std::string reason;
};

using RecordEvent =
    std::variant<IncidentOpened, FaultChanged, IncidentEdited, LevelSet, LevelProposed,
                 PhaseChanged, IncidentMerged, IncidentSplit, NoteAdded, ReportDue, HypothesisSet,
                 EvidenceAdded, SuspectsFound, TaskSet, TaskMoved, FixSet, FixMoved, ForecastMade,
                 OrderProposed, OrderAnswered, ForecastsScored, OpeningProposed, OpeningDecided,
                 StatementSaved, StatementMoved>;

// "task_set", ...: as in the journal, and in the addresses of the API.
const char* type_of(const RecordEvent& event);
// The id of the thing that it makes or changes; empty for one that has none of its own.
std::string id_of(const RecordEvent& event);
// A change as a person writes it, in JSON: times in RFC 3339, durations as "90 min"; what is absent
// has its default; unknown keys and types are errors. Bounds: kLargestChange bytes.
inline constexpr std::size_t kLargestChange = 64u << 10;
Result<RecordEvent> parse_change(std::string_view type, std::string_view json);
std::string to_json(const RecordEvent& event);

}  // namespace dienstbereit
