// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/told.h"

#include <algorithm>
#include <set>

namespace dienstbereit::view {
namespace {

bool is_read_on_pages(StatementKind kind) {
  switch (kind) {
    case StatementKind::Holding:
    case StatementKind::Short:
    case StatementKind::Long:
    case StatementKind::Press:
    case StatementKind::Simple:
      return true;
    default:
      return false;
  }
}

bool is_short(StatementKind kind) {
  return kind == StatementKind::Holding || kind == StatementKind::Short;
}

ToldStatement told_of(const Statement& one) {
  return {one.id,           one.kind,          one.incident,        {one.title_de, one.title_en},
          {one.de, one.en}, *one.published_at, one.next_information};
}

}  // namespace

std::vector<ToldStatement> told(const Situation& situation) {
  const Record& record = *situation.record;
  std::set<StatementId> withdrawn;
  std::vector<const Statement*> published;
  for (const auto* list : {&record.statements, &record.earlier}) {
    for (const Statement& one : *list) {
      if (one.state == StatementState::Withdrawn) withdrawn.insert(one.id);
      if (one.published_at && is_read_on_pages(one.kind)) published.push_back(&one);
    }
  }
  std::sort(published.begin(), published.end(), [](const Statement* a, const Statement* b) {
    if (a->published_at != b->published_at) return a->published_at > b->published_at;
    return a->id == b->id ? a->version > b->version : a->id > b->id;
  });
  std::vector<ToldStatement> all;
  for (const Statement* one : published) {
    if (withdrawn.insert(one->id).second) all.push_back(told_of(*one));
  }
  return all;
}

std::optional<ToldStatement> first_told(const Situation& situation) {
  for (ToldStatement& one : told(situation)) {
    if (!is_short(one.kind)) continue;
    const Incident* incident = find_incident(*situation.record, one.incident);
    if (incident && incident->phase == Phase::Closed) continue;
    return std::move(one);
  }
  return std::nullopt;
}

}  // namespace dienstbereit::view
