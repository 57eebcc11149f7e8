// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "model/account/account.h"
#include "web/limits.h"

namespace dienstbereit::web {

enum class Method : std::uint8_t { Get, Head, Post, Delete, Other };

// Who is at the other end. `uid` is set for the Unix socket only: that peer may give commands.
struct Peer {
  std::optional<std::uint32_t> uid;
  std::string address = {};  // "192.0.2.7"; empty for the Unix socket
  std::string group = {};    // what failures are counted by: address or IPv6 /64; empty: exempt
  bool loopback = false;
  bool local() const { return uid.has_value(); }
  // On this machine: nobody listens in between.
  bool near() const { return local() || loopback; }
};

// One request. The views live as long as the RequestParser they came from.
struct Request {
  Method method = Method::Get;
  std::string_view path;   // as sent, percent signs and all; begins with '/'
  std::string_view query;  // without '?'
  std::string_view accept_encoding;
  std::string_view if_none_match;
  std::string_view authorization;
  std::string_view host;
  std::string_view origin;
  std::string_view fetch_site;  // Sec-Fetch-Site
  std::string_view cookie;
  std::string_view content_type;
  std::string_view user_agent;
  std::string_view body;
  bool keep_alive = true;
  Peer peer;
  Identity by;  // who asks, once the router knows
};

// HTTP/1.0 and 1.1 requests out of bytes, within Limits. Knows no socket.
class RequestParser {
 public:
  enum class State : std::uint8_t {
    NeedsMore,
    Continue,  // the header is complete and the client waits for "100 Continue"; feed goes on
    Complete,
    Refused,  // refusal() says with which status; the connection is to be closed
  };

  // How many bytes the body of a request with this header may have.
  using BodyLimit = std::function<std::size_t(const Request& header)>;

  // Without `body_limit` it is Limits::body_bytes; with it, at most Limits::upload_bytes.
  explicit RequestParser(const Limits& limits, BodyLimit body_limit = nullptr);

  // Takes what it can of `bytes`; `taken` says how much. Call again with the rest and what came
  // since. After Complete or Refused the parser is used up.
  State feed(std::string_view bytes, std::size_t& taken);
  bool header_done() const;
  // The body may be longer than that of other requests.
  bool uploads() const { return header_seen_ && body_limit_ > usual_body_limit_; }
  // As Request::path; empty as long as it is not known, at most until header_done().
  std::string_view path() const;
  int refusal() const { return refusal_; }

  // After Complete only.
  Request request(Peer peer) const;

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  State refuse(int status);
  State on_error(std::string_view bytes, const boost::system::error_code& error);
  // The status that the finished header deserves by itself; 0 if none.
  int judge_header() const;

  std::size_t header_limit_;
  std::size_t usual_body_limit_;
  std::size_t body_limit_;  // of this request, once its header is known
  BodyLimit limit_for_;
  Parser parser_;
  bool header_seen_ = false;
  std::size_t header_taken_ = 0;  // bytes of the header so far
  int refusal_ = 0;
};

// "%41" becomes "A"; nothing where the encoding is broken or makes a NUL.
std::optional<std::string> percent_decoded(std::string_view text);

// The token of an Authorization field with the scheme Bearer; empty if it has none.
std::string_view bearer_token(std::string_view authorization);

// Equal without telling by the time taken how much of it is; digests hide the length too.
bool same_secret(std::string_view a, std::string_view b);

// The value of `name` in a query string, percent-decoded; '+' is left as it is.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace dienstbereit::web
