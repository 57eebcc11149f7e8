// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/public_history.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::view {
namespace {

// As it was said: what became of it since would change the text of an entry people have read.
PublicUpdate update_of(const WordSituation& word) {
  PublicUpdate update;
  update.id = "word-" + word.id.str();
  update.body = word.text;
  update.at = word.set_at;
  update.word = WordView{word.id,     word.scope, word.said,           word.text, word.role,
                         word.set_at, word.until, WordStatus::InForce, {}};
  return update;
}

// Words on components are for operators: visitors know offices, sites and services.
bool is_public(const WordSituation& word) { return word.scope.node.empty(); }

// Texts of other kinds have readers and ways of their own.
bool is_for_readers(StatementKind kind) {
  return kind == StatementKind::Holding || kind == StatementKind::Short ||
         kind == StatementKind::Long || kind == StatementKind::Press;
}

void keep_earliest(std::optional<Instant>& earliest, Instant at) {
  if (!earliest || at < *earliest) earliest = at;
}

std::optional<Instant> cause_confirmed_at(const Incident& incident) {
  std::optional<Instant> at;
  for (const Hypothesis& one : incident.hypotheses) {
    if (one.state == CauseState::Confirmed) keep_earliest(at, one.written.at);
  }
  return at;
}

std::optional<Instant> watched_since(const Incident& incident) {
  std::optional<Instant> at = incident.back_at;
  for (const Fix& fix : incident.fixes) {
    if (fix.state == FixState::InForce && fix.since) keep_earliest(at, *fix.since);
  }
  return at;
}

// Where it stood at `at`, by what is on record now.
Stage stage_at(const Incident& incident, Instant at) {
  const auto come = [at](const std::optional<Instant>& when) { return when && *when <= at; };
  if (come(incident.closed_at)) {
    return at > *incident.closed_at ? Stage::Postmortem : Stage::Resolved;
  }
  if (come(watched_since(incident))) return Stage::Monitoring;
  return come(cause_confirmed_at(incident)) ? Stage::Identified : Stage::Investigating;
}

Stage stage_of(const Incident& incident, Instant now) {
  const Stage stage = stage_at(incident, now);
  return stage == Stage::Postmortem ? Stage::Resolved : stage;
}

// The incident that speaks for `id`: those that were merged speak through the one they went into.
const Incident* speaker(const Record& record, IncidentId id) {
  for (std::size_t steps = 0; steps <= record.incidents.size(); ++steps) {
    const Incident* incident = find_incident(record, id);
    if (incident == nullptr || incident->merged_into.empty()) return incident;
    id = incident->merged_into;
  }
  return nullptr;
}

PublicUpdate update_of(const Record& record, const Statement& statement) {
  PublicUpdate update;
  update.id = fmt::format("{}.{}", statement.id.str(), statement.version);
  update.title = {statement.title_de, statement.title_en};
  update.body = {statement.de, statement.en};
  update.at = *statement.published_at;
  const Incident* incident = speaker(record, statement.incident);
  if (incident == nullptr) return update;
  update.incident = incident->id;
  update.stage = stage_at(*incident, update.at);
  if (update.title.empty()) update.title = incident->title;
  return update;
}

std::vector<NodeId> offers_of(const Situation& situation, const Incident& incident) {
  const auto is_fault = [&](const NodeId& node) {
    return std::any_of(incident.faults.begin(), incident.faults.end(),
                       [&](const Fault& fault) { return fault.node == node; });
  };
  std::vector<NodeId> offers;
  for (const OfferSituation& offer : situation.offers) {
    const Explanation& why = offer.now.why;
    const bool concerned = std::any_of(why.begin(), why.end(), [&](const ReasonStep& step) {
      return is_fault(step.subject) || is_fault(step.object);
    });
    if (concerned) offers.push_back(offer.node);
  }
  return offers;
}

// `told`: its updates, newest first, at least one.
PublicIncident incident_of(const Situation& situation, const Incident& incident,
                           std::vector<PublicUpdate> told) {
  PublicIncident out;
  out.id = incident.id;
  out.name = told.front().title;
  out.stage = stage_of(incident, situation.as_of);
  out.level = incident.level;
  out.started_at = incident.since;
  out.created_at = told.back().at;
  out.updated_at = std::max(told.front().at, incident.closed_at.value_or(told.front().at));
  out.monitoring_at = watched_since(incident);
  out.resolved_at = incident.closed_at;
  out.offers = offers_of(situation, incident);
  out.updates = std::move(told);
  return out;
}

// The permanent repair of an incident that an interim fix or the services' return has calmed, with
// the window that the newest forecast gives it.
std::optional<PublicIncident> repair_of(const Incident& incident, const PublicIncident& told) {
  const auto pending = std::find_if(
      incident.fixes.begin(), incident.fixes.end(),
      [](const Fix& fix) { return fix.state == FixState::InForce && !fix.follow_up.empty(); });
  if (pending == incident.fixes.end() || incident.forecasts.empty()) return std::nullopt;
  const Forecast& forecast = *incident.forecasts.back();
  const Task* task = find_task(incident, pending->follow_up);
  if (task == nullptr || !forecast.all_repaired_early || !forecast.all_repaired_late) {
    return std::nullopt;
  }
  PublicIncident repair = told;
  repair.stage = task->state == TaskState::Done      ? Stage::Completed
                 : task->state == TaskState::Started ? Stage::InProgress
                                                     : Stage::Scheduled;
  repair.window = Window{*forecast.all_repaired_early, *forecast.all_repaired_late};
  repair.created_at = pending->written.at;
  repair.updated_at = forecast.written.at;
  repair.monitoring_at.reset();
  repair.resolved_at = task->state == TaskState::Done ? task->ended : std::nullopt;
  repair.updates.clear();
  return repair;
}

void add_incidents(const Situation& situation, PublicHistory& history) {
  for (auto at = situation.record->incidents.rbegin(); at != situation.record->incidents.rend();
       ++at) {
    const Incident& incident = **at;
    std::vector<PublicUpdate> told;
    for (const PublicUpdate& update : history.updates) {
      if (update.incident == incident.id) told.push_back(update);
    }
    if (told.empty() || history.incidents.size() >= kIncidentsMax) continue;
    history.incidents.push_back(incident_of(situation, incident, std::move(told)));
    if (auto repair = repair_of(incident, history.incidents.back())) {
      history.repairs.push_back(std::move(*repair));
    }
  }
}

}  // namespace

PublicHistory public_history(const Situation& situation) {
  PublicHistory history;
  const Record& record = *situation.record;
  for (const auto* list : {&record.statements, &record.earlier}) {
    for (const Statement& statement : *list) {
      const bool stands = statement.published_at && statement.state != StatementState::Withdrawn;
      if (stands && is_for_readers(statement.kind)) {
        history.updates.push_back(update_of(record, statement));
      }
    }
  }
  for (const WordSituation& word : situation.words) {
    if (is_public(word)) history.updates.push_back(update_of(word));
  }
  std::sort(history.updates.begin(), history.updates.end(),
            [](const PublicUpdate& a, const PublicUpdate& b) {
              return a.at != b.at ? a.at > b.at : a.id > b.id;
            });
  add_incidents(situation, history);
  if (history.updates.size() > kUpdatesMax) history.updates.resize(kUpdatesMax);
  return history;
}

}  // namespace dienstbereit::view
