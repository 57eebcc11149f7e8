// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/address.h"

#include <gtest/gtest.h>

namespace dienstbereit::fallback::site {
namespace {

const std::vector<std::string> kOwn{"www.kreis.example", "127.0.0.1:8081"};

TEST(Address, AnOwnHostBecomesAPathWhereverItStands) {
  EXPECT_EQ(localised("https://www.kreis.example/a/b?c=1#d", kOwn), "/a/b?c=1#d");
  EXPECT_EQ(localised("http://www.kreis.example", kOwn), "/");
  EXPECT_EQ(localised("//WWW.kreis.example:443/x", kOwn), "/x");
  EXPECT_EQ(localised("http://127.0.0.1:8081?q=1", kOwn), "/?q=1");
  EXPECT_EQ(localised("url(https://www.kreis.example/f.woff2) url('//other.example/g')", kOwn),
            "url(/f.woff2) url('//other.example/g')");
  EXPECT_EQ(localised("/a.jpg 1x, https://www.kreis.example/b.jpg 2x", kOwn),
            "/a.jpg 1x, /b.jpg 2x");
}

TEST(Address, AHostThatOnlyBeginsLikeAnOwnOneIsForeign) {
  for (const char* one : {"https://www.kreis.example.evil.example/", "https://evil.example/",
                          "https://www.kreis.example@evil.example/", "//127.0.0.1:80811/"}) {
    EXPECT_EQ(localised(one, kOwn), one);
  }
}

TEST(Address, WhatRunsIsSeenThroughItsDisguise) {
  for (const char* one :
       {"javascript:alert(1)", " JaVaScRiPt:x", "java\tscript:x", "java\nscript:x",
        "&#106;avascript:x", "&#x6A;avascript:x", "&#0000106avascript:x", "javascript&colon;x",
        "java&Tab;script:x", "\x01javascript:x", "vbscript:x", "data:text/html,<script>",
        "data:application/xhtml+xml,x"}) {
    EXPECT_FALSE(is_harmless(one)) << one;
  }
  for (const char* one : {"/a", "a:b/c", "data:image/png;base64,AA", "mailto:a@b.example", "tel:1",
                          "#top", "?javascript:x", "/javascript:x"}) {
    EXPECT_TRUE(is_harmless(one)) << one;
  }
}

TEST(Address, ForeignIsWhatNamesAHost) {
  for (const char* one : {"//evil.example/x", "/\\evil.example", "\\\\evil.example", "http://x/",
                          "&#47;/evil.example", "https:evil.example", "/\t/evil.example"}) {
    EXPECT_TRUE(is_foreign(one)) << one;
  }
  for (const char* one : {"/a", "a", "../a", "?x=http://evil", "data:image/gif;base64,AA"}) {
    EXPECT_FALSE(is_foreign(one)) << one;
  }
}

TEST(Address, ResolvesAsBrowsersDo) {
  EXPECT_EQ(resolved("/a/b.html", "c.png"), "/a/c.png");
  EXPECT_EQ(resolved("/a/b.html", "../../c.png#x"), "/c.png");
  EXPECT_EQ(resolved("/a/", "./"), "/a/");
  EXPECT_EQ(resolved("/a/b", "?q=%C3%BC"), "/a/b?q=ü");
  EXPECT_EQ(resolved("/a/b", "/%C3%A4mter/x%2"), "/ämter/x%2");
}

TEST(Address, IsEncodedForARequest) {
  EXPECT_EQ(percent_encoded_address("/ü b?a=c d&e=%/"), "/%C3%BC%20b?a=c%20d&e=%25/");
  EXPECT_EQ(percent_encoded_address("/a\r\nb"), "/a%0D%0Ab");
}

TEST(Address, AHostIsOneOfTheWeb) {
  EXPECT_EQ(host_of("https://WWW.Example:443/x"), "www.example");
  EXPECT_EQ(host_of("http://www.example:8080"), "www.example:8080");
  EXPECT_EQ(host_of("ftp://x/"), "");
  EXPECT_EQ(host_of("x"), "");
}

}  // namespace
}  // namespace dienstbereit::fallback::site
