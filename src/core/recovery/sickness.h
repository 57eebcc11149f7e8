// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.h"

// Who falls ill while a recovery goes on (docs/formats/forecast.md, "Who falls ill").
namespace dienstbereit::core::recovery {

// Of the members of all crews.
struct Sickness {
  double share = 0.06;  // of all days, those on which somebody is ill; 0: nobody ever is
  Duration lasts = std::chrono::hours(24 * 10);  // an illness, on average
};

// From when on a member who is well at first is ill, and until when.
struct Illness {
  Duration after{0};
  Duration lasts{0};
};

// The illness at two quantiles in (0, 1): of the time until it begins and of how long it lasts,
// both exponential. `sickness.share` above 0. At most 100 years each.
Illness illness_at(const Sickness& sickness, double begins, double lasts);

}  // namespace dienstbereit::core::recovery
