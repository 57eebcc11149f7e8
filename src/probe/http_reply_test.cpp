// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/http_reply.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

HttpReply read_in_pieces(const std::string& text, std::size_t piece) {
  HttpReplyReader reader(false);
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const auto done = reader.feed(std::string_view(text).substr(at, piece));
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    if (done && *done) return reader.release();
  }
  const auto end = reader.end();
  EXPECT_TRUE(end) << (end ? "" : end.error().message);
  return reader.release();
}

std::string error_of(const std::string& text) {
  HttpReplyReader reader(false);
  const auto done = reader.feed(text);
  if (!done) return done.error().message;
  if (*done) return "no error";
  const auto end = reader.end();
  return end ? "no error" : end.error().message;
}

HttpReply page(const std::string& body) {
  return read_in_pieces("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body, 4096);
}

}  // namespace

TEST(HttpReply, IsTheSameInPiecesOfAnySize) {
  const std::string text =
      "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
  for (std::size_t piece : {1u, 2u, 3u, 7u, 4096u}) {
    EXPECT_EQ(read_in_pieces(text, piece).body(), "hello world") << piece;
  }
}

TEST(HttpReply, AChunkedAnswerMayBeEmpty) {
  const std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    EXPECT_EQ(read_in_pieces(text, piece).body(), "") << piece;
  }
}

TEST(HttpReply, EndsWhereItsLengthSays) {
  EXPECT_EQ(read_in_pieces("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokmore", 9).body(), "ok");
  EXPECT_EQ(error_of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"),
            "the connection was closed in the middle of the answer");
}

TEST(HttpReply, SaysWhatIsNotHttp) {
  EXPECT_TRUE(error_of("SSH-2.0-OpenSSH\r\n\r\n").starts_with("the answer is not HTTP"));
  EXPECT_EQ(error_of(""), "the connection was closed without an answer");
}

TEST(HttpReply, EndlessAnswersAreCutOff) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  EXPECT_TRUE(error_of(head + "\r\n" + std::string(kLargestHttpBody + 1, 'x'))
                  .starts_with("the answer is larger than 1048576 bytes"));
  EXPECT_TRUE(error_of(head + "X: " + std::string(kLargestHttpHeader, 'x'))
                  .starts_with("the answer's header is larger"));
  std::string hints;
  for (int i = 0; i <= kMostInformational; ++i) hints += "HTTP/1.1 102 Processing\r\n\r\n";
  EXPECT_TRUE(error_of(hints).find("without end") != std::string::npos);
}

TEST(HttpReply, NamesTheExpectationThatIsNotMet) {
  HttpExpectation expect;
  EXPECT_FALSE(unmet(expect, page("")));
  expect.text = "Willkommen";
  EXPECT_EQ(unmet(expect, page("Wartung"))->detail,
            "the text 'Willkommen' is not in the answer, which begins 'Wartung'");
  EXPECT_FALSE(unmet(expect, page("Herzlich Willkommen")));
  expect.without_text = "Fehler";
  EXPECT_EQ(unmet(expect, page("Willkommen Fehler"))->phase, "text");
  expect.smallest_bytes = 100;
  EXPECT_EQ(unmet(expect, page("Willkommen"))->phase, "size");
  expect.headers["content-type"] = "json";
  EXPECT_EQ(unmet(expect, page("Willkommen"))->detail,
            "the header 'content-type' is 'text/html', expected was 'json'");
  expect.status = {StatusRange{301, 302}};
  EXPECT_EQ(unmet(expect, page("Willkommen"))->detail, "the server answered 200 OK");
}

TEST(HttpReply, ComparesJsonAtAPointer) {
  const std::string body = R"({"a":{"b":[1,{"c/d":"ok","e~f":true}]},"":3.0})";
  EXPECT_FALSE(json_differs(body, "/a/b/0", "1"));
  EXPECT_FALSE(json_differs(body, "/a/b/1/c~1d", "\"ok\""));
  EXPECT_FALSE(json_differs(body, "/a/b/1/e~0f", "true"));
  EXPECT_FALSE(json_differs(body, "/", "3"));
  EXPECT_EQ(*json_differs(body, "/a/b/0", "2"), "'/a/b/0' is 1, expected was 2");
  for (const char* pointer : {"/x", "/a/b/2", "/a/b/01", "/a/b/-", "/a/b/0/c", "a"}) {
    EXPECT_TRUE(json_differs(body, pointer, "1")->find("has no") != std::string::npos) << pointer;
  }
  EXPECT_TRUE(json_differs("<html>", "/a", "1")->find("not JSON") != std::string::npos);
}

TEST(HttpReply, DeeplyNestedJsonIsRefused) {
  EXPECT_TRUE(json_differs(std::string(kLargestHttpBody, '['), "/a", "1")->find("deeper") !=
              std::string::npos);
}

}  // namespace dienstbereit::probe
