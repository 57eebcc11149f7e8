// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/incident/ledger.h"

#include <algorithm>

#include <fmt/format.h>

#include "model/record/names.h"

namespace dienstbereit::core::incident {
namespace {

template <class List, class Id>
auto* find_in(List& list, const Id& id) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
  return found == list.end() ? nullptr : &*found;
}

template <class List, class Value>
void put(List& list, Value value) {
  if (auto* known = find_in(list, value.id)) {
    *known = std::move(value);
  } else {
    list.push_back(std::move(value));
  }
}

// Proposed orders hold for the work as it was.
void outdate(Incident& incident) {
  for (OrderProposal& proposal : incident.orders) proposal.stale = true;
}

// Applies one event to a copy of the record.
class Folding {
 public:
  Folding(Record& record, const Written& written) : record_(record), written_(written) {}

  void on(const IncidentOpened& e) {
    Incident incident;
    incident.id = e.id;
    incident.by_rule = e.by_rule;
    incident.title = e.title;
    incident.since = e.since;
    incident.opened = written_;
    for (const NodeId& node : e.nodes) incident.faults.push_back({node, e.since, std::nullopt});
    count("incident", e.id.str());
    log(incident, "incident_opened", e.id.str(), e.title.de);
    record_.incidents.push_back(std::make_shared<const Incident>(std::move(incident)));
  }

  void on(const FaultChanged& e) {
    change(e.incident, "fault_changed", e.node.str(), e.down ? "down" : "up", [&](Incident& i) {
      const auto open = std::find_if(i.faults.begin(), i.faults.end(), [&](const Fault& fault) {
        return fault.node == e.node && !fault.ended;
      });
      if (e.down && open == i.faults.end()) {
        i.faults.push_back({e.node, written_.at, std::nullopt});
      }
      outdate(i);
      if (!e.down && open != i.faults.end()) open->ended = written_.at;
    });
  }

  void on(const IncidentEdited& e) {
    change(e.id, "incident_edited", e.id.str(), e.title.de, [&](Incident& i) {
      i.title = e.title;
      i.trigger = e.trigger;
      i.security = e.security;
      i.lead = e.lead;
      i.next_report = e.next_report;
      i.report_due = false;
      i.version = e.version;
    });
  }

  void on(const LevelSet& e) {
    change(e.id, "level_set", name_of(e.level), e.reason, [&](Incident& i) {
      i.level = e.level;
      i.level_reason = e.reason;
      i.proposal.reset();
    });
  }

  void on(const LevelProposed& e) {
    change(e.id, "level_proposed", name_of(e.level), e.service.str(),
           [&](Incident& i) { i.proposal = LevelProposal{e.level, e.service, written_.at}; });
  }

  void on(const PhaseChanged& e) {
    change(e.id, "phase_changed", name_of(e.phase), e.reason, [&](Incident& i) {
      i.phase = e.phase;
      i.back_at = e.phase == Phase::Affected ? std::nullopt
                                             : std::optional(i.back_at.value_or(written_.at));
      i.closed_at = e.phase == Phase::Closed ? std::optional(written_.at) : std::nullopt;
      if (e.phase == Phase::Closed) i.evaluation = e.evaluation;
    });
  }

  void on(const IncidentMerged& e) {
    const Incident* from = find_incident(record_, e.from);
    if (!from) return;
    const Incident absorbed = *from;
    change(e.from, "incident_merged", e.into.str(), e.reason, [&](Incident& i) {
      i.merged_into = e.into;
      i.phase = Phase::Closed;
      i.closed_at = written_.at;
    });
    change(e.into, "incident_merged", e.from.str(), e.reason, [&](Incident& i) {
      i.absorbed.push_back(e.from);
      i.since = std::min(i.since, absorbed.since);
      i.level = std::max(i.level, absorbed.level);
      append(i.faults, absorbed.faults);
      append(i.notes, absorbed.notes);
      append(i.hypotheses, absorbed.hypotheses);
      append(i.tasks, absorbed.tasks);
      append(i.fixes, absorbed.fixes);
      append(i.to_explain, absorbed.to_explain);
      outdate(i);
    });
  }

