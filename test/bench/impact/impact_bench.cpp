// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The graph alone: how much cheaper one change is than evaluating everything, and what a failure
// of one leaf in a hundred costs. All figures are ratios within this one run.
//
//   impact_bench [--json] [--nodes N]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "graph/evaluation.h"

namespace dienstbereit::graph {
namespace {

using Random = std::mt19937_64;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr std::uint64_t kSeed = 20261123;
constexpr std::uint32_t kNodes = 1'000'000;
constexpr double kNeedsPerNode = 2.5;
constexpr std::uint32_t kLeafShare = 3;      // a third of the nodes needs nothing
constexpr std::uint32_t kLoopEvery = 1'000;  // one loop of kLoopSize in so many nodes
constexpr std::uint32_t kLoopSize = 4;
constexpr std::uint32_t kNearby = 2'000;     // most needs are among so many earlier nodes
constexpr unsigned kFarPercent = 2;          // the others are anywhere
constexpr unsigned kProbedPercent = 60;
constexpr unsigned kBufferPercent = 1;
constexpr int kFullRounds = 9;
constexpr int kSingleChanges = 20'000;
constexpr int kRushRounds = 9;
constexpr int kRushDivisor = 100;
constexpr int kExplained = 10'000;
constexpr Duration kTick{1};

constexpr double kTargetMedian = 1.0 / 2'000;
constexpr double kTargetP99 = 1.0 / 100;
constexpr double kTargetRush = 1.5;

struct Figures {
  std::uint32_t nodes = 0;
  std::uint32_t needs = 0;
  std::uint32_t loops = 0;
  double build_ms = 0;
  double full_us = 0;
  double single_median_us = 0;
  double single_p99_us = 0;
  double single_nodes = 0;  // mean number of nodes that one change moved
  double rush_us = 0;
  double rush_nodes = 0;
  double explain_us = 0;
  double copy_us = 0;
};

bool chance(Random& random, unsigned percent) { return random() % 100 < percent; }

template <class Work>
double microseconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return Microseconds(std::chrono::steady_clock::now() - begin).count();
}

double quantile(std::vector<double> values, double part) {
  const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(at));
  return values[at];
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

Rule rule_for(Random& random, std::uint32_t needs) {
  switch (random() % 10) {
    case 0:
    case 1:
      return {.op = Operator::Any};
    case 2:
      return {.op = Operator::AtLeast, .at_least = (needs + 1) / 2};
    case 3:
      return {.op = Operator::Degrades};
    case 4:
      return {.op = Operator::Share, .full = 0.9, .limited = 0.4};
    default:
      return {.op = Operator::All};
  }
}

// Leaves are spread among the others, as power, lines and machines are spread over the sites.
class District {
 public:
  District(std::uint32_t nodes, Random& random) : nodes_(nodes), random_(random) {}

  Graph build() {
    const std::uint32_t leaves = nodes_ / kLeafShare;
    const double per_inner = kNeedsPerNode * nodes_ / (nodes_ - leaves);
    for (std::uint32_t node = 0; node < nodes_; ++node) add_node(node, per_inner);
    for (std::uint32_t first = kLoopEvery; first + kLoopSize < nodes_; first += kLoopEvery)
      close_loop(first);
    return builder_.build().value();
  }

  const std::vector<NodeIndex>& leaves() const { return leaves_; }

 private:
  void add_node(std::uint32_t node, double per_inner) {
    // Loops take kLoopSize neighbours, which only need what stands before all of them.
    const std::uint32_t before = node - std::min(node, node % kLoopEvery % kLoopSize);
    if (before == 0 || random_() % kLeafShare == 0) {
      leaves_.push_back(builder_.add_node());
      return;
    }
    const double exact = per_inner + static_cast<double>(random_() % 1000) / 1000.0;
    const auto spread = static_cast<std::uint32_t>(random_() % 3);
    const std::uint32_t needs = static_cast<std::uint32_t>(exact) + spread - 1;
    const NodeIndex of = builder_.add_node(rule_for(random_, needs));
    for (std::uint32_t need = 0; need < needs; ++need)
      builder_.add_need(of, target(before), spec());
  }

