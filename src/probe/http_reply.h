// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/result.h"
#include "model/probe.h"
#include "probe/run.h"
#include "probe/url.h"

namespace dienstbereit::probe {

// Bounds on what a server may answer.
inline constexpr std::size_t kLargestHttpHeader = 16u << 10;
inline constexpr std::size_t kLargestHttpBody = 1u << 20;
inline constexpr int kMostInformational = 8;  // 1xx answers before the real one
inline constexpr std::size_t kDeepestJson = 64;

using HttpReply = boost::beast::http::response<boost::beast::http::string_body>;

// Reads one answer (HTTP/1.0 and 1.1) from pieces as they arrive. Pure.
class HttpReplyReader {
 public:
  // `head`: the request was HEAD, so no body follows.
  explicit HttpReplyReader(bool head);

  // True: the answer is complete. Errors are sentences about the server, LimitExceeded for its
  // bounds.
  Result<bool> feed(std::string_view bytes);
  // The connection was closed: fine where that ends the body.
  Result<void> end();

  bool header_complete() const { return parser_->is_header_done(); }
  const HttpReply& reply() const { return parser_->get(); }
  HttpReply release() { return parser_->release(); }

 private:
  using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

  void renew();
  Result<bool> consume(std::string_view bytes, std::size_t& used, bool& needs_more);

  bool head_;
  int informational_ = 0;
  std::string pending_;  // of a header that is not complete yet
  std::optional<Parser> parser_;
};

// One request, as its bytes, and what came back. Phases: resolve, connect, tls, first byte,
// transfer.
struct HttpRequest {
  Url url;
  std::string connect_to;  // empty: the host is resolved
  TlsOptions tls;
  std::string text;
  bool head = false;
};
struct HttpExchange {
  std::optional<HttpReply> reply;
  Verdict failure;  // if there is no reply
};
Async<HttpExchange> http_exchange(Run& run, HttpRequest request);

// What in `reply` is not as expected; none if all is. Pure.
std::optional<Verdict> unmet(const HttpExpectation& expect, const HttpReply& reply);

bool status_is_expected(const HttpExpectation& expect, int status);

// The value at a JSON pointer (RFC 6901) compared with an expected JSON text; nothing if equal,
// else a sentence.
std::optional<std::string> json_differs(std::string_view body, std::string_view pointer,
                                        std::string_view expected);

}  // namespace dienstbereit::probe
