// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "graph/tables.h"

namespace dienstbereit::graph {

// A set of places with the smallest first: the work list of an evaluation. A tree of 64-bit words,
// so that inserting and popping touch one word a level: four levels for a million nodes.
class PlaceSet {
 public:
  explicit PlaceSet(std::uint32_t size) {
    std::size_t words = size;
    do {
      words = (words + kFanout - 1) / kFanout;
      levels_.emplace_back(words, 0);
    } while (words > 1);
    if (levels_.back().empty()) levels_.back().push_back(0);
  }

  bool empty() const { return levels_.back().front() == 0; }

  void insert(Place place) {
    std::size_t at = place;
    for (auto& words : levels_) {
      std::uint64_t& word = words[at / kFanout];
      const bool was_empty = word == 0;
      word |= bit(at);
      if (!was_empty) return;
      at /= kFanout;
    }
  }

  void erase(Place place) {
    std::size_t at = place;
    for (auto& words : levels_) {
      std::uint64_t& word = words[at / kFanout];
      word &= ~bit(at);
      if (word != 0) return;
      at /= kFanout;
    }
  }

  // Removes and returns the smallest; the set must not be empty.
  Place pop() {
    std::size_t at = 0;
    for (auto words = levels_.rbegin(); words != levels_.rend(); ++words)
      at = at * kFanout + static_cast<std::size_t>(std::countr_zero((*words)[at]));
    erase(static_cast<Place>(at));
    return static_cast<Place>(at);
  }

 private:
  static constexpr std::size_t kFanout = 64;
  static constexpr std::uint64_t bit(std::size_t at) { return std::uint64_t{1} << (at % kFanout); }

  std::vector<std::vector<std::uint64_t>> levels_;  // leaves first
};

}  // namespace dienstbereit::graph
