// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The calculations of recovery: how long a forecast takes, schedules beside TaskJuggler, and orders
// beside rules of thumb. Times are of the processor.
//
//   recovery_bench [--cases N] [--plans]
//
// --plans: the last part alone.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "bench/processor_time.h"
#include "bench/recovery/beside_tj3.h"
#include "bench/recovery/cases.h"
#include "calc/forecast.h"
#include "core/recovery/order/reduced.h"

namespace dienstbereit::core::recovery::bench {
namespace {

constexpr std::uint64_t kSeed = 20261123;
constexpr unsigned kRuns = 10'000;
constexpr std::size_t kNodes = 10'000;
constexpr double kTargetForecastMs = 500;
constexpr int kRounds = 3;
constexpr std::uint64_t kOrderCases = 10;

using Order = std::vector<std::size_t>;

const char* verdict(bool met) { return met ? "met" : "MISSED"; }

// Of processor time: one thread works, and the machine may do other things meanwhile.
template <class Work>
double milliseconds(const Work& work) {
  const double begin = dienstbereit::bench::processor_ms();
  work();
  return dienstbereit::bench::processor_ms() - begin;
}

template <class Work>
double fastest(const Work& work) {
  double best = milliseconds(work);
  for (int round = 1; round < kRounds; ++round) best = std::min(best, milliseconds(work));
  return best;
}

void bench_forecast() {
  const StopFlag stop;
  const ListQuestion question = layered_question(kNodes, kSeed);
  double mean = 0;
  const double graph_ms =
      fastest([&] { mean = forecast_offices(question, {kRuns, 1}, stop)->front().mean_ms; });
  fmt::print("forecast: {} tasks, {} nodes, {} offices among them, {} runs\n", kTasks, kNodes,
             question.offices.size(), kRuns);
  fmt::print("  all of it             {:8.0f} ms   target {:.0f}: {}\n", graph_ms,
             kTargetForecastMs, verdict(graph_ms <= kTargetForecastMs && mean > 0));
  for (const std::size_t offices : {std::size_t{300}, kNodes}) {
    const std::string file = forecast_file(offices, kSeed);
    std::size_t bytes = 0;
    const double ms = fastest(
        [&] { bytes = calc::forecast(file, {kRuns, 1, &stop, [] { return 0.0; }})->size(); });
    fmt::print("  calc, {:6} offices   {:8.0f} ms   {} kB of JSON read, {} kB written\n", offices,
               ms, file.size() / 1024, bytes / 1024);
  }
}

void bench_tj3() {
  fmt::print("\nschedules of {} tasks with working hours, beside TaskJuggler 3 (tj3):\n", kTasks);
  for (const unsigned crews : {1U, 3U}) {
    BesideTj3 all;
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
      const BesideTj3 one = beside_tj3(known_plan(crews, kSeed + seed));
      all.same += one.same;
      all.tasks += one.tasks;
      all.ours_ms += one.ours_ms / 3;
      all.theirs_ms += one.theirs_ms / 3;
    }
    fmt::print("  {} crew(s), {:20} {}/{} ends the same: {}   ours {:.3f} ms, tj3 {:.0f} ms\n",
               crews, crews == 1 ? "by priority alone" : "by who does what", all.same, all.tasks,
               verdict(all.same == all.tasks), all.ours_ms, all.theirs_ms);
  }
}

void bench_proven() {
  const StopFlag stop;
  fmt::print("\norders, proven optimal:\n");
  for (const auto& [crews, tasks] :
       {std::pair(1U, 14UL), std::pair(1U, 20UL), std::pair(2U, 8UL)}) {
    double ms = 0;
    std::size_t proven = 0;
    double gap = 0;
    for (std::uint64_t seed = 0; seed < kOrderCases; ++seed) {
      const OrderProblem problem = order_problem(crews, tasks, tasks, kSeed + seed);
      std::optional<FoundOrder> found;
      ms = std::max(ms, milliseconds([&] { found = best_order(problem, {}, stop); }));
      proven += found->proven;
      const Reduced reduced = reduce(problem);
      const auto moved = best_by_moves(reduced.problem, {3'000'000, seed}, stop);
      gap = std::max(gap, weighted_wait(reduced.problem, *moved) / found->weighted_wait - 1);
    }
    fmt::print("  {} crew(s), {:2} tasks: {}/{} proven, at most {:.0f} ms; "
               "local search alone at most {:.2f} % above\n",
               crews, tasks, proven, kOrderCases, ms, 100 * gap);
  }
}

// How far each rule is above what was found, over all cases.
class Rules {
 public:
  void add(std::array<double, 3> rules, double found) {
    ++cases_;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      above_[i] += rules[i] / found - 1;
      least_[i] = std::min(least_[i], rules[i] / found - 1);
    }
  }
  void print() const {
    const char* const names[] = {"shortest first", "most dependents", "dependents/duration"};
    for (std::size_t i = 0; i < above_.size(); ++i) {
      fmt::print("    {:20} waits {:5.1f} % longer on average, {:5.1f} % at least\n", names[i],
                 100 * above_[i] / cases_, 100 * least_[i]);
    }
  }

