// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include <fmt/format.h>

#include <boost/asio/write.hpp>
#include <boost/beast/core/detail/base64.hpp>

#include "base/text.h"
#include "probe/http_reply.h"
#include "probe/kinds.h"
#include "probe/url.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kChunk = 4096;      // bytes read at once
constexpr int kMostRedirects = 10;        // whatever the district says
constexpr std::size_t kShownAddress = 120;  // bytes of a foreign address in a sentence

using Exchange = HttpExchange;

struct Request {
  Url url;
  std::string method;
  bool trusted = true;  // still the origin the credentials are meant for
  std::string authorization;
};

std::string base64(const std::string& text) {
  namespace base64 = boost::beast::detail::base64;
  std::string encoded(base64::encoded_size(text.size()), '\0');
  encoded.resize(base64::encode(encoded.data(), text.data(), text.size()));
  return encoded;
}

bool breaks_the_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool has_unsafe_header(const HttpProbe& probe) {
  if (breaks_the_line(probe.method) || probe.method.find(' ') != std::string::npos) return true;
  for (const auto& [name, value] : probe.headers) {
    if (name.empty() || breaks_the_line(name) || breaks_the_line(value)) return true;
  }
  return false;
}

std::string request_text(const HttpProbe& probe, const Request& request) {
  std::string text = request.method + " " + request.url.target + " HTTP/1.1\r\nHost: ";
  text += authority(request.url);
  text += "\r\nUser-Agent: dienstbereit\r\nAccept: */*\r\nConnection: close\r\n";
  if (request.trusted) {
    if (!request.authorization.empty()) text += request.authorization;
    for (const auto& [name, value] : probe.headers) text += name + ": " + value + "\r\n";
  }
  text += "\r\n";
  return text;
}

// Sends and reads one answer; phases "first byte" and "transfer".
template <class Stream>
Async<Exchange> exchange(Run& run, Stream& stream, const std::string& request, bool head) {
  Exchange result;
  ErrorCode ec;
  run.enter("first byte");
  co_await asio::async_write(stream, asio::buffer(request), runtime::into(ec));
  if (ec) {
    result.failure = run.failure("sending the request", ec);
    co_return result;
  }
  HttpReplyReader reader(head);
  std::array<char, kChunk> chunk;
  bool first = true;
  for (;;) {
    const auto size = co_await stream.async_read_some(asio::buffer(chunk), runtime::into(ec));
    if (first && !ec) run.enter("transfer");
    first = first && ec;
    const bool closed = ec == asio::error::eof || ec == asio::ssl::error::stream_truncated;
    if (ec && !closed) {
      result.failure = run.failure("waiting for the answer", ec);
      co_return result;
    }
    Result<bool> done = true;
    if (closed) {
      const auto end = reader.end();
      if (!end) done = tl::unexpected<Error>(end.error());
    } else {
      done = reader.feed({chunk.data(), size});
    }
    if (!done) {
      result.failure = failed(run.phase(), done.error().message);
      co_return result;
    }
    if (*done) break;
  }
  result.reply = reader.release();
  co_return result;
}

Async<Exchange> exchange_secure(Run& run, tcp::socket socket, const HttpRequest& request) {
  Exchange result;
  auto context = tls_context(run, request.tls);
  if (context.context == nullptr) {
    result.failure = std::move(context.failure);
    co_return result;
  }
  TlsStream stream(std::move(socket), *context.context);
  auto refused = co_await secure(run, stream, request.tls, request.url.host);
  if (refused) {
    result.failure = std::move(*refused);
    co_return result;
  }
  co_return co_await exchange(run, stream, request.text, request.head);
}

Async<Exchange> fetch(const HttpProbe& probe, Run& run, const Request& request,
                      std::string connect_to) {
  HttpRequest asked{request.url, std::move(connect_to), probe.tls, request_text(probe, request),
                    request.method == "HEAD"};
  co_return co_await http_exchange(run, std::move(asked));
}

