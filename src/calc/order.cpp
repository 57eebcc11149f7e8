// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/order.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "calc/input.h"
#include "core/recovery/order/office_order.h"

namespace dienstbereit::calc {
namespace {

using namespace core::recovery;

constexpr std::int64_t kMostCrews = 2'000;
constexpr std::size_t kMostOrderedOffices = 20'000;
constexpr double kMostHours = 100'000;
constexpr double kMostWeight = 1e9;

void read_office(const Item& item, OrderProblem& problem) {
  item.only({"weight", "needs"});
  OrderedOffice office;
  office.weight = item["weight"].number(0, kMostWeight);
  for (const Item& need : item["needs"].list(kMostOrderedTasks)) {
    const auto task = static_cast<std::size_t>(need.id());
    if (task >= problem.hours.size()) return need.wrong("no task has this number");
    if (std::find(office.needs.begin(), office.needs.end(), task) == office.needs.end())
      office.needs.push_back(task);
  }
  problem.offices.push_back(std::move(office));
}

OrderProblem read(const Item& root) {
  OrderProblem problem;
  root.only({"crews", "hours", "offices"});
  problem.crews = static_cast<unsigned>(root["crews"].whole(1, kMostCrews));
  for (const Item& entry : root["hours"].list(kMostOrderedTasks)) {
    problem.hours.push_back(entry.number(0, kMostHours));
  }
  std::size_t needs = 0;
  for (const Item& office : root["offices"].list(kMostOrderedOffices)) {
    read_office(office, problem);
    if (problem.offices.empty()) break;
    needs += problem.offices.back().needs.size();
    if (needs <= kMostOrderedNeeds) continue;
    root["offices"].wrong(fmt::format("more than {} needs in all", kMostOrderedNeeds));
    break;
  }
  return problem;
}

}  // namespace

Result<std::string> order(std::string_view text, const Setting& setting) {
  const auto input = Input::parse(text);
  if (!input) return tl::unexpected(input.error());
  const OrderProblem problem = read(input->root());
  if (input->problem()) return tl::unexpected(*input->problem());
  const double begin = setting.milliseconds();
  const auto found = best_order(problem, {setting.search_steps, 1}, *setting.stop);
  if (!found) return tl::unexpected(stopped());
  nlohmann::ordered_json answer{{"order", found->order}};
  // Whole numbers in, whole numbers out.
  constexpr double kExact = 9e15;
  if (found->weighted_wait < kExact && std::trunc(found->weighted_wait) == found->weighted_wait) {
    answer["weighted_wait"] = static_cast<std::int64_t>(found->weighted_wait);
  } else {
    answer["weighted_wait"] = found->weighted_wait;
  }
  answer["proven"] = found->proven;
  answer["milliseconds"] = setting.milliseconds() - begin;
  return answer.dump();
}

}  // namespace dienstbereit::calc
