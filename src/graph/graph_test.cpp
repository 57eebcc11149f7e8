// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/graph.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "graph/evaluation.h"
#include "graph/place_set.h"

namespace dienstbereit::graph {
namespace {

TEST(Graph, KeepsNeedsInTheOrderOfAdding) {
  GraphBuilder builder;
  const NodeIndex top = builder.add_node({.op = Operator::AtLeast, .at_least = 2});
  const NodeIndex left = builder.add_node();
  const NodeIndex right = builder.add_node();
  builder.add_need(top, right, {.weight = 0.5, .buffer = Duration(7), .recharge = Duration(9)});
  builder.add_need(top, left);
  const Graph graph = builder.build().value();
  std::vector<NeedView> needs;
  for (const NeedIndex need : graph.needs_of(top)) needs.push_back(graph.need(need));
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs[0].of, top);
  EXPECT_EQ(needs[0].on, right);
  EXPECT_EQ(needs[0].spec.buffer, Duration(7));
  EXPECT_EQ(needs[0].spec.recharge, Duration(9));
  EXPECT_EQ(needs[1].on, left);
  EXPECT_EQ(graph.rule(top).at_least, 2U);
  EXPECT_EQ(graph.dependents_of(left), std::vector{top});
}

TEST(Graph, NamesThePathOfAnUndeclaredLoop) {
  GraphBuilder builder;
  for (int node = 0; node < 4; ++node) builder.add_node();
  builder.add_need(NodeIndex(0), NodeIndex(1));
  builder.add_need(NodeIndex(1), NodeIndex(2));
  builder.add_need(NodeIndex(2), NodeIndex(3));
  builder.add_need(NodeIndex(3), NodeIndex(1));
  const auto loop = builder.find_undeclared_loop();
  ASSERT_EQ(loop.size(), 3U);
  for (std::size_t at = 0; at < loop.size(); ++at)
    EXPECT_EQ(loop[(at + 1) % 3].value(), loop[at].value() % 3 + 1);
  const auto built = builder.build();
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().code, Errc::InvalidInput);
  EXPECT_NE(built.error().message.find("->"), std::string::npos);
}

TEST(Graph, ANodeThatNeedsItselfIsALoop) {
  GraphBuilder builder;
  const NodeIndex self = builder.add_node();
  builder.add_need(self, self);
  EXPECT_EQ(builder.find_undeclared_loop(), std::vector{self});
  builder.add_loop_group(std::vector{self});
  EXPECT_EQ(builder.build().value().loop_count(), 1U);
}

TEST(Graph, ALoopThatLeavesItsGroupIsUndeclared) {
  GraphBuilder builder;
  for (int node = 0; node < 3; ++node) builder.add_node();
  for (std::uint32_t node = 0; node < 3; ++node)
    builder.add_need(NodeIndex(node), NodeIndex((node + 1) % 3));
  builder.add_loop_group(std::vector{NodeIndex(0), NodeIndex(1)});
  EXPECT_EQ(builder.find_undeclared_loop().size(), 3U);
  EXPECT_FALSE(builder.build());
}

TEST(Graph, OneGroupMayHoldTwoLoops) {
  GraphBuilder builder;
  std::vector<NodeIndex> nodes;
  for (int node = 0; node < 5; ++node) nodes.push_back(builder.add_node());
  builder.add_need(nodes[0], nodes[1]);
  builder.add_need(nodes[1], nodes[0]);
  builder.add_need(nodes[2], nodes[3]);
  builder.add_need(nodes[3], nodes[2]);
  builder.add_need(nodes[2], nodes[0]);
  builder.add_loop_group(nodes);
  const Graph graph = builder.build().value();
  EXPECT_EQ(graph.loop_count(), 2U);
  EXPECT_FALSE(graph.loop_of(nodes[4]));
  EXPECT_EQ(graph.members(*graph.loop_of(nodes[2])).size(), 2U);
  EXPECT_NE(graph.loop_of(nodes[0]), graph.loop_of(nodes[3]));
}

TEST(Graph, RefusesWhatLiesOutsideItsBounds) {
  const auto built = [](const Rule& rule, const NeedSpec& spec, std::uint32_t on) {
    GraphBuilder builder;
    builder.add_node(rule);
    builder.add_node();
    builder.add_need(NodeIndex(0), NodeIndex(on), spec);
    return builder.build().has_value();
  };
  EXPECT_TRUE(built({}, {}, 1));
  EXPECT_FALSE(built({}, {}, 2));
  EXPECT_FALSE(built({}, {.weight = 0}, 1));
  EXPECT_FALSE(built({}, {.buffer = Duration(-1)}, 1));
  EXPECT_FALSE(built({}, {.recharge = kBufferMax + Duration(1)}, 1));
  EXPECT_FALSE(built({.op = Operator::AtLeast, .at_least = 2}, {}, 1));
  EXPECT_FALSE(built({.op = Operator::AtLeast, .at_least = 0}, {}, 1));
  EXPECT_FALSE(built({.op = Operator::Share, .full = 0.4, .limited = 0.6}, {}, 1));
}

TEST(Graph, RefusesANodeInTwoGroupsAndAHugeGroup) {
  GraphBuilder twice;
  twice.add_node();
  twice.add_loop_group(std::vector{NodeIndex(0)});
  twice.add_loop_group(std::vector{NodeIndex(0)});
  EXPECT_FALSE(twice.build());
  GraphBuilder huge;
  std::vector<NodeIndex> members;
  for (std::size_t at = 0; at <= kLoopMembersMax; ++at) members.push_back(huge.add_node());
  huge.add_loop_group(members);
  EXPECT_EQ(huge.build().error().code, Errc::LimitExceeded);
}

TEST(Graph, AChainOfAHundredThousandNeedsNoDepth) {
  constexpr std::uint32_t kLength = 100'000;
  GraphBuilder builder;
  for (std::uint32_t node = 0; node < kLength; ++node) builder.add_node();
  for (std::uint32_t node = 0; node + 1 < kLength; ++node)
    builder.add_need(NodeIndex(node), NodeIndex(node + 1));
  const Graph graph = builder.build().value();
  Evaluation evaluation(graph);
  evaluation.set_evidence(NodeIndex(kLength - 1), {kDown, true, true, false, std::nullopt});
  EXPECT_EQ(evaluation.settle(Instant(Duration(1))).changed.size(), kLength);
  EXPECT_EQ(evaluation.state(NodeIndex(0)), kDown);
}

TEST(Graph, AnEmptyGraphSettles) {
  const Graph graph = GraphBuilder().build().value();
  Evaluation evaluation(graph);
  EXPECT_TRUE(evaluation.settle(Instant(Duration(1))).changed.empty());
}

TEST(PlaceSet, PopsTheSmallestFirstOverAllLevels) {
  PlaceSet set(300'000);
  for (const Place place : {299'999U, 0U, 4'096U, 63U, 64U, 4'096U}) set.insert(place);
  set.erase(63);
  for (const Place place : {0U, 64U, 4'096U, 299'999U}) EXPECT_EQ(set.pop(), place);
  EXPECT_TRUE(set.empty());
}

}  // namespace
}  // namespace dienstbereit::graph