  void on(const IncidentSplit& e) {
    const Incident* from = find_incident(record_, e.from);
    if (!from) return;
    Incident part;
    part.id = e.id;
    part.title = e.title;
    part.opened = written_;
    part.since = written_.at;
    const auto leaves = [&](const Fault& fault) {
      return std::find(e.nodes.begin(), e.nodes.end(), fault.node) != e.nodes.end();
    };
    for (const Fault& fault : from->faults) {
      if (!leaves(fault)) continue;
      part.since = std::min(part.since, fault.since);
      part.faults.push_back(fault);
    }
    change(e.from, "incident_split", e.id.str(), e.reason, [&](Incident& i) {
      std::erase_if(i.faults, leaves);
      outdate(i);
    });
    count("incident", e.id.str());
    log(part, "incident_split", e.from.str(), e.reason);
    record_.incidents.push_back(std::make_shared<const Incident>(std::move(part)));
  }

  void on(const NoteAdded& e) {
    count("note", e.id.str());
    change(e.incident, "note_added", e.id.str(), e.text, [&](Incident& i) {
      i.notes.push_back(
          {e.id, e.kind, e.text, e.to, e.attachment, written_, e.nodes, e.changed_at});
      if (e.kind == NoteKind::HandOver && !e.to.empty()) i.lead = e.to;
      if (e.kind == NoteKind::Report) i.report_due = false;
    });
  }

  void on(const ReportDue& e) {
    change(e.id, "report_due", e.id.str(), "", [](Incident& i) { i.report_due = true; });
  }

  void on(const HypothesisSet& e) {
    count("cause", e.id.str());
    change(e.incident, "hypothesis_set", e.id.str(), e.text.de, [&](Incident& i) {
      Hypothesis cause{e.id, e.text, e.nodes, e.state, e.reason, {}, written_};
      if (const auto* known = find_in(i.hypotheses, e.id)) cause.evidence = known->evidence;
      put(i.hypotheses, std::move(cause));
    });
  }

  void on(const EvidenceAdded& e) {
    change(e.incident, "evidence_added", e.hypothesis.str(), e.text, [&](Incident& i) {
      auto* cause = find_in(i.hypotheses, e.hypothesis);
      if (cause) cause->evidence.push_back({e.text, e.supports, written_});
    });
  }

  void on(const SuspectsFound& e) {
    std::string likeliest;
    for (const NodeId& node : e.suspects.empty() ? std::vector<NodeId>() : e.suspects[0].nodes) {
      likeliest += (likeliest.empty() ? "" : ", ") + node.str();
    }
    change(e.incident, "suspects_found", e.incident.str(), likeliest, [&](Incident& i) {
      i.suspects = e.suspects;
      i.to_explain = e.to_explain;
      i.weighed = e.weighed;
    });
  }

  void on(const TaskSet& e) {
    count("task", e.id.str());
    change(e.incident, "task_set", e.id.str(), e.title, [&](Incident& i) {
      Task task;
      if (const auto* known = find_in(i.tasks, e.id)) task = *known;
      task.id = e.id;
      task.version = e.version;
      task.title = e.title;
      task.kind = e.kind;
      task.repairs = e.repairs;
      task.fix = e.fix;
      task.effort = e.effort;
      task.crew = e.crew;
      task.skill = e.skill;
      task.after = e.after;
      if (task.delivery != e.delivery) task.ordered = written_.at;
      task.part = e.part;
      task.delivery = e.delivery;
      task.order = e.order;
      task.assignee = e.assignee;
      task.disturbs = e.disturbs;
      task.written = written_;
      put(i.tasks, std::move(task));
      outdate(i);
    });
  }

