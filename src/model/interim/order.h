// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <set>
#include <vector>

#include "model/district.h"

namespace dienstbereit {

// In which order components come back, from what the district says of needs, `restart_time` and
// `restart_after` (docs/formats/plans.md, "Order").

struct RestartPlace {
  NodeId node;
  unsigned stage = 1;  // those of one stage may start together
  Duration takes{0};
  Duration ready{0};  // after the first begins, if all begin as soon as they can
  std::vector<NodeId> after;  // of those in the order; all must be up first
  bool in_loop = false;  // it waits for one of its own loop; the order within is that of the file
};

// The components of `wanted`, each after what it needs. Needs of which one is enough count as all:
// whoever starts by the list waits too long rather than too little.
std::vector<RestartPlace> restart_order(const District& district, const std::set<NodeId>& wanted);

// Restart: what the emergency level of services stands on (`emergency_needs`, else `needs`, of
// those with an `rto`). Restoration: what any service stands on. With all below.
std::set<NodeId> components_for(const District& district, PlanKind kind);

}  // namespace dienstbereit
