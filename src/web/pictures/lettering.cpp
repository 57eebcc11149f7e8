// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pictures/lettering.h"

#include <algorithm>

namespace dienstbereit::web::pictures {
namespace {

constexpr double kBolder = 1.12;
constexpr double kSlack = 1e-9;  // sums of widths differ by the order of adding
constexpr std::string_view kEllipsis = "…";

// Bytes of the letter that begins at `at`: one and what continues it (UTF-8). Text that is no UTF-8
// comes out as some letters too.
std::size_t letter_bytes(std::string_view text, std::size_t at) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  std::size_t end = at + 1;
  while (end < text.size() && continues(text[end])) ++end;
  return end - at;
}

// In em.
double letter_width(std::string_view letter) {
  constexpr std::string_view kThin = "ijlI.,:;'|!()[]ft/-\" ";
  constexpr std::string_view kWide = "mMWw%@&+=<>~";
  const char c = letter.front();
  if (letter.size() > 2) return letter == "–" || letter == "…" ? 1.0 : 1.5;
  // Latin-1 and Latin Extended-A are no wider than their plain letters; capitals among them.
  if (letter.size() == 2) return static_cast<unsigned char>(c) <= 0xC5 ? 0.8 : 1.5;
  if (static_cast<unsigned char>(c) >= 0x80) return 1.5;
  if (kThin.find(c) != std::string_view::npos) return 0.46;
  if (c == '@' || c == '%') return 1.0;
  if (kWide.find(c) != std::string_view::npos) return 0.99;
  if (c >= 'A' && c <= 'Z') return 0.79;
  return 0.65;
}

// How many bytes of `text` fit in `width`.
std::size_t fitting(std::string_view text, double width, const Font& font) {
  const double em = font.size * (font.bold ? kBolder : 1.0);
  double used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t bytes = letter_bytes(text, at);
    used += em * letter_width(text.substr(at, bytes));
    if (used > width + kSlack) break;
    at += bytes;
  }
  return at;
}

std::string_view without_spaces_behind(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

double width_of(std::string_view text, const Font& font) {
  double em = 0;
  for (std::size_t at = 0; at < text.size(); at += letter_bytes(text, at)) {
    em += letter_width(text.substr(at, letter_bytes(text, at)));
  }
  return em * font.size * (font.bold ? kBolder : 1.0);
}

std::string fitted(std::string_view text, double width, const Font& font) {
  if (fitting(text, width, font) == text.size()) return std::string(text);
  const double room = width - width_of(kEllipsis, font);
  if (room < 0) return {};
  return std::string(without_spaces_behind(text.substr(0, fitting(text, room, font)))) +
         std::string(kEllipsis);
}

std::vector<std::string> wrapped(std::string_view text, double width, const Font& font,
                                 std::size_t lines) {
  std::vector<std::string> all;
  while (all.size() + 1 < lines) {
    std::size_t end = fitting(text, width, font);
    if (end == text.size()) break;
    const std::size_t space = text.substr(0, end + 1).rfind(' ');
    const bool at_space = space != std::string_view::npos && space > 0;
    if (at_space) end = space;
    if (end == 0) break;  // not even one letter fits
    all.emplace_back(without_spaces_behind(text.substr(0, end)));
    text.remove_prefix(end + (at_space ? 1 : 0));
  }
  all.push_back(fitted(text, width, font));
  return all;
}

}  // namespace dienstbereit::web::pictures