  void on(const TaskMoved& e) {
    change(e.incident, "task_moved", e.id.str(), name_of(e.state), [&](Incident& i) {
      auto* task = find_in(i.tasks, e.id);
      if (!task) return;
      outdate(i);
      task->state = e.state;
      task->result = e.text;
      if (e.state == TaskState::Planned) task->started.reset();
      if (e.state == TaskState::Started) task->started = written_.at;
      const bool over = e.state == TaskState::Done || e.state == TaskState::Cancelled;
      task->ended = over ? std::optional(written_.at) : std::nullopt;
    });
  }

  void on(const FixSet& e) {
    count("fix", e.id.str());
    change(e.incident, "fix_set", e.id.str(), e.title.de, [&](Incident& i) {
      Fix fix;
      if (const auto* known = find_in(i.fixes, e.id)) fix = *known;
      fix.id = e.id;
      fix.version = e.version;
      fix.title = e.title;
      fix.for_faults = e.for_faults;
      fix.restores = e.restores;
      fix.risk = e.risk;
      fix.owner = e.owner;
      fix.expires = e.expires;
      fix.follow_up = e.follow_up;
      fix.capacity = e.capacity;
      fix.written = written_;
      put(i.fixes, std::move(fix));
      outdate(i);
    });
  }

  void on(const FixMoved& e) {
    change(e.incident, "fix_moved", e.id.str(), name_of(e.state), [&](Incident& i) {
      auto* fix = find_in(i.fixes, e.id);
      if (!fix) return;
      fix->state = e.state;
      fix->since = written_.at;
      fix->note = e.text;
      outdate(i);
    });
  }

  void on(const ForecastMade& e) {
    count("forecast", e.id.str());
    change(e.incident, "forecast_made", e.id.str(), e.reason, [&](Incident& i) {
      i.forecasts.push_back(std::make_shared<const Forecast>(
          Forecast{e.id, e.reason, e.runs, e.places, e.all_repaired_early, e.all_repaired_late,
                   written_, e.learnt, e.tasks.value_or(std::vector<TaskForecast>()),
                   e.matters.value_or(std::vector<TaskMatter>())}));
    });
  }

  void on(const OrderProposed& e) {
    count("order", e.id.str());
    change(e.incident, "order_proposed", e.id.str(), e.reason, [&](Incident& i) {
      OrderProposal proposal;
      proposal.id = e.id;
      proposal.reason = e.reason;
      proposal.runs = e.runs;
      proposal.steps = e.steps;
      proposal.choices = e.choices;
      proposal.measure = e.measure;
      proposal.written = written_;
      if (i.orders.size() >= kMostOrdersKept) i.orders.erase(i.orders.begin());
      i.orders.push_back(std::move(proposal));
    });
  }

  void on(const OrderAnswered& e) {
    change(e.incident, "order_answered", e.id.str(), e.reason, [&](Incident& i) {
      auto* proposal = find_in(i.orders, e.id);
      if (!proposal) return;
      proposal->taken = e.taken;
      proposal->answer_reason = e.reason;
      proposal->answered = written_;
      if (!e.taken) return;
      put_in_order(i, proposal->steps);
      outdate(i);
      proposal->stale = false;
    });
  }

  void on(const ForecastsScored& e) {
    change(e.incident, "forecasts_scored", e.incident.str(), "", [&](Incident& i) {
      i.scores = ForecastScores{e.chances, e.intervals, e.tasks, e.versions, written_};
    });
  }

  void on(const OpeningProposed& e) {
    const auto same = [&](const OpeningProposal& p) {
      return p.office == e.office && p.site == e.site && p.day == e.day;
    };
    std::erase_if(record_.proposals, same);
    record_.proposals.push_back(
        {e.office, e.site, e.day, e.word, e.chance, e.deadline, written_.at});
  }

  void on(const OpeningDecided& e) {
    count("decision", e.id.str());
    if (auto* before = find_in(record_.decisions, e.replaces)) before->replaced_by = e.id;
    record_.decisions.push_back({e.id, e.incident, e.office, e.site, e.day, e.word, e.text,
                                 e.reason, e.proposed, e.late, e.replaces, DecisionId(), written_});
    change(e.incident, "opening_decided", e.id.str(), e.reason, [](Incident&) {});
  }

