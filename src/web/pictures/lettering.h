// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "web/pages/html.h"

namespace dienstbereit::web::pictures {

// How a text in a picture looks. Sizes are in units of the picture; `style` is its class in
// operate.css, which sets the same size.
struct Font {
  double size;
  bool bold;
  Literal style;
};
inline constexpr Font kText{14, false, "t"};
inline constexpr Font kStrong{14, true, "t strong"};
inline constexpr Font kSmall{12, false, "t small"};
inline constexpr Font kOnMark{12, true, "t small on"};  // on a full mark

// From the upper edge of a line down to its baseline, and to the next line.
constexpr double ascent(const Font& font) { return font.size; }
constexpr double line_height(const Font& font) { return font.size * 1.3; }

// No narrower than the text is in any of the sans-serif typefaces of the style sheet. The widest
// of them is DejaVu Sans; what it gives each kind of letter is the measure, rounded up. Letters
// that are not Latin count as one and a half em.
double width_of(std::string_view text, const Font& font);

// The text where it fits in `width`; else as much of it as fits with an ellipsis at its end.
std::string fitted(std::string_view text, double width, const Font& font);
// In at most `lines` lines of `width`, broken at spaces where there are some; an ellipsis ends what
// is longer. At least one line, which may be empty.
std::vector<std::string> wrapped(std::string_view text, double width, const Font& font,
                                 std::size_t lines);

}  // namespace dienstbereit::web::pictures
