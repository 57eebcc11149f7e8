// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/request.h"

#include <openssl/crypto.h>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include "base/hash.h"
#include "base/text.h"

namespace dienstbereit::web {
namespace {

namespace http = boost::beast::http;

// "0 CR LF CR LF". Beast 1.81 asserts in debug builds that it never looks twice at less.
constexpr std::size_t kSmallestLastChunk = 5;

constexpr int kBadRequest = 400;
constexpr int kContentTooLarge = 413;
constexpr int kUriTooLong = 414;
constexpr int kExpectationFailed = 417;
constexpr int kHeaderTooLarge = 431;
constexpr int kNotImplemented = 501;
constexpr int kVersionNotSupported = 505;

std::string_view view_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::Get;
    case http::verb::head:
      return Method::Head;
    case http::verb::post:
      return Method::Post;
    case http::verb::delete_:
      return Method::Delete;
    default:
      return Method::Other;
  }
}

// "http://host/path" as proxies send it is read as "/path".
std::string_view without_authority(std::string_view target) {
  const auto scheme_end = target.find("://");
  if (target.starts_with('/') || scheme_end == std::string_view::npos) {
    return target;
  }
  const auto path = target.find('/', scheme_end + 3);
  return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

RequestParser::RequestParser(const Limits& limits, BodyLimit body_limit)
    : header_limit_(limits.header_bytes),
      usual_body_limit_(limits.body_bytes),
      body_limit_(limits.body_bytes),
      limit_for_(std::move(body_limit)) {
  parser_.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  parser_.body_limit(limit_for_ ? limits.upload_bytes : limits.body_bytes);
  parser_.eager(true);
}

RequestParser::State RequestParser::refuse(int status) {
  refusal_ = status;
  return State::Refused;
}

RequestParser::State RequestParser::feed(std::string_view bytes, std::size_t& taken) {
  taken = 0;
  bool wants_continue = false;
  while (!parser_.is_done()) {
    const bool in_header = !header_seen_;
    const std::string_view all = bytes.substr(taken);
    // Beast bounds what it leaves from one call to the next, not the header as a whole.
    const std::string_view rest = in_header ? all.substr(0, header_limit_ - header_taken_) : all;
    if (header_seen_ && parser_.chunked() && rest.size() < kSmallestLastChunk) {
      return State::NeedsMore;  // of a chunked body there is always more than this to come
    }
    boost::system::error_code error;
    const std::size_t put = parser_.put(boost::asio::const_buffer(rest.data(), rest.size()), error);
    taken += put;
    if (in_header) header_taken_ += put;
    if (parser_.is_header_done() && !header_seen_) {
      header_seen_ = true;
      if (const int status = judge_header(); status != 0) {
        return refuse(status);
      }
      if (limit_for_) body_limit_ = limit_for_(request(Peer()));
      if (parser_.content_length().value_or(0) > body_limit_) {
        return refuse(kContentTooLarge);
      }
      wants_continue = parser_.get().find(http::field::expect) != parser_.get().end();
    }
    if (error && error != http::error::need_more) {
      return on_error(rest, error);
    }
    if (parser_.get().body().size() > body_limit_) {
      return refuse(kContentTooLarge);
    }
    if (parser_.is_done()) {
      break;
    }
    if (!header_seen_ && header_taken_ + rest.size() - put >= header_limit_) {
      return on_error(rest.substr(put), http::error::header_limit);
    }
    if (in_header && header_seen_ && rest.size() < all.size()) {
      continue;  // the body goes on behind the bound of the header
    }
    if (bytes.size() - taken >= header_limit_) {
      return refuse(kContentTooLarge);  // a line between chunks without an end
    }
    if (error || taken == bytes.size()) {
      return wants_continue ? State::Continue : State::NeedsMore;
    }
  }
  return State::Complete;
}

bool RequestParser::header_done() const { return header_seen_; }

std::string_view RequestParser::path() const {
  return parser_.get().target().empty() ? std::string_view() : request(Peer()).path;
}

RequestParser::State RequestParser::on_error(std::string_view bytes,
                                             const boost::system::error_code& error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    // The first line may have been taken before, or stand whole in `bytes`.
    const bool in_first_line =
        path().empty() && bytes.substr(0, header_limit_).find('\n') == std::string_view::npos;
    return refuse(in_first_line ? kUriTooLong : kHeaderTooLarge);
  }
  if (error == http::error::body_limit) {
    return refuse(kContentTooLarge);
  }
  if (error == http::error::bad_version) {
    return refuse(kVersionNotSupported);
  }
  return refuse(kBadRequest);
}

int RequestParser::judge_header() const {
  const auto& fields = parser_.get();
  if (fields.version() != 10 && fields.version() != 11) {
    return kVersionNotSupported;
  }
  if (fields.version() == 11 && fields.count(http::field::host) != 1) {
    return kBadRequest;
  }
  if (fields.count(http::field::transfer_encoding) > 0) {
    if (fields.count(http::field::content_length) > 0) {
      return kBadRequest;  // two lengths: request smuggling
    }
    if (!parser_.chunked()) {
      return kNotImplemented;
    }
  }
  const auto expect = fields.find(http::field::expect);
  if (expect != fields.end() && to_lower_ascii(view_of(expect->value())) != "100-continue") {
    return kExpectationFailed;
  }
  const std::string_view target = without_authority(view_of(fields.target()));
  return target.starts_with('/') || target == "*" ? 0 : kBadRequest;
}

Request RequestParser::request(Peer peer) const {
  const auto& message = parser_.get();
  Request request;
  request.method = method_of(message.method());
  const std::string_view target = without_authority(view_of(message.target()));
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) {
    request.query = target.substr(question + 1);
  }
  request.accept_encoding = view_of(message[http::field::accept_encoding]);
  request.if_none_match = view_of(message[http::field::if_none_match]);
  request.authorization = view_of(message[http::field::authorization]);
  request.host = view_of(message[http::field::host]);
  request.origin = view_of(message[http::field::origin]);
  request.fetch_site = view_of(message["Sec-Fetch-Site"]);
  request.cookie = view_of(message[http::field::cookie]);
  request.content_type = view_of(message[http::field::content_type]);
  request.user_agent = view_of(message[http::field::user_agent]);
  request.body = message.body();
  request.keep_alive = message.keep_alive();
  request.peer = std::move(peer);
  return request;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0 || (high == 0 && low == 0)) {
      return std::nullopt;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size() ||
      !equals_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) {
    return {};
  }
  return trim(authorization.substr(kScheme.size()));
}

bool same_secret(std::string_view a, std::string_view b) {
  const Digest da = sha256(a);
  const Digest db = sha256(b);
  return CRYPTO_memcmp(da.data(), db.data(), da.size()) == 0;
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  for (const std::string_view part : split(query, '&')) {
    const auto equals = part.find('=');
    if (part.substr(0, equals) == name) {
      return percent_decoded(equals == std::string_view::npos ? std::string_view()
                                                              : part.substr(equals + 1));
    }
  }
  return std::nullopt;
}

}  // namespace dienstbereit::web
