// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/text.h"

#include <gtest/gtest.h>

namespace dienstbereit {

TEST(Text, NearestFindsWhatWasMeant) {
  const std::vector<std::string> keys{"hours", "offices", "offline", "probes"};
  EXPECT_EQ(nearest("ofices", keys), "offices");
  EXPECT_EQ(nearest("hoUsr", keys), "hours");
  EXPECT_EQ(nearest("zebra", keys), std::nullopt);
}

TEST(Text, CleanKeepsUmlautsAndReplacesWhatCannotBeShown) {
  EXPECT_EQ(clean("Störung\x1b[31m", 100), "Störung?[31m");
  EXPECT_EQ(clean("\xff\xfe", 100), "??");
  EXPECT_EQ(clean("aä", 2), "a") << "a character is never cut in half";
}

TEST(Text, Utf8RefusesOverlongSurrogatesAndNul) {
  EXPECT_TRUE(is_utf8("Müllabfuhr €"));
  EXPECT_FALSE(is_utf8("\xc0\xaf"));
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));
  EXPECT_FALSE(is_utf8(std::string_view("a\0b", 3)));
}

TEST(Text, ALoopIsNamedFromItsFirstMemberBackToIt) {
  EXPECT_EQ(loop_text({}), "");
  EXPECT_EQ(loop_text(std::vector<std::string>{"a"}), "a -> a");
  EXPECT_EQ(loop_text(std::vector<std::string>{"a", "b"}), "a -> b -> a");
  std::vector<std::string> many;
  for (std::size_t i = 0; i < kLoopShown + 3; ++i) many.push_back(std::to_string(i));
  EXPECT_TRUE(loop_text(many).ends_with("18 -> 19 -> 3 more -> 0"));
}

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_EQ(split("a;;b", ';').size(), 3u);
  EXPECT_EQ(trim(" \t x y\r\n"), "x y");
}

TEST(Text, ADecimalIsAFiniteNumberAndNothingElse) {
  EXPECT_EQ(parse_decimal("230"), 230.0);
  EXPECT_EQ(parse_decimal("-1.5"), -1.5);
  for (const char* text : {"", " 1", "1 ", "1,5", "nan", "inf", "1e999", "0x10", "+1"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
}

}  // namespace dienstbereit
