// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/repair_plan.h"

#include <algorithm>

namespace dienstbereit::web::pictures {
namespace {

constexpr double kLaneHead = 26;
constexpr double kDiamond = 7;
constexpr double kThinnest = 3;  // of a bar

// The lines of all names, and where each thing stands.
struct LaneLayout {
  double top = 0;
  double bottom = 0;
  std::vector<std::vector<std::string>> names;
};
struct Layout {
  std::vector<LaneLayout> lanes;
  double height = 0;
};

Layout layout_of(const RepairPlan& plan, Density density) {
  Layout layout;
  double y = kAxisHeight;
  for (const PlanLane& lane : plan.lanes) {
    LaneLayout& placed = layout.lanes.emplace_back();
    placed.top = y;
    y += kLaneHead;
    for (const PlanRow& row : lane.rows) {
      placed.names.push_back(name_lines(row.name, density, kText));
      y += row_height(placed.names.back().size());
    }
    placed.bottom = y;
  }
  layout.height = y + kNowHeight;
  return layout;
}

Box bar(const TimeScale& scale, const Stretch& stretch, double top) {
  const double left = scale.at(stretch.from);
  const double width = std::max(scale.at(stretch.to) - left, kThinnest);
  return {std::min(left, scale.right() - width), top, width, kBarHeight};
}

void draw_row(Canvas& canvas, const TimeScale& scale, const PlanRow& row, double top) {
  if (row.done) {
    Box thin = bar(scale, *row.done, top);
    thin.top += kBarHeight / 4;
    thin.height = kBarHeight / 2;
    canvas.box(thin, "did");
  }
  if (row.doing) canvas.box(bar(scale, *row.doing, top), "doing");
  if (row.holds) {
    const Box box = bar(scale, *row.holds, top);
    canvas.box(box, "holds");
    const double end = scale.holds(row.holds->to) ? box.right() : scale.right();
    canvas.line({end, top - 3}, {end, top + kBarHeight + 3}, "until");
  }
  if (row.over) {
    canvas.mark(Shape::Diamond, {scale.at(*row.over), top + kBarHeight / 2}, kDiamond, "did");
  }
  draw_spread(canvas, scale, row.end, top);
  const bool nothing = !row.done && !row.doing && !row.holds && !row.over && !row.end.early;
  if (!nothing) return;
  canvas.text({kRim, top + ascent(kSmall)}, Anchor::Start,
              fitted(row.unknown, canvas.width() - 2 * kRim, kSmall), kSmall);
}

void draw_hours(Canvas& canvas, const TimeScale& scale, const PlanLane& lane,
                const LaneLayout& placed) {
  std::vector<Box> grounds;
  for (const Stretch& hours : lane.hours) {
    const double left = scale.at(hours.from);
    grounds.push_back({left, placed.top, scale.at(hours.to) - left, placed.bottom - placed.top});
  }
  canvas.boxes(grounds, "hours-ground");
}

void draw_lane(Canvas& canvas, const TimeScale& scale, const PlanLane& lane,
               const LaneLayout& placed) {
  canvas.line({0, placed.top}, {canvas.width(), placed.top}, "lane");
  canvas.text({kRim, placed.top + ascent(kStrong) + 4}, Anchor::Start,
              fitted(lane.name, canvas.width() - 2 * kRim, kStrong), kStrong);
  double top = placed.top + kLaneHead;
  for (std::size_t i = 0; i < lane.rows.size(); ++i) {
    draw_row(canvas, scale, lane.rows[i], draw_name(canvas, placed.names[i], top, kText));
    top += row_height(placed.names[i].size());
  }
}

}  // namespace

void draw_plan(Html& html, const RepairPlan& plan, const words::Voice& voice) {
  for (const Density density : kDensities) {
    const Layout layout = layout_of(plan, density);
    Canvas canvas(html, {plan.id, plan.title, plan.description, layout.height}, density);
    const TimeScale scale(plan.time.from, plan.time.to, kRim, canvas.width() - kRim);
    for (std::size_t i = 0; i < plan.lanes.size(); ++i) {
      draw_hours(canvas, scale, plan.lanes[i], layout.lanes[i]);
    }
    draw_axis(canvas, ticks_of(scale, voice), 0, layout.height - kNowHeight);
    draw_now(canvas, scale, plan.now, plan.now_word, kAxisHeight - 4, layout.height);
    for (std::size_t i = 0; i < plan.lanes.size(); ++i) {
      draw_lane(canvas, scale, plan.lanes[i], layout.lanes[i]);
    }
  }
}

}  // namespace dienstbereit::web::pictures
