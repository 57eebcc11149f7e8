// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/readiness.h"
#include "model/record/written.h"

namespace dienstbereit {

// Chances are shares of runs, 0 to 1; people are shown 1 to 99 %.
struct SlotChance {
  Instant begin;
  double normal = 0;
  double limited = 0;  // at least limited
};
struct PlaceForecast {
  OfficeId office;
  SiteId site;
  ServiceId service;             // empty: the place as a whole
  Readiness word = Readiness::Unknown;  // when the forecast was made
  std::vector<SlotChance> slots;
  std::optional<Instant> early;  // 10, 50 and 90 % of arrivals at no worse than limited
  std::optional<Instant> likely;
  std::optional<Instant> late;
  std::optional<Instant> public_bound;  // the cautious time that is said in public
  double never = 0;  // share of runs without an arrival: nobody can say then
  // 50 and 90 % of arrivals at normal; until then it is limited, on paper or by an interim fix.
  std::optional<Instant> normal_likely = {};
  std::optional<Instant> normal_late = {};
  // Share of runs in which it gets worse again once it was there, at either level: an interim fix
  // fails, or ends before the repair. Absent: made when that was not kept yet.
  std::optional<double> relapse = {};
};
// Of a task that is not over: 10, 50 and 90 % of its ends; none where too many runs never end.
struct TaskForecast {
  TaskId task;  // or, of a fault for which nobody has planned a repair yet,
  NodeId node;  // what the forecast counted with instead: such repairs in the past
  std::optional<Instant> early;
  std::optional<Instant> likely;
  std::optional<Instant> late;
};
// What a chance hangs on: if this task (or assumed repair) took its 90 % point, all else being as
// it is, the chance of the place at this opening would fall from `usual` to `late`.
struct TaskMatter {
  TaskId task;
  NodeId node;
  OfficeId office;
  SiteId site;
  ServiceId service;  // empty: the place as a whole
  Instant begin;
  bool normal = false;  // the chance to be as usual; else to be usable at all
  double usual = 0;
  double late = 0;
};
// What finished tasks taught the estimates that a forecast used.
struct Learnt {
  std::uint64_t tasks = 0;
  double factor = 1;  // the usual ratio of what they took to what was likely
};
struct Forecast {
  ForecastId id;
  std::string reason;  // why it was made
  std::uint64_t runs = 0;
  std::vector<PlaceForecast> places;  // of what is not as usual
  std::optional<Instant> all_repaired_early;  // interval of the end of all repairs
  std::optional<Instant> all_repaired_late;
  Written written;
  std::optional<Learnt> learnt = {};
  std::vector<TaskForecast> tasks = {};  // the more urgent first
  std::vector<TaskMatter> matters = {};  // what matters most first
};

}  // namespace dienstbereit
