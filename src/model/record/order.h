// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/record/written.h"

// What to do first, as the calculation proposes it and a person takes it or not
// (docs/formats/forecast.md, "What first").
namespace dienstbereit {

// Of a task that has not begun, or of a fault for which nobody has planned a repair yet.
struct OrderStep {
  TaskId task;
  NodeId node;
  friend bool operator==(const OrderStep&, const OrderStep&) = default;
};

// Where the same fault has an interim fix and a permanent repair: which of them comes first.
struct InterimChoice {
  TaskId interim;
  TaskId permanent;
  bool interim_first = true;
  friend bool operator==(const InterimChoice&, const InterimChoice&) = default;
};

// A mean over the runs, with half the width of its 95 % interval.
struct Gain {
  double mean = 0;
  double half_width = 0;
};

// What is counted of an order: places, or where no place is affected services.
struct OrderMeasure {
  bool services = false;
  bool normal = false;    // counted when as usual; else when usable at all
  std::uint64_t of = 0;   // how many are not so now
  Instant by;             // an opening ahead
  double there = 0;       // of these by then, in the present order
  Gain more;              // by then, in the proposed order
  Gain hours_sooner;      // all of them added up, nights included
};

struct OrderProposal {
  OrderId id;
  std::string reason;  // why it was asked for
  std::uint64_t runs = 0;
  std::vector<OrderStep> steps;  // the more urgent first; empty: no order is clearly better
  std::vector<InterimChoice> choices = {};
  OrderMeasure measure;
  Written written;
  bool stale = false;  // tasks, fixes, faults or the district have changed since
  std::optional<bool> taken = {};  // nothing: nobody has answered yet
  std::string answer_reason;
  std::optional<Written> answered = {};
};

inline constexpr std::size_t kMostOrdersKept = 20;  // of one incident, the newest

}  // namespace dienstbereit
