// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/record/roles.h"

namespace dienstbereit {
namespace {

template <class... Ts>
bool is_one_of(const RecordEvent& change) {
  return (std::holds_alternative<Ts>(change) || ...);
}

}  // namespace

Role role_for(const RecordEvent& change) {
  if (is_one_of<StatementMoved>(change)) return Role::Press;
  if (is_one_of<LevelSet, PhaseChanged, IncidentMerged, IncidentSplit, OpeningDecided>(change)) {
    return Role::Lead;
  }
  const auto* cause = std::get_if<HypothesisSet>(&change);
  return cause && cause->state == CauseState::Confirmed ? Role::Lead : Role::Operate;
}

bool may_write(RoleSet roles, const RecordEvent& change) {
  return roles.allows(role_for(change)) ||
         (is_one_of<StatementSaved>(change) && roles.has(Role::Press));
}

}  // namespace dienstbereit
