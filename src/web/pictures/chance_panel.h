// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "web/pictures/time_scale.h"

namespace dienstbereit::web::pictures {

// How the chance of the next opening changed from forecast to forecast.
struct ChanceMark {
  Instant made;
  Instant opening;     // marks are joined while it is the same
  double normal = 0;   // 0 to 1
  double limited = 0;  // at least limited
};
struct ChancePanel {
  std::string id;
  std::string title;
  std::string description;
  Instant from;  // of all panels of a page, so that they can be compared
  Instant to;
  std::vector<ChanceMark> marks;  // oldest first
};

// Chance upwards, the time at which a forecast was made to the right. A dot for "normal", a square
// for "at least limited"; where the next opening became another one, the lines break and a dotted
// line with the day of that opening stands between, as far as its label has room.
void draw_chances(Html& html, const ChancePanel& panel, const words::Voice& voice);

}  // namespace dienstbereit::web::pictures
