// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/incident/changes.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "core/incident/checker.h"
#include "core/incident/texts.h"

namespace dienstbereit::core::incident {
namespace {

// Who wrote the title and what belongs to it last.
Written last_edit(const Incident& incident) {
  const auto last = std::find_if(incident.log.rbegin(), incident.log.rend(),
                                 [](const LogEntry& one) { return one.what == "incident_edited"; });
  return last == incident.log.rend() ? incident.opened : last->written;
}

}  // namespace

// ---- what the checks share ---------------------------------------------------------------------

Result<const Incident*> Checker::incident(IncidentId& id, Closed closed) const {
  if (id.str() == kNew) id = newest_.incident;
  const Incident* found = find_incident(record(), id);
  if (!found) {
    return fail(Errc::NotFound, fmt::format("there is no incident '{}'; 'dienstbereit record "
                                            "show' lists them",
                                            id.str()));
  }
  if (!found->merged_into.empty()) {
    return fail(Errc::Conflict, fmt::format("'{}' was merged into '{}'; write it there", id.str(),
                                            found->merged_into.str()));
  }
  if (found->phase == Phase::Closed && closed == Closed::Refused) {
    return fail(Errc::Conflict, fmt::format("'{}' is closed; open it again first", id.str()));
  }
  return found;
}

Result<void> Checker::nodes_exist(const std::vector<NodeId>& nodes) const {
  for (const NodeId& node : nodes) {
    const bool known = find_component(at_.district, node) ||
                       find_site(at_.district, SiteId(node.str())) ||
                       find_service(at_.district, ServiceId(node.str()));
    if (!known) {
      return fail(Errc::NotFound, fmt::format("the district has no component, site or service "
                                              "'{}'",
                                              node.str()));
    }
  }
  return {};
}

Result<void> Checker::still(unsigned seen, unsigned version, const Written& by) const {
  if (seen == version) return {};
  return fail(Errc::Conflict, fmt::format("it was changed meanwhile (version {} by {} at {}, you "
                                          "saw version {}); look at it and change it again",
                                          version, by.by, to_rfc3339(by.at), seen));
}

// ---- the incident ------------------------------------------------------------------------------

Result<void> Checker::on(IncidentOpened& e) {
  if (record().incidents.size() >= kMostIncidents) {
    return fail(Errc::LimitExceeded, fmt::format("there are {} incidents already, the most there "
                                                 "can be",
                                                 kMostIncidents));
  }
  e.by_rule = false;
  e.id = IncidentId(ledger_.next_id("incident"));
  if (e.since == Instant()) e.since = at_.now;
  if (e.since > at_.now) {
    return fail(Errc::InvalidInput, "'since' is in the future; an incident has begun already");
  }
  if (auto known = nodes_exist(e.nodes); !known) return known;
  newest_.incident = e.id;
  return need_text("the title", e.title, kLongestTitle);
}

Result<void> Checker::on(IncidentEdited& e) {
  const auto found = incident(e.id, Closed::Refused);
  if (!found) return tl::unexpected(found.error());
  if (auto same = still(e.version, (*found)->version, last_edit(**found)); !same) return same;
  ++e.version;
  if (auto text = need_text("the title", e.title, kLongestTitle); !text) return text;
  if (auto text = check_text("the trigger", e.trigger, kLongestWording); !text) return text;
  if (e.next_report && *e.next_report <= at_.now) {
    return fail(Errc::InvalidInput, "the next situation report must lie ahead");
  }
  return check_text("who leads", e.lead, kLongestTitle);
}

Result<void> Checker::on(LevelSet& e) {
  const auto found = incident(e.id, Closed::Refused);
  if (!found) return tl::unexpected(found.error());
  return need_text("the reason", e.reason, kLongestWording);
}

Result<void> Checker::on(PhaseChanged& e) {
  const auto found = incident(e.id, Closed::Allowed);
  if (!found) return tl::unexpected(found.error());
  const Phase now = (*found)->phase;
  if (e.phase == now) return fail(Errc::Conflict, "the incident is in this phase already");
  if (auto text = check_text("the reason", e.reason, kLongestWording); !text) return text;
  if (e.phase != Phase::Closed) return {};
  if (now == Phase::Affected) {
    return fail(Errc::Conflict, "services are still affected; it can be closed once they are back "
                                "(set phase services_back first if nothing measures them)");
  }
  if (at_.unsent > 0 && trim(e.reason).empty()) {
    return fail(Errc::Conflict,
                fmt::format("counters hold {} cases that have not come in yet, and after the end "
                            "nobody waits for them; let them send first, or give a reason",
                            at_.unsent));
  }
  if (auto text = need_text("what went well", e.evaluation.went_well, kLongestNote); !text) {
    return text;
  }
  if (auto text = check_text("what went badly", e.evaluation.went_badly, kLongestNote); !text) {
    return text;
  }
  return need_text("what is to be improved", e.evaluation.improvements, kLongestNote);
}

Result<void> Checker::on(IncidentMerged& e) {
  const auto into = incident(e.into, Closed::Refused);
  if (!into) return tl::unexpected(into.error());
  const auto from = incident(e.from, Closed::Refused);
  if (!from) return tl::unexpected(from.error());
  if (e.into == e.from) return fail(Errc::InvalidInput, "an incident cannot be merged with itself");
  return need_text("the reason", e.reason, kLongestWording);
}

Result<void> Checker::on(IncidentSplit& e) {
  const auto from = incident(e.from, Closed::Refused);
  if (!from) return tl::unexpected(from.error());
  if (e.nodes.empty()) return fail(Errc::InvalidInput, "say which faults leave the incident");
  for (const NodeId& node : e.nodes) {
    const bool has = std::any_of((*from)->faults.begin(), (*from)->faults.end(),
                                 [&](const Fault& fault) { return fault.node == node; });
    if (!has) {
      return fail(Errc::NotFound,
                  fmt::format("'{}' is no fault of '{}'", node.str(), e.from.str()));
    }
  }
  e.id = IncidentId(ledger_.next_id("incident"));
  newest_.incident = e.id;
  if (auto text = need_text("the title", e.title, kLongestTitle); !text) return text;
  return need_text("the reason", e.reason, kLongestWording);
}

// What a change names and when it was done; no other note does.
Result<void> Checker::change_fits(const NoteAdded& e) const {
  if (e.kind != NoteKind::Change) {
    if (e.nodes.empty() && !e.changed_at) return {};
    return fail(Errc::InvalidInput, "only a note of kind 'change' has 'nodes' and 'changed_at'");
  }
  if (e.nodes.empty()) return fail(Errc::InvalidInput, "say in 'nodes' what was changed");
  if (e.nodes.size() > kMostChanged) {
    return fail(Errc::LimitExceeded,
                fmt::format("a change names at most {} nodes; write several", kMostChanged));
  }
  if (!e.changed_at) return fail(Errc::InvalidInput, "say in 'changed_at' when it was done");
  if (*e.changed_at > at_.now) {
    return fail(Errc::InvalidInput, "'changed_at' is in the future; note what has been done");
  }
  return nodes_exist(e.nodes);
}

Result<void> Checker::on(NoteAdded& e) {
  const auto found = incident(e.incident, Closed::Allowed);
  if (!found) return tl::unexpected(found.error());
  if ((*found)->notes.size() >= kMostNotes) {
    return fail(Errc::LimitExceeded,
                fmt::format("the incident has {} notes, the most there can be", kMostNotes));
  }
  e.id = NoteId(ledger_.next_id("note"));
  if (auto text = check_text("the successor", e.to, kLongestTitle); !text) return text;
  if (e.kind == NoteKind::HandOver && e.to.empty()) {
    return fail(Errc::InvalidInput, "say who takes over");
  }
  if (auto fits = change_fits(e); !fits) return fits;
  if (auto text = check_text("the attachment", e.attachment, kLongestTitle); !text) return text;
  if (e.kind == NoteKind::Photo && e.attachment.empty()) {
    return fail(Errc::InvalidInput, "the photo is missing; upload it with the note");
  }
  return e.kind == NoteKind::Photo ? check_text("the note", e.text, kLongestNote)
                                   : need_text("the note", e.text, kLongestNote);
}

Result<void> Checker::on(HypothesisSet& e) {
  const auto found = incident(e.incident, Closed::Allowed);
  if (!found) return tl::unexpected(found.error());
  if (e.id.empty()) {
    if ((*found)->hypotheses.size() >= kMostTasks) {
      return fail(Errc::LimitExceeded, "too many suspected causes; reject some first");
    }
    e.id = HypothesisId(ledger_.next_id("cause"));
  } else if (!find_hypothesis(**found, e.id)) {
    return fail(Errc::NotFound, fmt::format("the incident has no cause '{}'", e.id.str()));
  }
  if (auto known = nodes_exist(e.nodes); !known) return known;
  if (auto text = need_text("the cause", e.text, kLongestWording); !text) return text;
  const bool judged = e.state == CauseState::Confirmed || e.state == CauseState::Rejected;
  return judged ? need_text("why it is confirmed or rejected", e.reason, kLongestWording)
                : check_text("the reason", e.reason, kLongestWording);
}

Result<void> Checker::on(EvidenceAdded& e) {
  const auto found = incident(e.incident, Closed::Allowed);
  if (!found) return tl::unexpected(found.error());
  const Hypothesis* cause = find_hypothesis(**found, e.hypothesis);
  if (!cause) {
    return fail(Errc::NotFound, fmt::format("the incident has no cause '{}'", e.hypothesis.str()));
  }
  if (cause->evidence.size() >= kMostTasks) {
    return fail(Errc::LimitExceeded, "too much evidence on one cause; write a note instead");
  }
  return need_text("the evidence", e.text, kLongestWording);
}

// ---- lists -------------------------------------------------------------------------------------

Result<std::vector<RecordEvent>> accept(std::vector<RecordEvent> changes, Ledger ledger,
                                        const Circumstances& circumstances) {
  if (changes.empty() || changes.size() > kMostChanges) {
    return fail(Errc::LimitExceeded, fmt::format("one to {} changes at once", kMostChanges));
  }
  Checker checker(ledger, circumstances);
  for (RecordEvent& change : changes) {
    const auto checked = std::visit([&](auto& e) { return checker.on(e); }, change);
    if (!checked) return tl::unexpected(checked.error());
    ledger.apply(change, {circumstances.now, circumstances.by});
  }
  return changes;
}

}  // namespace dienstbereit::core::incident
