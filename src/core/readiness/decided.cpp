// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/decided.h"

namespace dienstbereit::core::readiness {
namespace {

const OpeningDecision* decision_on(const std::vector<OpeningDecision>& decisions,
                                   const OfferSituation& offer, Day day) {
  for (auto one = decisions.rbegin(); one != decisions.rend(); ++one) {
    if (one->office == offer.office && one->site == offer.site && one->day == day) return &*one;
  }
  return nullptr;
}

Verdict decided(const OpeningDecision& decision, const OfferSituation& offer) {
  Verdict verdict;
  verdict.readiness = decision.word;
  verdict.ends = {decision.word, decision.word};
  verdict.by_word = true;
  verdict.closed_by = decision.word == Readiness::Closed ? ClosedBy::Decision : ClosedBy::None;
  verdict.text = decision.text;
  ReasonStep step;
  step.kind = ReasonKind::OpeningDecided;
  step.subject = offer.node;
  step.since = decision.written.at;
  verdict.why = {step};
  return verdict;
}

bool is_worse(Readiness a, Readiness b) { return static_cast<int>(a) > static_cast<int>(b); }

void apply(const OpeningDecision& decision, const OfferSituation& offer, Instant now,
           SlotVerdict& slot) {
  if (slot.end <= now) return;
  const bool closes = decision.word == Readiness::Closed;
  const bool limits = is_worse(decision.word, slot.verdict.readiness);
  const bool opens = slot.begin > now && is_worse(slot.verdict.readiness, decision.word);
  if (!closes && !limits && !opens && !slot.pending) return;
  slot.verdict = decided(decision, offer);
  slot.carried = false;
  slot.pending = false;
}

}  // namespace

void apply_decisions(const std::vector<OpeningDecision>& decisions, Instant now,
                     std::vector<OfferSituation>& offers) {
  if (decisions.empty()) return;
  for (OfferSituation& offer : offers) {
    for (DayPlan& day : offer.days) {
      const OpeningDecision* decision = decision_on(decisions, offer, day.day);
      if (!decision) continue;
      for (SlotVerdict& slot : day.slots) apply(*decision, offer, now, slot);
    }
  }
}

}  // namespace dienstbereit::core::readiness
