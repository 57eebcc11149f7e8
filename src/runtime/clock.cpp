// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/clock.h"

namespace dienstbereit::runtime {
namespace {

template <class D>
Duration whole_ms(D d) {
  return std::chrono::floor<Duration>(d);
}

Duration offset_of(Instant wall, Steady steady) {
  return wall.time_since_epoch() - whole_ms(steady.time_since_epoch());
}

}  // namespace

Clock::Clock(Instant base) : base_(base), started_(std::chrono::steady_clock::now()) {}

Instant Clock::wall() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

Instant Clock::now() const { return instant(std::chrono::steady_clock::now()); }

Steady Clock::steady(Instant t) const { return started_ + (t - base_); }

Instant Clock::instant(Steady t) const { return base_ + whole_ms(t - started_); }

StepDetector::StepDetector(Instant wall, Steady steady) : offset_(offset_of(wall, steady)) {}

std::optional<Duration> StepDetector::look(Instant wall, Steady steady) {
  const Duration moved = offset_of(wall, steady) - offset_;
  offset_ += moved;
  if (moved < kSmallestStep && moved > -kSmallestStep) return std::nullopt;
  return moved;
}

}  // namespace dienstbereit::runtime
