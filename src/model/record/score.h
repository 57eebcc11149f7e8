// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/record/written.h"

// How good the forecasts of an incident were, once it is closed (docs/formats/forecast.md, "How
// good were we").
namespace dienstbereit {

// Chances that were alike, and how often it came so.
struct ScoreBin {
  std::uint64_t count = 0;
  double chance = 0;  // mean of what was told
  double share = 0;   // of these that came about
};

// The Brier score and its parts, over all that were judged; all 0 where nothing was.
struct ChanceScore {
  std::uint64_t count = 0;
  double brier = 0;
  double reliability = 0;
  double resolution = 0;
  double uncertainty = 0;
  std::vector<ScoreBin> bins = {};
};

// How many 80 % intervals held what came.
struct IntervalScore {
  std::uint64_t count = 0;
  std::uint64_t inside = 0;
  std::uint64_t before = 0;
  std::uint64_t after = 0;
};

// Of one version.
struct VersionScore {
  ForecastId forecast;
  ChanceScore chances;  // without bins
  IntervalScore intervals;
};

struct ForecastScores {
  ChanceScore chances;      // "usable at the opening", of all versions
  IntervalScore intervals;  // of when places and services were usable again, of all versions
  IntervalScore tasks;      // of when tasks were done, of all versions
  std::vector<VersionScore> versions;  // oldest first, at most kMostScoredVersions
  Written written;
};

inline constexpr std::size_t kMostScoredVersions = 100;  // the first and the newest of more

}  // namespace dienstbereit
