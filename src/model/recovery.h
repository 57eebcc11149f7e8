// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/hours.h"
#include "model/ids.h"
#include "model/wording.h"

// What a district says beforehand of its repairs: who works, how long things take, until when a
// decision must fall (docs/formats/forecast.md, docs/formats/decision.md).
namespace dienstbereit {

// An effort or a delivery time in three points: one in ten is over by `best`, half are by `likely`,
// nine in ten by `worst`. Or, as `extremes`: it never takes less than `best` nor more than `worst`,
// and `likely` is what it takes most often.
struct Estimate {
  Duration best{0};
  Duration likely{0};
  Duration worst{0};
  bool extremes = false;
  friend bool operator==(const Estimate&, const Estimate&) = default;
};
inline constexpr Duration kLongestEstimate = std::chrono::hours(24 * 366);

// 0 < best <= likely <= worst <= kLongestEstimate. The message begins with `of`: "task 'T1'".
Result<void> check_estimate(const Estimate& estimate, std::string_view of);

// People who repair. `size` of them, all with the same skills and hours.
struct Crew {
  CrewId id;
  Wording name;
  unsigned size = 1;
  std::vector<std::string> skills;  // free words; a task names at most one
  OpeningHours hours;
  bool on_call = false;  // works around the clock while an incident is open
};
inline constexpr unsigned kLargestCrew = 100;
inline constexpr std::size_t kMostCrews = 64;
inline constexpr std::size_t kMostSkills = 32;  // of one crew

// What repairs of one kind took in the past. An empty `kind` or `fault` stands for any.
struct EstimateRule {
  std::string kind;  // of the component: "server", "ups", ...
  std::string fault;  // "hardware", "power", "software", "data", "connection"; a free word
  Estimate estimate;
  std::string basis;  // where the numbers come from
};
inline constexpr std::size_t kMostEstimateRules = 500;

// How long before the first slot a decision must have reached whom.
struct DecisionTimes {
  Duration staff = std::chrono::hours(12);
  Duration people = std::chrono::hours(3);
  Duration appointments = std::chrono::hours(18);
};
inline constexpr Duration kLongestDecisionTime = std::chrono::hours(24 * 7);

}  // namespace dienstbereit
