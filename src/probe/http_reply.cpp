// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/http_reply.h"

#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dienstbereit::probe {
namespace http = boost::beast::http;
namespace {

constexpr std::size_t kShown = 80;  // bytes of a foreign text in a sentence
constexpr int kSwitchingProtocols = 101;
constexpr int kFirstFinalStatus = 200;
// "0 CR LF CR LF". Beast 1.81 asserts in debug builds that it never looks twice at less.
constexpr std::size_t kSmallestLastChunk = 5;

Error reply_error(const http::error error) {
  switch (error) {
    case http::error::header_limit:
      return Error(Errc::LimitExceeded, fmt::format("the answer's header is larger than {} bytes; "
                                                    "it was cut off",
                                                    kLargestHttpHeader));
    case http::error::body_limit:
      return Error(
          Errc::LimitExceeded,
          fmt::format("the answer is larger than {} bytes; it was cut off", kLargestHttpBody));
    case http::error::partial_message:
    case http::error::end_of_stream:
      return Error(Errc::InvalidInput, "the connection was closed in the middle of the answer");
    default:
      return Error(Errc::InvalidInput, "the answer is not HTTP");
  }
}

Error reply_error(const ErrorCode& ec) {
  auto error = reply_error(static_cast<http::error>(ec.value()));
  if (error.code == Errc::InvalidInput && error.message.ends_with("HTTP")) {
    error.message += fmt::format(" ({})", ec.message());
  }
  return error;
}

bool nests_too_deep(std::string_view json) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > kDeepestJson) return true;
  }
  return false;
}

// RFC 6901, 4: "~1" is '/', "~0" is '~'.
std::string unescaped(std::string_view token) {
  std::string plain;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '~' && i + 1 < token.size();
    if (escape && token[i + 1] == '1') {
      plain += '/';
      ++i;
    } else if (escape && token[i + 1] == '0') {
      plain += '~';
      ++i;
    } else {
      plain += token[i];
    }
  }
  return plain;
}

const nlohmann::json* child(const nlohmann::json& parent, const std::string& token) {
  if (parent.is_object()) {
    const auto found = parent.find(token);
    return found == parent.end() ? nullptr : &*found;
  }
  if (!parent.is_array()) return nullptr;
  std::size_t index = 0;
  const auto* end = token.data() + token.size();
  const auto [stop, error] = std::from_chars(token.data(), end, index);
  const bool leading_zero = token.size() > 1 && token.front() == '0';
  if (error != std::errc() || stop != end || leading_zero || index >= parent.size()) return nullptr;
  return &parent[index];
}

const nlohmann::json* at_pointer(const nlohmann::json& root, std::string_view pointer) {
  if (pointer.empty()) return &root;
  if (pointer.front() != '/') return nullptr;
  const nlohmann::json* place = &root;
  for (auto token : split(pointer.substr(1), '/')) {
    if (place != nullptr) place = child(*place, unescaped(token));
  }
  return place;
}

std::string shown(std::string_view text) { return clean(text, kShown); }

std::optional<Verdict> unmet_header(const HttpExpectation& expect, const HttpReply& reply) {
  for (const auto& [name, value] : expect.headers) {
    const auto found = reply.find(name);
    if (found == reply.end()) {
      return failed("header", fmt::format("the answer has no header '{}'", name));
    }
    const auto actual = found->value();
    if (actual.find(value) == boost::string_view::npos) {
      return failed("header", fmt::format("the header '{}' is '{}', expected was '{}'", name,
                                          shown({actual.data(), actual.size()}), value));
    }
  }
  return std::nullopt;
}

std::optional<Verdict> unmet_body(const HttpExpectation& expect, const std::string& body) {
  if (body.size() < expect.smallest_bytes) {
    return failed("size", fmt::format("the answer has {} bytes, at least {} were expected",
                                      body.size(), expect.smallest_bytes));
  }
  if (body.find(expect.text) == std::string::npos) {
    return failed("text", fmt::format("the text '{}' is not in the answer, which begins '{}'",
                                      shown(expect.text), shown(body)));
  }
  if (!expect.without_text.empty() && body.find(expect.without_text) != std::string::npos) {
    return failed("text",
                  fmt::format("the text '{}' is in the answer", shown(expect.without_text)));
  }
  for (const auto& [pointer, value] : expect.json) {
    if (auto difference = json_differs(body, pointer, value)) return failed("json", *difference);
  }
  return std::nullopt;
}

}  // namespace

