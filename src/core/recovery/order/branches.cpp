// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <bit>

#include "core/recovery/order/reduced.h"

namespace dienstbereit::core::recovery {
namespace {

using Set = std::uint32_t;  // of tasks

constexpr std::size_t kNodesBetweenLooks = 1 << 12;

class Branches {
 public:
  Branches(const OrderProblem& problem, std::vector<std::size_t> known, std::size_t steps,
           const StopFlag& stop)
      : problem_(problem), steps_(steps), stop_(stop), best_(std::move(known)) {
    best_wait_ = weighted_wait(problem, best_);
    free_.assign(problem.crews, 0);
    for (const OrderedOffice& office : problem.offices) {
      Set needs = 0;
      for (const std::size_t task : office.needs) needs |= Set{1} << task;
      needs_.push_back(needs);
    }
    done_.resize(problem.hours.size());
  }

  std::optional<Branched> search() {
    const std::size_t tasks = problem_.hours.size();
    visit(tasks == 32 ? ~Set{0} : (Set{1} << tasks) - 1);
    if (stopped_) return std::nullopt;
    return Branched{best_, !exhausted_};
  }

 private:
  // `left` is what no crew has taken yet.
  void visit(Set left) {
    if (give_up()) return;
    if (left == 0) {
      const double wait = bound(0);
      if (wait < best_wait_) {
        best_wait_ = wait;
        best_ = order_;
      }
      return;
    }
    if (bound(left) >= best_wait_) return;
    const auto crew =
        static_cast<std::size_t>(std::min_element(free_.begin(), free_.end()) - free_.begin());
    for (Set rest = left; rest != 0; rest &= rest - 1) {
      const auto task = static_cast<std::size_t>(std::countr_zero(rest));
      const double before = free_[crew];
      free_[crew] += problem_.hours[task];
      done_[task] = free_[crew];
      order_.push_back(task);
      visit(left & ~(Set{1} << task));
      order_.pop_back();
      free_[crew] = before;
    }
  }

  // No order that begins like this waits less. An office opens not before what it needs and is
  // taken is done; what it needs and nobody has taken begins when a crew is free, and fills the
  // crews at least to a level.
  double bound(Set left) {
    steps_used_ += needs_.size() * 4;
    const double next = *std::min_element(free_.begin(), free_.end());
    double all = 0;
    for (std::size_t i = 0; i < needs_.size(); ++i) {
      double opens = 0;
      double work = 0;
      for (Set set = needs_[i]; set != 0; set &= set - 1) {
        const auto task = static_cast<std::size_t>(std::countr_zero(set));
        if ((left >> task & 1U) == 0) {
          opens = std::max(opens, done_[task]);
        } else {
          opens = std::max(opens, next + problem_.hours[task]);
          work += problem_.hours[task];
        }
      }
      if (work > 0) opens = std::max(opens, level(work));
      all += problem_.offices[i].weight * opens;
    }
    return all;
  }

  // The time by which the crews together have done that much more, if it can be split at will.
  double level(double work) const {
    double most = free_.front();
    double busy = 0;
    for (const double free : free_) {
      most = std::max(most, free);
      busy += free;
    }
    const double together = (work + busy) / static_cast<double>(free_.size());
    if (together >= most) return together;
    std::vector<double> sorted = free_;
    std::sort(sorted.begin(), sorted.end());
    double sum = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      sum += sorted[i];
      const double reached = (work + sum) / static_cast<double>(i + 1);
      if (i + 1 == sorted.size() || reached <= sorted[i + 1]) return reached;
    }
    return together;
  }

  bool give_up() {
    if (++nodes_ % kNodesBetweenLooks == 0 && stop_.asked()) stopped_ = true;
    if (steps_used_ > steps_) exhausted_ = true;
    return stopped_ || exhausted_;
  }

  const OrderProblem& problem_;
  std::size_t steps_;
  const StopFlag& stop_;
  std::vector<Set> needs_;  // by office
  std::vector<std::size_t> best_;
  double best_wait_ = 0;

  std::vector<double> free_;  // from when, by crew
  std::vector<double> done_;  // by task
  std::vector<std::size_t> order_;
  std::size_t steps_used_ = 0;
  std::size_t nodes_ = 0;
  bool stopped_ = false;
  bool exhausted_ = false;
};

}  // namespace

std::optional<Branched> best_by_branches(const OrderProblem& problem,
                                         const std::vector<std::size_t>& known, std::size_t steps,
                                         const StopFlag& stop) {
  return Branches(problem, known, steps, stop).search();
}

}  // namespace dienstbereit::core::recovery
