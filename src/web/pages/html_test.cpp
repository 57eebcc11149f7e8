// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pages/html.h"

#include <gtest/gtest.h>

namespace dienstbereit::web {
namespace {

TEST(Html, EscapesTextAndAttributes) {
  Html html;
  html.leaf("a", "<b>&'\"", {{"href", "\"><script>"}});
  EXPECT_EQ(html.str(), "<a href=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;&quot;</a>");
}

TEST(Html, DropsControlCharacters) {
  Html html;
  html.text(std::string_view("a\0b\x1b\n", 5));
  EXPECT_EQ(html.str(), "ab\n");
}

TEST(Html, ClosesElementsAtTheEndOfTheirScope) {
  Html html;
  {
    const auto list = html.open("ul");
    const auto item = html.open("li", {{"class", "x"}});
    html.text("1");
  }
  EXPECT_EQ(html.str(), "<ul><li class=\"x\">1</li></ul>");
}

TEST(Html, DataBlocksCannotEndThemselves) {
  Html html;
  html.data_block("{\"a\":\"</script><!--\"}");
  EXPECT_EQ(html.str().find("</script><"), std::string::npos);
  EXPECT_NE(html.str().find("\\u003c/script>\\u003c!--"), std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::web
