// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/document.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dienstbereit::handbook {
namespace {

using words::Language;

bool has(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}
Phrase german(std::string text) { return {std::move(text), Language::De}; }

Document document(const std::string& text) {
  return {Language::De,
          text,
          text,
          {Heading{2, text}, Paragraph{german(text), true}, List{{german(text)}, true},
           Table{text, {text, text}, {{german(text), german(text)}}},
           Form{text, text, text, {{text, 2}}}, Sign{text, {german(text)}}}};
}

TEST(Html, IsWholeAndLoadsNothing) {
  const std::string page = to_html(document("Prüfung"));
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>"));
  EXPECT_TRUE(has(page, "default-src &#39;none&#39;"));
  EXPECT_TRUE(has(page, "<html lang=\"de\">"));
  EXPECT_FALSE(has(page, "<script"));
  EXPECT_FALSE(has(page, "src="));
}

TEST(Html, WhatIsInAnotherLanguageSaysSo) {
  Document english = document("x");
  english.language = Language::En;
  EXPECT_TRUE(has(to_fragment(english), "<span lang=\"de\">x</span>"));
}

RC_GTEST_PROP(Html, NoTextBecomesMarkup, (const std::string& text)) {
  const std::string with = to_fragment(document("<" + text + ">\"'&"));
  const std::string without = to_fragment(document("x"));
  // Only our own elements begin anywhere, whatever the texts are.
  const auto count = [](const std::string& page) {
    return std::count(page.begin(), page.end(), '<');
  };
  RC_ASSERT(count(with) == count(without));
}

TEST(Pdf, PutsFormsAndSignsOnPagesOfTheirOwn) {
  const auto pdf = to_pdf(document("Ä"));
  ASSERT_TRUE(pdf) << pdf.error().message;
  EXPECT_TRUE(has(*pdf, "/Count 3"));
  EXPECT_TRUE(has(*pdf, "/FontFile2"));
}

TEST(Pdf, LongTablesGoOnOverThePages) {
  Document long_one{Language::En, "Table", "", {}};
  Table table{"Rows", {"Name", "Text"}, {}};
  for (int i = 0; i < 200; ++i) {
    table.rows.push_back({{"row", Language::En}, {std::string(300, 'x'), Language::En}});
  }
  long_one.blocks.push_back(table);
  const auto pdf = to_pdf(long_one);
  ASSERT_TRUE(pdf) << pdf.error().message;
  EXPECT_FALSE(has(*pdf, "/Count 1\n"));
}

}  // namespace
}  // namespace dienstbereit::handbook
