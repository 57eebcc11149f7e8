// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "pdf/paper.h"

#include <filesystem>
#include <type_traits>

#include <fmt/format.h>
#include <hpdf.h>

#include "base/text.h"

namespace dienstbereit::pdf {
namespace {

constexpr const char* kPlainFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
constexpr const char* kBoldFont = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
constexpr const char* kEncoding = "UTF-8";
constexpr float kRuleWidth = 0.5;
constexpr std::size_t kLongestParagraph = 16'000;  // bytes; more is cut

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
  for (const char letter : clean(text, kLongestParagraph)) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= kFourBytes) {
      out += '?';
      beyond = true;
    } else if ((byte & kMask) != kContinuation) {
      beyond = false;
      out += letter == '\t' || letter == '\n' ? ' ' : letter;
    } else if (!beyond) {
      out += letter;
    }
  }
  return out;
}

HPDF_Font load_font(HPDF_Doc document, const char* file) {
  const char* name = HPDF_LoadTTFontFromFile(document, file, HPDF_TRUE);
  return name ? HPDF_GetFont(document, name, kEncoding) : nullptr;
}

}  // namespace

struct Paper::Parts {
  Document document;
  HPDF_Font plain = nullptr;
  HPDF_Font bold = nullptr;
  HPDF_Page page = nullptr;

  bool ready() const { return page != nullptr && plain != nullptr && bold != nullptr; }
  void use(Style style) { HPDF_Page_SetFontAndSize(page, style.bold ? bold : plain, style.size); }
  bool fits(const std::string& text, float width) const {
    return HPDF_Page_TextWidth(page, text.c_str()) <= width;
  }
  // Takes what fits off the front of a word that is too wide; empty: not even one letter does.
  std::string broken_off(std::string& word, float width) const {
    std::size_t cut = word.size();
    while (cut > 1 && !fits(clean(word, cut), width)) cut = cut * 3 / 4;
    std::string part = clean(word, cut);
    if (part.size() >= word.size()) return {};
    word.erase(0, part.size());
    return part;
  }
};

Paper::Paper(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Paper::~Paper() = default;
Paper::Paper(Paper&&) noexcept = default;
Paper& Paper::operator=(Paper&&) noexcept = default;

Result<Paper> Paper::open(std::string_view title, std::string_view author) {
  for (const char* font : {kPlainFont, kBoldFont}) {
    if (!std::filesystem::exists(font)) {
      return fail(Errc::Unavailable,
                  fmt::format("the font {} is missing; install Debian's fonts-dejavu-core", font));
    }
  }
  auto parts = std::make_unique<Parts>();
  parts->document.reset(HPDF_New(keep_going, nullptr));
  HPDF_Doc document = parts->document.get();
  if (document == nullptr) return fail(Errc::LimitExceeded, "no memory for the PDF");
  HPDF_UseUTFEncodings(document);
  HPDF_SetCurrentEncoder(document, kEncoding);
  HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
  HPDF_SetInfoAttr(document, HPDF_INFO_TITLE, printable(title).c_str());
  if (!author.empty()) HPDF_SetInfoAttr(document, HPDF_INFO_AUTHOR, printable(author).c_str());
  HPDF_SetInfoAttr(document, HPDF_INFO_CREATOR, "Dienstbereit");
  parts->plain = load_font(document, kPlainFont);
  parts->bold = load_font(document, kBoldFont);
  return Paper(std::move(parts));
}

void Paper::add_page() {
  parts_->page = HPDF_AddPage(parts_->document.get());
  if (parts_->page == nullptr) return;
  HPDF_Page_SetSize(parts_->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
  HPDF_Page_SetLineWidth(parts_->page, kRuleWidth);
}

std::vector<std::string> Paper::wrapped(std::string_view text, Style style, float width) {
  std::vector<std::string> lines;
  if (!parts_->ready()) return lines;
  parts_->use(style);
  std::string line;
  const std::string sound = printable(text);
  for (const std::string_view piece : split(sound, ' ')) {
    if (piece.empty()) continue;
    std::string word(piece);
    const std::string longer = line.empty() ? word : line + " " + word;
    if (parts_->fits(longer, width)) {
      line = longer;
      continue;
    }
    if (!line.empty()) lines.push_back(std::move(line));
    while (!parts_->fits(word, width)) {
      std::string part = parts_->broken_off(word, width);
      if (part.empty()) break;
      lines.push_back(std::move(part));
    }
    line = std::move(word);
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

void Paper::print(float x, float y, Style style, const std::string& line) {
  if (!parts_->ready()) return;
  HPDF_Page_BeginText(parts_->page);
  parts_->use(style);
  HPDF_Page_TextOut(parts_->page, x, y, line.c_str());
  HPDF_Page_EndText(parts_->page);
}

void Paper::rule(float x1, float y1, float x2, float y2) {
  if (!parts_->ready()) return;
  HPDF_Page_MoveTo(parts_->page, x1, y1);
  HPDF_Page_LineTo(parts_->page, x2, y2);
  HPDF_Page_Stroke(parts_->page);
}

Result<std::string> Paper::bytes() {
  HPDF_Doc document = parts_->document.get();
  if (HPDF_SaveToStream(document) != HPDF_OK || HPDF_GetError(document) != HPDF_OK) {
    return fail(Errc::Io,
                fmt::format("the PDF could not be made (error {:#x})", HPDF_GetError(document)));
  }
  std::string bytes(HPDF_GetStreamSize(document), '\0');
  HPDF_UINT32 size = static_cast<HPDF_UINT32>(bytes.size());
  HPDF_ResetStream(document);
  HPDF_ReadFromStream(document, reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
  bytes.resize(size);
  return bytes;
}

}  // namespace dienstbereit::pdf
