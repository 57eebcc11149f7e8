// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/stop.h"
#include "core/recovery/forecast.h"
#include "core/recovery/list/crew_list.h"
#include "core/recovery/list/gates.h"

// When offices open, of a plan with identical crews (docs/formats/calc.md, "forecast").
namespace dienstbereit::core::recovery {

struct ListQuestion {
  ListPlan plan;
  // What stands between tasks and offices: places of members are the tasks, then these nodes. May
  // be empty, then offices name tasks alone.
  std::vector<Gates::Groups> nodes;
  std::vector<Gates::Groups> offices;  // an office without groups is open at the start
  std::vector<Instant> deadlines;
};

// Chances are shares of runs, 0 and 1 included.
struct OfficeArrival {
  std::vector<double> by;  // open at or before each deadline
  std::array<Instant, kArrivalQuantiles.size()> quantiles;  // by kArrivalQuantiles
  double mean_ms = 0;  // of the opening, after the plan's start
};

inline constexpr unsigned kMostListRuns = 1'000'000;
inline constexpr std::size_t kMostListMoments = 20'000'000;  // runs x tasks
inline constexpr std::size_t kMostListWork = 20'000'000'000;  // runs x members of groups

// Within these bounds the caller stays. None: it was asked to stop. The same question and settings
// give the same answer. Takes 14 bytes a run and task where few moments differ, 26 where all do,
// and 32 MB for openings.
std::optional<std::vector<OfficeArrival>> forecast_offices(const ListQuestion& question,
                                                           const ForecastSettings& settings,
                                                           const StopFlag& stop);

}  // namespace dienstbereit::core::recovery
