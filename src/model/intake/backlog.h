// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

#include "model/intake/events.h"

namespace dienstbereit {

// What is known of a service's cases.
struct BacklogFigures {
  std::uint64_t waiting = 0;
  std::optional<Instant> oldest;
  std::uint64_t entered = 0;             // within kRateWindow
  std::optional<Instant> first_entered;  // of those
  std::uint64_t arrived = 0;             // within kArrivalWindow
};
inline constexpr Duration kRateWindow = std::chrono::hours(72);
inline constexpr Duration kArrivalWindow = std::chrono::hours(24);

// Rate and end. The rate is what was entered a day, over at least one day; the end counts in what
// still comes in, and is left out where it would never come, or more than a year ahead.
void forecast(const BacklogFigures& figures, Instant now, ServiceBacklog& backlog);

}  // namespace dienstbereit
