// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/list/gates.h"

#include <algorithm>
#include <array>

#include "base/assert.h"

namespace dienstbereit::core::recovery {

Gates::Gates(std::size_t inputs) : inputs_(inputs), ranks_(inputs * kLanes) {
  dienstbereit_assert(inputs < kMostRank);
}

std::size_t Gates::add(const Groups& groups) {
  const std::size_t place = inputs_ + node_ends_.size();
  for (const auto& group : groups) {
    dienstbereit_assert(!group.empty());
    for (const std::size_t member : group) {
      dienstbereit_assert(member < place);
      members_.push_back(static_cast<std::uint32_t>(member));
    }
    group_ends_.push_back(static_cast<std::uint32_t>(members_.size()));
  }
  node_ends_.push_back(static_cast<std::uint32_t>(group_ends_.size()));
  ranks_.resize((place + 1) * kLanes);
  return place;
}

void Gates::evaluate() {
  for (std::size_t node = 0; node < node_ends_.size(); ++node) {
    evaluate(node, ranks_.data() + (inputs_ + node) * kLanes);
  }
}

void Gates::evaluate(std::size_t node, Rank* out) const {
  using Lanes = std::array<Rank, kLanes>;
  Lanes latest{};
  std::size_t group = node == 0 ? 0 : node_ends_[node - 1];
  std::size_t member = group == 0 ? 0 : group_ends_[group - 1];
  for (; group < node_ends_[node]; ++group) {
    Lanes first;
    std::copy_n(ranks(members_[member]), kLanes, first.data());
    for (++member; member < group_ends_[group]; ++member) {
      const Rank* other = ranks(members_[member]);
      for (std::size_t i = 0; i < kLanes; ++i) first[i] = std::min(first[i], other[i]);
    }
    for (std::size_t i = 0; i < kLanes; ++i) latest[i] = std::max(latest[i], first[i]);
  }
  std::copy_n(latest.data(), kLanes, out);
}

}  // namespace dienstbereit::core::recovery
