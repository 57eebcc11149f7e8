// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/outage/first.h"

#include <algorithm>
#include <tuple>

namespace dienstbereit::view {
namespace {

bool is_over(const Task& task) {
  return task.state == TaskState::Done || task.state == TaskState::Cancelled;
}

// The tasks that have not begun, as crews take them now.
std::vector<const Task*> present_order(const Incident& incident) {
  std::vector<const Task*> tasks;
  for (const Task& task : incident.tasks) {
    if (task.state == TaskState::Planned) tasks.push_back(&task);
  }
  std::sort(tasks.begin(), tasks.end(), [](const Task* a, const Task* b) {
    return std::tie(a->order, a->written.at, a->id) < std::tie(b->order, b->written.at, b->id);
  });
  return tasks;
}

}  // namespace

std::vector<FirstStep> first_steps(const Incident& incident, const OrderProposal& proposal) {
  const std::vector<const Task*> present = present_order(incident);
  std::vector<FirstStep> steps;
  for (const OrderStep& step : proposal.steps) {
    FirstStep& made = steps.emplace_back();
    made.step = step;
    made.task = find_task(incident, step.task);
    made.place = steps.size();
    if (!made.task) continue;
    const auto now = std::find(present.begin(), present.end(), made.task);
    if (now != present.end()) made.before = static_cast<std::size_t>(now - present.begin()) + 1;
    for (const TaskId& id : made.task->after) {
      const Task* before = find_task(incident, id);
      if (before && !is_over(*before)) made.waits_for.push_back(id);
    }
  }
  return steps;
}

const OrderProposal* newest_order(const Incident& incident) {
  return incident.orders.empty() ? nullptr : &incident.orders.back();
}

}  // namespace dienstbereit::view
