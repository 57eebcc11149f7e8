// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>

#include "base/time.h"

namespace dienstbereit {

// Ordered: a larger value is worse.
enum class Health : std::uint8_t { Operational, Degraded, Down };

constexpr Health worse(Health a, Health b) { return std::max(a, b); }
constexpr Health better(Health a, Health b) { return std::min(a, b); }

// What is known of a health: it lies between `best` and `worst` (best <= worst always).
// Not knowing is the whole interval, and is never shown as operational.
struct Interval {
  Health best = Health::Operational;
  Health worst = Health::Operational;

  friend constexpr bool operator==(const Interval&, const Interval&) = default;
  constexpr bool certain() const { return best == worst; }
};

inline constexpr Interval kOperational{Health::Operational, Health::Operational};
inline constexpr Interval kDegraded{Health::Degraded, Health::Degraded};
inline constexpr Interval kDown{Health::Down, Health::Down};
inline constexpr Interval kUnknown{Health::Operational, Health::Down};

// The worse of both, end by end.
constexpr Interval worse(Interval a, Interval b) {
  return {worse(a.best, b.best), worse(a.worst, b.worst)};
}

// What the node's own observations say, ready for the algebra (docs/formats/impact.md, "own").
// core/health makes it, graph consumes it. A node that nothing probes has the default value.
struct Evidence {
  Interval own = kOperational;
  bool probed = false;         // a probe is declared for the node
  bool works_fresh = false;    // a fresh `works` observation stands behind `own`
  bool alive_success = false;  // a fresh `alive` success exists (for contradictions)
  // Set only while every fresh `works` observation is a success (operational or degraded) and no
  // `works` probe is stale: when the oldest of those successes began.
  std::optional<Instant> works_success_began;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

// Whether what is seen from outside and from the house fits together; only fresh `works`
// observations disagree.
enum class Views : std::uint8_t { Agree, OnlyInside, OnlyOutside };  // where it works

// Where a person's word on a node stands. Doubted: better than the calculation, and something fell
// after it was set. Unrenewed: worse than the calculation when it ended, and not renewed. Both make
// the node unknown.
enum class WordStatus : std::uint8_t { None, InForce, Doubted, Unrenewed };

// Whether a state rests on measurement. `presumed` is shown in grey, never as "all normal".
enum class Grade : std::uint8_t { Presumed, Measured };

}  // namespace dienstbereit
