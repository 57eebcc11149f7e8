// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/event_lanes.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::web::pictures {
namespace {

constexpr double kLaneHeight = 56;
constexpr double kAreaHeight = 28;
constexpr double kMarkHeight = 22;
constexpr double kNameHeight = 22;
constexpr double kPadding = 5;  // within a mark, at both sides of its number
constexpr double kApart = 2;

// One mark: an event, or several that lie too close for marks of their own.
struct Group {
  unsigned number = 0;
  std::size_t more = 0;
  bool by_rule = true;  // all of them
  double x = 0;         // of the first
  double left = 0;
  double right = 0;

  std::string label() const {
    return more == 0 ? std::to_string(number) : fmt::format("{} +{}", number, more);
  }
};

void place(Group& group, const TimeScale& scale) {
  const double width = std::max(width_of(group.label(), kOnMark) + 2 * kPadding, kMarkHeight);
  const double least = scale.left() - kRim + 1;
  const double most = scale.right() + kRim - 1 - width;
  group.left = std::clamp(group.x - width / 2, least, most);
  group.right = group.left + width;
}

// Joins neighbours until no two of them touch.
std::vector<Group> grouped(const EventLane& lane, const TimeScale& scale) {
  std::vector<Group> groups;
  for (const LaneEvent& event : lane.events) {
    groups.push_back({event.number, 0, event.by_rule, scale.at(event.at)});
    place(groups.back(), scale);
    while (groups.size() > 1 && groups.back().left < groups[groups.size() - 2].right + kApart) {
      const Group last = groups.back();
      groups.pop_back();
      Group& joined = groups.back();
      joined.more += 1 + last.more;
      joined.by_rule = joined.by_rule && last.by_rule;
      place(joined, scale);
    }
  }
  return groups;
}

void draw_lane(Canvas& canvas, const TimeScale& scale, const EventLane& lane, double top) {
  canvas.line({0, top}, {canvas.width(), top}, "lane");
  canvas.text({kRim, top + ascent(kSmall) + 4}, Anchor::Start,
              fitted(lane.name, canvas.width() - 2 * kRim, kSmall), kSmall);
  const double y = top + kNameHeight;
  for (const Group& group : grouped(lane, scale)) {
    const Box box{group.left, y, group.right - group.left, kMarkHeight};
    if (group.by_rule) {
      canvas.box(box, "by-rule");
    } else {
      canvas.box(box, "by-people");
    }
    canvas.text({group.left + box.width / 2, y + kMarkHeight / 2 + kSmall.size * 0.36},
                Anchor::Middle, group.label(), group.by_rule ? kSmall : kOnMark);
  }
}

void draw_levels(Canvas& canvas, const TimeScale& scale, const EventLanes& lanes, double top) {
  std::size_t most = 1;
  for (const LevelStep& step : lanes.steps) most = std::max(most, step.level);
  canvas.line({0, top}, {canvas.width(), top}, "lane");
  canvas.text({kRim, top + ascent(kSmall) + 4}, Anchor::Start,
              fitted(lanes.level_name, canvas.width() - 2 * kRim, kSmall), kSmall);
  const double bottom = top + kNameHeight + kAreaHeight;
  std::vector<Box> area;
  for (std::size_t i = 0; i < lanes.steps.size(); ++i) {
    const double left = scale.at(lanes.steps[i].at);
    const double right = scale.at(i + 1 < lanes.steps.size() ? lanes.steps[i + 1].at : scale.to());
    const double height =
        kAreaHeight * static_cast<double>(lanes.steps[i].level) / static_cast<double>(most);
    const bool same_place = !area.empty() && right - area.back().left < 1;
    if (same_place) {  // narrower than a pixel: the highest of what lies there
      const double taller = std::max(area.back().height, height);
      area.back() = {area.back().left, bottom - taller, right - area.back().left, taller};
    } else if (height > 0) {
      area.push_back({left, bottom - height, right - left, height});
    }
  }
  canvas.boxes(area, "faults");
}

}  // namespace

void draw_lanes(Html& html, const EventLanes& lanes, const words::Voice& voice) {
  const std::size_t areas = lanes.steps.empty() ? 0 : 1;
  const double height =
      kAxisHeight + kNowHeight + kLaneHeight * static_cast<double>(lanes.lanes.size() + areas);
  for (const Density density : kDensities) {
    Canvas canvas(html, {lanes.id, lanes.title, lanes.description, height}, density);
    const TimeScale scale(lanes.from, lanes.to, kRim, canvas.width() - kRim);
    draw_axis(canvas, ticks_of(scale, voice), 0, height - kNowHeight);
    draw_now(canvas, scale, lanes.now, lanes.now_word, kAxisHeight - 4, height);
    double top = kAxisHeight;
    if (areas > 0) {
      draw_levels(canvas, scale, lanes, top);
      top += kLaneHeight;
    }
    for (const EventLane& lane : lanes.lanes) {
      draw_lane(canvas, scale, lane, top);
      top += kLaneHeight;
    }
  }
}

}  // namespace dienstbereit::web::pictures
