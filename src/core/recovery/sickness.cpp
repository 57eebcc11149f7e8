// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/sickness.h"

#include <algorithm>
#include <cmath>

namespace dienstbereit::core::recovery {
namespace {

constexpr Duration kFarthest = std::chrono::hours(24 * 36'525);

Duration exponential(double mean, double u) {
  const double ms = std::min(-mean * std::log1p(-u), static_cast<double>(kFarthest.count()));
  return Duration(std::max<Duration::rep>(std::llround(ms), 1));
}

}  // namespace

Illness illness_at(const Sickness& sickness, double begins, double lasts) {
  const auto mean = static_cast<double>(sickness.lasts.count());
  // In the long run well and ill times stand to each other as the shares of days do.
  const double well = mean * (1 - sickness.share) / sickness.share;
  return {exponential(well, begins), exponential(mean, lasts)};
}

}  // namespace dienstbereit::core::recovery
