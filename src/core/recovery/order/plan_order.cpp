// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/order/plan_order.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "core/recovery/forecast.h"
#include "core/recovery/order/orders.h"
#include "core/recovery/order/trial.h"

namespace dienstbereit::core::recovery {
namespace {

using Order = std::vector<std::size_t>;
using Seen = OrderTrial::Seen;

constexpr std::size_t kFinalists = 5;     // the plan's own order among them
constexpr std::size_t kBlock = 25;        // runs between two looks at a difference
constexpr std::size_t kFewest = 50;       // runs before an order is given up
constexpr std::size_t kMostIdle = 600;    // moves in vain before the best order is shaken
constexpr double kNormal95 = 1.959963985;  // 97.5 % point of the standard normal

// The mean of numbers that come one by one, and its standard error (Welford 1962).
class Mean {
 public:
  void add(double x) {
    ++count_;
    const double before = x - mean_;
    mean_ += before / static_cast<double>(count_);
    squares_ += before * (x - mean_);
  }
  double mean() const { return mean_; }
  double error() const {
    if (count_ < 2) return 0;
    const auto n = static_cast<double>(count_);
    return std::sqrt(squares_ / (n - 1) / n);
  }
  Estimated estimated() const { return {mean_, kNormal95 * error()}; }

 private:
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

OrderOutcome outcome_of(const std::vector<Seen>& runs) {
  Mean wait;
  Mean there;
  for (const Seen& seen : runs) {
    wait.add(seen.wait_hours);
    there.add(seen.there_by);
  }
  return {wait.estimated(), there.estimated()};
}

// Places of the tasks ahead of each, also indirectly.
std::vector<Order> tasks_ahead(const Plan& plan) {
  std::unordered_map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) index.emplace(plan.tasks[i].id, i);
  std::vector<Order> ahead(plan.tasks.size());
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    std::vector<bool> seen(plan.tasks.size());
    Order open{i};
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::string& id : plan.tasks[at].after) {
        const std::size_t before = index.at(id);
        if (seen[before]) continue;
        seen[before] = true;
        ahead[i].push_back(before);
        open.push_back(before);
      }
    }
  }
  return ahead;
}

// Moves about in the orders, on few runs and the same numbers for all.
class Search {
 public:
  Search(const Plan& plan, OrderTrial& trial, const OrderBudget& budget, const StopFlag& stop)
      : trial_(trial), budget_(budget), stop_(stop), ahead_(tasks_ahead(plan)) {
    seed_ = mixed(budget.seed);  // other runs than the final ones
    trial_.keep_runs(seed_, budget.search_runs);
  }

  // The best orders found, the best last.
  std::vector<Order> run(std::vector<Order> starts) {
    for (Order& start : starts) {
      if (over()) break;
      begin(std::move(start));
    }
    if (found_.empty()) return {};
    current_ = found_.back();
    values_ = best_values_;
    for (std::size_t idle = 0; current_.size() > 1 && !over(); ++idle) {
      trial_order_ = current_;
      step(trial_order_);
      if (trial_order_ != current_ && better(trial_order_)) {
        idle = 0;
        keep_if_best();
      }
      if (idle >= kMostIdle) {
        idle = 0;
        shake();
      }
    }
    return found_;
  }

  std::size_t plays() const { return plays_; }

 private:
  bool over() const { return plays_ >= budget_.plays || stop_.asked(); }

  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>(mixed(seed_ ^ mixed(++drawn_)) % limit);
  }

  double play(std::size_t run) {
    ++plays_;
    return trial_.play({seed_, run}).wait_hours;
  }

  static double sum(const std::vector<double>& values) {
    double all = 0;
    for (const double value : values) all += value;
    return all;
  }

  void begin(Order start) {
    current_ = std::move(start);
    play_all();
    keep_if_best();
  }

  void play_all() {
    trial_.set_order(current_);
    values_.clear();
    for (std::size_t run = 0; run < budget_.search_runs; ++run) values_.push_back(play(run));
    trial_.compare_with_this();
  }

  void keep_if_best() {
    if (!found_.empty() && sum(values_) >= sum(best_values_)) return;
    best_values_ = values_;
    found_.push_back(current_);
    if (found_.size() >= kFinalists) found_.erase(found_.begin());
  }

  // Plays the order against the current one, run by run, until it is seen to be worse by a standard
  // error or all runs are played; takes its place if it is better.
  bool better(const Order& order) {
    trial_.set_order(order);
    Mean difference;
    trial_values_.clear();
    for (std::size_t run = 0; run < budget_.search_runs; ++run) {
      trial_values_.push_back(play(run));
      difference.add(trial_values_.back() - values_[run]);
      if ((run + 1) % kBlock != 0 || run + 1 < kFewest) continue;
      if (difference.mean() >= difference.error()) return false;
    }
    if (difference.mean() >= 0) return false;
    values_.swap(trial_values_);
    current_ = order;
    trial_.compare_with_this();
    return true;
  }

  // One task to another place, two swapped, or one with all that must come before it.
  void step(Order& order) {
    const std::size_t kind = below(10);
    const std::size_t from = below(order.size());
    const std::size_t to = below(order.size());
    if (kind < 3) {
      std::swap(order[from], order[to]);
      return;
    }
    std::vector<bool> moved(order.size());
    moved[order[from]] = true;
    if (kind < 7) {
      for (const std::size_t before : ahead_[order[from]]) moved[before] = true;
    }
    order = gathered(order, moved, to);
  }

  void shake() {
    current_ = found_.back();
    for (std::size_t i = 2 + below(3); i > 0; --i) step(current_);
    play_all();
    keep_if_best();
  }

  OrderTrial& trial_;
  const OrderBudget& budget_;
  const StopFlag& stop_;
  std::vector<Order> ahead_;
  std::uint64_t seed_ = 0;
  std::uint64_t drawn_ = 0;
  std::size_t plays_ = 0;
  Order current_, trial_order_;
  std::vector<double> values_, trial_values_, best_values_;  // by run
  std::vector<Order> found_;
};

