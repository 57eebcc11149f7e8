// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "graph/packed.h"
#include "graph/tables.h"

namespace dienstbereit::graph {

// Shares are compared with this tolerance, so that 0.7 is what seven weights of 0.1 add up to.
inline constexpr double kShareTolerance = 1e-6;

// Weight of what works: a whole for operational, a half for degraded, nothing for down.
constexpr double share_of(Level level) { return 0.5 * (2 - std::popcount(level)); }

constexpr Level level_of_share(double have, const Tables::Thresholds& thresholds) {
  if (have >= thresholds.full * thresholds.total - kShareTolerance * thresholds.total)
    return kLevelOperational;
  if (have >= thresholds.limited * thresholds.total - kShareTolerance * thresholds.total)
    return kLevelDegraded;
  return kLevelDown;
}

// How many members reach a value: the n-th best is the level whose count first reaches n.
struct Tally {
  std::uint32_t operational = 0;
  std::uint32_t not_down = 0;

  constexpr void add(Level level) {
    operational += level == kLevelOperational ? 1 : 0;
    not_down += level == kLevelDown ? 0 : 1;
  }
  constexpr Level nth_best(std::uint32_t n) const {
    if (operational >= n) return kLevelOperational;
    return not_down >= n ? kLevelDegraded : kLevelDown;
  }
};

template <class Seen>
Packed combine_at_least(const Tables& tables, Place place, const Seen& seen) {
  Tally best_end;
  Tally worst_end;
  for (std::uint32_t need = tables.first_need[place]; need < tables.first_need[place + 1]; ++need) {
    const Packed value = seen(need);
    best_end.add(best(value));
    worst_end.add(worst(value));
  }
  const std::uint32_t n = tables.nodes[place].rule;
  return packed(best_end.nth_best(n), worst_end.nth_best(n));
}

template <class Seen>
Packed combine_share(const Tables& tables, Place place, const Seen& seen) {
  double best_end = 0;
  double worst_end = 0;
  for (std::uint32_t need = tables.first_need[place]; need < tables.first_need[place + 1]; ++need) {
    const Packed value = seen(need);
    best_end += tables.weight[need] * share_of(best(value));
    worst_end += tables.weight[need] * share_of(worst(value));
  }
  const Tables::Thresholds& thresholds = tables.thresholds[tables.nodes[place].rule];
  return packed(level_of_share(best_end, thresholds), level_of_share(worst_end, thresholds));
}

// needs(n): the operator of the node at `place` over `seen(need)`, the packed interval in which
// the node sees each need. Without needs: operational.
template <class Seen>
Packed combine(const Tables& tables, Place place, const Seen& seen) {
  const std::uint32_t first = tables.first_need[place];
  const std::uint32_t last = tables.first_need[place + 1];
  if (first == last) return 0;
  Packed all = 0;
  Packed any = kBothDown;
  switch (tables.nodes[place].op) {
    case Operator::All:
      for (std::uint32_t need = first; need < last; ++need) all |= seen(need);
      return all;
    case Operator::Any:
      for (std::uint32_t need = first; need < last; ++need) any &= seen(need);
      return any;
    case Operator::Degrades:
      for (std::uint32_t need = first; need < last; ++need) all |= seen(need);
      return all & kBothDegraded;
    case Operator::AtLeast:
      return combine_at_least(tables, place, seen);
    case Operator::Share:
      return combine_share(tables, place, seen);
  }
  return all;
}

}  // namespace dienstbereit::graph
