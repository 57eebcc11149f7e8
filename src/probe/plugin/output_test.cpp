// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/plugin/output.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

TEST(PluginOutput, TextAndValuesAreOnBothSidesOfTheBar) {
  const auto output =
      parse_plugin_output("LOAD OK - all is well|load1=0.120;5.0;10.0;0; load5=1e;;\n"
                          "more words\nand more|'free space'=75%;10;5 'it''s'=-3.5MB x=U\ny=7c\n");
  EXPECT_EQ(output.text, "LOAD OK - all is well");
  ASSERT_EQ(output.values.size(), 5u);
  EXPECT_EQ(output.values[0].label, "load1");
  EXPECT_EQ(output.values[0].value, 0.12);
  EXPECT_EQ(output.values[1].unit, "e");
  EXPECT_EQ(output.values[2].label, "free space");
  EXPECT_EQ(output.values[2].unit, "%");
  EXPECT_EQ(output.values[3].label, "it's");
  EXPECT_EQ(output.values[3].value, -3.5);
  EXPECT_EQ(output.values[4].label, "y");
}

TEST(PluginOutput, WithoutABarThereAreNoValues) {
  EXPECT_EQ(parse_plugin_output("PING CRITICAL a=1\n").text, "PING CRITICAL a=1");
  EXPECT_TRUE(parse_plugin_output("PING CRITICAL a=1\n").values.empty());
  EXPECT_EQ(parse_plugin_output("").text, "");
}

TEST(PluginOutput, WhatIsNoValueIsPassedOver) {
  for (const char* text : {"a|b", "a|=5", "a|b=", "a|'b", "a|'b'", "a|b= 5", "a|b=nan", "a|''=5",
                           "a|b=1verylongunit", "a|b=--"}) {
    EXPECT_TRUE(parse_plugin_output(text).values.empty()) << text;
  }
  EXPECT_EQ(parse_plugin_output("a|x b=1 ' c=2").values.size(), 2u);
}

TEST(PluginOutput, IsCutOffAtItsBounds) {
  std::string many = "a|";
  for (std::size_t i = 0; i < 2 * kMostPluginValues; ++i) many += "v=1 ";
  EXPECT_EQ(parse_plugin_output(many).values.size(), kMostPluginValues);
  EXPECT_EQ(parse_plugin_output(std::string(100'000, 'x')).text.size(), kMostPluginOutput);
}

}  // namespace
}  // namespace dienstbereit::probe
