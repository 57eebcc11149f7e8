// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace dienstbereit::probe {

// The last values of a measure, and their quantiles. One thread at a time.
class Lateness {
 public:
  explicit Lateness(std::size_t window) : window_(window) {}

  void add(std::chrono::microseconds late);
  // The value that `share` (0 to 1) of the window does not exceed; 0 while it is empty.
  std::chrono::microseconds quantile(double share) const;

 private:
  std::size_t window_;
  std::size_t next_ = 0;
  std::vector<std::int64_t> values_;
};

}  // namespace dienstbereit::probe
