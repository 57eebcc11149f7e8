// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

// Orders of tasks, by their places.
namespace dienstbereit::core::recovery {

// Those with the least key first; of equals the earlier.
inline std::vector<std::size_t> by_key(const std::vector<double>& keys) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return keys[a] != keys[b] ? keys[a] < keys[b] : a < b;
  });
  return order;
}

// Those that are `moved` stand together, behind `to` others; all in their present order.
inline std::vector<std::size_t> gathered(const std::vector<std::size_t>& order,
                                         const std::vector<bool>& moved, std::size_t to) {
  std::vector<std::size_t> together;
  std::vector<std::size_t> all;
  for (const std::size_t task : order) (moved[task] ? together : all).push_back(task);
  const auto at = static_cast<std::ptrdiff_t>(std::min(to, all.size()));
  all.insert(all.begin() + at, together.begin(), together.end());
  return all;
}

}  // namespace dienstbereit::core::recovery
