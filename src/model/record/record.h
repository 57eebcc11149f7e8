// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/district.h"
#include "model/ids.h"
#include "model/readiness.h"
#include "model/reason.h"
#include "model/record/causes.h"
#include "model/record/forecast.h"
#include "model/record/order.h"
#include "model/record/score.h"
#include "model/record/written.h"
#include "model/recovery.h"

namespace dienstbereit {

// The record of an outage: what people and rules wrote down, each thing kept apart from the others
// (docs/formats/record.md): trigger, suspected and confirmed cause, fault of a component, interim
// fix, permanent repair, state of the services, opening decision, public statement. Folded from
// events (core/incident), read by views and words. Authors are actor ids, never names.

// ---- the incident itself -----------------------------------------------------------------------

// Störung, Notfall, Krise (BSI standard 200-4).
enum class Level : std::uint8_t { Disturbance, Emergency, Crisis };
// The axis of the services; repairs have their own: an incident can be back and open.
enum class Phase : std::uint8_t { Affected, ServicesBack, Closed };

// A node that is down by itself, not by what it needs.
struct Fault {
  NodeId node;
  Instant since;
  std::optional<Instant> ended;
};

enum class NoteKind : std::uint8_t { Note, HandOver, Report, Photo, Change };
struct Note {
  NoteId id;
  NoteKind kind = NoteKind::Note;
  std::string text;
  std::string to;          // HandOver: who takes over, a role or an account id
  std::string attachment;  // Photo: random id of a file outside the journal
  Written written;
  std::vector<NodeId> nodes = {};  // Change: what was changed,
  std::optional<Instant> changed_at = {};  // and when it was done
};

// A step up that the rule proposes: `service` is down for `share` of its MTPD.
struct LevelProposal {
  Level level = Level::Emergency;
  ServiceId service;
  Instant at;
};

// Closing asks for it.
struct Evaluation {
  std::string went_well;
  std::string went_badly;
  std::string improvements;  // one a line
};

// ---- the way back ------------------------------------------------------------------------------

enum class TaskKind : std::uint8_t { Inspect, Repair, Replace, Procure, Restart, Other };
// Whether the work will be felt at opening times, as who plans it has judged or asked of what-if.
enum class Disturbs : std::uint8_t { Unknown, No, Yes };
enum class TaskState : std::uint8_t { Planned, Started, Done, Cancelled };

struct Task {
  TaskId id;
  std::string title;
  TaskKind kind = TaskKind::Repair;
  std::vector<NodeId> repairs;  // the faults that end with it
  FixId fix;                    // it puts this interim fix in place; empty: a permanent repair
  Estimate effort;
  std::string crew;             // of the district; empty: any
  std::string skill;            // empty: none needed
  std::vector<TaskId> after;
  std::string part;             // spare part waited for, and when it comes
  std::optional<Estimate> delivery;  // from `ordered` on
  Instant ordered;                   // when `delivery` was last told anew
  int order = 0;                // lower goes first
  std::string assignee;         // actor id or role
  Disturbs disturbs = Disturbs::Unknown;
  TaskState state = TaskState::Planned;
  std::optional<Instant> started;
  std::optional<Instant> ended;
  std::string result;
  unsigned version = 1;         // of its contents, for two people who edit it
  Written written;              // of this version
};

enum class FixState : std::uint8_t { Planned, InForce, Ended, Expired, Relapsed };

// An interim fix: restores something for a while, at a risk; the permanent repair comes after it.
struct Fix {
  FixId id;
  Wording title;                 // public: "Ersatzgerät im Rechenzentrum"
  std::vector<NodeId> for_faults;
  Wording restores;              // what works again with it
  Wording risk;                  // "ohne zweite Leitung"
  std::string owner;             // actor id or role
  std::optional<Instant> expires;
  std::optional<unsigned> capacity;  // percent of the usual load that it carries; empty: all of it
  TaskId follow_up;  // the permanent repair
  FixState state = FixState::Planned;
  std::optional<Instant> since;  // of `state`
  std::string note;  // of `state`
  unsigned version = 1;
  Written written;
};

// ---- decisions and statements ------------------------------------------------------------------

// "Opens on Monday": per office, site and day. Proposed by rule, taken by a person.
struct OpeningProposal {
  OfficeId office;
  SiteId site;
  Day day;
  Readiness word = Readiness::Unknown;
  double chance = 0;  // of at least this word at the first slot
  Instant deadline;  // for staff, the public and appointments, the earliest of them
  Instant at;
};
struct OpeningDecision {
  DecisionId id;
  IncidentId incident;  // may be empty
  OfficeId office;
  SiteId site;
  Day day;
  Readiness word = Readiness::Closed;  // Normal, Limited or Closed
  Wording text;  // for the public; mandatory for Limited
  std::string reason;
  Readiness proposed = Readiness::Unknown;  // what the rule said then; Unknown: nothing
  bool late = false;  // after the deadline
  DecisionId replaces;
  DecisionId replaced_by;
  Written written;
};

enum class StatementKind : std::uint8_t {
  Holding,
  Short,
  Long,
  Press,
  Poster,
  Phone,
  Internal,
  Simple,
  Cap,
  Breach
};
enum class StatementState : std::uint8_t { Draft, Approved, Published, Withdrawn };
// One text for one purpose; drafted by rule, edited by a person, published by one.
struct Statement {
  StatementId id;
  StatementKind kind = StatementKind::Short;
  IncidentId incident;
  std::string title_de, title_en;
  std::string de, en;
  bool edited = false;  // a person changed what the rule drafted
  std::uint64_t based_on = 0;  // last event behind the draft
  unsigned version = 1;
  StatementState state = StatementState::Draft;
  std::optional<Instant> next_information;
  std::string approved_by;
  std::optional<Instant> published_at;
  std::string reason;  // of a withdrawal
  Written written;  // of this version
};

// ---- the whole ---------------------------------------------------------------------------------

// One line of the operations log, in the order of events.
struct LogEntry {
  std::string what;  // the event's type
  std::string subject;  // id of what it is about
  std::string text;
  Written written;
};

struct Incident {
  IncidentId id;
  bool by_rule = false;
  Wording title;
  Instant since;  // the first fault
  Written opened;
  Level level = Level::Disturbance;
  std::string level_reason;
  std::optional<LevelProposal> proposal;
  Phase phase = Phase::Affected;
  std::optional<Instant> back_at;
  std::optional<Instant> closed_at;
  Evaluation evaluation;
  Wording trigger;  // what set it off, as far as people know
  bool security = false;  // an attack is suspected: other wording, evidence is kept
  std::string lead;  // actor id or role of who leads
  std::optional<Instant> next_report;  // "nächste Lage um"
  bool report_due = false;
  std::vector<Fault> faults;
  std::vector<Note> notes;
  std::vector<Hypothesis> hypotheses;
  std::vector<Suspect> suspects;  // the likeliest first
  std::vector<NodeId> to_explain;  // what is or was down, for the suspects
  std::optional<Weighing> weighed;  // none: not looked at yet
  std::vector<Task> tasks;
  std::vector<Fix> fixes;
  std::vector<std::shared_ptr<const Forecast>> forecasts;  // oldest first
  std::vector<OrderProposal> orders;  // oldest first, at most kMostOrdersKept
  std::optional<ForecastScores> scores;  // since it was closed last
  std::vector<IncidentId> absorbed;
  IncidentId merged_into;
  unsigned version = 1;  // of title, trigger, lead, security and next report
  std::vector<LogEntry> log;
};

struct Record {
  std::vector<std::shared_ptr<const Incident>> incidents;  // oldest first
  std::vector<OpeningProposal> proposals;  // the newest for each place and day to come
  std::vector<OpeningDecision> decisions;  // oldest first
  std::vector<Statement> statements;  // newest version of each, oldest first
  std::vector<Statement> earlier;  // versions that were published once
  std::map<std::string, unsigned> counters;  // last number given, by prefix
};

bool is_open(const Incident& incident);  // neither closed nor merged into another

// nullptr where there is none.
const Incident* find_incident(const Record& record, const IncidentId& id);
const Task* find_task(const Incident& incident, const TaskId& id);
const Fix* find_fix(const Incident& incident, const FixId& id);
// A permanent repair of the node has been done since its last fault began.
bool is_repaired(const Incident& incident, const NodeId& node);
// Nodes for which interim fixes were put in that carry a part of the load, that nothing else
// carries, and that are not repaired; over all open incidents. A fix that has expired or failed was
// put in too: until a person ends it, nobody knows that all is well without it.
std::set<NodeId> carried_in_part(const Record& record);
const Hypothesis* find_hypothesis(const Incident& incident, const HypothesisId& id);
const Statement* find_statement(const Record& record, const StatementId& id);
// The decision in force for a place and day.
const OpeningDecision* decision_for(const Record& record, const OfficeId& office,
                                    const SiteId& site, Day day);

}  // namespace dienstbereit
