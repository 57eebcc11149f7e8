// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/pictures/time_scale.h"

namespace dienstbereit::web::pictures {

// 10, 50 and 90 % of when something comes about. Without `early` nothing is known; without the
// others, too many runs never get there.
struct Spread {
  std::optional<Instant> early;
  std::optional<Instant> likely;
  std::optional<Instant> late;
};

// A box from 10 to 90 %, open at its end where that is not known, with a stroke at the median.
inline constexpr double kBarHeight = 14;
void draw_spread(Canvas& canvas, const TimeScale& scale, const Spread& spread, double top);

// The lines of a row's name, and what they take with the bar beneath.
std::vector<std::string> name_lines(std::string_view name, Density density, const Font& font);
double row_height(std::size_t lines);
// Writes them; gives the top of the bar.
double draw_name(Canvas& canvas, const std::vector<std::string>& lines, double top,
                 const Font& font);

// When places are usable again, a row each, under one scale of time.
struct ArrivalRow {
  std::string name;
  Spread spread;
  std::optional<Instant> said;  // in public
  std::string unknown;          // what stands there without a spread
};
struct Arrivals {
  std::string id;
  std::string title;
  std::string description;
  Instant now;
  std::string now_word;
  std::vector<ArrivalRow> rows;
};
void draw_arrivals(Html& html, const Arrivals& arrivals, const words::Voice& voice);

}  // namespace dienstbereit::web::pictures
