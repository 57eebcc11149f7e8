// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/stop.h"
#include "core/recovery/forecast.h"

// Which tasks the chances hang on: where an hour of help, a second pair of hands or a look ahead is
// worth most (docs/formats/forecast.md, "What matters most").
namespace dienstbereit::core::recovery {

// A subject that should be usable, or as usual, at a time.
struct Aim {
  std::size_t subject = 0;  // of Opens
  Instant by;
  bool normal = false;  // else at least limited
};

struct Matter {
  std::size_t task = 0;  // by place in the plan
  // By how much the mean chance of the aims would fall if this task took its 90 % point in every
  // run, all else being as it is drawn. Not below 0, but for the anomalies of list scheduling.
  double drop = 0;
  std::vector<double> late;  // the chance of each aim then; 0 where nobody can say
};

struct Matters {
  std::vector<double> usual;  // the chance of each aim as all is drawn
  std::vector<Matter> tasks;  // the greatest drop first; of equals the more urgent
};

inline constexpr std::size_t kMostMatters = 200;  // tasks that are looked at

// Of the tasks that are not done the first `most`, the urgent first. Fails as forecast() does;
// InvalidInput without aims. Costs one forecast a task, on the same random numbers. None: asked to
// stop.
Result<std::optional<Matters>> what_matters(const Plan& plan, Opens& opens,
                                            std::span<const Aim> aims,
                                            const ForecastSettings& settings,
                                            std::size_t most = kMostMatters);

}  // namespace dienstbereit::core::recovery
