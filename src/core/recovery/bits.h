// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dienstbereit::core::recovery {

// A set of small numbers below a size that is given once.
class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t size) : size_(size), words_((size + 63) / 64) {}

  std::size_t size() const { return size_; }
  bool operator[](std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  void set(std::size_t i, bool value = true) {
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    words_[i / 64] = value ? words_[i / 64] | bit : words_[i / 64] & ~bit;
  }
  void set_all() {
    for (std::size_t i = 0; i < size_; ++i) set(i);
  }
  bool any() const {
    return std::any_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word != 0; });
  }
  // Both, one behind the other; of another size than either.
  friend Bits joined(const Bits& a, const Bits& b) {
    Bits both((a.words_.size() + b.words_.size()) * 64);
    const auto middle = std::copy(a.words_.begin(), a.words_.end(), both.words_.begin());
    std::copy(b.words_.begin(), b.words_.end(), middle);
    return both;
  }
  const std::vector<std::uint64_t>& words() const { return words_; }

  friend bool operator==(const Bits&, const Bits&) = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

// Calls `visit` with the members of one word, the one at `index` of a set.
template <class Visit>
void each_member(std::uint64_t word, std::size_t index, const Visit& visit) {
  for (; word != 0; word &= word - 1) {
    visit(index * 64 + static_cast<std::size_t>(std::countr_zero(word)));
  }
}

struct BitsHash {
  std::size_t operator()(const Bits& bits) const {
    std::uint64_t hash = bits.size();
    for (const std::uint64_t word : bits.words()) {
      hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 32U;
    }
    return static_cast<std::size_t>(hash);
  }
};

}  // namespace dienstbereit::core::recovery
