// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "core/cause/cause.h"
#include "engine/common_causes.h"
#include "engine/surge_evidence.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

struct Weighed {
  Weighing told;
  // What may have happened, of which `told` is the sum: sets of faults, the likeliest first.
  std::vector<core::cause::Supposed> supposed;
};

// What is seen of an incident, weighed: how likely what damaged several things at once, single
// damages, and what to look at next (docs/formats/cause.md, "Live"). `question` is the one that
// suspects are found for, `changes` are of changes_before(), `remembered` is what devices remember
// of the time. Nothing where the district cannot be weighed, because it has too many nodes.
std::optional<Weighed> weigh(const WorkingState& state, const core::cause::Question& question,
                             const std::vector<const Note*>& changes,
                             const SurgeEvidence& remembered);

}  // namespace dienstbereit::engine
