// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <unordered_map>

#include "core/recovery/order/orders.h"
#include "core/recovery/order/trial.h"

namespace dienstbereit::core::recovery {
namespace {

using Order = std::vector<std::size_t>;

double attainable_weight(const Plan& plan, RememberedOpens& opens, const OrderGoal& goal) {
  const Reach reach = attainable(plan, opens, false);
  return weight_there(reach, goal);
}

// What cannot be there if a task is never done.
class Losses {
 public:
  Losses(const Plan& plan, RememberedOpens& opens, const OrderGoal& goal)
      : plan_(plan), opens_(opens), goal_(goal), then_(plan.tasks.size()) {
    for (std::size_t i = 0; i < plan.tasks.size(); ++i) index_.emplace(plan.tasks[i].id, i);
    for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
      for (const std::string& id : plan.tasks[i].after) then_[index_.at(id)].push_back(i);
    }
    all_ = attainable_weight(plan, opens, goal);
  }

  double without(std::size_t task) {
    const std::vector<bool> gone = with_all_that_waits(task);
    Plan rest = plan_;
    for (std::size_t i = 0; i < gone.size(); ++i) {
      if (gone[i]) rest.tasks[i].restores.clear();
    }
    std::erase_if(rest.interims, [&](const Interim& interim) {
      return !interim.task.empty() && gone[index_.at(interim.task)];
    });
    return all_ - attainable_weight(rest, opens_, goal_);
  }

 private:
  std::vector<bool> with_all_that_waits(std::size_t task) const {
    std::vector<bool> waits(plan_.tasks.size());
    Order open{task};
    waits[task] = true;
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t next : then_[at]) {
        if (!waits[next]) open.push_back(next);
        waits[next] = true;
      }
    }
    return waits;
  }

  const Plan& plan_;
  RememberedOpens& opens_;
  const OrderGoal& goal_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<Order> then_;
  double all_ = 0;
};

}  // namespace

Result<RuleOrders> rule_orders(const Plan& plan, Opens& opens, const OrderGoal& goal) {
  if (auto sound = check(plan); !sound) return tl::unexpected(sound.error());
  RememberedOpens remembered(opens, plan.nodes.size());
  Losses losses(plan, remembered, goal);
  std::vector<double> hours;
  std::vector<double> dependents;
  std::vector<double> per_hour;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    hours.push_back(static_cast<double>(effort_at(plan.tasks[i].effort, 0.5).count()));
    dependents.push_back(-losses.without(i));
    per_hour.push_back(dependents.back() / hours.back());
  }
  return RuleOrders{by_key(hours), by_key(dependents), by_key(per_hour)};
}

}  // namespace dienstbereit::core::recovery
