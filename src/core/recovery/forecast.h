// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/stop.h"
#include "core/recovery/opens.h"
#include "core/recovery/plan.h"

// When will what be usable again, with which chance (docs/formats/forecast.md).
namespace dienstbereit::core::recovery {

inline constexpr std::array kArrivalQuantiles{0.1, 0.5, 0.8, 0.95};
inline constexpr double kCautiousQuantile = 0.9;  // what is told to the public

// When something comes about, over all runs. Chances are shares of runs.
struct Arrival {
  bool unknown = false;  // nothing that is planned leads there: nobody can say; no numbers then
  double never = 0;      // share of runs in which the working calendars end before
  double relapse = 0;    // share of runs in which it is lost again after it came about
  // By kArrivalQuantiles: the smallest time at which at least that share of runs is there. Empty if
  // too many runs never are.
  std::array<std::optional<Instant>, kArrivalQuantiles.size()> quantiles;
  std::optional<Instant> cautious;  // the same for kCautiousQuantile; see public_bound()
};

struct ChanceAt {
  Instant begin;
  std::optional<double> normal;  // empty: nobody can say
  std::optional<double> limited;  // at least limited
};

// Of one offer or place.
struct SubjectForecast {
  Arrival normal;
  Arrival limited;  // at least limited
  std::vector<ChanceAt> slots;
};

struct RecoveryForecast {
  Instant start;
  unsigned runs = 0;
  std::uint64_t seed = 0;
  std::vector<SubjectForecast> subjects;  // in the order of Opens
  std::vector<Arrival> tasks;  // in the order of the plan
  Arrival all_done;  // the last repair; unknown while a fault has no task that ends it for good
};

struct ForecastSettings {
  unsigned runs = 2'000;
  std::uint64_t seed = 1;
  const StopFlag* stop = nullptr;  // looked at between runs
  // Of what is open. Once as many different states have been asked about, it ends after the run, if
  // that is kEnoughRuns at least. 0: no bound.
  std::uint64_t most_asked = 0;
};
inline constexpr unsigned kEnoughRuns = 300;
inline constexpr unsigned kMostRuns = 100'000;
inline constexpr std::size_t kMostArrivals = 20'000'000;  // runs x (2 x subjects + tasks)
inline constexpr std::size_t kMostSlots = 200'000;

// The begins of the slots asked about, by subject of `opens`. A begin before the plan's start is
// answered as of the start.
using SlotBegins = std::vector<std::vector<Instant>>;

// Fails as check(plan) does; InvalidInput if `slots` are not one list a subject or `runs` is 0;
// LimitExceeded beyond a bound; Unavailable if it was asked to stop before kEnoughRuns, after that
// it ends with the runs that were played. Else the same plan, answers and settings give the same
// forecast.
Result<RecoveryForecast> forecast(const Plan& plan, Opens& opens, const SlotBegins& slots,
                                  const ForecastSettings& settings = {});

}  // namespace dienstbereit::core::recovery
