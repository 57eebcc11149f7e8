// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "core/readiness/timetable.h"
#include "model/district.h"
#include "model/offer_state.h"
#include "model/readiness.h"
#include "model/record/record.h"

namespace dienstbereit::core::readiness {

// The states now and, as far as can be told, later: buffers run down, words expired. Asked with
// rising times only, the first being now.
class StatesOverTime {
 public:
  virtual ~StatesOverTime() = default;
  // Valid until the next call.
  virtual const OfferStates& at(Instant t) = 0;
};

struct Assessment {
  std::vector<OfferSituation> offers;
  std::vector<PlaceSituation> places;
  Day headline_day;
  std::optional<Instant> next_change;  // by the clock alone: a slot begins or ends, a day ends
};

// A fault is carried into slots that begin within this time; later ones are "decision pending".
inline constexpr Duration kCarriedFor = std::chrono::hours(24);

// What is to be judged: `decisions` are those on opening, oldest first.
struct Subject {
  const District& district;
  const Timetable& timetable;
  const std::vector<OpeningDecision>& decisions;
};
Assessment assess(const Subject& subject, const Now& now, StatesOverTime& states);

}  // namespace dienstbereit::core::readiness
