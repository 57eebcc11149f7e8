// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/record/json.h"

#include "model/record/fields.h"

namespace dienstbereit {

template <class A>
void fields(A& a, Written& e) {
  a("at", e.at);
  a("by", e.by);
}
template <class A>
void fields(A& a, Fault& e) {
  a("node", e.node);
  a("since", e.since);
  a("ended", e.ended);
}
template <class A>
void fields(A& a, Note& e) {
  a("id", e.id);
  a("kind", e.kind, note_kind_of);
  a("text", e.text);
  a("to", e.to);
  a("attachment", e.attachment);
  a("nodes", e.nodes);
  a("changed_at", e.changed_at);
  a("written", e.written);
}
template <class A>
void fields(A& a, CauseEvidence& e) {
  a("text", e.text);
  a("supports", e.supports);
  a("written", e.written);
}
template <class A>
void fields(A& a, Hypothesis& e) {
  a("id", e.id);
  a("text", e.text);
  a("nodes", e.nodes);
  a("state", e.state, cause_state_of);
  a("reason", e.reason);
  a("evidence", e.evidence);
  a("written", e.written);
}
template <class A>
void fields(A& a, LevelProposal& e) {
  a("level", e.level, level_of);
  a("service", e.service);
  a("at", e.at);
}
template <class A>
void fields(A& a, Task& e) {
  a("id", e.id);
  a("version", e.version);
  a("state", e.state, task_state_of);
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
  a("started", e.started);
  a("ended", e.ended);
  a("result", e.result);
  a("written", e.written);
}
template <class A>
void fields(A& a, Fix& e) {
  a("id", e.id);
  a("version", e.version);
  a("state", e.state, fix_state_of);
  a("title", e.title);
  a("for_faults", e.for_faults);
  a("restores", e.restores);
  a("risk", e.risk);
  a("owner", e.owner);
  a("expires", e.expires);
  a("capacity", e.capacity);
  a("follow_up", e.follow_up);
  a("since", e.since);
  a("note", e.note);
  a("written", e.written);
}
template <class A>
void fields(A& a, Forecast& e) {
  a("id", e.id);
  a("reason", e.reason);
  a("runs", e.runs);
  a("places", e.places);
  a("all_repaired_early", e.all_repaired_early);
  a("all_repaired_late", e.all_repaired_late);
  a("learnt", e.learnt);
  a("tasks", e.tasks);
  a("matters", e.matters);
  a("written", e.written);
}
template <class A>
void fields(A& a, OrderProposal& e) {
  a("id", e.id);
  a("reason", e.reason);
  a("runs", e.runs);
  a("steps", e.steps);
  a("choices", e.choices);
  a("measure", e.measure);
  a("stale", e.stale);
  a("taken", e.taken);
  a("answer_reason", e.answer_reason);
  a("answered", e.answered);
  a("written", e.written);
}
template <class A>
void fields(A& a, ForecastScores& e) {
  a("chances", e.chances);
  a("intervals", e.intervals);
  a("tasks", e.tasks);
  a("versions", e.versions);
  a("written", e.written);
}
template <class A>
void fields(A& a, OpeningProposal& e) {
  a("office", e.office);
  a("site", e.site);
  a("day", e.day);
  a("word", e.word, readiness_of);
  a("chance", e.chance);
  a("deadline", e.deadline);
  a("at", e.at);
}
template <class A>
void fields(A& a, OpeningDecision& e) {
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
  a("replaced_by", e.replaced_by);
  a("written", e.written);
}
template <class A>
void fields(A& a, Statement& e) {
  a("id", e.id);
  a("version", e.version);
  a("state", e.state, statement_state_of);
  a("kind", e.kind, statement_kind_of);
  a("incident", e.incident);
  a("title_de", e.title_de);
  a("title_en", e.title_en);
  a("de", e.de);
  a("en", e.en);
  a("edited", e.edited);
  a("based_on", e.based_on);
  a("next_information", e.next_information);
  a("approved_by", e.approved_by);
  a("published_at", e.published_at);
  a("reason", e.reason);
  a("written", e.written);
}
template <class A>
void fields(A& a, LogEntry& e) {
  a("what", e.what);
  a("subject", e.subject);
  a("text", e.text);
  a("written", e.written);
}
template <class A>
void fields(A& a, Incident& e) {
  a("id", e.id);
  a("version", e.version);
  a("by_rule", e.by_rule);
  a("title", e.title);
  a("since", e.since);
  a("opened", e.opened);
  a("level", e.level, level_of);
  a("level_reason", e.level_reason);
  a("proposal", e.proposal);
  a("phase", e.phase, phase_of);
  a("back_at", e.back_at);
  a("closed_at", e.closed_at);
  a("evaluation", e.evaluation);
  a("trigger", e.trigger);
  a("security", e.security);
  a("lead", e.lead);
  a("next_report", e.next_report);
  a("report_due", e.report_due);
  a("faults", e.faults);
  a("suspects", e.suspects);
  a("to_explain", e.to_explain);
  a("weighed", e.weighed);
  a("hypotheses", e.hypotheses);
  a("notes", e.notes);
  a("tasks", e.tasks);
  a("fixes", e.fixes);
  a("forecasts", e.forecasts);
  a("orders", e.orders);
  a("scores", e.scores);
  a("absorbed", e.absorbed);
  a("merged_into", e.merged_into);
  a("log", e.log);
}
template <class A>
void fields(A& a, Record& e) {
  a("incidents", e.incidents);
  a("proposals", e.proposals);
  a("decisions", e.decisions);
  a("statements", e.statements);
  a("earlier", e.earlier);
}

namespace {

template <class T>
std::string people_text(const T& value) {
  codec::Writer writer(codec::Style::People);
  fields(writer, const_cast<T&>(value));  // a Writer changes nothing
  return writer.take();
}

// Takes down which keys a struct has.
class Keys {
 public:
  template <class T>
  void operator()(const char* key, const T&) {
    keys_.emplace_back(key);
  }
  template <class Enum, class Lookup>
  void operator()(const char* key, const Enum&, Lookup) {
    keys_.emplace_back(key);
  }
  template <class T>
  void later(const char* key, const T&) {
    keys_.emplace_back(key);
  }
  std::vector<std::string> take() { return std::move(keys_); }

