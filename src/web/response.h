// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "web/pages/html.h"

namespace dienstbereit::web {

enum class Encoding : std::uint8_t { Identity, Gzip, Brotli };
inline constexpr std::size_t kEncodings = 3;

// The best encoding that an Accept-Encoding field admits, by RFC 9110 12.5.3: brotli before gzip.
Encoding encoding_for(std::string_view accept_encoding);

// Field lines and body of an answer in one immutable text, shared by all who read it:
// everything but the status line, Date and Connection.
struct Payload {
  std::string text;
  std::size_t body_at = 0;
  std::string etag;  // with its quotes; empty: none

  std::string_view fields() const { return std::string_view(text).substr(0, body_at); }
  std::string_view body() const { return std::string_view(text).substr(body_at); }
};
using PayloadPtr = std::shared_ptr<const Payload>;

// What goes into the field lines of every payload.
struct PayloadKind {
  Literal content_type;
  bool html = false;      // adds the content security policy of pages
  bool may_cache = false;  // kept and revalidated by its ETag; else "no-store"
  bool open = false;       // scripts of other sites may read it
  const char* (*policy)() = nullptr;  // another content security policy, as a whole field line
};
inline constexpr PayloadKind kHtmlPage{"text/html; charset=utf-8", true, true};
inline constexpr PayloadKind kJsonDocument{"application/json", false, true};
inline constexpr PayloadKind kOpenJson{"application/json; charset=utf-8", false, true, true};
inline constexpr PayloadKind kAtomFeed{"application/atom+xml; charset=utf-8", false, true, true};
inline constexpr PayloadKind kRssFeed{"application/rss+xml; charset=utf-8", false, true, true};

// Adds strict transport security if `tls`; `extra` is whole field lines, each ending in CRLF.
PayloadPtr make_payload(const PayloadKind& kind, bool tls, std::string_view body,
                        Encoding encoding = Encoding::Identity, std::string_view extra = {});
std::string brotli(std::string_view text);

struct Response {
  int status = 200;
  PayloadPtr payload;
  bool close = false;  // the connection, after this
};

// An answer that somebody else will give: `start` is called once on the server's thread, and calls
// what it is given once, from any thread.
struct Deferred {
  std::function<void(std::function<void(Response)>)> start;
};

// The connection becomes a stream of server-sent events.
struct EventStream {};

using Outcome = std::variant<Response, Deferred, EventStream>;

// "Not Found"
std::string_view reason_phrase(int status);

}  // namespace dienstbereit::web
