// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "web/pictures/canvas.h"
#include "words/words.h"

namespace dienstbereit::web::pictures {

// Times along a line from `left` to `right`. A scale that has no length, or more than
// kLongestScale, is made to have it.
inline constexpr Duration kLongestScale = std::chrono::hours(24 * 400);
class TimeScale {
 public:
  TimeScale(Instant from, Instant to, double left, double right);

  double at(Instant t) const;  // what is outside is at the nearest end
  bool holds(Instant t) const { return t >= from_ && t <= to_; }
  Instant from() const { return from_; }
  Instant to() const { return to_; }
  double left() const { return left_; }
  double right() const { return right_; }

 private:
  Instant from_;
  Instant to_;
  double left_;
  double right_;
};

// Where a scale is labelled: days begin at midnight of civil time; clock times stand between, as
// far as both have room. Labels keep clear of each other and of both ends.
struct Tick {
  double x = 0;
  std::string label;
};
struct Ticks {
  std::vector<Tick> days;    // labels begin at x, or at the left end for the day that runs there
  std::vector<Tick> clocks;  // labels are centred on x
};
Ticks ticks_of(const TimeScale& scale, const words::Voice& voice);

// Labels in `axis` above the lines that go down to `bottom`; kAxisHeight is what the labels take.
inline constexpr double kAxisHeight = 40;
void draw_axis(Canvas& canvas, const Ticks& ticks, double top, double bottom);

// A line for the present, with its word at the foot; nothing if the scale does not hold it.
inline constexpr double kNowHeight = 20;
void draw_now(Canvas& canvas, const TimeScale& scale, Instant now, std::string_view word,
              double top, double bottom);

}  // namespace dienstbereit::web::pictures
