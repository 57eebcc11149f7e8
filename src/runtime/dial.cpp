// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/dial.h"

#include <fmt/format.h>
#include <boost/asio/this_coro.hpp>

#include "runtime/gate.h"

namespace dienstbereit::runtime {
namespace {

void open_and_bind(tcp::socket& socket, const asio::ip::address& to, const asio::ip::address& from,
                   ErrorCode& ec) {
  socket.open(to.is_v4() ? tcp::v4() : tcp::v6(), ec);
  if (!ec && !from.is_unspecified()) socket.bind(tcp::endpoint(from, 0), ec);
}

Async<void> connect_once(tcp::socket& socket, tcp::endpoint end, bool others_left, ErrorCode& ec) {
  if (!others_left) {
    co_await socket.async_connect(end, into(ec));
    co_return;
  }
  Deadline patience(socket.get_executor(), kPatiencePerAddress, [&socket] {
    ErrorCode ignored;
    socket.cancel(ignored);
  });
  co_await socket.async_connect(end, into(ec));
  if (patience.expired() && ec) ec = asio::error::timed_out;
}

}  // namespace

Async<Dialled> dial(Addresses addresses, std::uint16_t port, std::string from) {
  auto executor = co_await asio::this_coro::executor;
  asio::ip::address local;  // unspecified
  if (!from.empty()) {
    ErrorCode unusable;
    local = asio::ip::make_address(from, unusable);
    std::erase_if(addresses, [&](const auto& a) { return a.is_v4() != local.is_v4(); });
    if (unusable) addresses.clear();
  }
  Dialled dialled{tcp::socket(executor), asio::error::address_family_not_supported, {}};
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    ErrorCode ignored;
    dialled.socket.close(ignored);
    dialled.peer = tcp::endpoint(addresses[i], port);
    dialled.failure.clear();
    open_and_bind(dialled.socket, addresses[i], local, dialled.failure);
    if (dialled.failure) continue;
    const bool others_left = i + 1 < addresses.size();
    co_await connect_once(dialled.socket, dialled.peer, others_left, dialled.failure);
    if (!dialled.failure || dialled.failure == asio::error::operation_aborted) break;
  }
  co_return dialled;
}

std::string to_text(const tcp::endpoint& end) {
  return fmt::format("{} port {}", end.address().to_string(), end.port());
}

std::string to_text(const ErrorCode& failure) {
  if (failure == asio::error::operation_aborted) return "no answer in time";
  if (failure == asio::error::timed_out) return "no answer";
  if (failure == asio::error::eof) return "the other side closed the connection";
  return failure.message();
}

}  // namespace dienstbereit::runtime
