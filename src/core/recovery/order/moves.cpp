// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <functional>
#include <numeric>

#include "core/recovery/draw.h"
#include "core/recovery/order/orders.h"
#include "core/recovery/order/reduced.h"

namespace dienstbereit::core::recovery {
namespace {

using Order = std::vector<std::size_t>;

// Offices one after another, always the one with the most weight for the work it still needs
// (Smith's ratio, of what is left), each with its tasks, the longest first. After so many rounds
// the rest is taken as it then stands.
constexpr std::size_t kMostRounds = 300;

Order by_offices(const OrderProblem& problem) {
  std::vector<bool> taken(problem.hours.size());
  std::vector<std::size_t> closed(problem.offices.size());
  std::iota(closed.begin(), closed.end(), std::size_t{0});
  std::vector<double> ratios(problem.offices.size());
  const auto better = [&](std::size_t a, std::size_t b) {
    return ratios[a] != ratios[b] ? ratios[a] > ratios[b] : a < b;
  };
  Order order;
  const auto take = [&](std::size_t office) {
    const auto first = static_cast<std::ptrdiff_t>(order.size());
    for (const std::size_t task : problem.offices[office].needs) {
      if (!taken[task]) order.push_back(task);
      taken[task] = true;
    }
    std::sort(order.begin() + first, order.end(),
              [&](std::size_t a, std::size_t b) { return problem.hours[a] > problem.hours[b]; });
  };
  for (std::size_t round = 0; round < kMostRounds && !closed.empty(); ++round) {
    for (const std::size_t office : closed) {
      double work = 0;
      for (const std::size_t task : problem.offices[office].needs) {
        if (!taken[task]) work += problem.hours[task];
      }
      constexpr double kNoWork = 1e-12;
      ratios[office] = problem.offices[office].weight / std::max(work, kNoWork);
    }
    const auto best = std::min_element(closed.begin(), closed.end(), better);
    take(*best);
    closed.erase(best);
  }
  std::sort(closed.begin(), closed.end(), better);
  for (const std::size_t office : closed) take(office);
  return order;
}

class Moves {
 public:
  Moves(const OrderProblem& problem, const OrderSearch& search, const StopFlag& stop)
      : problem_(problem), search_(search), stop_(stop), done_(problem.hours.size()) {
    cost_of_look_ = problem.hours.size() * 4;
    for (const OrderedOffice& office : problem.offices) cost_of_look_ += office.needs.size() + 2;
  }

  std::optional<Order> search() {
    std::vector<Order> starts{by_offices(problem_), dependents_per_hour_first(problem_),
                              shortest_first(problem_), most_dependents_first(problem_)};
    for (Order& start : starts) {
      begin(std::move(start));
      descend();
    }
    while (best_.size() > 1 && !over()) {
      order_ = best_;
      wait_ = best_wait_;
      shake();
      descend();
    }
    if (stop_.asked()) return std::nullopt;
    return best_;
  }

 private:
  bool over() const { return steps_ > search_.steps || stop_.asked(); }

  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>(mixed(search_.seed ^ mixed(++drawn_)) % limit);
  }

  double look(const Order& order) {
    steps_ += cost_of_look_;
    free_.assign(std::min<std::size_t>(problem_.crews, order.size()), 0);
    for (const std::size_t task : order) {
      std::size_t crew = 0;
      if (free_.size() <= kFewCrews) {
        for (std::size_t i = 1; i < free_.size(); ++i) crew = free_[i] < free_[crew] ? i : crew;
        done_[task] = free_[crew] += problem_.hours[task];
      } else {
        std::pop_heap(free_.begin(), free_.end(), std::greater<>());
        done_[task] = free_.back() += problem_.hours[task];
        std::push_heap(free_.begin(), free_.end(), std::greater<>());
      }
    }
    return weighted_wait_of(problem_, done_);
  }

  void begin(Order order) {
    order_ = std::move(order);
    wait_ = look(order_);
    if (best_.empty() || wait_ < best_wait_) keep();
  }

  void keep() {
    best_ = order_;
    best_wait_ = wait_;
  }

  // Takes `trial_` if it waits less.
  bool take_trial() {
    const double wait = look(trial_);
    constexpr double kLess = 1 - 1e-12;
    if (wait >= wait_ * kLess) return false;
    order_.swap(trial_);
    wait_ = wait;
    if (wait_ < best_wait_) keep();
    return true;
  }

  bool move(std::size_t from, std::size_t to) {
    trial_ = order_;
    const auto at = [&](std::size_t place) {
      return trial_.begin() + static_cast<std::ptrdiff_t>(place);
    };
    if (from < to) {
      std::rotate(at(from), at(from + 1), at(to + 1));
    } else {
      std::rotate(at(to), at(from), at(from + 1));
    }
    return take_trial();
  }

  bool swap(std::size_t a, std::size_t b) {
    trial_ = order_;
    std::swap(trial_[a], trial_[b]);
    return take_trial();
  }

  // All tasks of an office stand from `to` on, in their present order.
  void pull(std::size_t office, std::size_t to) {
    pulled_.assign(problem_.hours.size(), false);
    for (const std::size_t task : problem_.offices[office].needs) pulled_[task] = true;
    trial_ = gathered(order_, pulled_, to);
  }

  // Until no move helps any more. Moves come in another order each time.
  void descend() {
    const std::size_t tasks = order_.size();
    if (tasks < 2) return;
    const std::size_t moves = 2 * tasks * tasks + problem_.offices.size() * tasks;
    std::size_t idle = 0;
    std::size_t stride = 1 + below(moves);
    while (std::gcd(stride, moves) != 1) ++stride;
    for (std::size_t at = below(moves); idle < moves && !over(); at = (at + stride) % moves) {
      idle = make(at) ? 0 : idle + 1;
    }
  }

  bool make(std::size_t number) {
    const std::size_t tasks = order_.size();
    const std::size_t a = number % tasks;
    const std::size_t b = number / tasks % tasks;
    if (number < tasks * tasks) return a != b && move(a, b);
    if (number < 2 * tasks * tasks) return a < b && swap(a, b);
    const std::size_t office = (number - 2 * tasks * tasks) / tasks;
    pull(office, a);
    return trial_ != order_ && take_trial();
  }

  void shake() {
    const std::size_t kicks = 1 + below(4);
    for (std::size_t i = 0; i < kicks; ++i) {
      pull(below(problem_.offices.size()), below(order_.size()));
      order_.swap(trial_);
    }
    if (order_.size() > 1 && below(2) == 0) {
      std::swap(order_[below(order_.size())], order_[below(order_.size())]);
    }
    wait_ = look(order_);
    if (wait_ < best_wait_) keep();
  }

  static constexpr std::size_t kFewCrews = 8;

  const OrderProblem& problem_;
  const OrderSearch& search_;
  const StopFlag& stop_;
  std::size_t cost_of_look_ = 0;
  std::size_t steps_ = 0;
  std::uint64_t drawn_ = 0;
  Order order_, trial_, best_;
  double wait_ = 0;
  double best_wait_ = 0;
  std::vector<double> free_;  // from when, by crew; a heap if there are many
  std::vector<double> done_;
  std::vector<bool> pulled_;
};

}  // namespace

std::optional<std::vector<std::size_t>> best_by_moves(const OrderProblem& problem,
                                                      const OrderSearch& search,
                                                      const StopFlag& stop) {
  return Moves(problem, search, stop).search();
}

}  // namespace dienstbereit::core::recovery
