// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <variant>
#include <vector>

#include "base/result.h"
#include "model/recovery.h"

// How long something takes, as a distribution (docs/formats/forecast.md, "Three points").
namespace dienstbereit::core::recovery {

// One of a few possible efforts, with its chance.
struct Choice {
  Duration effort{0};
  double chance = 0;
};
using Discrete = std::vector<Choice>;
inline constexpr std::size_t kMostChoices = 100;
// By which chances may miss 1, as ten do that are rounded to three places; they are normalised.
inline constexpr double kChanceSlack = 0.005;

using Effort = std::variant<Estimate, Discrete>;

// The chances alone: none negative, together 1.
Result<void> check_chances(const Discrete& choices, std::string_view of);
// Estimates as check_estimate(); discrete ones: 1 to kMostChoices, each longer than 0 and at most
// kLongestEstimate, with chances as above.
Result<void> check_effort(const Effort& effort, std::string_view of);

// The quantile at `u` in (0, 1), at least 1 ms.
Duration effort_at(const Effort& effort, double u);

// The share of efforts that are over after `spent`.
double share_within(const Effort& effort, Duration spent);

// What is left after `spent` (0 or more) without an end: the quantile at `u` of the remaining time,
// at least 1 ms. Where the effort had to be over by its own estimate, a tenth of it is expected
// anew, again and again.
Duration remaining_at(const Effort& effort, Duration spent, double u);

}  // namespace dienstbereit::core::recovery
