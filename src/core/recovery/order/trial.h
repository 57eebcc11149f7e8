// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/recovery/order/plan_order.h"
#include "core/recovery/restoration.h"
#include "core/recovery/simulate.h"

namespace dienstbereit::core::recovery {

// Plays runs of a plan in one order after another. Borrows plan and opens. One thread.
class OrderTrial {
 public:
  static Result<OrderTrial> prepare(const Plan& plan, Opens& opens, const OrderGoal& goal);

  // Keeps the numbers of the first runs of a seed, as Schedule does, and, up to kMostKept runs x
  // tasks, what came of them, at 16 bytes each.
  static constexpr std::size_t kMostKept = 4'000'000;
  void keep_runs(std::uint64_t seed, unsigned runs);
  // The order that is set, all of whose kept runs have been played, is the one to compare with: a
  // run in which another order does every task at the same time is not played again.
  void compare_with_this() { std::swap(base_, played_); }
  void set_order(std::span<const std::size_t> order) { schedule_->set_order(order); }

  struct Seen {
    double wait_hours = 0;  // weighted, until the horizon
    double there_by = 0;  // weight
  };
  Seen play(DrawKey key);

 private:
  OrderTrial() = default;
  Seen play(std::span<const Instant> done, DrawKey key);

  struct Kept {
    std::vector<Instant> done;  // by run and task
    std::vector<Seen> seen;  // by run
  };
  const Plan* plan_ = nullptr;
  OrderGoal goal_;
  double all_weight_ = 0;
  std::unique_ptr<Schedule> schedule_;
  std::unique_ptr<RememberedOpens> opens_;
  std::unique_ptr<Restoration> nodes_;
  std::uint64_t kept_seed_ = 0;
  unsigned kept_runs_ = 0;
  Kept base_, played_;
};

// The weight of the subjects that are there, at the level that counts.
double weight_there(const Reach& reach, const OrderGoal& goal);

std::vector<std::size_t> planned_order(const Plan& plan);

}  // namespace dienstbereit::core::recovery
