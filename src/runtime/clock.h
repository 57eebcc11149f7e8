// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"

namespace dienstbereit::runtime {

using Steady = std::chrono::steady_clock::time_point;

// Logical time: a base given at the start plus the monotonic time since. Steps of the machine's
// clock never move it. now(), steady() and instant() are thread-safe.
class Clock {
 public:
  explicit Clock(Instant base);

  // What the machine's clock says; only for certificates, forensics and the base of a start.
  static Instant wall();

  Instant now() const;
  // The same point on the monotonic clock, for timers; and back.
  Steady steady(Instant t) const;
  Instant instant(Steady t) const;

 private:
  Instant base_;
  Steady started_;
};

// Notices when the machine's clock moves against the monotonic one. One thread.
class StepDetector {
 public:
  // Smaller moves from one look to the next are drift or slew: looks a second apart do not see how
  // chrony corrects seconds, by up to 83,333 ppm.
  static constexpr Duration kSmallestStep = std::chrono::milliseconds(500);

  StepDetector(Instant wall, Steady steady);
  // By how much the wall clock stepped since it was last found in place; none if it did not.
  // Slow drift is followed silently.
  std::optional<Duration> look(Instant wall, Steady steady);

 private:
  Duration offset_;
};

}  // namespace dienstbereit::runtime
