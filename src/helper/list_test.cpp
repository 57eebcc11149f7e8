// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/list.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "helper/pattern.h"

namespace dienstbereit::helper {
namespace {

Result<List> list_with(const std::string& pattern) {
  return List::parse("list", fmt::format("commands:\n"
                                         "  - name: echo\n"
                                         "    argv: [/bin/echo, '{{what}}']\n"
                                         "    arguments: {{what: '{}'}}\n",
                                         pattern));
}

bool takes(const std::string& pattern, const std::string& value) {
  const auto list = list_with(pattern);
  return list && words_of(list->commands()[0], {{"what", value}}).has_value();
}

TEST(HelperPattern, MatchesAWholeValue) {
  EXPECT_TRUE(takes("db[12]", "db2"));
  EXPECT_FALSE(takes("db[12]", "db23"));
  EXPECT_TRUE(takes("a|b", "b"));
  EXPECT_FALSE(takes("a|b", "ab"));
  EXPECT_TRUE(takes("[[:alpha:]()]+", "a(b)"));
  EXPECT_TRUE(takes("a\\)b", "a)b"));
}

TEST(HelperPattern, WithABracketTooManyIsRefusedForItWouldTakeMore) {
  EXPECT_FALSE(list_with("a)|b"));
  EXPECT_FALSE(takes("a)|b", "a; more"));
  EXPECT_FALSE(list_with("a)(b"));
  EXPECT_FALSE(list_with("(a"));
}

TEST(HelperPattern, ThatRegcompWouldDieOfIsRefused) {
  for (const char* pattern :
       {"a{1,32767}", "((a|bc){1,63}c){1,200}", "((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+"}) {
    const auto list = list_with(pattern);
    ASSERT_FALSE(list) << pattern;
    EXPECT_NE(list.error().message.find("too large"), std::string::npos) << list.error().message;
  }
  for (const char* pattern :
       {"(q{0,}?){1,38}+", "(((a?){1,3}?){1,3}?){1,3}", "(a*)*", "(a|)+", "(a|b*c?){2}", "(^)*"}) {
    const auto list = list_with(pattern);
    ASSERT_FALSE(list) << pattern;
    EXPECT_NE(list.error().message.find("may be empty"), std::string::npos) << pattern;
  }
  EXPECT_FALSE(list_with("(a*)\\1"));
  EXPECT_FALSE(list_with(")" + std::string(40, '+')));
}

TEST(HelperPattern, IsCountedWithItsRepetitionsWrittenOut) {
  EXPECT_EQ(extent_of("abc").size, 3u);
  EXPECT_EQ(extent_of("ab{2,5}").size, 6u);
  EXPECT_EQ(extent_of("a{3,}").size, 4u);
  EXPECT_EQ(extent_of("[]{9}]x\\{").size, 3u);  // within brackets it repeats nothing
  EXPECT_EQ(extent_of("[^{9}]{2}").size, 2u);
  EXPECT_EQ(extent_of("(ab|c){2}").size, 8u);
  EXPECT_TRUE(takes("(a*|b)?", ""));
  EXPECT_TRUE(takes("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){1,5}", "www.kreis.example"));
}

}  // namespace
}  // namespace dienstbereit::helper
