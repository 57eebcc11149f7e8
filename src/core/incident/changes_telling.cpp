// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "core/incident/checker.h"
#include "core/incident/texts.h"
#include "model/record/names.h"

// Opening decisions and statements.
namespace dienstbereit::core::incident {
namespace {

bool has_place(const District& district, const OfficeId& office, const SiteId& site) {
  const Office* found = find_office(district, office);
  return found && std::any_of(found->sites.begin(), found->sites.end(),
                              [&](const OfficeSite& at) { return at.site == site; });
}

}  // namespace

Result<void> Checker::on(OpeningDecided& e) {
  if (!e.incident.empty()) {
    if (const auto found = incident(e.incident, Closed::Refused); !found) {
      return tl::unexpected(found.error());
    }
  }
  if (!has_place(at_.district, e.office, e.site)) {
    return fail(Errc::NotFound, fmt::format("there is no place '{}@{}' in the district",
                                            e.office.str(), e.site.str()));
  }
  if (e.day < at_.today || e.day > at_.today + date::days(kDecideAhead)) {
    return fail(Errc::InvalidInput, fmt::format("the day must be from today ({}) to {} days ahead",
                                                to_iso(at_.today), kDecideAhead));
  }
  if (e.word == Readiness::Unknown) {
    return fail(Errc::InvalidInput, "decide normal, limited or closed");
  }
  if (e.word == Readiness::Limited) {
    if (auto text = need_text("the limit", e.text, kLongestWording); !text) return text;
  }
  if (auto text = check_text("the text", e.text, kLongestWording); !text) return text;
  if (auto text = need_text("the reason", e.reason, kLongestWording); !text) return text;
  const OpeningDecision* before = decision_for(record(), e.office, e.site, e.day);
  e.replaces = before ? before->id : DecisionId();
  e.proposed = Readiness::Unknown;
  e.late = false;
  for (const OpeningProposal& proposal : record().proposals) {
    if (proposal.office != e.office || proposal.site != e.site || proposal.day != e.day) continue;
    e.proposed = proposal.word;
    e.late = at_.now > proposal.deadline;
  }
  e.id = DecisionId(ledger_.next_id("decision"));
  return {};
}

Result<void> Checker::on(StatementSaved& e) {
  if (!e.incident.empty()) {
    if (const auto found = incident(e.incident, Closed::Allowed); !found) {
      return tl::unexpected(found.error());
    }
  }
  if (e.id.empty()) {
    if (record().statements.size() >= kMostStatements) {
      return fail(Errc::LimitExceeded,
                  fmt::format("there are {} statements, the most there can be", kMostStatements));
    }
    e.id = StatementId(ledger_.next_id("statement"));
    e.version = 0;
    newest_.statement = e.id;
  } else if (const Statement* known = find_statement(record(), e.id)) {
    if (auto same = still(e.version, known->version, known->written); !same) return same;
    if (known->kind != e.kind) {
      return fail(Errc::InvalidInput, "a statement keeps its kind; write a new one");
    }
  } else {
    return fail(Errc::NotFound, fmt::format("there is no statement '{}'", e.id.str()));
  }
  ++e.version;
  if (e.based_on == 0 || e.based_on > at_.seq) e.based_on = at_.seq;
  if (auto text = need_text("the title", e.title_de, kLongestTitle); !text) return text;
  if (auto text = check_text("the English title", e.title_en, kLongestTitle); !text) return text;
  if (auto text = need_text("the text", e.de, kLongestStatement); !text) return text;
  return check_text("the English text", e.en, kLongestStatement);
}

Result<void> Checker::on(StatementMoved& e) {
  if (e.id.str() == kNew) e.id = newest_.statement;
  const Statement* known = find_statement(record(), e.id);
  if (!known) return fail(Errc::NotFound, fmt::format("there is no statement '{}'", e.id.str()));
  if (e.version == 0) e.version = known->version;
  if (auto same = still(e.version, known->version, known->written); !same) return same;
  if (known->state == e.state) {
    return fail(Errc::Conflict, fmt::format("'{}' is {} already", e.id.str(), name_of(e.state)));
  }
  switch (e.state) {
    case StatementState::Draft:
      return fail(Errc::InvalidInput, "a statement becomes a draft by new text");
    case StatementState::Approved:
      if (known->state != StatementState::Draft) {
        return fail(Errc::Conflict, "only a draft can be approved");
      }
      if (known->written.by == at_.by) {
        return fail(Errc::Denied, "another person than its author must approve it");
      }
      return {};
    case StatementState::Published:
      if (known->kind == StatementKind::Cap) {
        return fail(Errc::Denied, "a CAP draft is handed to the control centre, never published");
      }
      if (at_.district.administration.second_approval && known->kind != StatementKind::Holding &&
          known->state != StatementState::Approved) {
        return fail(Errc::Denied, "a second person must approve it first");
      }
      return {};
    case StatementState::Withdrawn:
      if (known->state != StatementState::Published) {
        return fail(Errc::Conflict, "only what is published can be withdrawn");
      }
      return need_text("the reason", e.reason, kLongestWording);
  }
  return {};
}

}  // namespace dienstbereit::core::incident
