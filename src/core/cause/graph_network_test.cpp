// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/graph_network.h"

#include <gtest/gtest.h>

#include <random>

#include "graph/evaluation.h"

namespace dienstbereit::core::cause {
namespace {

using graph::NodeIndex;

struct House {
  graph::Graph graph;
  Susceptible susceptible;
  std::vector<bool> holds;
};

House house_of(const graph::GraphBuilder& builder) {
  House house;
  house.graph = builder.build().value();
  house.susceptible.priors.assign(house.graph.node_count(), 0.01);
  house.holds.assign(house.graph.need_count(), true);
  return house;
}

GraphNetwork made(const House& house) {
  return network_of(house.graph, house.susceptible, house.holds).value();
}

// Which nodes of the graph are down if these are damaged, by the network.
std::vector<bool> down_by_network(const House& house, const std::vector<bool>& damaged) {
  const GraphNetwork network = made(house);
  std::vector<bool> up(network.network.node_count());
  for (const Node node : network.network.order()) {
    const NodeIndex of = network.of[node];
    const bool own = network.damage_of[of.value()] == node;
    up[node] = !(own && damaged[of.value()]);
    for (auto group = network.network.first_group(node); group < network.network.end_group(node);
         ++group) {
      bool any = false;
      for (const Node member : network.network.members(group)) any = any || up[member];
      up[node] = up[node] && any;
    }
  }
  std::vector<bool> down;
  for (const Node state : network.state_of) down.push_back(!up[state]);
  return down;
}

// The same by the algebra.
std::vector<bool> down_by_graph(const House& house, const std::vector<bool>& damaged) {
  graph::Evaluation evaluation(house.graph);
  const Instant now = parse_rfc3339("2026-11-20T06:10Z").value();
  evaluation.settle(now);
  Evidence faulty;
  faulty.own = kDown;
  faulty.probed = true;
  for (std::uint32_t node = 0; node < damaged.size(); ++node) {
    if (damaged[node]) evaluation.set_evidence(NodeIndex(node), faulty);
  }
  evaluation.settle(now + std::chrono::seconds(1));
  std::vector<bool> down;
  for (std::uint32_t node = 0; node < damaged.size(); ++node) {
    down.push_back(evaluation.state(NodeIndex(node)).best == Health::Down);
  }
  return down;
}

using Random = std::mt19937_64;
std::uint32_t pick(Random& random, std::uint32_t below) {
  return static_cast<std::uint32_t>(random() % below);
}

House random_house(Random& random) {
  graph::GraphBuilder builder;
  const std::uint32_t count = 4 + pick(random, 12);
  for (std::uint32_t node = 0; node < count; ++node) {
    const std::uint32_t needs = node == 0 ? 0 : pick(random, 5);
    graph::Rule rule;
    rule.op = std::array{Operator::All, Operator::Any, Operator::AtLeast,
                         Operator::Degrades}[pick(random, 4)];
    if (rule.op == Operator::AtLeast) {
      if (needs == 0) rule.op = Operator::All;
      rule.at_least = needs == 0 ? 0 : 1 + pick(random, needs);
    }
    const NodeIndex made = builder.add_node(rule);
    for (std::uint32_t i = 0; i < needs; ++i) builder.add_need(made, NodeIndex(pick(random, node)));
  }
  if (pick(random, 2) == 0) {  // two that need each other, and one thing each
    const NodeIndex a = builder.add_node();
    const NodeIndex b = builder.add_node();
    builder.add_need(a, b);
    builder.add_need(b, a);
    builder.add_need(a, NodeIndex(pick(random, count)));
    builder.add_need(b, NodeIndex(pick(random, count)));
    builder.add_loop_group(std::array{a, b});
    const NodeIndex above = builder.add_node();
    builder.add_need(above, a);
  }
  return house_of(builder);
}

}  // namespace

TEST(GraphNetwork, WhatFallsIsWhatTheAlgebraSays) {
  Random random(2026);
  for (int round = 0; round < 400; ++round) {
    const House house = random_house(random);
    std::vector<bool> damaged(house.graph.node_count());
    for (std::uint32_t i = pick(random, 4); i > 0; --i) {
      damaged[pick(random, house.graph.node_count())] = true;
    }
    ASSERT_EQ(down_by_network(house, damaged), down_by_graph(house, damaged)) << "round " << round;
  }
}

TEST(GraphNetwork, ANeedThatABufferCarriesHoldsNothingDown) {
  graph::GraphBuilder builder;
  const NodeIndex feed = builder.add_node();
  const NodeIndex ups = builder.add_node();
  builder.add_need(ups, feed);
  House house = house_of(builder);
  EXPECT_EQ(down_by_network(house, {true, false}), (std::vector<bool>{true, true}));
  house.holds = {false};
  EXPECT_EQ(down_by_network(house, {true, false}), (std::vector<bool>{true, false}));
}

TEST(GraphNetwork, WhatABufferCarriesCountsAsUpInItsGroup) {
  const auto falls = [](const graph::Rule& rule, std::vector<bool> holds,
                        std::vector<bool> damaged) -> bool {
    graph::GraphBuilder builder;
    for (std::size_t i = 0; i < holds.size(); ++i) builder.add_node();
    const NodeIndex above = builder.add_node(rule);
    for (std::uint32_t i = 0; i < holds.size(); ++i) builder.add_need(above, NodeIndex(i));
    House house = house_of(builder);
    house.holds = std::move(holds);
    damaged.resize(house.graph.node_count());
    return down_by_network(house, damaged)[above.value()];
  };
  graph::Rule rule;
  rule.op = Operator::Any;
  EXPECT_TRUE(falls(rule, {true, true}, {true, true}));
  EXPECT_FALSE(falls(rule, {false, true}, {true, true})) << "the battery is enough";
  rule.op = Operator::AtLeast;
  rule.at_least = 2;
  EXPECT_TRUE(falls(rule, {true, true, true}, {true, true, false}));
  EXPECT_FALSE(falls(rule, {false, true, true}, {true, true, false}));
  EXPECT_TRUE(falls(rule, {false, true, true}, {false, true, true}));
  std::vector<bool> many(kMostCounted + 2, true);
  many.front() = false;
  EXPECT_FALSE(falls(rule, many, std::vector<bool>(many.size(), true))) << "not counted";
}

TEST(GraphNetwork, AShareFallsWithSoManyOfItsMembersAsLeaveTooLittle) {
  graph::GraphBuilder builder;
  for (int i = 0; i < 4; ++i) builder.add_node();
  graph::Rule rule;
  rule.op = Operator::Share;
  rule.full = 0.75;
  rule.limited = 0.5;
  const NodeIndex pool = builder.add_node(rule);
  for (std::uint32_t i = 0; i < 4; ++i) builder.add_need(pool, NodeIndex(i));
  const House house = house_of(builder);
  EXPECT_FALSE(down_by_network(house, {true, true, false, false, false})[pool.value()]);
  EXPECT_TRUE(down_by_network(house, {true, true, true, false, false})[pool.value()]);
}

TEST(GraphNetwork, ACommonCauseDamagesWhatItsMembersAreThemselves) {
  graph::GraphBuilder builder;
  const NodeIndex board = builder.add_node();
  const NodeIndex a = builder.add_node();
  const NodeIndex b = builder.add_node();
  builder.add_need(a, b);
  builder.add_need(b, a);
  builder.add_need(b, board);
  builder.add_loop_group(std::array{a, b});
  House house = house_of(builder);
  house.susceptible.commons = {{CommonSort::Surge, -5, 0.35, {a, b}, board},
                               {CommonSort::Change, -2, 0.5, {b}, std::nullopt}};
  const GraphNetwork made_of = made(house);
  const Network& network = made_of.network;
  ASSERT_EQ(network.common_count(), 2u);
  EXPECT_EQ(made_of.of[network.common_at(0)], board);
  EXPECT_EQ(network.common_at(1), kNone);
  EXPECT_EQ(network.exposed(0).size(), 2u);
  const Node damaged = made_of.damage_of[b.value()];
  EXPECT_TRUE(network.is_exposed(damaged, 0) && network.is_exposed(damaged, 1));
  EXPECT_FALSE(network.is_exposed(made_of.state_of[b.value()], 1)) << "only what it is itself";
}

}  // namespace dienstbereit::core::cause
