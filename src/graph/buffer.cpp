// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/buffer.h"

#include <algorithm>
#include <cmath>

namespace dienstbereit::graph {

Duration BufferEnd::left_at(Instant now, const Tables::Buffer& spec) const {
  const Duration passed = now - since_;
  if (holding()) return std::max(Duration(0), left_ - passed);
  if (real_ != kLevelOperational) return left_;
  if (passed >= spec.recharge) return spec.span;
  const double part = static_cast<double>(passed.count()) * static_cast<double>(spec.span.count()) /
                      static_cast<double>(spec.recharge.count());
  return std::min(spec.span, left_ + Duration(static_cast<Duration::rep>(std::floor(part))));
}

void BufferEnd::advance(Level real, Instant now, const Tables::Buffer& spec) {
  if (!seen_) {
    seen_ = true;
    real_ = shown_ = real;
    left_ = real == kLevelDown ? Duration(0) : spec.span;
    since_ = now;
    return;
  }
  const Duration left = left_at(now, spec);
  const bool runs_out = holding() && left == Duration(0);
  if (real == real_ && !runs_out) return;
  real_ = real;
  left_ = left;
  since_ = now;
  if (real <= shown_ || left == Duration(0)) shown_ = real;
}

Level BufferEnd::peek(Level real, Instant now, const Tables::Buffer& spec) const {
  BufferEnd next = *this;
  next.advance(real, now, spec);
  return next.shown_;
}

std::optional<Instant> BufferEnd::holds_until() const {
  if (!holding()) return std::nullopt;
  return since_ + left_;
}

void BufferPair::advance(Packed real, Instant now, const Tables::Buffer& spec) {
  best.advance(dienstbereit::graph::best(real), now, spec);
  worst.advance(dienstbereit::graph::worst(real), now, spec);
  if (is_certain(shown())) sure = shown();
}

Packed BufferPair::peek(Packed real, Instant now, const Tables::Buffer& spec) const {
  return packed(best.peek(dienstbereit::graph::best(real), now, spec),
                worst.peek(dienstbereit::graph::worst(real), now, spec));
}

}  // namespace dienstbereit::graph