HttpReplyReader::HttpReplyReader(bool head) : head_(head) { renew(); }

void HttpReplyReader::renew() {
  parser_.emplace();
  parser_->header_limit(kLargestHttpHeader);
  parser_->body_limit(kLargestHttpBody);
  parser_->eager(true);
  parser_->skip(head_);
}

Result<bool> HttpReplyReader::consume(std::string_view bytes, std::size_t& used, bool& needs_more) {
  ErrorCode ec;
  used = parser_->put(asio::buffer(bytes.data(), bytes.size()), ec);
  needs_more = ec == http::error::need_more || used == 0;
  if (ec && ec != http::error::need_more) return tl::unexpected<Error>(reply_error(ec));
  if (!parser_->is_done()) return false;
  const int status = parser_->get().result_int();
  if (status >= kFirstFinalStatus || status == kSwitchingProtocols) return true;
  if (++informational_ > kMostInformational) {
    return fail(Errc::LimitExceeded, "the server sends 1xx answers without end");
  }
  renew();
  return false;
}

Result<bool> HttpReplyReader::feed(std::string_view bytes) {
  if (!pending_.empty()) {
    pending_.append(bytes);
    bytes = pending_;
    if (header_complete() && bytes.size() < kSmallestLastChunk) return false;
  }
  bool needs_more = false;
  while (!bytes.empty() && !needs_more) {
    std::size_t used = 0;
    const auto done = consume(bytes, used, needs_more);
    if (!done || *done) return done;
    bytes.remove_prefix(used);
  }
  // A bound of our own too: the parser looks at its limit only when a line is complete.
  if (bytes.size() > kLargestHttpHeader) {
    return tl::unexpected<Error>(reply_error(http::error::header_limit));
  }
  pending_ = std::string(bytes);
  return false;
}

Result<void> HttpReplyReader::end() {
  ErrorCode ec;
  if (!parser_->got_some()) {
    return fail(Errc::InvalidInput, "the connection was closed without an answer");
  }
  parser_->put_eof(ec);
  if (ec) return tl::unexpected<Error>(reply_error(ec));
  return {};
}

bool status_is_expected(const HttpExpectation& expect, int status) {
  for (const auto& range : expect.status) {
    if (status >= range.first && status <= range.last) return true;
  }
  return false;
}

std::optional<Verdict> unmet(const HttpExpectation& expect, const HttpReply& reply) {
  const int status = reply.result_int();
  if (!status_is_expected(expect, status)) {
    const auto reason = reply.reason();
    return failed("status", fmt::format("the server answered {} {}", status,
                                        shown({reason.data(), reason.size()})));
  }
  if (auto header = unmet_header(expect, reply)) return header;
  return unmet_body(expect, reply.body());
}

std::optional<std::string> json_differs(std::string_view body, std::string_view pointer,
                                        std::string_view expected) {
  if (nests_too_deep(body)) {
    return fmt::format("the answer's JSON nests deeper than {} levels", kDeepestJson);
  }
  const auto root = nlohmann::json::parse(body, nullptr, false);
  if (root.is_discarded()) return fmt::format("the answer is not JSON: '{}'", shown(body));
  const auto* value = at_pointer(root, pointer);
  if (value == nullptr) return fmt::format("the answer's JSON has no '{}'", shown(pointer));
  const auto wanted = nlohmann::json::parse(expected, nullptr, false);
  if (!wanted.is_discarded() && *value == wanted) return std::nullopt;
  const auto actual = value->dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  return fmt::format(
      "'{}' is {}, expected was {}{}", shown(pointer), shown(actual), shown(expected),
      wanted.is_discarded() ? ", which is no JSON (a text wants quotes: \"ok\")" : "");
}

}  // namespace dienstbereit::probe
