// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/spread.h"

#include <algorithm>

namespace dienstbereit::web::pictures {
namespace {

constexpr double kAboveBar = 5;
constexpr double kBelowBar = 11;
constexpr double kThinnest = 2;   // of a box whose ends are the same
constexpr double kOverhang = 4;   // of the median beyond the box, and of a flag
constexpr double kFlag = 7;
constexpr std::size_t kNameLines = 3;
constexpr Duration kMargin = std::chrono::minutes(30);  // behind the last time

TimeScale scale_of(const Arrivals& arrivals, double width) {
  Instant from = arrivals.now;
  Instant to = arrivals.now + kMargin;
  for (const ArrivalRow& row : arrivals.rows) {
    for (const auto& t : {row.spread.early, row.spread.likely, row.spread.late, row.said}) {
      if (!t) continue;
      from = std::min(from, *t);
      to = std::max(to, *t + kMargin);
    }
  }
  return {std::max(from, arrivals.now - kLongestScale / 2), to, kRim, width - kRim};
}

void draw_row(Canvas& canvas, const TimeScale& scale, const ArrivalRow& row, double bar) {
  if (!row.spread.early) {
    canvas.text({kRim, bar + ascent(kSmall)}, Anchor::Start,
                fitted(row.unknown, canvas.width() - 2 * kRim, kSmall), kSmall);
    return;
  }
  draw_spread(canvas, scale, row.spread, bar);
  if (row.said && scale.holds(*row.said)) {
    canvas.mark(Shape::Flag, {scale.at(*row.said), bar + kBarHeight / 2}, kFlag, "said");
  }
}

}  // namespace

void draw_spread(Canvas& canvas, const TimeScale& scale, const Spread& spread, double top) {
  if (!spread.early) return;
  const double left = scale.at(*spread.early);
  const double right = spread.late ? scale.at(*spread.late) : scale.right();
  const double width = std::max(right - left, kThinnest);
  if (spread.late) {
    canvas.box({std::min(left, scale.right() - width), top, width, kBarHeight}, "q");
  } else {
    // No line closes the box: nobody knows where it ends.
    canvas.boxes({{left, top, width, kBarHeight}}, "q-in");
    canvas.path({{scale.right(), top},
                 {left, top},
                 {left, top + kBarHeight},
                 {scale.right(), top + kBarHeight}},
                "q-open");
  }
  if (!spread.likely) return;
  const double x = scale.at(*spread.likely);
  canvas.line({x, top - kOverhang}, {x, top + kBarHeight + kOverhang}, "median");
}

std::vector<std::string> name_lines(std::string_view name, Density density, const Font& font) {
  return wrapped(name, width_for(density) - 2 * kRim, font, kNameLines);
}

double row_height(std::size_t lines) {
  return static_cast<double>(lines) * line_height(kText) + kAboveBar + kBarHeight + kBelowBar;
}

double draw_name(Canvas& canvas, const std::vector<std::string>& lines, double top,
                 const Font& font) {
  for (const std::string& line : lines) {
    canvas.text({kRim, top + ascent(font)}, Anchor::Start, line, font);
    top += line_height(font);
  }
  return top + kAboveBar;
}

void draw_arrivals(Html& html, const Arrivals& arrivals, const words::Voice& voice) {
  for (const Density density : kDensities) {
    std::vector<std::vector<std::string>> names;
    double height = kAxisHeight + kNowHeight;
    for (const ArrivalRow& row : arrivals.rows) {
      names.push_back(name_lines(row.name, density, kText));
      height += row_height(names.back().size());
    }
    Canvas canvas(html, {arrivals.id, arrivals.title, arrivals.description, height}, density);
    const TimeScale scale = scale_of(arrivals, canvas.width());
    draw_axis(canvas, ticks_of(scale, voice), 0, height - kNowHeight);
    draw_now(canvas, scale, arrivals.now, arrivals.now_word, kAxisHeight - kOverhang, height);
    double top = kAxisHeight;
    for (std::size_t i = 0; i < names.size(); ++i) {
      draw_row(canvas, scale, arrivals.rows[i], draw_name(canvas, names[i], top, kText));
      top += row_height(names[i].size());
    }
  }
}

}  // namespace dienstbereit::web::pictures
