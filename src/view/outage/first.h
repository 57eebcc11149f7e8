// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "model/record/record.h"

namespace dienstbereit::view {

// One line of a proposed order, beside the present one.
struct FirstStep {
  OrderStep step;
  const Task* task = nullptr;         // of the incident that was asked about
  std::size_t place = 0;              // 1 is first
  std::optional<std::size_t> before;  // its place among the tasks that have not begun now
  std::vector<TaskId> waits_for;      // tasks that must be done before and are not
};

// Points into the incident.
std::vector<FirstStep> first_steps(const Incident& incident, const OrderProposal& proposal);

// The newest proposal of an incident; nullptr: there is none.
const OrderProposal* newest_order(const Incident& incident);

}  // namespace dienstbereit::view
