// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/recovery/order/office_order.h"

// Parts of best_order(), each for its own tests and files.
namespace dienstbereit::core::recovery {

// The same question without what does not matter: tasks that an office of weight needs, offices
// with the same needs as one. With one crew, tasks that the same offices need are one: if another
// stands between two of them, moving the first right before the second lets none open later.
struct Reduced {
  OrderProblem problem;
  std::vector<std::vector<std::size_t>> members;  // the tasks that each of its tasks stands for
  std::vector<std::size_t> rest;                  // tasks that matter to nobody

  std::vector<std::size_t> expand(const std::vector<std::size_t>& order) const;
};
Reduced reduce(const OrderProblem& problem);

// The sum of weight x opening time where each task is done at `done`.
double weighted_wait_of(const OrderProblem& problem, const std::vector<double>& done);

// No order has a smaller weighted wait: each office needs its longest task, and the crews together
// all of its tasks.
double least_wait(const OrderProblem& problem);

// Optimal with one crew and at most kProvenWithOneCrew tasks, by dynamic programming over sets of
// tasks that are done. None: asked to stop.
std::optional<std::vector<std::size_t>> best_by_sets(const OrderProblem& problem,
                                                     const StopFlag& stop);

// Branch and bound, from an order that is known; at most 32 tasks. `proven` if it came to its end
// within the steps.
struct Branched {
  std::vector<std::size_t> order;
  bool proven = false;
};
std::optional<Branched> best_by_branches(const OrderProblem& problem,
                                         const std::vector<std::size_t>& known, std::size_t steps,
                                         const StopFlag& stop);

// Descents by moving one task, swapping two, and pulling all tasks of an office together, from
// greedy starts and then from the best order shaken.
std::optional<std::vector<std::size_t>> best_by_moves(const OrderProblem& problem,
                                                      const OrderSearch& search,
                                                      const StopFlag& stop);

}  // namespace dienstbereit::core::recovery
