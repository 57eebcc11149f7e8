// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "graph/evaluation.h"
#include "graph/random_model_test.h"
#include "graph/reference_test.h"

namespace dienstbereit::graph::reference {
namespace {

#ifdef NDEBUG
constexpr std::size_t kChangesInAll = 100'000;
#else
constexpr std::size_t kChangesInAll = 6'000;  // unoptimized and sanitized: the same, but fewer
#endif
constexpr std::size_t kChangesPerGraph = 100;
constexpr std::size_t kGraphs = kChangesInAll / kChangesPerGraph;
constexpr std::size_t kGraphsForMutants = 60;
constexpr Instant kStart{std::chrono::hours(24)};

NodeIndex index(std::size_t node) { return NodeIndex(static_cast<std::uint32_t>(node)); }

Ends ends(Interval value) { return {static_cast<int>(value.best), static_cast<int>(value.worst)}; }

std::set<std::size_t> as_set(const std::vector<NodeIndex>& nodes) {
  std::set<std::size_t> out;
  for (const NodeIndex node : nodes) out.insert(node.value());
  return out;
}

// An evaluation and the reference, fed alike.
class Pair {
 public:
  Pair(Random& random, Operators operators)
      : reference_(random_model(random), std::move(operators)),
        graph_(compile(reference_.model())),
        evaluation_(graph_),
        random_(random) {}

  // One random change, and now and then a second at the same time.
  void change() {
    now_ += Duration(pick(random_, 12));
    do change_one();
    while (chance(random_, 25));
    expected_ = reference_.settle(now_);
    settlement_ = chance(random_, 3) ? evaluation_.settle_all(now_) : evaluation_.settle(now_);
  }

  // The first difference in words; empty if there is none.
  std::string difference() const {
    for (std::size_t node = 0; node < graph_.node_count(); ++node)
      if (const std::string found = difference_at(node); !found.empty())
        return fmt::format("node {}: {}", node, found);
    if (as_set(settlement_.changed) != expected_.changed) return "changed nodes";
    if (as_set(settlement_.dropped) != expected_.dropped) return "dropped observations";
    if (evaluation_.next_due() != reference_.next_due()) return "next due time";
    return {};
  }

  // Which situations this history has met; counted over all graphs.
  void note(std::set<std::string>& met) const {
    for (std::size_t node = 0; node < graph_.node_count(); ++node) note_at(node, met);
    if (!settlement_.dropped.empty()) met.insert("success dropped");
    std::map<std::size_t, int> users;
    for (const RefNode& node : reference_.model().nodes)
      for (const RefNeed& need : node.needs)
        if (++users[need.on] > 1) met.insert("shared need");
    if (graph_.loop_count() > 0) met.insert("declared loop");
  }

  const Evaluation& evaluation() const { return evaluation_; }
  Instant now() const { return now_; }

 private:
  void change_one() {
    const std::size_t node = pick(random_, graph_.node_count());
    if (chance(random_, 80)) {
      const Evidence evidence = random_evidence(random_, now_);
      reference_.set_evidence(node, evidence);
      evaluation_.set_evidence(index(node), evidence);
      return;
    }
    std::optional<Word> word;
    if (chance(random_, 70)) word = random_word(random_, now_);
    reference_.set_word(node, word);
    evaluation_.set_word(index(node), word);
  }

  std::string difference_at(std::size_t node) const {
    const NodeIndex at = index(node);
    if (ends(evaluation_.state(at)) != reference_.state(node)) return "state";
    if (ends(evaluation_.needs(at)) != reference_.needs(node)) return "needs";
    if (ends(evaluation_.calculated(at)) != reference_.calculated(node)) return "calculated";
    if (evaluation_.word_status(at) != reference_.word_status(node)) return "word";
    if (const auto loop = graph_.loop_of(at); loop) {
      const Cold cold = evaluation_.cold(*loop);
      if (std::array{cold.best, cold.worst} != reference_.cold(node)) return "cold";
    }
    std::size_t row = 0;
    for (const NeedIndex need : graph_.needs_of(at)) {
      const Held held = evaluation_.held(need);
      if (held.best != reference_.held(node, row, 0)) return "held best";
      if (held.worst != reference_.held(node, row, 1)) return "held worst";
      ++row;
    }
    return {};
  }

  void note_at(std::size_t node, std::set<std::string>& met) const {
    const NodeIndex at = index(node);
    if (graph_.needs_of(at).size() > 0) met.insert(name_of(graph_.rule(at).op));
    const Decision decision = evaluation_.decide(at);
    if (!decision.held.empty()) met.insert("running buffer");
    if (decision.own == kUnknown) met.insert("stale observation");
    if (decision.contradiction != Contradiction::None) met.insert("contradiction");
    if (decision.word == WordStatus::InForce) met.insert("word in force");
    if (decision.word == WordStatus::Doubted) met.insert("word doubted");
    if (decision.word == WordStatus::Unrenewed) met.insert("word unrenewed");
    if (decision.best.by_cold || decision.worst.by_cold) met.insert("cold loop");
    EXPECT_EQ(ends({decision.best.value, decision.worst.value}), reference_.state(node));
    for (const EndDecision& end : {decision.best, decision.worst}) {
      const bool explained = end.by_word || end.by_own || end.by_needs;
      EXPECT_TRUE(explained || end.value == Health::Operational) << "node " << node;
      EXPECT_TRUE(!end.by_needs || !end.needs.empty()) << "node " << node;
    }
  }