  void on(const StatementSaved& e) {
    count("statement", e.id.str());
    Statement statement;
    statement.id = e.id;
    statement.kind = e.kind;
    statement.incident = e.incident;
    statement.title_de = e.title_de;
    statement.title_en = e.title_en;
    statement.de = e.de;
    statement.en = e.en;
    statement.edited = e.edited;
    statement.based_on = e.based_on;
    statement.version = e.version;
    statement.next_information = e.next_information;
    statement.written = written_;
    if (const auto* known = find_in(record_.statements, e.id)) keep(*known);
    put(record_.statements, std::move(statement));
    change(e.incident, "statement_saved", e.id.str(), e.title_de, [](Incident&) {});
  }

  void on(const StatementMoved& e) {
    auto* statement = find_in(record_.statements, e.id);
    if (!statement) return;
    statement->state = e.state;
    statement->reason = e.reason;
    if (e.state == StatementState::Approved) statement->approved_by = written_.by;
    if (e.state == StatementState::Published) statement->published_at = written_.at;
    change(statement->incident, "statement_moved", e.id.str(), name_of(e.state), [](Incident&) {});
  }

 private:
  template <class List>
  static void append(List& to, const List& from) {
    to.insert(to.end(), from.begin(), from.end());
  }

  // A version that was public once stays on record.
  void keep(const Statement& statement) {
    if (statement.published_at) record_.earlier.push_back(statement);
  }

  void count(const char* prefix, const std::string& id) {
    const auto number = std::strtoul(id.c_str() + id.rfind('-') + 1, nullptr, 10);
    auto& last = record_.counters[prefix];
    last = std::max(last, static_cast<unsigned>(number));
  }

  void log(Incident& incident, std::string what, std::string subject, std::string text) {
    if (incident.log.size() >= kLongestLog) return;
    incident.log.push_back({std::move(what), std::move(subject), std::move(text), written_});
  }

  // Ahead of what has the usual order 0, so that a new task does not jump the queue. Who has a form
  // of one of them open is told that it has changed.
  static void put_in_order(Incident& incident, const std::vector<OrderStep>& steps) {
    const int count = static_cast<int>(steps.size());
    for (int i = 0; i < count; ++i) {
      auto* task = find_in(incident.tasks, steps[static_cast<std::size_t>(i)].task);
      if (!task) continue;
      task->order = i - count;
      ++task->version;
    }
  }

  template <class Edit>
  void change(const IncidentId& id, const char* what, const std::string& subject,
              const std::string& text, Edit edit) {
    for (auto& kept : record_.incidents) {
      if (kept->id != id) continue;
      auto incident = std::make_shared<Incident>(*kept);
      edit(*incident);
      log(*incident, what, subject, text);
      kept = std::move(incident);
      return;
    }
  }

  Record& record_;
  const Written& written_;
};

}  // namespace

void Ledger::apply(const RecordEvent& event, const Written& written) {
  auto next = std::make_shared<Record>(*record_);
  Folding folding(*next, written);
  std::visit([&](const auto& e) { folding.on(e); }, event);
  record_ = std::move(next);
}

void Ledger::district_changed() {
  auto next = std::make_shared<Record>(*record_);
  for (auto& kept : next->incidents) {
    if (!is_open(*kept) || kept->orders.empty()) continue;
    auto incident = std::make_shared<Incident>(*kept);
    outdate(*incident);
    kept = std::move(incident);
  }
  record_ = std::move(next);
}

std::string Ledger::next_id(std::string_view prefix) const {
  const auto last = record_->counters.find(std::string(prefix));
  return fmt::format("{}-{}", prefix, last == record_->counters.end() ? 1 : last->second + 1);
}

}  // namespace dienstbereit::core::incident