  NodeIndex target(std::uint32_t before) {
    const std::uint32_t reach = chance(random_, kFarPercent) ? before : std::min(before, kNearby);
    return NodeIndex(before - 1 - static_cast<std::uint32_t>(random_() % reach));
  }

  NeedSpec spec() {
    if (!chance(random_, kBufferPercent)) return {};
    return {.weight = 1.0, .buffer = std::chrono::minutes(30), .recharge = std::chrono::hours(8)};
  }

  void close_loop(std::uint32_t first) {
    std::vector<NodeIndex> members;
    for (std::uint32_t at = 0; at < kLoopSize; ++at) members.emplace_back(first + at);
    for (std::uint32_t at = 0; at < kLoopSize; ++at)
      builder_.add_need(members[at], members[(at + 1) % kLoopSize]);
    builder_.add_loop_group(members);
  }

  std::uint32_t nodes_;
  Random& random_;
  GraphBuilder builder_;
  std::vector<NodeIndex> leaves_;
};

Evidence works(Instant now) { return {kOperational, true, true, false, now}; }
Evidence failed() { return {kDown, true, true, false, std::nullopt}; }
Evidence answers() { return {kOperational, true, false, true, std::nullopt}; }
Evidence stale() { return {kUnknown, true, false, false, std::nullopt}; }

class Bench {
 public:
  explicit Bench(std::uint32_t nodes) : random_(kSeed), district_(nodes, random_) {
    figures_.build_ms = microseconds([&] { graph_ = district_.build(); }) / 1000;
    figures_.nodes = graph_.node_count();
    figures_.needs = graph_.need_count();
    figures_.loops = graph_.loop_count();
  }

  Figures run() {
    Evaluation evaluation(graph_);
    for (std::uint32_t node = 0; node < graph_.node_count(); ++node)
      if (chance(random_, kProbedPercent)) evaluation.set_evidence(NodeIndex(node), any_evidence());
    settle(evaluation);
    settle(evaluation);
    measure_full(evaluation);
    measure_single(evaluation);
    measure_rush(evaluation);
    measure_rest(evaluation);
    return figures_;
  }

 private:
  Evidence any_evidence() {
    const auto kind = random_() % 20;
    if (kind == 0) return stale();
    return kind < 8 ? answers() : works(now_);
  }

  const Settlement& settle(Evaluation& evaluation) {
    now_ += kTick;
    return evaluation.settle(now_);
  }

  void measure_full(Evaluation& evaluation) {
    std::vector<double> took;
    for (int round = 0; round < kFullRounds; ++round) {
      now_ += kTick;
      took.push_back(microseconds([&] { evaluation.settle_all(now_); }));
    }
    figures_.full_us = quantile(took, 0.5);
  }

  // A random leaf fails or works again; only changes that moved its state count.
  void measure_single(Evaluation& evaluation) {
    std::vector<double> took;
    std::vector<double> moved;
    while (took.size() < kSingleChanges) {
      const NodeIndex leaf = district_.leaves()[random_() % district_.leaves().size()];
      const bool down = evaluation.state(leaf) == kDown;
      now_ += kTick;
      std::size_t changed = 0;
      const double us = microseconds([&] {
        evaluation.set_evidence(leaf, down ? works(now_) : failed());
        changed = evaluation.settle(now_).changed.size();
      });
      if (changed == 0) continue;
      took.push_back(us);
      moved.push_back(static_cast<double>(changed));
    }
    figures_.single_median_us = quantile(took, 0.5);
    figures_.single_p99_us = quantile(took, 0.99);
    figures_.single_nodes = mean(moved);
  }

  // One leaf in a hundred fails at once; each round starts from the same state.
  void measure_rush(const Evaluation& start) {
    std::vector<double> took;
    std::vector<double> moved;
    now_ += kTick;
    for (int round = 0; round < kRushRounds; ++round) {
      Evaluation evaluation = start;
      std::vector<NodeIndex> failing = district_.leaves();
      std::ranges::shuffle(failing, random_);
      failing.resize(failing.size() / kRushDivisor);
      std::size_t changed = 0;
      took.push_back(microseconds([&] {
        for (const NodeIndex leaf : failing) evaluation.set_evidence(leaf, failed());
        changed = evaluation.settle(now_).changed.size();
      }));
      moved.push_back(static_cast<double>(changed));
    }
    figures_.rush_us = quantile(took, 0.5);
    figures_.rush_nodes = mean(moved);
  }