 private:
  int cases_ = 0;
  std::array<double, 3> above_{};
  std::array<double, 3> least_{1e9, 1e9, 1e9};
};

void bench_orders() {
  const StopFlag stop;
  for (const unsigned crews : {1U, 3U}) {
    Rules rules;
    double ms = 0;
    for (std::uint64_t seed = 0; seed < kOrderCases; ++seed) {
      const OrderProblem problem = order_problem(crews, kTasks, kTasks, kSeed + seed);
      std::optional<FoundOrder> found;
      ms += milliseconds([&] { found = best_order(problem, {}, stop); }) / kOrderCases;
      rules.add({weighted_wait(problem, shortest_first(problem)),
                 weighted_wait(problem, most_dependents_first(problem)),
                 weighted_wait(problem, dependents_per_hour_first(problem))},
                found->weighted_wait);
    }
    fmt::print("\norders of {} tasks, {} crew(s), known hours ({} cases, {:.0f} ms each):\n",
               kTasks, crews, kOrderCases, ms);
    rules.print();
  }
}

void bench_plans(std::uint64_t cases) {
  const StopFlag stop;
  Rules rules;
  double ms = 0;
  double more = 0;
  double width = 0;
  for (std::uint64_t seed = 0; seed < cases; ++seed) {
    PlanCase made = plan_case(kSeed + seed);
    GroupsOpen opens(made.offices);
    const OrderBudget budget;
    std::optional<ProposedOrder> found;
    ms += milliseconds(
        [&] { found = propose_order(made.plan, opens, made.goal, budget, stop).value(); });
    const RuleOrders orders = rule_orders(made.plan, opens, made.goal).value();
    // Other runs than those on which the order was chosen.
    const auto outcomes = compare_orders(made.plan, opens, made.goal,
                                         {found->order, orders.shortest, orders.most_dependents,
                                          orders.dependents_per_hour},
                                         kRuns, kSeed)
                              .value();
    rules.add(
        {outcomes[1].wait_hours.mean, outcomes[2].wait_hours.mean, outcomes[3].wait_hours.mean},
        outcomes[0].wait_hours.mean);
    more += found->more_there.mean;
    width += found->more_there.half_width;
  }
  const auto n = static_cast<double>(cases);
  fmt::print(
      "\norders of {} tasks in plans with calendars, skills, parts, restarts, interim fixes\n"
      "({} cases, {:.1f} s each; {} runs to judge):\n",
      kTasks, cases, ms / n / 1000, kRuns);
  rules.print();
  fmt::print("    than as written: opens {:.1f} +- {:.1f} of 40 offices more by Monday 07:30\n",
             more / n, width / n);
}

}  // namespace
}  // namespace dienstbereit::core::recovery::bench

int main(int argc, char** argv) {
  using namespace dienstbereit::core::recovery::bench;
  std::uint64_t cases = 2;
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  bool plans_only = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--plans") == 0) plans_only = true;
    if (i + 1 == argc) break;
    if (std::strcmp(argv[i], "--cases") == 0) cases = std::strtoull(argv[i + 1], nullptr, 10);
  }
  if (!plans_only) {
    bench_forecast();
    bench_tj3();
    bench_proven();
    bench_orders();
  }
  bench_plans(std::max<std::uint64_t>(cases, 1));
  return 0;
}
