// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/rewrite.h"

#include <gtest/gtest.h>

#include "fallback/site/rewrite_property.h"

namespace dienstbereit::fallback::site {
namespace {

RewriteOptions options() {
  RewriteOptions made;
  made.own_hosts = {"www.kreis.example"};
  made.de = {"Formular abgeschaltet für Sie.", "Eingebettetes fehlt."};
  made.en = {"Form is off.", "Embedded content is missing."};
  return made;
}

std::string rewritten(const std::string& html) { return rewrite(html, options())->html; }

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string in_page(const std::string& body) {
  return rewritten("<!doctype html><html lang=de><head><title>T</title></head><body>" + body +
                   "</body></html>");
}

TEST(Rewrite, BannerAndPolicyHaveTheirPlaces) {
  const auto page =
      rewrite("\xEF\xBB\xBF\n<!DOCTYPE html><html lang='en-GB'><head><title>A &amp; B</title>"
              "</head><body class=x><h1>Hi</h1></body></html>",
              options());
  ASSERT_TRUE(page);
  EXPECT_EQ(page->language, PageLanguage::English);
  EXPECT_EQ(page->title, "A &amp; B");
  EXPECT_EQ(page->charset, "utf-8");
  EXPECT_TRUE(
      page->html.starts_with("<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
                             "<meta http-equiv=\"Content-Security-Policy\""));
  EXPECT_TRUE(contains(page->html, "<body class=\"x\"><!--@en--><h1>Hi</h1>")) << page->html;
}

TEST(Rewrite, WhatPeopleReadStays) {
  EXPECT_TRUE(contains(in_page("Wort <b>fett</b>, 1 < 2 & <i>x</i>y<br>z"),
                       "Wort <b>fett</b>, 1 &lt; 2 & <i>x</i>y<br>z</body></html>"));
}

TEST(Rewrite, APageWithoutBodyTagsGetsBoth) {
  for (const char* html : {"<p>x", "<title>t</title><p>x", "<html><p>x", "x", "",
                           "<head></head><frameset><frame src=a></frameset>"}) {
    const std::string made = rewritten(html);
    EXPECT_TRUE(contains(made, "<!--@de-->")) << html;
    EXPECT_TRUE(contains(made, "http-equiv=\"Content-Security-Policy\"")) << html;
  }
}

TEST(Rewrite, NothingThatRunsIsLeft) {
  for (const char* html : {"<script>alert(1)</script>",
                           "<SCRIPT SRC=//evil.example/x></SCRIPT>",
                           "<script/src=x>alert(1)",
                           "<img src=x onerror=alert(1)>",
                           "<svg/onload=alert(1)>",
                           "<svg><script>alert(1)</script></svg>",
                           "<body onload=alert(1)>",
                           "<a href='javascript:alert(1)'>x</a>",
                           "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
                           "<object data=x.swf></object>",
                           "<embed src=x>",
                           "<form action=javascript:alert(1)>",
                           "<button formaction=javascript:alert(1)>",
                           "<svg><style><img src=x onerror=alert(1)></style></svg>",
                           "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                           "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
                           "<math><a xlink:href=javascript:alert(1)>x</a></math>",
                           "<xmp><img onerror=alert(1)></xmp>",
                           "<title><img onerror=alert(1)></title>",
                           "<textarea><img onerror=alert(1)></textarea>",
                           "<![CDATA[><img src=x onerror=alert(1)>]]>",
                           "<!--><img src=x onerror=alert(1)>-->",
                           "<img \"onerror=alert(1)\" src=x onerror='alert(1)'>",
                           "<img src=x/onerror=alert(1)>"}) {
    const std::string made = in_page(html);
    EXPECT_EQ(broken_rule(made), "") << made;
    EXPECT_FALSE(contains(made, "\"javascript")) << made;
  }
}

TEST(Rewrite, NothingThatLeadsAwayByItselfIsLeft) {
  for (const char* html :
       {"<meta http-equiv=refresh content='0;url=//evil.example'>", "<base href=//evil.example/>",
        "<link rel=preconnect href=//evil.example>",
        "<link rel='dns-prefetch stylesheet' href=//evil.example>",
        "<link rel=stylesheet href=//evil.example/x.css>", "<img src=//evil.example/p.gif>",
        "<img srcset='//evil.example/p.gif 1x'>", "<video poster=https://evil.example/p>",
        "<a ping=//evil.example/ href=/x>x</a>", "<body background=//evil.example/b.png>",
        "<svg><image href=//evil.example/x /></svg>",
        "<svg><use xlink:href='//evil.example/x#y'/></svg>",
        "<link rel=manifest href=//evil.example>", "<input type=image src=//evil.example/x>"}) {
    EXPECT_FALSE(contains(in_page(html), "evil.example")) << in_page(html);
  }
  // A person may follow a link.
  EXPECT_TRUE(
      contains(in_page("<a href=\"https://other.example/\">x</a>"), "https://other.example/"));
}

TEST(Rewrite, FormsAreSwitchedOffInTheLanguageOfThePage) {
  const std::string made =
      in_page("<form action=/send method=post><input name=a><button>Go</button>"
              "<select><option>x</select><textarea>t</textarea></form>");
  EXPECT_TRUE(contains(made, "<form><p style="));
  EXPECT_TRUE(contains(made, "Formular abgeschaltet f&#252;r Sie."));
  EXPECT_TRUE(contains(made, "<input name=\"a\" disabled>"));
  EXPECT_TRUE(contains(made, "<button disabled>"));
  EXPECT_TRUE(contains(made, "<textarea disabled>t</textarea>"));
  EXPECT_FALSE(contains(made, "/send"));
  EXPECT_TRUE(contains(rewritten("<html lang=en><body><form></form>"), "Form is off."));
}

TEST(Rewrite, AddressesOfOwnHostsBecomePaths) {
  const std::string made =
      in_page("<a href=https://www.kreis.example/amt/>x</a>"
              "<style>@font-face{src:url(https://www.kreis.example/f.woff2)} a>b{}</style>"
              "<p style=\"background:url('//www.kreis.example/b.png')\">");
  EXPECT_TRUE(contains(made, "<a href=\"/amt/\">"));
  EXPECT_TRUE(contains(made, "url(/f.woff2)} a>b{}</style>"));
  EXPECT_TRUE(contains(made, "url('/b.png')"));
}

TEST(Rewrite, PicturesThatAreNotInTheCopyAreNotAskedFor) {
  RewriteOptions some = options();
  some.path = "/amt/index.html";
  some.holds = [](std::string_view path) { return path == "/amt/a.jpg" || path == "/late.jpg"; };
  const std::string html =
      rewrite("<picture><source srcset='b.webp 1x'><source srcset='a.jpg 2x, b.jpg'><img "
              "src=a.jpg></picture>"
              "<img src='data:image/gif;base64,AA' data-src=/late.jpg><img data-src=/gone.jpg>",
              some)
          ->html;
  EXPECT_FALSE(contains(html, "b.webp"));
  EXPECT_TRUE(contains(html, "<source srcset=\"a.jpg 2x\">"));
  EXPECT_TRUE(contains(html, "src=\"/late.jpg\""));
  EXPECT_FALSE(contains(html, " src=\"/gone.jpg\""));
  EXPECT_FALSE(contains(html, "src=\"data:image"));
}

TEST(Rewrite, KeepsTheCharsetOfOldPages) {
  EXPECT_EQ(rewrite("<meta charset=iso-8859-15>\xE4", options())->charset, "iso-8859-15");
  EXPECT_EQ(rewrite("\xE4", options())->charset, "windows-1252");
  EXPECT_EQ(rewrite("<meta charset=utf-7>+ADw-script+AD4-", options())->charset, "utf-8");
  EXPECT_TRUE(contains(rewritten("\xE4"), "\xE4"));
}

TEST(Rewrite, RefusesWhatIsNoPage) {
  EXPECT_FALSE(rewrite(std::string_view("a\0b", 3), options()));
  EXPECT_EQ(rewrite(std::string(kLargestPage + 1, 'x'), options()).error().code,
            Errc::LimitExceeded);
}

TEST(Rewrite, StrangersCannotSetTheMarkOfTheBanner) {
  const std::string made =
      in_page("<!--@en--><p title='<!--@en-->'>a <!--@en--></p><style><!--@en--></style>");
  EXPECT_FALSE(contains(made, "<!--@en-->"));
  EXPECT_EQ(made.find("<!--@de-->"), made.rfind("<!--@de-->"));
}

TEST(AsciiHtml, MeansTheSameInEveryCharset) {
  EXPECT_EQ(ascii_html("Ä <b> € 😀"), "&#196; &#60;b&#62; &#8364; &#128512;");
}

}  // namespace
}  // namespace dienstbereit::fallback::site
