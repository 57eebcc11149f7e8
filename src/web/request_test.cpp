// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/request.h"

#include <gtest/gtest.h>

namespace dienstbereit::web {
namespace {

using State = RequestParser::State;

// Feeds `bytes` in pieces, as a slow network would; gives the state after the last.
State feed(RequestParser& parser, std::string_view bytes, std::size_t piece) {
  std::string buffer;
  State state = State::NeedsMore;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    buffer += bytes.substr(at, piece);
    std::size_t taken = 0;
    state = parser.feed(buffer, taken);
    buffer.erase(0, taken);
    if (state == State::Complete || state == State::Refused) {
      break;
    }
  }
  return state;
}

int refusal_of(std::string_view bytes, Limits limits = {}) {
  RequestParser parser(limits);
  return feed(parser, bytes, bytes.size()) == State::Refused ? parser.refusal() : 0;
}

TEST(RequestParser, ReadsARequestInAnyPieces) {
  for (const std::size_t piece : {1u, 3u, 1000u}) {
    const Limits limits;
    RequestParser parser(limits);
    ASSERT_EQ(feed(parser,
                   "POST /api/v1/words?preview=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                   "Authorization: Bearer t\r\n\r\n{}",
                   piece),
              State::Complete);
    const Request request = parser.request({});
    EXPECT_EQ(request.method, Method::Post);
    EXPECT_EQ(request.path, "/api/v1/words");
    EXPECT_EQ(query_value(request.query, "preview"), "1");
    EXPECT_EQ(request.authorization, "Bearer t");
    EXPECT_EQ(request.body, "{}");
    EXPECT_TRUE(request.keep_alive);
  }
}

TEST(RequestParser, ReadsTheAbsoluteFormOfProxies) {
  const Limits limits;
  RequestParser parser(limits);
  ASSERT_EQ(feed(parser, "GET http://a.example/en/ HTTP/1.1\r\nHost: a.example\r\n\r\n", 500),
            State::Complete);
  EXPECT_EQ(parser.request({}).path, "/en/");
}

TEST(RequestParser, LeavesThePipelinedNextRequest) {
  const std::string one = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  const Limits limits;
  RequestParser parser(limits);
  std::size_t taken = 0;
  EXPECT_EQ(parser.feed(one + one, taken), State::Complete);
  EXPECT_EQ(taken, one.size());
}

TEST(RequestParser, RefusesWhatIsTooLarge) {
  const std::string longest(9000, 'a');
  EXPECT_EQ(refusal_of("GET /" + longest + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: x\r\nX: " + longest + "\r\n\r\n"), 431);
  EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n"), 413);
  EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "fffff\r\n" +
                       std::string(70000, 'x')),
            413);
}

TEST(RequestParser, TellsALongHeaderFromALongFirstLineHoweverItComes) {
  const std::string longest(9000, 'a');
  for (const std::size_t piece : {1u, 100u, 2048u, 8192u}) {
    const Limits limits;
    RequestParser line(limits);
    EXPECT_EQ(feed(line, "GET /" + longest, piece), State::Refused);
    EXPECT_EQ(line.refusal(), 414) << piece;
    EXPECT_EQ(line.path(), "");
    RequestParser header(limits);
    EXPECT_EQ(feed(header, "GET /en/ HTTP/1.1\r\nHost: x\r\nX: " + longest, piece), State::Refused);
    EXPECT_EQ(header.refusal(), 431) << piece;
  }
}

TEST(RequestParser, BoundsTheHeaderAsAWholeInAnyPieces) {
  const std::string line = "GET / HTTP/1.1\r\nHost: x\r\n";
  std::string many = line;
  while (many.size() <= 20'000) many += "X: y\r\n";
  const std::string endless = "GET /" + std::string(20'000, 'a');
  for (const std::size_t piece : {1u, 100u, 4096u, 100'000u}) {
    const Limits limits;
    RequestParser fields(limits);
    EXPECT_EQ(feed(fields, many + "\r\n", piece), State::Refused) << piece;
    EXPECT_EQ(fields.refusal(), 431) << piece;
    RequestParser target(limits);
    EXPECT_EQ(feed(target, endless, piece), State::Refused) << piece;
    EXPECT_EQ(target.refusal(), 414) << piece;
  }
  std::string fits = line;
  while (fits.size() + 8 <= Limits().header_bytes) fits += "X: y\r\n";
  const Limits limits;
  RequestParser parser(limits);
  EXPECT_EQ(feed(parser, fits + "\r\n", 100'000), State::Complete);
}

TEST(RequestParser, ABodyMayGoOnBehindTheBoundOfTheHeader) {
  const std::string body(30'000, 'b');
  const std::string text = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30000\r\n\r\n" + body;
  for (const std::size_t piece : {7u, 4096u, 100'000u}) {
    const Limits limits;
    RequestParser parser(limits);
    ASSERT_EQ(feed(parser, text, piece), State::Complete) << piece;
    EXPECT_EQ(parser.request({}).body, body) << piece;
  }
}

TEST(RequestParser, RefusesAChunkLineWithoutAnEnd) {
  const Limits limits;
  RequestParser parser(limits);
  EXPECT_EQ(feed(parser,
                 "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
                     std::string(20000, 'e'),
                 1000),
            State::Refused);
}

TEST(RequestParser, ReadsChunksInAnyPieces) {
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string_view body : {"{\"a\": 1}", ""}) {
    std::string text = head;
    for (const char c : body) text += std::string("1;x=y\r\n") + c + "\r\n";
    text += "0\r\nTrailer: t\r\n\r\n";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
      const Limits limits;
      RequestParser parser(limits);
      ASSERT_EQ(feed(parser, text, piece), State::Complete) << piece;
      EXPECT_EQ(parser.request({}).body, body) << piece;
    }
  }
}

TEST(RequestParser, RefusesWhatIsAmbiguousOrBroken) {
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), 400);  // no host
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n"),
            400);
  EXPECT_EQ(refusal_of("\x16\x03\x01\x02\x00\x01\r\n\r\n"), 400);  // TLS on a plain port
  EXPECT_EQ(refusal_of("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(refusal_of("GET elsewhere HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n"), 417);
}

TEST(RequestParser, ClosesAfterHttp10) {
  const Limits limits;
  RequestParser parser(limits);
  ASSERT_EQ(feed(parser, "GET / HTTP/1.0\r\n\r\n", 100), State::Complete);
  EXPECT_FALSE(parser.request({}).keep_alive);
}

TEST(RequestParser, SaysWhenTheClientWaitsForContinue) {
  const Limits limits;
  RequestParser parser(limits);
  EXPECT_EQ(
      feed(parser,
           "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", 500),
      State::Continue);
  EXPECT_EQ(feed(parser, "{}", 2), State::Complete);
}

TEST(PercentDecoding, RefusesBrokenAndNul) {
  EXPECT_EQ(percent_decoded("/a%40b"), "/a@b");
  EXPECT_EQ(percent_decoded("%4"), std::nullopt);
  EXPECT_EQ(percent_decoded("%zz"), std::nullopt);
  EXPECT_EQ(percent_decoded("%00"), std::nullopt);
}

}  // namespace
}  // namespace dienstbereit::web