  void measure_rest(const Evaluation& evaluation) {
    std::size_t blamed = 0;
    figures_.explain_us = microseconds([&] {
                            for (int round = 0; round < kExplained; ++round) {
                              const auto node =
                                  static_cast<std::uint32_t>(random_() % graph_.node_count());
                              blamed += evaluation.decide(NodeIndex(node)).worst.needs.size();
                            }
                          }) /
                          kExplained;
    figures_.copy_us = microseconds([&] {
      const Evaluation copy = evaluation;
      blamed += copy.next_due() ? 1 : 0;
    });
    // Keeps the work above from being optimized away.
    if (blamed == 0) fmt::print(stderr, "nothing is decided by its needs\n");
  }

  Random random_;
  District district_;
  Graph graph_;
  Instant now_{std::chrono::hours(24)};
  Figures figures_;
};

const char* verdict(double value, double target) { return value <= target ? "met" : "MISSED"; }

void print_table(const Figures& f) {
  const double median = f.single_median_us / f.full_us;
  const double p99 = f.single_p99_us / f.full_us;
  const double rush = f.rush_us / f.full_us;
  fmt::print("impact alone: {} nodes, {} needs, {} loops (built in {:.0f} ms)\n", f.nodes, f.needs,
             f.loops, f.build_ms);
  fmt::print("  full evaluation       {:10.1f} us\n", f.full_us);
  fmt::print("  one change, median    {:10.1f} us   1/{:.0f} of full, target 1/2000: {}\n",
             f.single_median_us, 1 / median, verdict(median, kTargetMedian));
  fmt::print("  one change, p99       {:10.1f} us   1/{:.0f} of full, target 1/100: {}\n",
             f.single_p99_us, 1 / p99, verdict(p99, kTargetP99));
  fmt::print("  ... nodes moved, mean {:10.1f}\n", f.single_nodes);
  fmt::print("  1 % of leaves at once {:10.1f} us   {:.2f} of full, target 1.5: {}\n", f.rush_us,
             rush, verdict(rush, kTargetRush));
  fmt::print("  ... nodes moved, mean {:10.1f}\n", f.rush_nodes);
  fmt::print("  one reason on demand  {:10.2f} us\n", f.explain_us);
  fmt::print("  copy for a preview    {:10.1f} us\n", f.copy_us);
}

void print_json(const Figures& f) {
  fmt::print(
      "{{\"bench\":\"impact\",\"nodes\":{},\"needs\":{},\"loops\":{},\"build_ms\":{:.1f},"
      "\"full_us\":{:.1f},\"single_median_us\":{:.2f},\"single_p99_us\":{:.2f},"
      "\"single_nodes\":{:.1f},\"rush_us\":{:.1f},\"rush_nodes\":{:.1f},\"explain_us\":{:.3f},"
      "\"copy_us\":{:.1f},\"ratio_median\":{:.8f},\"ratio_p99\":{:.8f},\"ratio_rush\":{:.4f}}}\n",
      f.nodes, f.needs, f.loops, f.build_ms, f.full_us, f.single_median_us, f.single_p99_us,
      f.single_nodes, f.rush_us, f.rush_nodes, f.explain_us, f.copy_us,
      f.single_median_us / f.full_us, f.single_p99_us / f.full_us, f.rush_us / f.full_us);
}

}  // namespace
}  // namespace dienstbereit::graph

int main(int count, char** arguments) {
  bool json = false;
  std::uint32_t nodes = dienstbereit::graph::kNodes;
  for (int at = 1; at < count; ++at) {
    if (std::strcmp(arguments[at], "--json") == 0) json = true;
    if (std::strcmp(arguments[at], "--nodes") == 0 && at + 1 < count)
      nodes = static_cast<std::uint32_t>(std::strtoul(arguments[at + 1], nullptr, 10));
  }
  const dienstbereit::graph::Figures figures = dienstbereit::graph::Bench(nodes).run();
  if (json)
    dienstbereit::graph::print_json(figures);
  else
    dienstbereit::graph::print_table(figures);
  return 0;
}
