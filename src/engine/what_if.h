// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "base/result.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// What an outage that somebody plans would touch (docs/formats/forecast.md, "What if"): the words
// of all offers and places over time, from the working state with the nodes taken out and without.
// Changes nothing; blocks for the time of the calculation.

inline constexpr std::size_t kMostTakenOut = 50;  // nodes
inline constexpr std::size_t kMostTouched = 5000;  // slots that are told

// Slots by place, the place itself before its services, in order of time; a continuous service has
// one entry. All times, those of the question too, are logical. NotFound: an unknown node, with the
// nearest name. InvalidInput: no node, times out of order, in the past or too far. LimitExceeded.
Result<std::vector<TouchedTime>> what_if(const WorkingState& state, const WhatIf& question,
                                         Instant now);

// Whether the repairs that an incident still plans would be felt, whenever they are done.
struct RepairsTouch {
  std::vector<NodeId> nodes;  // of the permanent repairs that are not over; none: nothing to fear
  Instant until;  // looked at from now up to here
  std::vector<TouchedTime> touched;
};
// The nodes that planned and started permanent repairs name, taken out together from now until all
// repairs are done by the newest forecast (the late end; without one, a week). An answer without
// touched slots holds whatever the order and time of the work; with some it says which slots the
// work must keep clear of. What is down anyway, or bridged by an interim fix that the model knows,
// is not touched any more. This is the fact behind "the repairs will hardly be felt". NotFound: no
// such incident. Else as what_if.
Result<RepairsTouch> touched_by_repairs(const WorkingState& state, const IncidentId& incident,
                                        Instant now);

}  // namespace dienstbereit::engine
