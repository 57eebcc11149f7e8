// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "handbook/document.h"
#include "pdf/paper.h"
#include "words/catalogue.h"
#include "words/typography.h"
#include "words/words.h"

namespace dienstbereit::handbook {
namespace {

// Points, as all lengths here.
constexpr float kMargin = 48;
constexpr float kBottom = 64;  // the foot stands below
constexpr float kFoot = 40;
constexpr float kWidth = pdf::kPageWidth - 2 * kMargin;
constexpr float kGap = 6;
constexpr float kIndent = 18;
constexpr float kCellGap = 8;
constexpr float kBlankLine = 24;
constexpr pdf::Style kText{10}, kStrong{10, true}, kTitle{20, true}, kSmall{8}, kCell{9},
    kCellStrong{9, true}, kSign{24}, kSignTitle{34, true};
constexpr float kHeadingSizes[] = {15, 12};
// A column counts for at least and at most so many letters when the width is shared out.
constexpr std::size_t kNarrowest = 8, kWidest = 36;

class Printer {
 public:
  Printer(pdf::Paper& paper, const Document& document) : paper_(paper), document_(document) {}

  void print() {
    turn();
    text(document_.title, kTitle, 0);
    text(document_.stamp, kSmall, 0);
    y_ -= kGap;
    for (const Block& block : document_.blocks) {
      std::visit([this](const auto& one) { put(one); }, block);
    }
  }

 private:
  using Lines = std::vector<std::string>;

  void turn() {
    paper_.add_page();
    ++page_;
    y_ = pdf::kPageHeight - kMargin;
    const std::string number =
        words::text(document_.language, "papers.page", {{"n", std::to_string(page_)}});
    float y = kFoot;
    for (const std::string& line :
         paper_.wrapped(fmt::format("{} · {} · {}", document_.title, document_.stamp, number),
                        kSmall, kWidth)) {
      paper_.print(kMargin, y, kSmall, line);
      y -= kSmall.size * pdf::kLineHeight;
    }
  }
  // Room for this much more, else on the next page.
  void need(float height) {
    if (y_ - height < kBottom) turn();
  }
  void line(const std::string& text, pdf::Style style, float indent) {
    need(style.size * pdf::kLineHeight);
    y_ -= style.size * pdf::kLineHeight;
    paper_.print(kMargin + indent, y_, style, text);
  }
  void text(std::string_view text, pdf::Style style, float indent) {
    for (const std::string& one : paper_.wrapped(text, style, kWidth - indent)) {
      line(one, style, indent);
    }
  }

  void put(const Heading& heading) {
    const pdf::Style style{kHeadingSizes[heading.level == 2 ? 0 : 1], true};
    need(4 * style.size);  // never alone at the foot of a page
    y_ -= style.size * 0.8F;
    text(heading.text, style, 0);
    y_ -= kGap / 2;
  }
  void put(const Paragraph& paragraph) {
    text(paragraph.text.text, paragraph.strong ? kStrong : kText, 0);
    y_ -= kGap;
  }
  void put(const List& list) {
    std::size_t number = 0;
    for (const Phrase& item : list.items) {
      const std::string mark = list.ordered ? fmt::format("{}.", ++number) : "•";
      bool first = true;
      for (const std::string& one : paper_.wrapped(item.text, kText, kWidth - kIndent)) {
        line(one, kText, kIndent);
        if (first) paper_.print(kMargin, y_, kText, mark);
        first = false;
      }
    }
    y_ -= kGap;
  }

  static std::vector<float> widths_of(const Table& table) {
    std::vector<std::size_t> letters;
    for (const std::string& head : table.head) letters.push_back(words::width_of(head));
    for (const auto& row : table.rows) {
      for (std::size_t i = 0; i < row.size() && i < letters.size(); ++i) {
        letters[i] = std::max(letters[i], words::width_of(row[i].text));
      }
    }
    float all = 0;
    for (std::size_t& one : letters) {
      one = std::clamp(one, kNarrowest, kWidest);
      all += static_cast<float>(one);
    }
    std::vector<float> widths;
    for (const std::size_t one : letters) {
      widths.push_back(kWidth * static_cast<float>(one) / all);
    }
    return widths;
  }
  void row(const std::vector<Lines>& cells, const std::vector<float>& widths, bool head) {
    std::size_t most = 1;
    for (const Lines& cell : cells) most = std::max(most, cell.size());
    const float height = kCell.size * pdf::kLineHeight;
    for (std::size_t i = 0; i < most; ++i) {
      y_ -= height;
      float x = kMargin;
      for (std::size_t column = 0; column < cells.size(); ++column) {
        const pdf::Style style = head || column == 0 ? kCellStrong : kCell;
        if (i < cells[column].size()) paper_.print(x, y_, style, cells[column][i]);
        x += widths[column];
      }
    }
    y_ -= kGap / 2;
    paper_.rule(kMargin, y_, kMargin + kWidth, y_);
  }
  std::vector<Lines> cells_of(const std::vector<std::string>& texts,
                              const std::vector<float>& widths, bool head) {
    std::vector<Lines> cells;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const pdf::Style style = head || i == 0 ? kCellStrong : kCell;
      cells.push_back(paper_.wrapped(texts[i], style, widths[i] - kCellGap));
    }
    return cells;
  }
  static float height_of(const std::vector<Lines>& cells) {
    std::size_t most = 1;
    for (const Lines& cell : cells) most = std::max(most, cell.size());
    return static_cast<float>(most) * kCell.size * pdf::kLineHeight + kGap;
  }
  void put(const Table& table) {
    const std::vector<float> widths = widths_of(table);
    const std::vector<Lines> head = cells_of(table.head, widths, true);
    need(height_of(head) * 3);
    text(table.caption, kStrong, 0);
    row(head, widths, true);
    for (const auto& phrases : table.rows) {
      std::vector<std::string> texts;
      for (const Phrase& phrase : phrases) texts.push_back(phrase.text);
      const std::vector<Lines> cells = cells_of(texts, widths, false);
      if (y_ - height_of(cells) < kBottom) {
        turn();
        row(head, widths, true);
      }
      row(cells, widths, false);
    }
    y_ -= kGap;
  }

  void put(const Form& form) {
    turn();
    text(form.title, {kHeadingSizes[0], true}, 0);
    if (!form.number.empty()) {
      text(words::label(document_.language, "papers.number") + " " + form.number,
           {kHeadingSizes[1], true}, 0);
    }
    y_ -= kGap;
    text(form.hint, kText, 0);
    for (const Blank& blank : form.blanks) {
      y_ -= kGap;
      line(blank.label + ":", kText, 0);
      for (unsigned i = 0; i < blank.lines; ++i) {
        need(kBlankLine);
        y_ -= kBlankLine;
        paper_.rule(kMargin, y_, kMargin + kWidth, y_);
      }
    }
  }
  void put(const Sign& sign) {
    turn();
    text(sign.title, kSignTitle, 0);
    for (const Phrase& one : sign.lines) {
      y_ -= kSign.size / 2;
      text(one.text, kSign, 0);
    }
  }

  pdf::Paper& paper_;
  const Document& document_;
  float y_ = 0;
  unsigned page_ = 0;
};

}  // namespace

Result<std::string> to_pdf(const Document& document) {
  auto paper = pdf::Paper::open(document.title, "Dienstbereit");
  if (!paper) return tl::unexpected(paper.error());
  Printer(*paper, document).print();
  return paper->bytes();
}

}  // namespace dienstbereit::handbook
