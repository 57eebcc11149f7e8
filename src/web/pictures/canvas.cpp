// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/canvas.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace dienstbereit::web::pictures {
namespace {

double within(double value, double limit) {
  return std::isfinite(value) ? std::clamp(value, 0.0, limit) : 0;
}

std::string part_id(const Canvas::Frame& frame, Density density, char part) {
  return fmt::format("{}-{}{}", frame.id, density == Density::Narrow ? 'n' : 'w', part);
}

Html::Element open_svg(Html& html, const Canvas::Frame& frame, Density density) {
  const std::string view =
      fmt::format("0 0 {} {}", number(width_for(density)), number(frame.height));
  const std::string named = part_id(frame, density, 't') + " " + part_id(frame, density, 'd');
  return html.open("svg", {{"class", density == Density::Narrow ? "pic narrow" : "pic wide"},
                           {"viewBox", view},
                           {"role", "img"},
                           {"aria-labelledby", named}});
}

std::string_view name_of(Anchor anchor) {
  switch (anchor) {
    case Anchor::Start:
      return "start";
    case Anchor::Middle:
      return "middle";
    case Anchor::End:
      break;
  }
  return "end";
}

std::vector<Point> corners_of(Shape shape, Point middle, double r) {
  const auto [x, y] = middle;
  if (shape == Shape::Diamond) return {{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}, {x, y - r}};
  return {{x, y + r}, {x, y - r}, {x + r, y - r / 2}, {x, y}};
}

}  // namespace

std::string number(double value) {
  const double rounded = std::round((std::isfinite(value) ? value : 0) * 10) / 10;
  std::string text = fmt::format("{:.1f}", rounded == 0 ? 0.0 : rounded);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

Canvas::Canvas(Html& html, const Frame& frame, Density density)
    : html_(html),
      width_(width_for(density)),
      height_(frame.height),
      svg_(open_svg(html, frame, density)) {
  const std::string title = part_id(frame, density, 't');
  const std::string description = part_id(frame, density, 'd');
  html.leaf("title", frame.title, {{"id", title}});
  html.leaf("desc", frame.description, {{"id", description}});
}

std::string Canvas::x_of(double x) const { return number(within(x, width_)); }
std::string Canvas::y_of(double y) const { return number(within(y, height_)); }
std::string Canvas::point_of(Point point) const {
  return fmt::format("{} {}", x_of(point.x), y_of(point.y));
}

void Canvas::line(Point from, Point to, Literal style) { path({from, to}, style); }

void Canvas::lines(const std::vector<Line>& lines, Literal style) {
  if (lines.empty()) return;
  std::string d;
  for (const Line& line : lines) d += "M" + point_of(line.from) + "L" + point_of(line.to);
  html_.leaf("path", "", {{"class", style.view()}, {"d", d}});
}

void Canvas::box(const Box& box, Literal style) {
  const double left = within(box.left, width_);
  const double top = within(box.top, height_);
  const std::string x = number(left);
  const std::string y = number(top);
  const std::string width = number(within(box.right(), width_) - left);
  const std::string height = number(within(box.bottom(), height_) - top);
  html_.leaf("rect", "",
             {{"class", style.view()}, {"x", x}, {"y", y}, {"width", width}, {"height", height}});
}

void Canvas::boxes(const std::vector<Box>& boxes, Literal style) {
  if (boxes.empty()) return;
  std::string d;
  for (const Box& box : boxes) {
    d += fmt::format("M{}H{}V{}H{}Z", point_of({box.left, box.top}), x_of(box.right()),
                     y_of(box.bottom()), x_of(box.left));
  }
  html_.leaf("path", "", {{"class", style.view()}, {"d", d}});
}

void Canvas::path(const std::vector<Point>& points, Literal style) {
  if (points.empty()) return;
  std::string d = "M";
  for (std::size_t i = 0; i < points.size(); ++i) d += (i > 0 ? "L" : "") + point_of(points[i]);
  html_.leaf("path", "", {{"class", style.view()}, {"d", d}});
}

void Canvas::mark(Shape shape, Point middle, double radius, Literal style) {
  middle = {std::clamp(within(middle.x, width_), radius, width_ - radius),
            std::clamp(within(middle.y, height_), radius, height_ - radius)};
  path(corners_of(shape, middle, radius), style);
}

void Canvas::text(Point at, Anchor anchor, std::string_view text, const Font& font) {
  if (text.empty()) return;
  const std::string x = x_of(at.x), y = y_of(at.y);
  std::vector<Attribute> attributes{{"class", font.style.view()}, {"x", x}, {"y", y}};
  if (anchor != Anchor::Start) attributes.push_back({"text-anchor", name_of(anchor)});
  const auto element = html_.open_with("text", attributes);
  html_.text(text);
}

}  // namespace dienstbereit::web::pictures
