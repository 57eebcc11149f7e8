// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "core/recovery/learning/learn.h"
#include "core/recovery/plan.h"
#include "engine/working_state.h"
#include "model/record/order.h"

namespace dienstbereit::engine {

// From the record to what a forecast is made of: what is down, who works when, what is to be done.
struct RecordPlan {
  core::recovery::Plan plan;
  core::recovery::Lesson lesson;  // of finished tasks, of whatever incident; estimates follow it
};

// Of one incident's faults, tasks and interim fixes; while a fault of it lasts, also of what else
// is down that a task of it repairs, and of the faults of other incidents. A fault without a task
// is repaired as another incident plans it, with what that does before, or as long as such repairs
// took in the past. What is done restores only what it still holds for (still_repaired). Without
// nodes: nothing lasts.
RecordPlan plan_for(const WorkingState& state, const Incident& incident, Instant now);

// The task of the record that one of the plan stands for; or, of a repair that nobody has planned
// in this incident, the node; or neither, of what another incident does before such a repair.
OrderStep step_of(const core::recovery::Plan& plan, std::size_t task);
// Neither: people of this incident are not told of it.
bool is_elsewhere(const OrderStep& step);

}  // namespace dienstbereit::engine
