// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/decision.h"

#include <algorithm>

#include "graph/evaluation.h"
#include "graph/marks.h"
#include "graph/operators.h"

// What can be read and asked of an evaluation.
namespace dienstbereit::graph {

Interval Evaluation::state(NodeIndex node) const { return interval(state_[place(node)]); }

Interval Evaluation::calculated(NodeIndex node) const {
  return interval(calculated_at(place(node)));
}

Interval Evaluation::needs(NodeIndex node) const { return interval(needs_[place(node)]); }

Interval Evaluation::own(NodeIndex node) const { return interval(own_at(place(node))); }

bool Evaluation::works_fresh(NodeIndex node) const {
  return (own_[place(node)] & kWorksFresh) != 0;
}

Grade Evaluation::grade(NodeIndex node) const {
  const Place at = place(node);
  bool measured = (own_[at] & kWorksFresh) != 0;
  for (std::uint32_t need = tables().first_need[at]; need < tables().first_need[at + 1]; ++need)
    measured |= (own_[tables().target[need]] & kWorksFresh) != 0;
  return measured ? Grade::Measured : Grade::Presumed;
}

Contradiction Evaluation::contradiction(NodeIndex node) const {
  const Place at = place(node);
  if (best(needs_[at]) != kLevelDown) return Contradiction::None;
  if (works_counts(at)) return Contradiction::WorksAgainstNeeds;
  if ((own_[at] & kAliveSuccess) != 0) return Contradiction::AliveAgainstNeeds;
  return Contradiction::None;
}

Held Evaluation::held(NeedIndex need) const {
  const std::uint32_t row = tables().buffer_of(need.value());
  if (row == Tables::npos) return {};
  return {buffers_[row].best.holds_until(), buffers_[row].worst.holds_until()};
}

Interval Evaluation::seen(NeedIndex need) const { return interval(seen_by_need(need.value())); }

Cold Evaluation::cold(LoopIndex loop) const { return cold_[loop.value()]; }

Decision Evaluation::decide(NodeIndex node) const {
  const Place at = place(node);
  Decision decision;
  decision.state = state(node);
  decision.calculated = calculated(node);
  decision.own = own(node);
  decision.needs = needs(node);
  decision.word = word_status(node);
  decision.contradiction = contradiction(node);
  decision.works_counts = works_counts(at);
  for (const NeedIndex need : graph_->needs_of(node)) {
    const Held until = held(need);
    if (until.best || until.worst) decision.held.push_back(need);
  }
  decide_end(at, false, decision);
  decide_end(at, true, decision);
  return decision;
}

void Evaluation::decide_end(Place place, bool worst_end, Decision& decision) const {
  const auto end = [&](Interval value) { return worst_end ? value.worst : value.best; };
  EndDecision& out = worst_end ? decision.worst : decision.best;
  out.value = end(decision.state);
  out.by_word = decision.word != WordStatus::None;
  if (out.by_word) return;
  if (decision.works_counts) {
    out.by_own = true;
    return;
  }
  if (out.value == Health::Operational) return;
  out.by_own = end(decision.own) == out.value;
  out.by_needs = end(decision.needs) == out.value;
  if (!out.by_needs) return;
  if (tables().nodes[place].in_loop) {
    const Cold cold = cold_[tables().loop_at(place)];
    out.by_cold = worst_end ? cold.worst : cold.best;
  }
  blame_needs(place, worst_end, out);
}

// Fills needs, have and need of an end that the needs decided.
void Evaluation::blame_needs(Place place, bool worst_end, EndDecision& out) const {
  const Tables::Node& rule = tables().nodes[place];
  const bool counts = rule.op == Operator::AtLeast;
  const bool shares = rule.op == Operator::Share;
  Health worst_seen = Health::Operational;
  for (const NeedIndex need : graph_->needs_of(node(place))) {
    const Interval value = seen(need);
    const Health health = worst_end ? value.worst : value.best;
    worst_seen = worse(worst_seen, health);
    if (counts) out.have += health < out.value ? 1 : 0;
    if (shares) out.have += tables().weight[need.value()] * share_of(level(health));
    const bool lacks = shares ? health > Health::Operational : health >= out.value;
    if (lacks) out.needs.push_back(need);
  }
  if (counts) out.need = rule.rule;
  if (shares) {
    const Tables::Thresholds& thresholds = tables().thresholds[rule.rule];
    out.have /= thresholds.total;
    out.need = out.value == Health::Down ? thresholds.limited : thresholds.full;
  }
  // A need that is down explains more than one that is only degraded.
  if (rule.op != Operator::Degrades) return;
  std::erase_if(out.needs, [&](NeedIndex need) {
    const Interval value = seen(need);
    return (worst_end ? value.worst : value.best) != worst_seen;
  });
}

}  // namespace dienstbereit::graph
