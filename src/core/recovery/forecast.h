// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "core/recovery/opens.h"
#include "core/recovery/plan.h"
#include "model/forecast.h"

// When will what be usable again, with which chance (docs/formats/forecast.md).
namespace dienstbereit::core::recovery {

struct ForecastSettings {
  unsigned runs = 2'000;
  std::uint64_t seed = 1;
};
inline constexpr unsigned kMostRuns = 100'000;
inline constexpr std::size_t kMostArrivals = 20'000'000;  // runs x (2 x subjects + tasks)
inline constexpr std::size_t kMostSlots = 200'000;

// The begins of the slots asked about, by subject of `opens`. A begin before the plan's start is
// answered as of the start.
using SlotBegins = std::vector<std::vector<Instant>>;

// Fails as check(plan) does; InvalidInput if `slots` are not one list a subject or `runs` is 0;
// LimitExceeded beyond a bound. The same plan, answers and settings give the same forecast.
Result<Forecast> forecast(const Plan& plan, Opens& opens, const SlotBegins& slots,
                          const ForecastSettings& settings = {});

}  // namespace dienstbereit::core::recovery
