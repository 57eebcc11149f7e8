// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <deque>
#include <optional>
#include <unordered_map>

#include "model/event.h"

namespace dienstbereit::engine {

// What came of what forecasts told: the words of their places and services over time, as they went
// on record. Folded from events; a subject is an offer node or "OFFICE@SITE".
class Came {
 public:
  static constexpr std::size_t kMostChanges = 1'000;  // of one subject, the newest

  // From now on the subjects of this forecast are followed. `at` is its time.
  void on(const ForecastMade& forecast, Instant at);
  void on(const ReadinessChanged& change, Instant at);

  // The word at that time. Nothing: it was not followed then.
  std::optional<Readiness> word_at(const NodeId& subject, Instant t) const;
  // When it was first usable after `from`, at no worse than limited; nothing: not yet.
  std::optional<Instant> usable_after(const NodeId& subject, Instant from) const;

 private:
  struct Change {
    Instant at;
    Readiness to;
  };
  std::unordered_map<NodeId, std::deque<Change>> changes_;
};

// "OFFICE@SITE", or the node of the offer.
NodeId subject_of(const PlaceForecast& place);

}  // namespace dienstbereit::engine
