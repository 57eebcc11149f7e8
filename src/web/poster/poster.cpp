// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/poster/poster.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "pdf/paper.h"

namespace dienstbereit::web {
namespace {

constexpr float kMargin = 48;       // points, as all lengths here
constexpr float kTitleScale = 1.5;  // against the body
constexpr float kParagraphGap = 0.7;  // of a line
constexpr float kStep = 2;
constexpr float kWidth = pdf::kPageWidth - 2 * kMargin;
constexpr float kRoom = pdf::kPageHeight - 2 * kMargin;
constexpr std::size_t kLongestPoster = 6'000;  // bytes; more cannot fit

struct Line {
  std::string text;
  pdf::Style style;
  float gap = 0;  // above it
};

void add(std::vector<Line>& lines, pdf::Paper& paper, std::string_view text, pdf::Style style,
         float gap) {
  for (std::string& line : paper.wrapped(text, style, kWidth)) {
    lines.push_back({std::move(line), style, std::exchange(gap, 0.0F)});
  }
}

std::vector<Line> laid_out(pdf::Paper& paper, const PosterText& text, float size) {
  std::vector<Line> lines;
  add(lines, paper, text.title, {size * kTitleScale, true}, 0);
  float gap = size * kParagraphGap;
  const std::string body = clean(text.body, kLongestPoster);
  for (const std::string_view paragraph : split(body, '\n')) {
    if (paragraph.empty()) {
      gap = size * kParagraphGap;
    } else {
      add(lines, paper, paragraph, {size}, std::exchange(gap, 0.0F));
    }
  }
  return lines;
}

float height(const std::vector<Line>& lines) {
  float all = 0;
  for (const Line& line : lines) all += line.gap + line.style.size * pdf::kLineHeight;
  return all;
}

void print(pdf::Paper& paper, const std::vector<Line>& lines) {
  float y = pdf::kPageHeight - kMargin;
  for (const Line& line : lines) {
    y -= line.gap + line.style.size * pdf::kLineHeight;
    if (y < kMargin - line.style.size) break;
    paper.print(kMargin, y, line.style, line.text);
  }
}

}  // namespace

Result<std::string> poster_pdf(const PosterText& text) {
  auto paper = pdf::Paper::open(text.title, text.author);
  if (!paper) return tl::unexpected(paper.error());
  paper->add_page();
  float size = kLargestPrint;
  std::vector<Line> lines = laid_out(*paper, text, size);
  while (height(lines) > kRoom && size > kSmallestPrint) {
    size -= kStep;
    lines = laid_out(*paper, text, size);
  }
  print(*paper, lines);
  return paper->bytes();
}

}  // namespace dienstbereit::web
