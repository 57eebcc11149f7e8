// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/http.h"

#include <gtest/gtest.h>

namespace dienstbereit::fallback::site {
namespace {

TEST(Head, TellsWhatIsAsked) {
  const auto asked =
      parse_head("GET /a%20b?c=%C3%BC HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br, gzip\r\n"
                 "If-None-Match: \"1-2\"\r\nAccept-Language: en-GB\r\n\r\n");
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->method, "GET");
  EXPECT_EQ(asked->path, "/a b");
  EXPECT_EQ(asked->query, "c=ü");
  EXPECT_EQ(asked->if_none_match, "\"1-2\"");
  EXPECT_TRUE(asked->gzip);
  EXPECT_TRUE(asked->keep_alive);
  EXPECT_TRUE(asked->english);
  EXPECT_FALSE(asked->body);
}

TEST(Head, KnowsWhenTheConnectionEnds) {
  EXPECT_FALSE(parse_head("GET / HTTP/1.0\r\n\r\n")->keep_alive);
  EXPECT_TRUE(parse_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keep_alive);
  EXPECT_FALSE(parse_head("GET / HTTP/1.1\r\nconnection: Close\r\n\r\n")->keep_alive);
  EXPECT_TRUE(parse_head("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n")->body);
  EXPECT_TRUE(parse_head("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")->body);
}

TEST(Head, TakesTheFormOfProxies) {
  EXPECT_EQ(parse_head("GET http://www.kreis.example/x HTTP/1.1\r\n\r\n")->path, "/x");
  EXPECT_EQ(parse_head("GET http://www.kreis.example HTTP/1.1\r\n\r\n")->path, "/");
}

TEST(Head, RefusesWhatIsNoRequest) {
  for (const char* one : {"", "GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n",
                          "GET x HTTP/1.1\r\n\r\n", "GET /\x01 HTTP/1.1\r\n\r\n",
                          "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n",
                          "GET ftp://x/ HTTP/1.1\r\n\r\n"}) {
    EXPECT_FALSE(parse_head(one)) << one;
  }
  std::string many = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 200; ++i) many += "A: b\r\n";
  EXPECT_FALSE(parse_head(many + "\r\n"));
}

TEST(Head, DatesAreThoseOfHttp) {
  EXPECT_EQ(date_field(parse_rfc3339("2026-11-26T02:03:04Z").value()),
            "Thu, 26 Nov 2026 02:03:04 GMT");
}

}  // namespace
}  // namespace dienstbereit::fallback::site
