// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/lateness.h"

#include <algorithm>
#include <cmath>

namespace dienstbereit::probe {

void Lateness::add(std::chrono::microseconds late) {
  if (values_.size() < window_) {
    values_.push_back(late.count());
    return;
  }
  values_[next_] = late.count();
  next_ = (next_ + 1) % window_;
}

std::chrono::microseconds Lateness::quantile(double share) const {
  if (values_.empty()) return std::chrono::microseconds(0);
  auto sorted = values_;
  const auto rank = std::ceil(share * static_cast<double>(sorted.size())) - 1;
  const auto index =
      static_cast<std::ptrdiff_t>(std::clamp(rank, 0.0, static_cast<double>(sorted.size() - 1)));
  std::nth_element(sorted.begin(), sorted.begin() + index, sorted.end());
  return std::chrono::microseconds(sorted[static_cast<std::size_t>(index)]);
}

}  // namespace dienstbereit::probe
