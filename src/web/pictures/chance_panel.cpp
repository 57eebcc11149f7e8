// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/chance_panel.h"

#include <algorithm>

#include "words/catalogue.h"

namespace dienstbereit::web::pictures {
namespace {

constexpr double kPlotHeight = 110;
constexpr double kOpenings = 18;  // above the plot, for the days of the openings
constexpr double kBelow = 8;
constexpr double kScaleWidth = 50;  // beside the plot, for "100 %"
constexpr double kHalf = 3.5;  // of the side of a square
constexpr double kGap = 8;

struct Plot {
  TimeScale scale;
  double top;
  double bottom;
  Point at(Instant t, double chance) const {
    const double share = std::clamp(chance, 0.0, 1.0);
    return {scale.at(t), bottom - share * (bottom - top)};
  }
};

void draw_levels(Canvas& canvas, const Plot& plot) {
  std::vector<Canvas::Line> levels;
  for (const int percent : {0, 50, 100}) {
    const double y = plot.at(plot.scale.from(), percent / 100.0).y;
    levels.push_back({{kScaleWidth, y}, {canvas.width() - kRim, y}});
    // Not between the digits and their sign: one text, as it is read.
    const std::string label = std::to_string(percent) + " %";
    canvas.text({kScaleWidth - kGap, y + kSmall.size / 3}, Anchor::End, label, kSmall);
  }
  canvas.lines(levels, "grid");
}

// Where the next opening became another one, and the first of all.
void draw_openings(Canvas& canvas, const Plot& plot, const ChancePanel& panel,
                   const words::Voice& voice) {
  double free_from = 0;
  for (std::size_t i = 0; i < panel.marks.size(); ++i) {
    const ChanceMark& mark = panel.marks[i];
    if (i > 0 && mark.opening == panel.marks[i - 1].opening) continue;
    const double x = plot.scale.at(mark.made);
    if (i > 0) canvas.line({x, plot.top - kOpenings}, {x, plot.bottom}, "change");
    const std::string label =
        words::text(voice.language(), "picture.chance.opening",
                    {{"day", words::short_day(voice, voice.zone().day_of(mark.opening))}});
    const double width = width_of(label, kSmall);
    const double left = std::min(x + kGap / 2, canvas.width() - width);
    if (left < free_from) continue;
    canvas.text({left, plot.top - kGap}, Anchor::Start, label, kSmall);
    free_from = left + width + kGap;
  }
}

void draw_series(Canvas& canvas, const Plot& plot, const std::vector<ChanceMark>& marks,
                 double ChanceMark::* chance, Literal line) {
  std::vector<Point> joined;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (i > 0 && marks[i].opening != marks[i - 1].opening) {
      if (joined.size() > 1) canvas.path(joined, line);
      joined.clear();
    }
    joined.push_back(plot.at(marks[i].made, marks[i].*chance));
  }
  if (joined.size() > 1) canvas.path(joined, line);
}

void draw_marks(Canvas& canvas, const Plot& plot, const std::vector<ChanceMark>& marks) {
  std::vector<Box> squares;
  std::vector<Canvas::Line> dots;
  for (const ChanceMark& one : marks) {
    const auto [x, y] = plot.at(one.made, one.limited);
    squares.push_back({x - kHalf, y - kHalf, 2 * kHalf, 2 * kHalf});
    const Point dot = plot.at(one.made, one.normal);
    dots.push_back({dot, dot});
  }
  canvas.boxes(squares, "limited-mark");
  canvas.lines(dots, "normal-mark");
}

}  // namespace

void draw_chances(Html& html, const ChancePanel& panel, const words::Voice& voice) {
  constexpr double kHeight = kAxisHeight + kOpenings + kPlotHeight + kBelow;
  for (const Density density : kDensities) {
    Canvas canvas(html, {panel.id, panel.title, panel.description, kHeight}, density);
    const Plot plot{{panel.from, panel.to, kScaleWidth, canvas.width() - kRim},
                    kAxisHeight + kOpenings,
                    kHeight - kBelow};
    draw_axis(canvas, ticks_of(plot.scale, voice), 0, plot.bottom);
    draw_levels(canvas, plot);
    draw_openings(canvas, plot, panel, voice);
    draw_series(canvas, plot, panel.marks, &ChanceMark::limited, "limited-line");
    draw_series(canvas, plot, panel.marks, &ChanceMark::normal, "normal-line");
    draw_marks(canvas, plot, panel.marks);
  }
}

}  // namespace dienstbereit::web::pictures
