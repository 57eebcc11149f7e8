// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/operate/record_parts.h"

// What the pages with pictures share: tables of the same facts, and what the signs mean.
namespace dienstbereit::web::operate {

struct Cell {
  std::string text;
  std::string path = {};  // where it leads; empty: no link
  bool solid = false;     // a text of the program's own, whose words need not be broken
};

// A table that becomes a list of facts in a narrow window. The first cell of a row is its heading;
// an empty one is told as "–", or left out of the list. Where a row would break the page's bound,
// the table ends and says so.
class FactTable {
 public:
  FactTable(const Pen& pen, const std::string& caption, std::vector<std::string> headings);
  void row(const std::vector<Cell>& cells);

 private:
  const Pen& pen_;
  std::vector<std::string> headings_;
  bool cut_ = false;
  Html::Element table_;
};

// The signs of pictures, each drawn once more beside its word.
enum class Sample : std::uint8_t {
  Spread,
  Open,
  Flag,
  Now,
  Done,
  Doing,
  Holds,
  Hours,
  Normal,
  Limited,
  Change,
  People,
  Rule,
  Faults
};
struct Sign {
  Sample sample;
  std::string_view key;  // of its word
};
void write_signs(const Pen& pen, const std::vector<Sign>& signs);

// "gezeigt sind 24 von 310", where not all are.
void write_left_out(const Pen& pen, std::string_view key, std::size_t shown, std::size_t of);

std::string place_name_of(const Pen& pen, const OfficeId& office, const SiteId& site);
Cell time_cell(const Pen& pen, const std::optional<Instant>& t);  // "heute, 14:00 Uhr"
std::string percent(double chance);  // "40 %": 1 to 99

}  // namespace dienstbereit::web::operate
