// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "engine/outlook.h"

namespace dienstbereit::engine {

// On which tasks the openings of the next days hang (docs/formats/forecast.md, "What matters
// most"): at most kMostTold, each with the place and opening whose chance it would move most.
// Nothing where no task moves a chance by kLeastDrop, or when asked to stop.
std::optional<std::vector<TaskMatter>> what_matters(const Ahead& ahead, Instant now,
                                                    const StopFlag& stop);

inline constexpr std::size_t kMostTold = 5;
inline constexpr double kLeastDrop = 0.05;
inline constexpr std::size_t kMostLookedAt = 40;  // tasks, the urgent first
inline constexpr std::size_t kMostAims = 500;
inline constexpr Duration kOpeningsAhead = std::chrono::hours(24 * 5);

// A subject of `ahead` that is not as usual now and is waited for: a place, or where no place is
// affected a service.
struct Awaited {
  std::size_t subject = 0;
  OfficeId office;
  SiteId site;
  ServiceId service;        // empty: the place
  const std::vector<DayPlan>* days = nullptr;
};
// What visitors wait for: as soon as something cannot be used at all, that it can; else that all is
// as usual. Empty: nothing is affected. Borrows `ahead`.
struct Waiting {
  bool services = false;
  bool normal = false;
  std::vector<Awaited> all;
};
Waiting waiting_for(const Ahead& ahead);

// The first slot of each day that begins from now on, within kOpeningsAhead, in order.
std::vector<Instant> openings(const Awaited& awaited, Instant now);

}  // namespace dienstbereit::engine
