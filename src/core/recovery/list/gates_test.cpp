// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/list/gates.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace dienstbereit::core::recovery {
namespace {

using Rank = Gates::Rank;

// The same by the definition, of one lane.
Rank plain(const Gates::Groups& groups, const std::vector<Rank>& ranks) {
  Rank latest = 0;
  for (const auto& group : groups) {
    Rank first = INT16_MAX;
    for (const std::size_t member : group) first = std::min(first, ranks[member]);
    latest = std::max(latest, first);
  }
  return latest;
}

}  // namespace

TEST(Gates, ANodeIsUpWithTheFirstOfEachGroupAndTheLastOfAll) {
  Gates gates(3);
  const std::size_t any = gates.add({{0, 1}});
  const std::size_t all = gates.add({{0}, {1}, {2}});
  const std::size_t both = gates.add({{any}, {all, 2}});
  const std::size_t nothing = gates.add({});
  for (std::size_t lane = 0; lane < Gates::kLanes; ++lane) {
    gates.inputs()[lane] = 5;
    gates.inputs()[Gates::kLanes + lane] = static_cast<Rank>(lane);
    gates.inputs()[2 * Gates::kLanes + lane] = 7;
  }
  gates.evaluate();
  EXPECT_EQ(gates.ranks(any)[3], 3);
  EXPECT_EQ(gates.ranks(any)[9], 5);
  EXPECT_EQ(gates.ranks(all)[3], 7);
  EXPECT_EQ(gates.ranks(all)[9], 9);
  EXPECT_EQ(gates.ranks(both)[9], 7);
  EXPECT_EQ(gates.ranks(nothing)[9], 0);
}

TEST(Gates, ManyLanesAgreeWithOneAfterAnother) {
  std::mt19937 random(4);
  Gates gates(6);
  std::vector<Gates::Groups> nodes;
  for (std::size_t node = 0; node < 40; ++node) {
    Gates::Groups groups(random() % 4);
    for (auto& group : groups) {
      for (std::size_t i = random() % 3 + 1; i > 0; --i) group.push_back(random() % (6 + node));
    }
    gates.add(groups);
    nodes.push_back(std::move(groups));
  }
  for (Rank& rank : gates.inputs()) rank = static_cast<Rank>(random() % Gates::kMostRank);
  gates.evaluate();
  for (std::size_t lane = 0; lane < Gates::kLanes; ++lane) {
    std::vector<Rank> ranks;
    for (std::size_t i = 0; i < 6; ++i) ranks.push_back(gates.inputs()[i * Gates::kLanes + lane]);
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      ranks.push_back(plain(nodes[node], ranks));
      ASSERT_EQ(gates.ranks(6 + node)[lane], ranks.back()) << "node " << node << " lane " << lane;
    }
  }
}

}  // namespace dienstbereit::core::recovery
