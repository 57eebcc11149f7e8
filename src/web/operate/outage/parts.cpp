// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/outage/parts.h"

#include <fmt/format.h>

#include "base/assert.h"
#include "base/text.h"
#include "model/chance.h"
#include "web/pages/pages.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kCellBytes = 240;    // what is longer stands in full elsewhere
constexpr std::size_t kRoomBehind = 6'000;  // for the longest row and what closes the page

std::string shortened(const std::string& text) {
  return text.size() <= kCellBytes ? text : clean(text, kCellBytes) + "…";
}

void write_text(const Pen& pen, const Cell& cell) {
  if (!cell.path.empty()) {
    pen.html.leaf("a", shortened(cell.text), {{"href", cell.path}});
  } else if (cell.solid) {
    pen.html.text(cell.text);
  } else {
    pen.html.leaf("span", cell.text.empty() ? "–" : shortened(cell.text), {{"dir", "auto"}});
  }
}

// In a box of 36 by 18 units.
Literal shapes_of(Sample sample) {
  switch (sample) {
    case Sample::Spread:
      return "<path class=\"q\" d=\"M2 3H34V15H2Z\"/><path class=\"median\" d=\"M14 0V18\"/>";
    case Sample::Open:
      return "<path class=\"q-in\" d=\"M2 3H34V15H2Z\"/>"
             "<path class=\"q-open\" d=\"M34 3H2V15H34\"/>";
    case Sample::Flag:
      return "<path class=\"said\" d=\"M16 17V1L24 5L16 9\"/>";
    case Sample::Now:
      return "<path class=\"now\" d=\"M18 0V18\"/>";
    case Sample::Done:
      return "<path class=\"did\" d=\"M2 6H34V12H2Z\"/>";
    case Sample::Doing:
      return "<path class=\"doing\" d=\"M2 3H34V15H2Z\"/>";
    case Sample::Holds:
      return "<path class=\"holds\" d=\"M2 3H31V15H2Z\"/><path class=\"until\" d=\"M31 0V18\"/>";
    case Sample::Hours:
      return "<path class=\"hours-ground\" d=\"M0 0H36V18H0Z\"/>";
    case Sample::Normal:
      return "<path class=\"normal-line\" d=\"M2 9H34\"/>"
             "<path class=\"normal-mark\" d=\"M18 9L18 9\"/>";
    case Sample::Limited:
      return "<path class=\"limited-line\" d=\"M2 9H34\"/>"
             "<path class=\"limited-mark\" d=\"M14 5H22V13H14Z\"/>";
    case Sample::Change:
      return "<path class=\"change\" d=\"M18 0V18\"/>";
    case Sample::People:
      return "<path class=\"by-people\" d=\"M9 1H27V17H9Z\"/>";
    case Sample::Rule:
      return "<path class=\"by-rule\" d=\"M9 1H27V17H9Z\"/>";
    case Sample::Faults:
      break;
  }
  return "<path class=\"faults\" d=\"M2 17V9H14V3H34V17Z\"/>";
}

}  // namespace

// Roles are said: in a narrow window rows are laid out as blocks, and would lose them.
FactTable::FactTable(const Pen& pen, const std::string& caption, std::vector<std::string> headings)
    : pen_(pen),
      headings_(std::move(headings)),
      table_(pen.html.open("table", {{"class", "facts"}, {"role", "table"}})) {
  pen_.html.leaf("caption", caption);
  const auto head = pen_.html.open("thead", {{"role", "rowgroup"}});
  const auto row = pen_.html.open("tr", {{"role", "row"}});
  for (const std::string& heading : headings_) {
    pen_.html.leaf("th", heading, {{"scope", "col"}, {"role", "columnheader"}});
  }
}

void FactTable::row(const std::vector<Cell>& cells) {
  dienstbereit_assert(cells.size() == headings_.size());
  if (cut_) return;
  const auto row = pen_.html.open("tr", {{"role", "row"}});
  cut_ = pen_.html.size() > kPageBytesMax - kRoomBehind;
  if (cut_) {
    const std::string columns = std::to_string(headings_.size());
    pen_.html.leaf("td", pen_.label("web.shortened"), {{"role", "cell"}, {"colspan", columns}});
    return;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i == 0) {
      const auto cell = pen_.html.open("th", {{"scope", "row"}, {"role", "rowheader"}});
      write_text(pen_, cells[i]);
    } else {
      const char* style = cells[i].solid ? "solid" : cells[i].text.empty() ? "none" : "fact";
      const auto cell =
          pen_.html.open("td", {{"class", style}, {"role", "cell"}, {"data-l", headings_[i]}});
      write_text(pen_, cells[i]);
    }
  }
}

void write_signs(const Pen& pen, const std::vector<Sign>& signs) {
  const auto list = pen.html.open("ul", {{"class", "signs"}});
  for (const Sign& sign : signs) {
    const auto item = pen.html.open("li");
    {
      const auto box = pen.html.open(
          "svg", {{"class", "key"}, {"viewBox", "0 0 36 18"}, {"aria-hidden", "true"}});
      pen.html.raw(shapes_of(sign.sample));
    }
    pen.html.leaf("span", pen.label(sign.key));
  }
}

void write_left_out(const Pen& pen, std::string_view key, std::size_t shown, std::size_t of) {
  if (shown >= of) return;
  pen.html.leaf("p", words::text(pen.language(), key,
                                 {{"shown", std::to_string(shown)}, {"n", std::to_string(of)}}));
}

std::string place_name_of(const Pen& pen, const OfficeId& office, const SiteId& site) {
  return words::node_name(pen.voice, NodeId(fmt::format("{}@{}", office.str(), site.str())));
}

Cell time_cell(const Pen& pen, const std::optional<Instant>& t) {
  return t ? Cell{words::time_of(pen.voice, *t), "", true} : Cell();
}

std::string percent(double chance) { return fmt::format("{} %", shown_percent(chance)); }

}  // namespace dienstbereit::web::operate