 private:
  std::vector<std::string> keys_;
};

template <std::size_t I = 0>
void add_keys(std::vector<ChangeKeys>& all) {
  if constexpr (I < std::variant_size_v<RecordEvent>) {
    std::variant_alternative_t<I, RecordEvent> change;
    Keys keys;
    fields(keys, change);
    all.push_back({type_of(RecordEvent(std::move(change))), keys.take()});
    add_keys<I + 1>(all);
  }
}

}  // namespace

std::string to_json(const Record& record) { return people_text(record); }
std::string to_json(const Incident& incident) { return people_text(incident); }

Result<std::vector<RecordEvent>> parse_changes(std::string_view text) {
  if (text.size() > kLargestChange) {
    return fail(Errc::LimitExceeded, fmt::format("a list of changes has at most {} bytes, this one "
                                                 "has {}",
                                                 kLargestChange, text.size()));
  }
  const auto json = codec::parse_bounded(text);
  if (!json || !json->is_object() || json->size() != 1 || !json->contains("changes") ||
      !(*json)["changes"].is_array()) {
    return fail(Errc::InvalidInput,
                "send {\"changes\": [{\"type\": ...}, ...]} as application/json");
  }
  std::vector<RecordEvent> changes;
  for (codec::Json one : (*json)["changes"]) {
    const auto number = changes.size() + 1;
    if (!one.is_object() || !one.contains("type") || !one["type"].is_string()) {
      return fail(Errc::InvalidInput, fmt::format("change {}: 'type' is missing", number));
    }
    const std::string type = one["type"].get<std::string>();
    one.erase("type");
    auto change = parse_change(type, one.dump());
    if (!change) {
      return fail(change.error().code,
                  fmt::format("change {}: {}", number, change.error().message));
    }
    changes.push_back(std::move(*change));
  }
  return changes;
}

std::vector<ChangeKeys> change_keys() {
  std::vector<ChangeKeys> all;
  add_keys(all);
  return all;
}

}  // namespace dienstbereit
