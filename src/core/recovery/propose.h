// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "model/district.h"
#include "model/proposal.h"
#include "model/readiness.h"
#include "model/recovery.h"

// The proposal for the opening decision of one office at one site on one day, by a written rule
// (docs/formats/decision.md). A person decides.
namespace dienstbereit::core::recovery {

inline constexpr double kNormalFrom = 0.80;   // chance from which opening as normal is proposed
inline constexpr double kLimitedFrom = 0.70;  // chance from which a service can be relied on

// What is to be expected at the first slot. An empty chance: nobody can say.
struct Outlook {
  std::optional<double> normal;
  std::optional<double> limited;  // at least limited
};

struct ServiceOutlook {
  ServiceId service;
  Outlook outlook;
  bool on_paper = false;  // its offline mode serves visitors here, likely enough to be relied on
};

struct PlaceDay {
  Instant first_slot;
  Outlook place;
  std::vector<ServiceOutlook> services;  // those with a slot there that day
  RegularCondition regular;
};

struct Proposal {
  Readiness word = Readiness::Closed;   // Normal, Limited or Closed
  std::vector<ProposalReason> reasons;  // the deciding one first
  DecisionDeadlines deadlines;
};

// None if no service has a slot that day: there is nothing to decide.
std::optional<Proposal> propose(const PlaceDay& day, const DecisionTimes& times);

DecisionDeadlines deadlines(Instant first_slot, const DecisionTimes& times);

}  // namespace dienstbereit::core::recovery
