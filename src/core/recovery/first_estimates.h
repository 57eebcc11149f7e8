// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>
#include <vector>

#include "model/recovery.h"

// How long repairs took in the past, for faults that nobody has looked at yet
// (docs/formats/forecast.md, "First estimates").
namespace dienstbereit::core::recovery {

// The table that ships: first_estimates.csv, embedded as it is. Its first rule fits everything.
const std::vector<EstimateRule>& shipped_estimates();

struct FirstEstimate {
  EstimateRule rule;      // whose estimate it is, and why
  bool of_district = false;  // false: of the table that ships, so assumed
};

// The rule that fits best: those of the district before those that ship; among either, kind and
// fault before kind alone before fault alone before neither; the first of equals. An empty `kind`
// or `fault` is one that is not known.
FirstEstimate first_estimate(std::string_view kind, std::string_view fault,
                             const std::vector<EstimateRule>& of_district);

}  // namespace dienstbereit::core::recovery
