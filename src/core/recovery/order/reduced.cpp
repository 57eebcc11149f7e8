// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/order/reduced.h"

#include <algorithm>
#include <bit>
#include <map>

namespace dienstbereit::core::recovery {
namespace {

using Places = std::vector<std::size_t>;

}  // namespace

std::vector<std::size_t> Reduced::expand(const std::vector<std::size_t>& order) const {
  std::vector<std::size_t> all;
  for (const std::size_t task : order) {
    all.insert(all.end(), members[task].begin(), members[task].end());
  }
  all.insert(all.end(), rest.begin(), rest.end());
  return all;
}

Reduced reduce(const OrderProblem& problem) {
  Reduced reduced;
  reduced.problem.crews = problem.crews;
  std::vector<Places> offices_of(problem.hours.size());
  for (std::size_t i = 0; i < problem.offices.size(); ++i) {
    if (problem.offices[i].weight <= 0) continue;
    for (const std::size_t task : problem.offices[i].needs) offices_of[task].push_back(i);
  }
  std::map<Places, std::size_t> by_offices;
  Places place(problem.hours.size());
  for (std::size_t task = 0; task < offices_of.size(); ++task) {
    if (offices_of[task].empty()) {
      reduced.rest.push_back(task);
      continue;
    }
    std::size_t at = reduced.members.size();
    if (problem.crews == 1) at = by_offices.emplace(offices_of[task], at).first->second;
    if (at == reduced.members.size()) {
      reduced.members.emplace_back();
      reduced.problem.hours.push_back(0);
    }
    reduced.members[at].push_back(task);
    reduced.problem.hours[at] += problem.hours[task];
    place[task] = at;
  }
  std::map<Places, double> weights;
  for (const OrderedOffice& office : problem.offices) {
    if (office.weight <= 0 || office.needs.empty()) continue;
    Places needs;
    for (const std::size_t task : office.needs) needs.push_back(place[task]);
    std::sort(needs.begin(), needs.end());
    needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
    weights[std::move(needs)] += office.weight;
  }
  for (const auto& [needs, weight] : weights) reduced.problem.offices.push_back({weight, needs});
  return reduced;
}

double least_wait(const OrderProblem& problem) {
  double least = 0;
  for (const OrderedOffice& office : problem.offices) {
    double longest = 0;
    double all = 0;
    for (const std::size_t task : office.needs) {
      longest = std::max(longest, problem.hours[task]);
      all += problem.hours[task];
    }
    least += office.weight * std::max(longest, all / problem.crews);
  }
  return least;
}

// With the weight that still waits, an order costs the sum over its tasks of hours x weight: each
// step from a set of tasks to one more can be added to the least cost of the set.
std::optional<std::vector<std::size_t>> best_by_sets(const OrderProblem& problem,
                                                     const StopFlag& stop) {
  const std::size_t tasks = problem.hours.size();
  const std::size_t sets = std::size_t{1} << tasks;
  std::vector<double> open(sets);  // weight of the offices that a set opens
  for (const OrderedOffice& office : problem.offices) {
    std::size_t needs = 0;
    for (const std::size_t task : office.needs) needs |= std::size_t{1} << task;
    open[needs] += office.weight;
  }
  for (std::size_t task = 0; task < tasks; ++task) {
    for (std::size_t set = 0; set < sets; ++set) {
      if ((set >> task & 1U) != 0) open[set] += open[set ^ (std::size_t{1} << task)];
    }
  }
  std::vector<double> cost(sets);
  std::vector<std::uint8_t> last(sets);
  constexpr std::size_t kSetsBetweenLooks = 1 << 16;
  for (std::size_t set = 1; set < sets; ++set) {
    if (set % kSetsBetweenLooks == 0 && stop.asked()) return std::nullopt;
    bool any = false;
    for (std::size_t left = set; left != 0; left &= left - 1) {
      const std::size_t before = set ^ (left & -left);
      const auto task = static_cast<std::size_t>(std::countr_zero(left));
      const double with = cost[before] + problem.hours[task] * (open[sets - 1] - open[before]);
      if (any && with >= cost[set]) continue;
      any = true;
      cost[set] = with;
      last[set] = static_cast<std::uint8_t>(task);
    }
  }
  std::vector<std::size_t> order;
  for (std::size_t set = sets - 1; set != 0; set ^= std::size_t{1} << last[set]) {
    order.push_back(last[set]);
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace dienstbereit::core::recovery
