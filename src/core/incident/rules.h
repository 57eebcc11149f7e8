// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "core/incident/ledger.h"
#include "model/district.h"

namespace dienstbereit::core::incident {

// What rules write into the record, without being asked (docs/formats/record.md, "Rules").

// An offer that is not as usual by failure, and the node that its reasons end at.
struct Affected {
  NodeId offer;
  ServiceId service;
  NodeId root;
  Instant since;  // of the offer's state
  // Only an interim fix that carries a part keeps it from normal. Its fault lasts, but none begins,
  // and no level is proposed for it.
  bool carried = false;
};

// Faults that come within this time of each other are one incident, until a person splits it.
inline constexpr Duration kTogether = std::chrono::minutes(10);

// All that is due at `now`, in order; nothing if the record says it already. Applied by the caller.
// `unseen`: what may be down or not, for nobody sees it now; its faults last until it is seen.
std::vector<RecordEvent> follow(const Ledger& ledger, const District& district,
                                const std::vector<Affected>& affected,
                                const std::set<NodeId>& unseen, Instant now);

// When time alone makes follow() write something: a report, the end of an interim fix, a level.
std::optional<Instant> next_due(const Record& record, const District& district,
                                const std::vector<Affected>& affected, Instant now);

}  // namespace dienstbereit::core::incident
