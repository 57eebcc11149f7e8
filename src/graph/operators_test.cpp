// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/operators.h"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "graph/evaluation.h"

namespace dienstbereit::graph {
namespace {

constexpr Instant kNow{std::chrono::hours(24)};

Interval evaluate(const Rule& rule, const std::vector<Interval>& needs,
                  const std::vector<double>& weights = {}) {
  GraphBuilder builder;
  const NodeIndex top = builder.add_node(rule);
  for (std::size_t at = 0; at < needs.size(); ++at)
    builder.add_need(top, builder.add_node(), {.weight = weights.empty() ? 1.0 : weights[at]});
  const Graph graph = builder.build().value();
  Evaluation evaluation(graph);
  for (const NeedIndex need : graph.needs_of(top)) {
    const NodeIndex on = graph.need(need).on;
    evaluation.set_evidence(on, {needs[on.value() - 1], true, true, false, std::nullopt});
  }
  evaluation.settle(kNow);
  return evaluation.state(top);
}

TEST(Operators, AllIsTheWorstNeedEndByEnd) {
  EXPECT_EQ(evaluate({}, {kOperational, kUnknown, kDegraded}),
            (Interval{Health::Degraded, Health::Down}));
}

TEST(Operators, AnyIsTheBestNeedEndByEnd) {
  EXPECT_EQ(evaluate({.op = Operator::Any}, {kDown, kUnknown, kDegraded}),
            (Interval{Health::Operational, Health::Degraded}));
}

TEST(Operators, TwoOfOperationalDegradedDownIsDegraded) {
  EXPECT_EQ(evaluate({.op = Operator::AtLeast, .at_least = 2}, {kOperational, kDegraded, kDown}),
            kDegraded);
}

TEST(Operators, DegradesNeverGoesDown) {
  EXPECT_EQ(evaluate({.op = Operator::Degrades}, {kDown, kDown}), kDegraded);
  EXPECT_EQ(evaluate({.op = Operator::Degrades}, {kUnknown}),
            (Interval{Health::Operational, Health::Degraded}));
}

TEST(Operators, ShareCountsDegradedAsHalf) {
  const Rule rule{.op = Operator::Share, .full = 0.8, .limited = 0.5};
  EXPECT_EQ(evaluate(rule, {kOperational, kOperational}), kOperational);
  EXPECT_EQ(evaluate(rule, {kOperational, kDegraded}), kDegraded);
  EXPECT_EQ(evaluate(rule, {kDegraded, kDown}), kDown);
}

TEST(Operators, ShareWeighsItsNeeds) {
  const Rule rule{.op = Operator::Share, .full = 0.7, .limited = 0.3};
  EXPECT_EQ(evaluate(rule, {kOperational, kDown}, {0.7, 0.3}), kOperational);
  EXPECT_EQ(evaluate(rule, {kDown, kOperational}, {0.7, 0.3}), kDegraded);
  EXPECT_EQ(evaluate(rule, {kOperational, kDown}, {700, 300}), kOperational);
}

TEST(Operators, ANodeThatNeedsNothingIsOperational) {
  EXPECT_EQ(evaluate({.op = Operator::Any}, {}), kOperational);
  EXPECT_EQ(evaluate({.op = Operator::Share}, {}), kOperational);
}

TEST(Packed, KeepsEveryInterval) {
  for (const Health best_end : {Health::Operational, Health::Degraded, Health::Down})
    for (const Health worst_end : {Health::Operational, Health::Degraded, Health::Down}) {
      const Interval value{best_end, worst_end};
      EXPECT_EQ(interval(packed(value)), value);
    }
}

Rule drawn_rule(std::size_t needs) {
  Rule rule{.op = *rc::gen::element(Operator::All, Operator::Any, Operator::AtLeast,
                                    Operator::Degrades, Operator::Share)};
  rule.at_least = static_cast<std::uint32_t>(*rc::gen::inRange<std::size_t>(1, needs + 1));
  rule.full = 0.1 * *rc::gen::inRange(5, 11);
  rule.limited = 0.1 * *rc::gen::inRange(1, 6);
  if (rule.full > 1) rule.full = 1;
  if (rule.limited > rule.full) rule.limited = rule.full;
  return rule;
}

Interval drawn_interval() {
  const auto one = static_cast<Health>(*rc::gen::inRange(0, 3));
  const auto other = static_cast<Health>(*rc::gen::inRange(0, 3));
  return {better(one, other), worse(one, other)};
}

RC_GTEST_PROP(Operators, AreMonotoneAtBothEnds, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 8);
  const Rule rule = drawn_rule(count);
  std::vector<Interval> low;
  std::vector<Interval> high;
  std::vector<double> weights;
  for (std::size_t at = 0; at < count; ++at) {
    low.push_back(drawn_interval());
    high.push_back(worse(low.back(), drawn_interval()));
    weights.push_back(0.25 * *rc::gen::inRange(1, 20));
  }
  const Interval better_one = evaluate(rule, low, weights);
  const Interval worse_one = evaluate(rule, high, weights);
  RC_ASSERT(better_one.best <= worse_one.best);
  RC_ASSERT(better_one.worst <= worse_one.worst);
  RC_ASSERT(better_one.best <= better_one.worst);
}

}  // namespace
}  // namespace dienstbereit::graph
