// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/markup.h"

#include <gtest/gtest.h>

namespace dienstbereit {
namespace {

TEST(Markup, WhatMeansSomethingBecomesAReference) {
  EXPECT_EQ(escaped("<a href=\"x\" title='y'>&amp;</a>"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
  EXPECT_EQ(escaped("Straße\n\tzwei"), "Straße\n\tzwei");
  EXPECT_EQ(escaped(std::string("a\0b\x1b"
                                "c\r",
                                6)),
            "abc");
}

TEST(Markup, ThePolicyNamesAStyleByItsHash) {
  // echo -n '' | openssl dgst -sha256 -binary | base64
  EXPECT_EQ(source_hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}

}  // namespace
}  // namespace dienstbereit
