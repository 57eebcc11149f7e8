// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "fallback/site/rewrite_property.h"

namespace dienstbereit::fallback::site {
namespace {

// Pieces that make trouble together.
rc::Gen<std::string> piece() {
  return rc::gen::element<std::string>(
      "<", ">", "\"", "'", "/", "=", " ", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<script",
      "</script>", "<style", "</style", "<svg", "<title>", "</title>", "<textarea", "<noscript>",
      "</noscript>", "<iframe", "</iframe ", "onerror", "onload=x", "src", "href=javascript:a",
      "<img", "<a ", "<body", "<head>", "<html lang=en", "<form>", "<input", "<meta charset=x",
      "<base", "<template>", "<math", "&#60;", "<?", "<!doctype", "</", "<plaintext>", "<xmp",
      "<frameset", "srcset=", "a b 2x,", "<source", "<!--@de-->", "\n", "ä", "\xFF", "text");
}

RC_GTEST_PROP(RewriteProperty, WhateverComesInTheRulesHold, ()) {
  std::string html;
  for (const std::string& one : *rc::gen::container<std::vector<std::string>>(piece())) html += one;
  const auto page = rewrite(html, {});
  RC_ASSERT(page.has_value());
  RC_ASSERT(broken_rule(page->html) == "");
}

RC_GTEST_PROP(RewriteProperty, WhatIsPreparedStaysHarmlessWhenPreparedAgain, ()) {
  std::string html;
  for (const std::string& one : *rc::gen::container<std::vector<std::string>>(piece())) html += one;
  const auto again = rewrite(rewrite(html, {})->html, {});
  RC_ASSERT(again.has_value());
  RC_ASSERT(broken_rule(again->html) == "");
}

// The rule itself can fail.
TEST(RewriteProperty, TheRuleSeesWhatItMust) {
  const std::string mark(kBannerDe);
  EXPECT_EQ(broken_rule("<p>" + mark + "</p>"), "");
  for (const std::string& bad :
       std::vector<std::string>{"<script>" + mark, "<img onerror=\"x\">" + mark,
                                "<!-- x -->" + mark, "<p title=\"<\">" + mark, std::string("<p>"),
                                mark + mark, mark + "<p", "<iframe src=\"x\">" + mark}) {
    EXPECT_NE(broken_rule(bad), "") << bad;
  }
}

}  // namespace
}  // namespace dienstbereit::fallback::site
