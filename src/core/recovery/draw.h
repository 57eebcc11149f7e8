// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "base/mixed.h"

// Random numbers by counter: each is a function of (seed, run, what it is for), so that changing
// one task changes the numbers of no other, and two plans can be compared run by run.
namespace dienstbereit::core::recovery {

// What a number is for.
enum class Purpose : std::uint64_t {
  Effort = 1,
  Delivery,
  SharedEffort,
  Relapse,
  SharedDelivery,
  Sickness,
  SicknessLasts,
  SharedSickness
};

struct DrawKey {
  std::uint64_t seed = 0;
  std::uint64_t run = 0;
};

// In (0, 1); `subject` is a hash of the task's id, or 0.
inline double uniform(DrawKey key, std::uint64_t subject, Purpose purpose, unsigned part = 0) {
  std::uint64_t x = mixed(key.seed);
  x = mixed(x ^ key.run);
  x = mixed(x ^ subject);
  x = mixed(x ^ (static_cast<std::uint64_t>(purpose) << 8U | part));
  return (static_cast<double>(x >> 11U) + 0.5) * 0x1.0p-53;
}

// Standard normal (Box and Muller 1958).
inline double normal(DrawKey key, std::uint64_t subject, Purpose purpose) {
  const double radius = std::sqrt(-2 * std::log(uniform(key, subject, purpose, 0)));
  return radius * std::cos(2 * std::numbers::pi * uniform(key, subject, purpose, 1));
}

// The share of the standard normal below z.
inline double normal_share(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// A uniform number that shares `share` of its variance with `common`, a standard normal: a Gaussian
// copula with one factor, so each number by itself stays uniform. `share` in [0, 1).
inline double linked_uniform(DrawKey key, std::uint64_t subject, Purpose purpose, double common,
                             double share) {
  if (share <= 0) return uniform(key, subject, purpose);
  const double z = std::sqrt(share) * common + std::sqrt(1 - share) * normal(key, subject, purpose);
  constexpr double kClosest = 0x1.0p-53;
  return std::min(std::max(normal_share(z), kClosest), 1 - kClosest);
}

}  // namespace dienstbereit::core::recovery
