// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/stop.h"

// In which order to do tasks so that offices wait least, as calculation files ask it
// (docs/formats/calc.md, "order"): identical crews, known durations, nothing that must come before
// anything. Already with one crew, finding the best is NP-hard (Lawler 1978, of scheduling with
// precedence; offices are jobs of no length that come after their tasks).
namespace dienstbereit::core::recovery {

struct OrderedOffice {
  double weight = 1;               // not negative
  std::vector<std::size_t> needs;  // places of tasks, each once: it opens when all are done
};

struct OrderProblem {
  unsigned crews = 1;         // at least 1
  std::vector<double> hours;  // of each task; not negative
  std::vector<OrderedOffice> offices;
};

// Within these bounds the caller stays.
inline constexpr std::size_t kMostOrderedTasks = 2'000;
inline constexpr std::size_t kMostOrderedNeeds = 200'000;

// Tasks that matter to no office are left aside; tasks that the same offices need are one task, if
// there is one crew. What is left is proven up to these numbers of tasks, and beyond where a bound
// happens to close.
inline constexpr std::size_t kProvenWithOneCrew = 20;
inline constexpr std::size_t kProvenWithMore = 8;

struct OrderSearch {
  // Of the search, in steps of some nanoseconds: about a second.
  std::size_t steps = 300'000'000;
  std::uint64_t seed = 1;
};

struct FoundOrder {
  std::vector<std::size_t> order;  // all tasks
  double weighted_wait = 0;        // sum of weight x opening time
  bool proven = false;             // no order is better
};

// When each task is done if crews that are free take tasks in that order.
std::vector<double> done_by_list(const OrderProblem& problem,
                                 const std::vector<std::size_t>& order);
double weighted_wait(const OrderProblem& problem, const std::vector<std::size_t>& order);

// The best order found: optimal if proven, else the best of a local search that ends after a number
// of steps, not at a time, so that the same question has the same answer. None: asked to stop.
std::optional<FoundOrder> best_order(const OrderProblem& problem, const OrderSearch& search,
                                     const StopFlag& stop);

// Rules of thumb, to compare with: all tasks, the first by the rule first.
std::vector<std::size_t> shortest_first(const OrderProblem& problem);
std::vector<std::size_t> most_dependents_first(const OrderProblem& problem);  // by weight
std::vector<std::size_t> dependents_per_hour_first(const OrderProblem& problem);

}  // namespace dienstbereit::core::recovery
