// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/poster/poster.h"

#include <filesystem>
#include <memory>
#include <type_traits>
#include <vector>

#include <fmt/format.h>
#include <hpdf.h>

#include "base/text.h"

namespace dienstbereit::web {
namespace {

constexpr const char* kPlainFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
constexpr const char* kBoldFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
constexpr const char* kEncoding = "UTF-8";
constexpr float kMargin = 48;       // points, as all lengths here
constexpr float kTitleScale = 1.5;  // against the body
constexpr float kLineHeight = 1.35;
constexpr float kParagraphGap = 0.7;  // of a line
constexpr float kStep = 2;
constexpr std::size_t kLongestPoster = 6'000;  // bytes; more cannot fit

struct DocumentFree {
  void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};
using Document = std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, DocumentFree>;

// The first error stays with the document; what follows one does nothing.
void keep_going(HPDF_STATUS, HPDF_STATUS, void*) {}

// The library knows the basic plane only.
std::string printable(std::string_view text) {
  constexpr unsigned char kFourBytes = 0xF0, kContinuation = 0x80, kMask = 0xC0;
  std::string out;
  bool beyond = false;
  for (const char letter : clean(text, kLongestPoster)) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= kFourBytes) {
      out += '?';
      beyond = true;
    } else if ((byte & kMask) != kContinuation) {
      beyond = false;
      out += letter == '\t' ? ' ' : letter;
    } else if (!beyond) {
      out += letter;
    }
  }
  return out;
}

struct Line {
  std::string text;
  bool bold = false;
  float size = 0;
  float gap = 0;  // above it
};

class Page {
 public:
  explicit Page(HPDF_Doc document) : page_(HPDF_AddPage(document)) {
    HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    const char* plain = HPDF_LoadTTFontFromFile(document, kPlainFont, HPDF_TRUE);
    const char* bold = HPDF_LoadTTFontFromFile(document, kBoldFont, HPDF_TRUE);
    plain_ = plain ? HPDF_GetFont(document, plain, kEncoding) : nullptr;
    bold_ = bold ? HPDF_GetFont(document, bold, kEncoding) : nullptr;
  }
  bool ready() const { return page_ && plain_ && bold_; }
  float room() const { return HPDF_Page_GetHeight(page_) - 2 * kMargin; }

  std::vector<Line> laid_out(const PosterText& text, float size) {
    std::vector<Line> lines;
    wrap(lines, printable(text.title), true, size * kTitleScale, 0);
    gap_ = size * kParagraphGap;
    const std::string body = printable(text.body);
    for (const std::string_view paragraph : split(body, '\n')) {
      if (paragraph.empty()) {
        gap_ = size * kParagraphGap;
        continue;
      }
      wrap(lines, paragraph, false, size, std::exchange(gap_, 0.0F));
    }
    return lines;
  }
  static float height(const std::vector<Line>& lines) {
    float all = 0;
    for (const Line& line : lines) all += line.gap + line.size * kLineHeight;
    return all;
  }
  void print(const std::vector<Line>& lines) {
    float y = HPDF_Page_GetHeight(page_) - kMargin;
    HPDF_Page_BeginText(page_);
    for (const Line& line : lines) {
      y -= line.gap + line.size * kLineHeight;
      if (y < kMargin - line.size) break;
      HPDF_Page_SetFontAndSize(page_, line.bold ? bold_ : plain_, line.size);
      HPDF_Page_TextOut(page_, kMargin, y, line.text.c_str());
    }
    HPDF_Page_EndText(page_);
  }

 private:
  bool fits(const std::string& text) {
    return HPDF_Page_TextWidth(page_, text.c_str()) <= HPDF_Page_GetWidth(page_) - 2 * kMargin;
  }
  // A word that is wider than the page is broken where it must be.
  void add_word(std::vector<Line>& lines, const Line& style, std::string word, std::string& line) {
    const std::string longer = line.empty() ? word : line + " " + word;
    if (fits(longer)) {
      line = longer;
      return;
    }
    if (!line.empty()) put(lines, style, line);
    while (!fits(word)) {
      std::size_t cut = word.size();
      while (cut > 1 && !fits(clean(word, cut))) cut = cut * 3 / 4;
      const std::string part = clean(word, cut);
      if (part.empty() || part.size() >= word.size()) break;
      put(lines, style, part);
      word.erase(0, part.size());
    }
    line = std::move(word);
  }
  static void put(std::vector<Line>& lines, const Line& style, const std::string& text) {
    Line line = style;
    line.text = text;
    if (!lines.empty() && lines.back().text.empty()) lines.pop_back();
    lines.push_back(std::move(line));
  }
  void wrap(std::vector<Line>& lines, std::string_view text, bool bold, float size, float gap) {
    HPDF_Page_SetFontAndSize(page_, bold ? bold_ : plain_, size);
    const std::size_t first = lines.size();
    const Line style{{}, bold, size, 0};
    std::string line;
    for (const std::string_view word : split(text, ' ')) {
      if (!word.empty()) add_word(lines, style, std::string(word), line);
    }
    if (!line.empty()) put(lines, style, line);
    if (lines.size() > first) lines[first].gap = gap;
  }

  HPDF_Page page_;
  HPDF_Font plain_ = nullptr;
  HPDF_Font bold_ = nullptr;
  float gap_ = 0;
};

Result<std::string> saved(HPDF_Doc document) {
  if (HPDF_SaveToStream(document) != HPDF_OK || HPDF_GetError(document) != HPDF_OK) {
    return fail(Errc::Io, fmt::format("the poster could not be made (PDF error {:#x})",
                                      HPDF_GetError(document)));
  }
  std::string bytes(HPDF_GetStreamSize(document), '\0');
  HPDF_UINT32 size = static_cast<HPDF_UINT32>(bytes.size());
  HPDF_ResetStream(document);
  HPDF_ReadFromStream(document, reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
  bytes.resize(size);
  return bytes;
}

}  // namespace

Result<std::string> poster_pdf(const PosterText& text) {
  for (const char* font : {kPlainFont, kBoldFont}) {
    if (!std::filesystem::exists(font)) {
      return fail(Errc::Unavailable,
                  fmt::format("the font {} is missing; install Debian's fonts-dejavu-core", font));
    }
  }
  const Document document(HPDF_New(keep_going, nullptr));
  if (!document) return fail(Errc::LimitExceeded, "no memory for the poster");
  HPDF_UseUTFEncodings(document.get());
  HPDF_SetCurrentEncoder(document.get(), kEncoding);
  HPDF_SetCompressionMode(document.get(), HPDF_COMP_ALL);
  HPDF_SetInfoAttr(document.get(), HPDF_INFO_TITLE, printable(text.title).c_str());
  if (!text.author.empty()) {
    HPDF_SetInfoAttr(document.get(), HPDF_INFO_AUTHOR, printable(text.author).c_str());
  }
  HPDF_SetInfoAttr(document.get(), HPDF_INFO_CREATOR, "Dienstbereit");
  Page page(document.get());
  if (!page.ready()) return saved(document.get());
  float size = kLargestPrint;
  std::vector<Line> lines = page.laid_out(text, size);
  while (Page::height(lines) > page.room() && size > kSmallestPrint) {
    size -= kStep;
    lines = page.laid_out(text, size);
  }
  page.print(lines);
  return saved(document.get());
}

}  // namespace dienstbereit::web
