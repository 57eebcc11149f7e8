// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/readiness.h"

// What would be touched if something were taken out of service for a while
// (docs/formats/forecast.md, "What if").
namespace dienstbereit::core::recovery {

// Out from `from` on; usable again at `until`, its restart included.
struct Outage {
  Instant from;
  Instant until;
};
inline constexpr Duration kLongestOutage = std::chrono::hours(24 * 60);

// The words of all subjects over time. Asked with rising times only.
class WordsOverTime {
 public:
  virtual ~WordsOverTime() = default;
  // By subject, the hours left aside. Valid until the next call.
  virtual const std::vector<Readiness>& at(Instant t) = 0;
  // When a word may change by time alone, after the last time asked about: a buffer runs out, a
  // person's word ends, the outage begins or is over. None: never.
  virtual std::optional<Instant> next_change() const = 0;
};

// An opening interval, or for a continuous service the whole time asked about.
struct AskedInterval {
  std::size_t subject = 0;
  Instant begin;
  Instant end;
};
// A slot whose word would be worse during an outage.
struct TouchedSlot {
  std::size_t subject = 0;
  Instant begin;
  Instant end;
  Readiness from = Readiness::Normal;  // as it would be without the outage
  Readiness to = Readiness::Normal;    // at its worst within the slot
  Instant since;                       // first time within the slot at which it is worse
  friend bool operator==(const TouchedSlot&, const TouchedSlot&) = default;
};

inline constexpr std::size_t kMostIntervals = 100'000;
inline constexpr std::size_t kMostLooks = 20'000;  // times that are looked at

// The intervals whose word is worse at any time with the outage than at the same time without, in
// the order in which they were asked about. `with` and `without` are asked from `now` on up to
// `horizon`, which lies after the outage by the time that buffers may need to refill or loops to
// start; at `until` at the earliest.
// InvalidInput: an empty outage, one of more than kLongestOutage, one in the past. LimitExceeded.
struct WhatIfQuestion {
  Outage outage;
  Instant now;
  Instant horizon;
  std::vector<AskedInterval> intervals;
};
Result<std::vector<TouchedSlot>> what_if(const WhatIfQuestion& question, WordsOverTime& without,
                                         WordsOverTime& with);

}  // namespace dienstbereit::core::recovery