std::vector<Seen> play_runs(OrderTrial& trial, const Order& order, unsigned runs,
                            std::uint64_t seed, const StopFlag& stop) {
  trial.set_order(order);
  std::vector<Seen> all;
  all.reserve(runs);
  for (unsigned run = 0; run < runs && !stop.asked(); ++run) all.push_back(trial.play({seed, run}));
  return all;
}

// The finalists on many runs; the plan's own order first.
ProposedOrder choose(OrderTrial& trial, const std::vector<Order>& finalists,
                     const OrderBudget& budget, const StopFlag& stop) {
  ProposedOrder proposed;
  const std::vector<Seen> planned =
      play_runs(trial, finalists.front(), budget.final_runs, budget.seed, stop);
  std::vector<Seen> best = planned;
  proposed.order = finalists.front();
  for (std::size_t i = 1; i < finalists.size() && !stop.asked(); ++i) {
    std::vector<Seen> runs = play_runs(trial, finalists[i], budget.final_runs, budget.seed, stop);
    if (outcome_of(runs).wait_hours.mean >= outcome_of(best).wait_hours.mean) continue;
    best = std::move(runs);
    proposed.order = finalists[i];
  }
  proposed.planned = outcome_of(planned);
  proposed.proposed = outcome_of(best);
  Mean gained;
  Mean more;
  for (std::size_t i = 0; i < std::min(planned.size(), best.size()); ++i) {
    gained.add(best[i].wait_hours - planned[i].wait_hours);
    more.add(best[i].there_by - planned[i].there_by);
  }
  proposed.wait_gained = gained.estimated();
  proposed.more_there = more.estimated();
  return proposed;
}

Result<void> check_budget(const OrderBudget& budget) {
  if (budget.search_runs < kFewest || budget.final_runs == 0) {
    return fail(Errc::InvalidInput,
                fmt::format("{} runs to search and {} in the end; at least {} and 1",
                            budget.search_runs, budget.final_runs, kFewest));
  }
  if (budget.search_runs > kMostRuns || budget.final_runs > kMostRuns ||
      budget.plays > kMostPlays) {
    return fail(Errc::LimitExceeded, fmt::format("at most {} runs of an order, and {} plays in all",
                                                 kMostRuns, kMostPlays));
  }
  return {};
}

}  // namespace

Result<std::optional<ProposedOrder>> propose_order(const Plan& plan, Opens& opens,
                                                   const OrderGoal& goal, const OrderBudget& budget,
                                                   const StopFlag& stop) {
  if (auto sound = check_budget(budget); !sound) return tl::unexpected(sound.error());
  auto trial = OrderTrial::prepare(plan, opens, goal);
  if (!trial) return tl::unexpected(trial.error());
  const auto rules = rule_orders(plan, opens, goal);
  if (!rules) return tl::unexpected(rules.error());
  Search search(plan, *trial, budget, stop);
  const std::vector<Order> found = search.run(
      {planned_order(plan), rules->dependents_per_hour, rules->shortest, rules->most_dependents});
  std::vector<Order> finalists{planned_order(plan)};
  finalists.insert(finalists.end(), found.begin(), found.end());
  ProposedOrder proposed = choose(*trial, finalists, budget, stop);
  if (stop.asked()) return std::optional<ProposedOrder>();
  proposed.plays = search.plays();
  return std::optional(std::move(proposed));
}

Result<std::vector<OrderOutcome>> compare_orders(const Plan& plan, Opens& opens,
                                                 const OrderGoal& goal,
                                                 const std::vector<Order>& orders, unsigned runs,
                                                 std::uint64_t seed) {
  auto trial = OrderTrial::prepare(plan, opens, goal);
  if (!trial) return tl::unexpected(trial.error());
  std::vector<OrderOutcome> outcomes;
  const StopFlag never;
  for (const Order& order : orders) {
    outcomes.push_back(outcome_of(play_runs(*trial, order, runs, seed, never)));
  }
  return outcomes;
}

}  // namespace dienstbereit::core::recovery
