// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "config/draft.h"
#include "config/keys.h"

// Plans and fallbacks of a district.
namespace dienstbereit::config {

const Shape& plan_shape();       // PlanDraft
const Shape& step_shape();       // StepDraft
const Shape& doing_shape();      // Doing
const Shape& undoing_shape();    // Undoing
const Shape& condition_shape();  // Condition
const Shape& fallback_shape();   // FallbackDraft

void read_plans(Reader& reader, const Node& node, std::vector<PlanDraft>& plans);
void read_fallbacks(Reader& reader, const Node& node, std::vector<FallbackDraft>& fallbacks);

// The steps of a restart or restoration in the order of the graph (model/interim/order.h), those of
// one node in the order written.
Plan compile_plan(const PlanDraft& draft, const District& district);

// Every probe and plan that is named exists; ids of steps are unique; a fence stands before what
// promotes; a fallback has an end.
void check_plans(const District& district, const DistrictDraft& draft, Reader& reader);

}  // namespace dienstbereit::config
