// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

#include "model/health.h"

// Intervals in half a byte: per end two bits, 00 operational, 01 degraded, 11 down; the best end
// in the low bits. So the worse of two intervals is their OR, and the better one their AND.
namespace dienstbereit::graph {

using Level = std::uint8_t;   // one end
using Packed = std::uint8_t;  // both ends

inline constexpr Level kLevelOperational = 0b00;
inline constexpr Level kLevelDegraded = 0b01;
inline constexpr Level kLevelDown = 0b11;
inline constexpr Packed kBestBits = 0b0011;
inline constexpr Packed kWorstBits = 0b1100;
inline constexpr Packed kBothDegraded = 0b0101;
inline constexpr Packed kBothDown = 0b1111;
inline constexpr unsigned kWorstShift = 2;

constexpr Level level(Health health) {
  return static_cast<Level>((1U << static_cast<unsigned>(health)) - 1U);
}
constexpr Health health(Level level) { return static_cast<Health>((level & 1U) + (level >> 1U)); }
constexpr Level best(Packed value) { return value & kBestBits; }
constexpr Level worst(Packed value) {
  return static_cast<Level>((value & kWorstBits) >> kWorstShift);
}
constexpr Packed packed(Level best_end, Level worst_end) {
  return static_cast<Packed>(best_end | (worst_end << kWorstShift));
}
constexpr Packed packed(Interval value) { return packed(level(value.best), level(value.worst)); }
constexpr bool is_certain(Packed value) { return best(value) == worst(value); }
// The best end got worse, also than when it was last certain.
constexpr bool has_fallen(Packed before, Packed after, Packed when_certain) {
  return best(after) > best(before) && best(after) > best(when_certain);
}
constexpr Interval interval(Packed value) { return {health(best(value)), health(worst(value))}; }

inline constexpr Packed kPackedUnknown = packed(kUnknown);

}  // namespace dienstbereit::graph
