// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "model/district.h"

namespace dienstbereit::handbook {

// One component in the order of a restart of everything from cold.
struct RestartStep {
  const Component* component = nullptr;
  std::vector<NodeId> after;  // components that must run before it, in district order
  Duration starts{0};  // after the power is back at the earliest, with everybody at hand
  Duration usable{0};
};

// Every component behind what it needs or restarts after; of alternatives all are waited for, which
// is cautious. Those that need each other in a loop stand side by side.
std::vector<RestartStep> restart_order(const District& district);

// Only the components that the services at this site stand on.
std::vector<RestartStep> restart_order(const District& district, const SiteId& site);

}  // namespace dienstbereit::handbook
