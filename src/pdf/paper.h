// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// A4 pages of plain text with an embedded font, by libharu. Lengths are in points, from the lower
// left corner.
namespace dienstbereit::pdf {

inline constexpr float kPageWidth = 595.276F;
inline constexpr float kPageHeight = 841.89F;
inline constexpr float kLineHeight = 1.35F;  // of the letters' size

struct Style {
  float size = 10;
  bool bold = false;
};

// One document. The first error stays with it and is told by bytes(); what follows one does
// nothing.
class Paper {
 public:
  // Unavailable: the font is not installed (the message says what to install). `author` may be
  // empty.
  static Result<Paper> open(std::string_view title, std::string_view author);
  ~Paper();
  Paper(Paper&&) noexcept;
  Paper& operator=(Paper&&) noexcept;

  // What follows is printed there.
  void add_page();
  // The text of one paragraph in lines of at most `width`. A word that is wider is broken where it
  // must be. Letters that the font's encoding lacks become '?'. Needs a page.
  std::vector<std::string> wrapped(std::string_view text, Style style, float width);
  // One line of text, as wrapped() gives it, with its base line at `y`.
  void print(float x, float y, Style style, const std::string& line);
  // A thin line.
  void rule(float x1, float y1, float x2, float y2);

  Result<std::string> bytes();

 private:
  struct Parts;
  explicit Paper(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace dienstbereit::pdf
