// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/url.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dienstbereit::probe {

TEST(Url, FindsHostPortAndTarget) {
  const auto url = parse_url("https://WWW.Example.org:8443/a?b=c#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(*url, (Url{true, "www.example.org", 8443, "/a?b=c"}));
  EXPECT_EQ(to_text(*url), "https://www.example.org:8443/a?b=c");
}

TEST(Url, HasTheSchemesOwnPort) {
  EXPECT_EQ(parse_url("http://example.org")->port, 80);
  EXPECT_EQ(parse_url("HTTPS://example.org?x")->port, 443);
  EXPECT_EQ(parse_url("https://example.org?x")->target, "/?x");
}

TEST(Url, TakesAddressesInNumbers) {
  EXPECT_EQ(parse_url("http://[2001:db8::1]:8080/")->host, "2001:db8::1");
  EXPECT_EQ(authority(*parse_url("http://[2001:db8::1]:8080/")), "[2001:db8::1]:8080");
  EXPECT_EQ(parse_url("http://127.0.0.1/")->host, "127.0.0.1");
}

TEST(Url, RefusesWhatIsNoPage) {
  for (const char* text : {"", "ftp://x/", "http://", "http:///x", "http://user:secret@host/",
                           "http://host:0/", "http://host:65536/", "http://host:x/",
                           "http://ho st/", "http://host/a b", "http://host/\xc3\xa4",
                           "http://[::1/", "http://[host]/", "//host/", "http://host/\r\nX: y"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
  EXPECT_EQ(parse_url("http://host/" + std::string(kLongestUrl, 'a')).error().code,
            Errc::LimitExceeded);
}

TEST(Url, FollowsReferencesAsTheRfcSays) {
  const auto base = *parse_url("http://a/b/c/d?q");
  const std::pair<const char*, const char*> cases[] = {{"g", "http://a/b/c/g"},
                                                       {"./g", "http://a/b/c/g"},
                                                       {"g/", "http://a/b/c/g/"},
                                                       {"/g", "http://a/g"},
                                                       {"//g", "http://g/"},
                                                       {"?y", "http://a/b/c/d?y"},
                                                       {"g?y", "http://a/b/c/g?y"},
                                                       {"#s", "http://a/b/c/d?q"},
                                                       {"", "http://a/b/c/d?q"},
                                                       {".", "http://a/b/c/"},
                                                       {"..", "http://a/b/"},
                                                       {"../g", "http://a/b/g"},
                                                       {"../../../g", "http://a/g"},
                                                       {"g;x=1/../y", "http://a/b/c/y"},
                                                       {"g?y/../x", "http://a/b/c/g?y/../x"},
                                                       {"https://z/", "https://z/"}};
  for (const auto& [reference, expected] : cases) {
    const auto url = resolve_reference(base, reference);
    ASSERT_TRUE(url) << reference;
    EXPECT_EQ(to_text(*url), expected) << reference;
  }
  EXPECT_FALSE(resolve_reference(base, "javascript:alert(1)"));
}

TEST(Url, TheBoundHoldsForTheCompletedAddressToo) {
  const auto base = *parse_url("http://host/folder/page");
  const std::string longest(kLongestUrl - std::string_view("http://host/folder/").size(), 'a');
  EXPECT_EQ(to_text(*resolve_reference(base, longest)).size(), kLongestUrl);
  EXPECT_EQ(resolve_reference(base, longest + "a").error().code, Errc::LimitExceeded);
  const std::string query(kLongestUrl - std::string_view("http://host?").size(), 'q');
  EXPECT_EQ(parse_url("http://host?" + query).error().code, Errc::LimitExceeded);
  EXPECT_EQ(to_text(*parse_url("http://host?" + query.substr(1))).size(), kLongestUrl);
}

TEST(Url, HostPortKnowsItsDefault) {
  EXPECT_EQ(parse_host_port("mail.example.org", 25)->port, 25);
  EXPECT_EQ(parse_host_port("mail.example.org:2525", 25)->port, 2525);
  EXPECT_EQ(parse_host_port("2001:db8::1", 25)->host, "2001:db8::1");
  EXPECT_EQ(parse_host_port("[2001:db8::1]:26", 25)->port, 26);
}

RC_GTEST_PROP(Url, AnyAddressItAcceptsReadsBackTheSame, (const std::string& tail)) {
  const auto url = parse_url("http://host" + tail);
  if (url) RC_ASSERT(*parse_url(to_text(*url)) == *url);
}

}  // namespace dienstbereit::probe
