// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "web/pictures/lettering.h"

// What a picture's text says, for tests: its size, all its numbers, and where its texts stand.
namespace dienstbereit::web::pictures::test {

struct DrawnText {
  std::string text;
  double left = 0, right = 0, top = 0, bottom = 0;  // by width_of()
};
struct DrawnPoint {
  double x = 0, y = 0;
};
struct Drawn {
  double width = 0;
  double height = 0;
  std::vector<DrawnPoint> points;  // corners of boxes, extremes of circles, points of paths
  std::vector<DrawnText> texts;
  std::vector<std::string> wrong;  // what is no number where one should be
};

inline std::string_view attribute(std::string_view tag, const std::string& name) {
  const std::size_t at = tag.find(" " + name + "=\"");
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + name.size() + 3;
  return tag.substr(begin, tag.find('"', begin) - begin);
}

// All numbers of a list or path; letters stand between them.
inline std::vector<double> numbers(std::string_view text, Drawn& drawn) {
  std::vector<double> all;
  while (!text.empty()) {
    if (std::string_view("MLHVZ ").find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
      continue;
    }
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc()) {
      drawn.wrong.emplace_back(text);
      break;
    }
    all.push_back(value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  return all;
}

inline double number_in(std::string_view tag, const std::string& name, Drawn& drawn) {
  const auto found = numbers(attribute(tag, name), drawn);
  if (found.size() != 1) drawn.wrong.push_back(name + " in " + std::string(tag));
  return found.empty() ? 0 : found.front();
}

// "M1 2L3 4", and "M1 2H3V4H1Z" of boxes.
inline void add_path(std::string_view d, Drawn& drawn) {
  DrawnPoint at;
  while (!d.empty()) {
    const char letter = d.front();
    std::size_t end = 1;
    while (end < d.size() && std::string_view("MLHVZ").find(d[end]) == std::string_view::npos)
      ++end;
    const auto given = numbers(d.substr(1, end - 1), drawn);
    d.remove_prefix(end);
    const std::size_t wanted = letter == 'Z' ? 0 : letter == 'H' || letter == 'V' ? 1 : 2;
    if (given.size() != wanted) {
      drawn.wrong.push_back(std::string("after ") + letter);
      return;
    }
    if (letter == 'Z') continue;
    if (letter != 'V') at.x = given.front();
    if (letter != 'H') at.y = given.back();
    drawn.points.push_back(at);
  }
}

inline void add_text(std::string_view tag, std::string_view content, Drawn& drawn) {
  const std::string_view style = attribute(tag, "class");
  const Font font = style == kText.style.view()     ? kText
                    : style == kStrong.style.view() ? kStrong
                    : style == kSmall.style.view()  ? kSmall
                                                    : kOnMark;
  const double width = width_of(content, font);
  const double x = number_in(tag, "x", drawn);
  const double y = number_in(tag, "y", drawn);
  const std::string_view anchor = attribute(tag, "text-anchor");
  const double left = anchor == "middle" ? x - width / 2 : anchor == "end" ? x - width : x;
  // Capitals and umlauts reach up to about 0.95 em, g and p down to 0.24 em; lines keep apart more.
  drawn.texts.push_back(
      {std::string(content), left, left + width, y - 0.85 * font.size, y + 0.2 * font.size});
}

inline void add(std::string_view tag, std::string_view content, Drawn& drawn) {
  if (tag.starts_with("<path")) add_path(attribute(tag, "d"), drawn);
  if (tag.starts_with("<text")) add_text(tag, content, drawn);
  if (tag.starts_with("<rect")) {
    const double x = number_in(tag, "x", drawn), y = number_in(tag, "y", drawn);
    drawn.points.push_back({x, y});
    drawn.points.push_back(
        {x + number_in(tag, "width", drawn), y + number_in(tag, "height", drawn)});
  }
  if (tag.starts_with("<circle")) {
    const double x = number_in(tag, "cx", drawn), y = number_in(tag, "cy", drawn);
    const double r = number_in(tag, "r", drawn);
    drawn.points.push_back({x - r, y - r});
    drawn.points.push_back({x + r, y + r});
  }
}

// Each <svg> of the markup. Texts must not need escaping.
inline std::vector<Drawn> drawn(std::string_view html) {
  std::vector<Drawn> all;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    const std::string_view tag = html.substr(at, end - at + 1);
    const std::string_view content = html.substr(
        end + 1, html.find('<', end) == std::string_view::npos ? 0 : html.find('<', end) - end - 1);
    if (tag.starts_with("<svg")) {
      Drawn& picture = all.emplace_back();
      const auto box = numbers(attribute(tag, "viewBox"), picture);
      if (box.size() == 4) {
        picture.width = box[2];
        picture.height = box[3];
      }
    } else if (!all.empty()) {
      add(tag, content, all.back());
    }
  }
  return all;
}

// What is wrong with a picture; empty if nothing is.
inline std::vector<std::string> faults_of(const Drawn& picture) {
  constexpr double kSlack = 0.11;  // of rounding
  std::vector<std::string> faults = picture.wrong;
  for (const DrawnPoint& point : picture.points) {
    const bool inside = point.x >= -kSlack && point.x <= picture.width + kSlack &&
                        point.y >= -kSlack && point.y <= picture.height + kSlack;
    if (!inside) faults.push_back(std::to_string(point.x) + " " + std::to_string(point.y));
  }
  for (std::size_t i = 0; i < picture.texts.size(); ++i) {
    const DrawnText& one = picture.texts[i];
    const bool inside = one.left >= -kSlack && one.right <= picture.width + kSlack &&
                        one.top >= -kSlack && one.bottom <= picture.height + kSlack;
    if (!inside) faults.push_back("outside: " + one.text);
    for (std::size_t j = 0; j < i; ++j) {
      const DrawnText& other = picture.texts[j];
      const bool apart = one.left >= other.right - kSlack || other.left >= one.right - kSlack ||
                         one.top >= other.bottom - kSlack || other.top >= one.bottom - kSlack;
      if (!apart) faults.push_back(one.text + " lies on " + other.text);
    }
  }
  return faults;
}

}  // namespace dienstbereit::web::pictures::test