  Reference reference_;
  Graph graph_;
  Evaluation evaluation_;
  Random& random_;
  Instant now_ = kStart;
  Step expected_;
  Settlement settlement_;
};

TEST(EvaluationProperty, EqualsFullEvaluationAfterEveryRandomChange) {
  std::map<std::string, std::size_t> graphs_that_met;
  for (std::size_t seed = 0; seed < kGraphs; ++seed) {
    Random random(seed);
    Pair pair(random, true_operators());
    std::set<std::string> met;
    for (std::size_t change = 0; change < kChangesPerGraph; ++change) {
      pair.change();
      ASSERT_EQ(pair.difference(), "") << "seed " << seed << ", change " << change;
      pair.note(met);
    }
    for (const std::string& what : met) ++graphs_that_met[what];
  }
  for (const char* what :
       {"all", "any", "at_least", "degrades", "share", "shared need", "declared loop",
        "running buffer", "stale observation", "contradiction", "success dropped", "word in force",
        "word doubted", "word unrenewed", "cold loop"})
    EXPECT_GT(graphs_that_met[what], kGraphs / 10) << what;
}

// The test above can fail: with one operator of the reference wrong, it does.
TEST(EvaluationProperty, NoticesAWrongOperator) {
  const Operators good = true_operators();
  std::map<Operator, OperatorFunction> wrong;
  wrong[Operator::All] = good.at(Operator::Degrades);
  wrong[Operator::Any] = good.at(Operator::All);
  wrong[Operator::Degrades] = good.at(Operator::All);
  wrong[Operator::AtLeast] = [&](const Rule& rule, const std::vector<int>& values,
                                 const std::vector<double>& weights) {
    Rule one_less = rule;
    one_less.at_least = std::max(1U, rule.at_least - 1);
    return good.at(Operator::AtLeast)(one_less, values, weights);
  };
  wrong[Operator::Share] = [&](const Rule& rule, const std::vector<int>& values,
                               const std::vector<double>&) {
    return good.at(Operator::Share)(rule, values, std::vector<double>(values.size(), 1.0));
  };
  for (const auto& [op, function] : wrong) {
    Operators operators = good;
    operators[op] = function;
    std::size_t noticed = 0;
    for (std::size_t seed = 0; seed < kGraphsForMutants; ++seed) {
      Random random(seed);
      Pair pair(random, operators);
      bool differs = false;
      for (std::size_t change = 0; change < kChangesPerGraph && !differs; ++change) {
        pair.change();
        differs = !pair.difference().empty();
      }
      noticed += differs ? 1 : 0;
    }
    EXPECT_GT(noticed, 0U) << name_of(op);
  }
}

TEST(EvaluationProperty, LosingAnObservationNeverBettersTheWorstEnd) {
  for (std::size_t seed = 0; seed < kGraphs; ++seed) {
    Random random(seed);
    Pair pair(random, true_operators());
    for (std::size_t change = 0; change < kChangesPerGraph / 4; ++change) pair.change();
    const Evaluation& before = pair.evaluation();
    for (std::size_t node = 0; node < before.graph().node_count(); ++node) {
      if (before.own(index(node)) == kOperational && !before.works_fresh(index(node))) continue;
      Evaluation after = before;
      after.set_evidence(index(node), {kUnknown, true, false, false, std::nullopt});
      after.settle(pair.now());
      for (std::size_t other = 0; other < before.graph().node_count(); ++other)
        ASSERT_GE(after.state(index(other)).worst, before.state(index(other)).worst)
            << "seed " << seed << ", lost " << node << ", node " << other;
    }
  }
}

TEST(EvaluationProperty, TheSameInputsInTheSameStepsGiveTheSameStates) {
  for (std::size_t seed = 0; seed < kGraphs / 10; ++seed) {
    Random once(seed);
    Random again(seed);
    Pair first(once, true_operators());
    Pair second(again, true_operators());
    for (std::size_t change = 0; change < kChangesPerGraph; ++change) {
      first.change();
      second.change();
    }
    for (std::uint32_t node = 0; node < first.evaluation().graph().node_count(); ++node)
      ASSERT_EQ(first.evaluation().state(NodeIndex(node)),
                second.evaluation().state(NodeIndex(node)));
  }
}

}  // namespace
}  // namespace dienstbereit::graph::reference
