// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/response.h"

#include <brotli/encode.h>

#include <fmt/format.h>

#include "base/assert.h"
#include "base/gzip.h"
#include "base/hash.h"
#include "base/text.h"
#include "web/pages/style.h"

namespace dienstbereit::web {
namespace {

constexpr int kBrotliQuality = 5;  // about the time of gzip, a tenth smaller
constexpr std::size_t kEtagDigits = 20;

// True unless the parameters of one Accept-Encoding element say q=0.
bool admitted(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == std::string_view::npos) {
    return true;
  }
  const std::string_view value = trim(parameters.substr(q + 2));
  return value.find_first_not_of("0.") != std::string_view::npos;
}

const char* name_of(Encoding encoding) { return encoding == Encoding::Brotli ? "br" : "gzip"; }

std::string encoded(std::string_view body, Encoding encoding) {
  switch (encoding) {
    case Encoding::Gzip:
      return gzip(body);
    case Encoding::Brotli:
      return brotli(body);
    case Encoding::Identity:
      break;
  }
  return std::string(body);
}

}  // namespace

Encoding encoding_for(std::string_view accept_encoding) {
  Encoding best = Encoding::Identity;
  for (const std::string_view element : split(accept_encoding, ',')) {
    const auto semicolon = element.find(';');
    const std::string_view name = trim(element.substr(0, semicolon));
    if (semicolon != std::string_view::npos && !admitted(element.substr(semicolon + 1))) {
      continue;
    }
    if (equals_ignoring_case(name, "br")) {
      best = Encoding::Brotli;
    } else if (best == Encoding::Identity && equals_ignoring_case(name, "gzip")) {
      best = Encoding::Gzip;
    }
  }
  return best;
}

PayloadPtr make_payload(const PayloadKind& kind, bool tls, std::string_view body, Encoding encoding,
                        std::string_view extra) {
  const std::string content = encoded(body, encoding);
  auto payload = std::make_shared<Payload>();
  std::string& out = payload->text;
  out = fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", kind.content_type.view(),
                    content.size());
  if (encoding != Encoding::Identity) {
    out += fmt::format("Content-Encoding: {}\r\n", name_of(encoding));
  }
  if (kind.may_cache) {
    payload->etag = fmt::format("\"{}\"", to_hex(sha256(content)).substr(0, kEtagDigits));
    out += fmt::format("ETag: {}\r\nCache-Control: no-cache\r\nVary: Accept-Encoding\r\n",
                       payload->etag);
  } else {
    out += "Cache-Control: no-store\r\n";
  }
  out += kind.policy ? kind.policy()
         : kind.html ? page_security_policy()
                     : "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
  out += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
         "X-Frame-Options: DENY\r\n";
  out += kind.open ? "Cross-Origin-Resource-Policy: cross-origin\r\n"
                     "Access-Control-Allow-Origin: *\r\n"
                   : "Cross-Origin-Resource-Policy: same-origin\r\n";
  if (tls) {
    out += "Strict-Transport-Security: max-age=31536000\r\n";
  }
  out += extra;
  out += "\r\n";
  payload->body_at = out.size();
  out += content;
  return payload;
}

std::string brotli(std::string_view text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  const auto ok =
      BrotliEncoderCompress(kBrotliQuality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                            reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data()));
  dienstbereit_assert(ok == BROTLI_TRUE);
  out.resize(size);
  return out;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Internal Server Error";
  }
}

}  // namespace dienstbereit::web
