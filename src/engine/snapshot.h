// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "core/incident/rules.h"
#include "engine/working_state.h"
#include "model/situation.h"

namespace dienstbereit::engine {

// The situation that follows from `state` at `now`: nodes, readiness, probes, paths, words. What
// only the journal knows (head, failure) is left empty.
Situation snapshot(const WorkingState& state, Instant now);

// The readiness alone, under another impact (a preview).
core::readiness::Assessment assess(const WorkingState& state, const core::impact::Impact& impact,
                                   Instant now);

// What failures have made of the offers: what the rules of incidents follow.
std::vector<core::incident::Affected> affected_by_failure(
    const WorkingState& state, const std::vector<OfferSituation>& offers);

// Faults of open incidents of which nobody can say now whether they last.
std::set<NodeId> unseen_faults(const WorkingState& state);

// The verdict that a subject's page shows for the headline day: of the slot that runs or comes
// next there, else of the state now.
const Verdict& shown(const std::vector<DayPlan>& days, const Verdict& now_verdict, Day day,
                     Instant now);

// Calls `visit(subject, verdict)` for every offer and every place with slots. A subject is an
// offer node or "OFFICE@SITE".
using SubjectVisitor = std::function<void(const NodeId&, const Verdict&)>;
void for_each_subject(const core::readiness::Assessment& assessment, Instant now,
                      const SubjectVisitor& visit);

// The states as if nobody had said anything: what probes think of people's words. Borrows `state`.
class Unspoken {
 public:
  Unspoken(const WorkingState& state, Instant now);
  // Fresh probes that say otherwise than this word does of what it covers.
  std::vector<ProbeId> disagreeing(const Scope& scope, Said said) const;

 private:
  const WorkingState& state_;
  core::impact::Impact bare_;
  std::vector<OfferSituation> offers_;
};

}  // namespace dienstbereit::engine
