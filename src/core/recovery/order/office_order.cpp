// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/order/office_order.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "core/recovery/order/orders.h"
#include "core/recovery/order/reduced.h"

namespace dienstbereit::core::recovery {
namespace {

constexpr std::size_t kMostBranched = 14;   // tasks; beyond, branching proves nothing in time
constexpr std::size_t kPartBeforeBranching = 30;
constexpr double kRounding = 1e-9;          // by which sums in another order may differ

std::vector<double> dependents(const OrderProblem& problem) {
  std::vector<double> weights(problem.hours.size());
  for (const OrderedOffice& office : problem.offices) {
    for (const std::size_t task : office.needs) weights[task] += office.weight;
  }
  return weights;
}

std::optional<FoundOrder> best_of_reduced(const OrderProblem& problem, const OrderSearch& search,
                                          const StopFlag& stop) {
  if (problem.crews == 1 && problem.hours.size() <= kProvenWithOneCrew) {
    auto order = best_by_sets(problem, stop);
    if (!order) return std::nullopt;
    return FoundOrder{std::move(*order), 0, true};
  }
  // Where branching follows, a good order is enough to begin with.
  OrderSearch moves = search;
  if (problem.hours.size() <= kMostBranched) moves.steps /= kPartBeforeBranching;
  auto order = best_by_moves(problem, moves, stop);
  if (!order) return std::nullopt;
  const double wait = weighted_wait(problem, *order);
  if (wait <= least_wait(problem) * (1 + kRounding)) return FoundOrder{std::move(*order), 0, true};
  if (problem.hours.size() > kMostBranched) return FoundOrder{std::move(*order), 0, false};
  // Few tasks have few orders, however many offices: those are always looked at to the end.
  const std::size_t steps = problem.hours.size() <= kProvenWithMore ? SIZE_MAX : search.steps;
  auto branched = best_by_branches(problem, *order, steps, stop);
  if (!branched) return std::nullopt;
  return FoundOrder{std::move(branched->order), 0, branched->proven};
}

}  // namespace

std::vector<double> done_by_list(const OrderProblem& problem,
                                 const std::vector<std::size_t>& order) {
  std::vector<double> free(std::min<std::size_t>(problem.crews, problem.hours.size()), 0);
  std::vector<double> done(problem.hours.size());
  for (const std::size_t task : order) {
    std::pop_heap(free.begin(), free.end(), std::greater<>());
    done[task] = free.back() += problem.hours[task];
    std::push_heap(free.begin(), free.end(), std::greater<>());
  }
  return done;
}

double weighted_wait(const OrderProblem& problem, const std::vector<std::size_t>& order) {
  return weighted_wait_of(problem, done_by_list(problem, order));
}

double weighted_wait_of(const OrderProblem& problem, const std::vector<double>& done) {
  double all = 0;
  for (const OrderedOffice& office : problem.offices) {
    double opens = 0;
    for (const std::size_t task : office.needs) opens = std::max(opens, done[task]);
    all += office.weight * opens;
  }
  return all;
}

std::optional<FoundOrder> best_order(const OrderProblem& problem, const OrderSearch& search,
                                     const StopFlag& stop) {
  const Reduced reduced = reduce(problem);
  FoundOrder found{{}, 0, true};
  if (!reduced.problem.hours.empty()) {
    auto best = best_of_reduced(reduced.problem, search, stop);
    if (!best) return std::nullopt;
    found = std::move(*best);
  }
  found.order = reduced.expand(found.order);
  found.weighted_wait = weighted_wait(problem, found.order);
  return found;
}

std::vector<std::size_t> shortest_first(const OrderProblem& problem) {
  return by_key(problem.hours);
}

std::vector<std::size_t> most_dependents_first(const OrderProblem& problem) {
  std::vector<double> keys = dependents(problem);
  for (double& key : keys) key = -key;
  return by_key(keys);
}

std::vector<std::size_t> dependents_per_hour_first(const OrderProblem& problem) {
  constexpr double kNoTime = 1e-12;
  std::vector<double> keys = dependents(problem);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = -keys[i] / std::max(problem.hours[i], kNoTime);
  }
  return by_key(keys);
}

}  // namespace dienstbereit::core::recovery
