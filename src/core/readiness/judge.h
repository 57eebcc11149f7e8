// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "model/district.h"
#include "model/offer_state.h"
#include "model/readiness.h"

namespace dienstbereit::core::readiness {

// From health to the four words (docs/formats/impact.md, "From intervals to words").

// The word at one end: what a visitor gets if health is exactly this.
struct HealthAt {
  Health offer = Health::Operational;
  Health site = Health::Operational;
  Health offline = Health::Operational;
};
Readiness word_at(const HealthAt& end, OfflineMode mode, Extent extent);

// Both ends as one word: equal ends are that word; normal/limited is Limited (at least);
// anything else that may be closed is Unknown.
struct OneWord {
  Readiness readiness;
  Bound bound;
};
OneWord combine(EndWords ends);

// What becomes of one offer in one state. `why` is the explanation of that state.
Verdict judge_offer(const Service& service, const Offer& offer, const OfferState& state,
                    Explanation why);

// A fault of now seen from a slot so far ahead that nobody can say.
Verdict pending(const Verdict& now);

// A place from its services in one slot; `of` holds those that have a slot then, at least one.
struct ServiceVerdict {
  ServiceId service;
  NodeId node;
  const Verdict* verdict;
};
Verdict judge_place(const Office& office, const std::vector<ServiceVerdict>& of);

}  // namespace dienstbereit::core::readiness
