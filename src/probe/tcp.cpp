// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "probe/kinds.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kLargestBanner = 4096;
constexpr std::size_t kShown = 80;  // bytes of a banner in a sentence

// Phase "banner": reads until the text is there, the bound is reached or the server closes.
template <class Stream>
Async<Verdict> read_banner(const std::string& expected, Run& run, Stream& stream) {
  run.enter("banner");
  std::array<char, kLargestBanner> bytes;
  std::size_t size = 0;
  ErrorCode ec;
  while (!ec && size < bytes.size()) {
    size += co_await stream.async_read_some(asio::buffer(bytes.data() + size, bytes.size() - size),
                                            runtime::into(ec));
    const std::string_view so_far(bytes.data(), size);
    if (so_far.find(expected) != std::string_view::npos) {
      co_return succeeded(fmt::format("connected; banner '{}'", clean(trim(so_far), kShown)));
    }
  }
  const auto seen = clean({bytes.data(), size}, kShown);
  if (ec && ec != asio::error::eof) {
    co_return run.failure(fmt::format("waiting for '{}' (so far '{}')", expected, seen), ec);
  }
  co_return failed("banner", fmt::format("the banner '{}' does not contain '{}'", seen, expected));
}

Async<Verdict> over_tls(const TcpProbe& probe, Run& run, tcp::socket socket) {
  auto context = tls_context(run, probe.tls);
  if (context.context == nullptr) co_return std::move(context.failure);
  TlsStream stream(std::move(socket), *context.context);
  auto refused = co_await secure(run, stream, probe.tls, probe.target.host);
  if (refused) co_return std::move(*refused);
  if (!probe.expect_banner.empty())
    co_return co_await read_banner(probe.expect_banner, run, stream);
  co_return succeeded(fmt::format("connected, {}", SSL_get_version(stream.native_handle())));
}

}  // namespace

Async<Verdict> run_tcp(const TcpProbe& probe, Run& run) {
  auto connection = co_await connect(run, probe.target, {});
  if (!connection.socket) co_return std::move(connection.failure);
  if (probe.use_tls) co_return co_await over_tls(probe, run, std::move(*connection.socket));
  if (!probe.expect_banner.empty()) {
    co_return co_await read_banner(probe.expect_banner, run, *connection.socket);
  }
  ErrorCode unknown;
  const auto peer = connection.socket->remote_endpoint(unknown);
  co_return succeeded(fmt::format("connected to {}", runtime::to_text(peer)));
}

}  // namespace dienstbereit::probe
