// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/ids.h"

// Why the rule proposes what it proposes for the opening decision (docs/formats/decision.md).
namespace dienstbereit {

enum class ProposalReasonKind : std::uint8_t {
  ChanceNormal,           // of the place: `chance` against `threshold`
  ChanceLimited,          // of the place at least limited, likewise
  NobodyCanSay,           // no task leads to what `service` (empty: the place) needs
  ServiceUncertain,       // `service` will be usable with `chance`, below `threshold`
  WorksOnPaper,           // `service` can be given without IT
  RegularConditionHolds,  // `have` of `of` services can be relied on, `need` are needed
  RegularConditionFails,
};
const char* name_of(ProposalReasonKind kind);

struct ProposalReason {
  ProposalReasonKind kind = ProposalReasonKind::NobodyCanSay;
  ServiceId service;
  double chance = 0;
  double threshold = 0;
  unsigned have = 0;
  unsigned need = 0;
  unsigned of = 0;
  friend bool operator==(const ProposalReason&, const ProposalReason&) = default;
};

// Until when the decision must have fallen, so that whom it concerns still learns of it.
struct DecisionDeadlines {
  Instant staff;
  Instant people;
  Instant appointments;
};

}  // namespace dienstbereit