bool is_redirect(const HttpProbe& probe, const HttpReply& reply) {
  constexpr std::array kRedirects{301, 302, 303, 307, 308};
  const int status = reply.result_int();
  return std::find(kRedirects.begin(), kRedirects.end(), status) != kRedirects.end() &&
         !status_is_expected(probe.expect, status);
}

// Turns `request` into the one the answer points to; a verdict if it does not say where.
std::optional<Verdict> follow(const HttpReply& reply, Request& request) {
  const auto location = reply[boost::beast::http::field::location];
  auto next = resolve_reference(request.url, {location.data(), location.size()});
  if (location.empty() || !next) {
    return failed("redirect",
                  fmt::format("the server redirects to '{}', which cannot be followed",
                              clean({location.data(), location.size()}, kShownAddress)));
  }
  constexpr int kTemporary = 307;
  if (reply.result_int() < kTemporary && request.method != "HEAD") request.method = "GET";
  // What is meant for one origin is never shown to another, nor to one that is led back to it.
  request.trusted = request.trusted && same_origin(request.url, *next);
  request.url = std::move(*next);
  return std::nullopt;
}

Verdict judged(const HttpProbe& probe, const HttpReply& reply) {
  if (auto problem = unmet(probe.expect, reply)) return *problem;
  const auto reason = reply.reason();
  return succeeded(fmt::format("{} {}, {} bytes", reply.result_int(),
                               std::string_view(reason.data(), reason.size()),
                               reply.body().size()));
}

// Fills in the authorization; a verdict if the probe cannot be run as it is written.
std::optional<Verdict> prepare(const HttpProbe& probe, Run& run, Request& request) {
  auto url = parse_url(probe.url);
  if (!url) return broken(url.error().message);
  if (has_unsafe_header(probe)) {
    return broken("the method or a header of this probe holds a line break or is empty");
  }
  request.url = std::move(*url);
  request.method = probe.method;
  if (probe.user.empty()) return std::nullopt;
  std::string password;
  if (!probe.credential.empty()) {
    auto secret = run.tools().credentials.find(probe.credential);
    if (!secret) return broken(secret.error().message);
    password = std::move(*secret);
  }
  request.authorization = "Authorization: Basic " + base64(probe.user + ":" + password) + "\r\n";
  return std::nullopt;
}

}  // namespace

Async<Exchange> http_exchange(Run& run, HttpRequest request) {
  Exchange result;
  Endpoint target{request.url.host, request.url.port};
  auto connection = co_await connect(run, std::move(target), request.connect_to);
  if (!connection.socket) {
    result.failure = std::move(connection.failure);
    co_return result;
  }
  if (!request.url.secure) {
    co_return co_await exchange(run, *connection.socket, request.text, request.head);
  }
  co_return co_await exchange_secure(run, std::move(*connection.socket), request);
}

Async<Verdict> run_http(const HttpProbe& probe, Run& run) {
  Request request;
  if (auto problem = prepare(probe, run, request)) co_return *problem;
  const Url original = request.url;
  const int most = std::min(probe.redirects, kMostRedirects);
  for (int followed = 0;; ++followed) {
    // The fixed address stands for the original host and port only.
    const bool at_home = request.url.host == original.host && request.url.port == original.port;
    std::string fixed;
    if (at_home) fixed = probe.connect_to;
    auto answer = co_await fetch(probe, run, request, std::move(fixed));
    if (!answer.reply) co_return std::move(answer.failure);
    if (!is_redirect(probe, *answer.reply) || most <= 0) co_return judged(probe, *answer.reply);
    if (followed == most) {
      co_return failed("redirect", fmt::format("more than {} redirects, the last to '{}'", most,
                                               clean(to_text(request.url), kShownAddress)));
    }
    if (auto problem = follow(*answer.reply, request)) co_return *problem;
  }
}

}  // namespace dienstbereit::probe
