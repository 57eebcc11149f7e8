// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "web/pages/html.h"
#include "web/pictures/lettering.h"

// Pictures on operator pages, as SVG within the page (SVG 1.1). Pure functions of what is to be
// drawn. Each picture is drawn twice, for narrow and for wide windows; the style sheet shows one.
namespace dienstbereit::web::pictures {

enum class Density : std::uint8_t { Narrow, Wide };
inline constexpr Density kDensities[] = {Density::Narrow, Density::Wide};
// Units across; in a window that is just wide enough, about a pixel each.
constexpr double width_for(Density density) { return density == Density::Narrow ? 320 : 760; }
inline constexpr double kRim = 8;  // kept free at both sides, for half a mark or label

struct Point {
  double x = 0;
  double y = 0;
};
struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};
enum class Anchor : std::uint8_t { Start, Middle, End };
enum class Shape : std::uint8_t { Diamond, Flag };

// One <svg role="img"> with its title and description. Coordinates are rounded to a tenth; what
// is outside, or no number, is moved to the nearest place inside. All text is escaped.
class Canvas {
 public:
  struct Frame {
    std::string id;  // unique on the page, but for the density
    std::string title;
    std::string description;  // what the picture shows, in a sentence; the numbers are in a table
    double height = 0;
  };
  Canvas(Html& html, const Frame& frame, Density density);

  double width() const { return width_; }
  double height() const { return height_; }

  // `style`: classes of operate.css.
  void line(Point from, Point to, Literal style);
  // Many lines of one style, as one element; one without length is a dot where the style has round
  // ends. Nothing for none.
  struct Line {
    Point from;
    Point to;
  };
  void lines(const std::vector<Line>& lines, Literal style);
  void box(const Box& box, Literal style);
  // Many boxes of one style, as one element; nothing for none.
  void boxes(const std::vector<Box>& boxes, Literal style);
  void path(const std::vector<Point>& points, Literal style);
  void mark(Shape shape, Point middle, double radius, Literal style);
  // `at` is on the baseline. The caller has made sure that it fits: text is not cut here.
  void text(Point at, Anchor anchor, std::string_view text, const Font& font);

 private:
  std::string x_of(double x) const;
  std::string y_of(double y) const;
  std::string point_of(Point point) const;

  Html& html_;
  double width_;
  double height_;
  Html::Element svg_;
};

// "12", "12.5": a tenth is the finest.
std::string number(double value);

}  // namespace dienstbereit::web::pictures
