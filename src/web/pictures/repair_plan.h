// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/pictures/spread.h"

namespace dienstbereit::web::pictures {

struct Stretch {
  Instant from;
  Instant to;
};

// One task or interim fix.
struct PlanRow {
  std::string name;   // with its state: colour alone says nothing
  std::optional<Stretch> done;   // as it was: a thin bar
  std::optional<Stretch> doing;  // since it began: a full bar
  std::optional<Stretch> holds;  // an interim fix in force: a bar that is open at its end
  std::optional<Instant> over;   // an end without a known begin: a diamond
  Spread end;
  std::string unknown;  // stands there where none of these is known
};
struct PlanLane {
  std::string name;
  std::vector<Stretch> hours;  // working hours, as a light ground
  std::vector<PlanRow> rows;
};
struct RepairPlan {
  std::string id;
  std::string title;
  std::string description;
  Stretch time;
  Instant now;
  std::string now_word;
  std::vector<PlanLane> lanes;
};
void draw_plan(Html& html, const RepairPlan& plan, const words::Voice& voice);

}  // namespace dienstbereit::web::pictures
