// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/incident/changes.h"

namespace dienstbereit::core::incident {

// Checks one change after the other and fills it in. The ledger moves on between them. One overload
// an event; the parts are in changes.cpp (incident), changes_recovery.cpp and changes_telling.cpp.
class Checker {
 public:
  // Both outlive the checker.
  Checker(const Ledger& ledger, const Circumstances& circumstances)
      : ledger_(ledger), at_(circumstances) {}

  Result<void> on(IncidentOpened& e);
  Result<void> on(IncidentEdited& e);
  Result<void> on(LevelSet& e);
  Result<void> on(PhaseChanged& e);
  Result<void> on(IncidentMerged& e);
  Result<void> on(IncidentSplit& e);
  Result<void> on(NoteAdded& e);
  Result<void> on(HypothesisSet& e);
  Result<void> on(EvidenceAdded& e);

  Result<void> on(TaskSet& e);
  Result<void> on(TaskMoved& e);
  Result<void> on(FixSet& e);
  Result<void> on(FixMoved& e);
  Result<void> on(OrderAnswered& e);

  Result<void> on(OpeningDecided& e);
  Result<void> on(StatementSaved& e);
  Result<void> on(StatementMoved& e);

  // Written by rules only.
  Result<void> on(FaultChanged&) { return rules_only(); }
  Result<void> on(LevelProposed&) { return rules_only(); }
  Result<void> on(ReportDue&) { return rules_only(); }
  Result<void> on(SuspectsFound&) { return rules_only(); }
  Result<void> on(ForecastMade&) { return rules_only(); }
  Result<void> on(OrderProposed&) { return rules_only(); }
  Result<void> on(ForecastsScored&) { return rules_only(); }
  Result<void> on(OpeningProposed&) { return rules_only(); }

 private:
  enum class Closed : std::uint8_t { Refused, Allowed };
  // Names what an earlier change of the list has made.
  static constexpr const char* kNew = "new";

  const Record& record() const { return *ledger_.record(); }
  static Result<void> rules_only() {
    return fail(Errc::Denied, "this is written by rules only; people take it up or not");
  }
  // Puts the real id in place of "new".
  Result<const Incident*> incident(IncidentId& id, Closed closed) const;
  Result<void> nodes_exist(const std::vector<NodeId>& nodes) const;
  // Conflict if somebody has changed it since.
  Result<void> still(unsigned seen, unsigned version, const Written& by) const;
  Result<void> change_fits(const NoteAdded& e) const;
  Result<void> task_fits(const Incident& incident, const TaskSet& e) const;
  Result<void> no_circle(const Incident& incident, const TaskSet& e) const;

  struct Newest {
    IncidentId incident;
    TaskId task;
    FixId fix;
    StatementId statement;
  };

  const Ledger& ledger_;
  const Circumstances& at_;
  Newest newest_;
};

}  // namespace dienstbereit::core::incident
