// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "pdf/paper.h"

#include <gtest/gtest.h>

namespace dienstbereit::pdf {
namespace {

Paper paper() {
  auto paper = Paper::open("Titel", "Kreis");
  EXPECT_TRUE(paper) << paper.error().message;
  return std::move(*paper);
}

TEST(Paper, WrapsAtTheWidthAndBreaksOnlyWordsThatAreWider) {
  Paper one = paper();
  one.add_page();
  EXPECT_EQ(one.wrapped("eins zwei", {10}, 400), std::vector<std::string>{"eins zwei"});
  EXPECT_EQ(one.wrapped("eins zwei", {10}, 30), (std::vector<std::string>{"eins", "zwei"}));
  const auto broken = one.wrapped(std::string(40, 'x'), {10}, 60);
  EXPECT_GT(broken.size(), 3u);
  std::string whole;
  for (const std::string& part : broken) whole += part;
  EXPECT_EQ(whole, std::string(40, 'x'));
}

TEST(Paper, HoldsAsManyPagesAsWereAdded) {
  Paper one = paper();
  for (int page = 0; page < 3; ++page) {
    one.add_page();
    one.print(50, 700, {12, true}, "Ä ö ü ß");
    one.rule(50, 690, 200, 690);
  }
  const auto bytes = one.bytes();
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_TRUE(bytes->starts_with("%PDF-"));
  EXPECT_NE(bytes->find("/Count 3"), std::string::npos);
}

TEST(Paper, WithoutAPageNothingIsPrintedAndTheErrorIsTold) {
  Paper one = paper();
  one.print(0, 0, {10}, "x");
  EXPECT_TRUE(one.wrapped("x", {10}, 100).empty());
}

TEST(Paper, AnyBytesCanBePrinted) {
  Paper one = paper();
  one.add_page();
  for (const auto& line :
       one.wrapped("\xF0\x9F\x9A\xAA \xD7\xA9 \xE2\x80\xAE (]) \\ \x01 \xFF\n", {10}, 300)) {
    one.print(50, 700, {10}, line);
  }
  EXPECT_TRUE(one.bytes());
}

}  // namespace
}  // namespace dienstbereit::pdf
