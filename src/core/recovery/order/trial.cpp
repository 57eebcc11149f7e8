// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/order/trial.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace dienstbereit::core::recovery {
namespace {

constexpr double kMsPerHour = 3'600'000;

double hours(Duration duration) { return static_cast<double>(duration.count()) / kMsPerHour; }

Result<void> check_goal(const Plan& plan, const Opens& opens, const OrderGoal& goal) {
  if (goal.weights.size() != opens.subjects()) {
    return fail(Errc::InvalidInput, fmt::format("weights of {} subjects, but there are {}",
                                                goal.weights.size(), opens.subjects()));
  }
  for (const double weight : goal.weights) {
    if (!(weight >= 0 && std::isfinite(weight))) {
      return fail(Errc::InvalidInput, fmt::format("a weight of {}; 0 or more", weight));
    }
  }
  if (goal.horizon <= plan.start) {
    return fail(Errc::InvalidInput, "the horizon must come after the plan's start");
  }
  return {};
}

}  // namespace

std::vector<std::size_t> planned_order(const Plan& plan) {
  std::vector<std::size_t> order(plan.tasks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

Result<OrderTrial> OrderTrial::prepare(const Plan& plan, Opens& opens, const OrderGoal& goal) {
  if (auto sound = check_goal(plan, opens, goal); !sound) return tl::unexpected(sound.error());
  auto schedule = Schedule::prepare(plan);
  if (!schedule) return tl::unexpected(schedule.error());
  OrderTrial trial;
  trial.plan_ = &plan;
  trial.goal_ = goal;
  trial.goal_.by = std::max(goal.by, plan.start);
  for (const double weight : goal.weights) trial.all_weight_ += weight;
  trial.schedule_ = std::make_unique<Schedule>(std::move(*schedule));
  trial.opens_ = std::make_unique<RememberedOpens>(opens, plan.nodes.size());
  trial.nodes_ = std::make_unique<Restoration>(plan, *trial.opens_);
  return trial;
}

double weight_there(const Reach& reach, const OrderGoal& goal) {
  const Bits& there = goal.normal ? reach.normal : reach.limited;
  double weight = 0;
  for (std::size_t i = 0; i < there.words().size(); ++i) {
    for (std::uint64_t word = there.words()[i]; word != 0; word &= word - 1) {
      weight += goal.weights[i * 64 + static_cast<std::size_t>(std::countr_zero(word))];
    }
  }
  return weight;
}

void OrderTrial::keep_runs(std::uint64_t seed, unsigned runs) {
  schedule_->keep_draws(seed, runs);
  if (runs * plan_->tasks.size() > kMostKept) return;
  kept_seed_ = seed;
  kept_runs_ = runs;
  // What is done at no time equals nothing that was played.
  const Kept none{std::vector<Instant>(runs * plan_->tasks.size(), Instant::min()),
                  std::vector<Seen>(runs)};
  base_ = none;
  played_ = none;
}

OrderTrial::Seen OrderTrial::play(DrawKey key) {
  const std::span<const Instant> done = schedule_->run(key);
  if (key.seed != kept_seed_ || key.run >= kept_runs_ || done.empty()) return play(done, key);
  const auto first = static_cast<std::ptrdiff_t>(key.run * done.size());
  const bool same = std::equal(done.begin(), done.end(), base_.done.begin() + first);
  const Seen seen = same ? base_.seen[key.run] : play(done, key);
  std::copy(done.begin(), done.end(), played_.done.begin() + first);
  played_.seen[key.run] = seen;
  return seen;
}

OrderTrial::Seen OrderTrial::play(std::span<const Instant> done, DrawKey key) {
  nodes_->begin(done, key);
  auto next = nodes_->next();
  for (; next && *next <= plan_->start; next = nodes_->next()) nodes_->advance();
  Seen seen;
  Instant now = plan_->start;
  double there = weight_there(nodes_->reach(), goal_);
  while (next && (*next < goal_.horizon || *next <= goal_.by)) {
    if (now <= goal_.by && *next > goal_.by) seen.there_by = there;
    const Instant until = std::min(*next, goal_.horizon);
    if (until > now) seen.wait_hours += (all_weight_ - there) * hours(until - now);
    now = *next;
    nodes_->advance();
    there = weight_there(nodes_->reach(), goal_);
    next = nodes_->next();
  }
  if (now < goal_.horizon) seen.wait_hours += (all_weight_ - there) * hours(goal_.horizon - now);
  if (now <= goal_.by) seen.there_by = there;
  return seen;
}

}  // namespace dienstbereit::core::recovery
