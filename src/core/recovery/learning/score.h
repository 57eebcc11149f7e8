// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"

// How good forecasts were, once it is known what came (docs/formats/forecast.md, "How good were
// we").
namespace dienstbereit::core::recovery {

// One chance that was told, and whether it came about.
struct Judged {
  double chance = 0;  // 0 to 1
  bool came = false;
};

// Chances that are alike, and the share that came about.
struct Bin {
  std::size_t count = 0;
  double chance = 0;  // mean
  double share = 0;
};

// The mean squared error of chances (Brier 1950) and its parts (Murphy 1973, within bins Stephenson
// et al. 2008): brier = reliability - resolution + uncertainty + within. 0 is best; whoever always
// says one half has 0.25.
struct BrierScore {
  std::size_t count = 0;
  double brier = 0;
  double reliability = 0;  // how far chances lie from shares: 0 is calibrated
  double resolution = 0;  // how far shares differ between bins: more is better
  double uncertainty = 0;  // of what came about, whatever was said
  double within = 0;  // what the bins hide
  std::vector<Bin> bins;  // ten of equal width; those that hold something
};

// Nothing judged: all 0.
BrierScore brier_score(std::span<const Judged> judged);

// An interval that was told, and when it came about; nothing: not yet, or never.
struct JudgedTime {
  std::optional<Instant> early;
  std::optional<Instant> late;
  std::optional<Instant> came;
};

struct Coverage {
  std::size_t count = 0;
  std::size_t inside = 0;
  std::size_t before = 0;  // came earlier than told
  std::size_t after = 0;  // or later, or not at all
};

// What had no interval (nobody could say) is not counted.
Coverage coverage(std::span<const JudgedTime> judged);

}  // namespace dienstbereit::core::recovery
