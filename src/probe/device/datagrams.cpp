// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/datagrams.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <random>

#include <fmt/format.h>
#include <sys/socket.h>

#include <boost/asio/ip/udp.hpp>

#include "runtime/gate.h"

namespace dienstbereit::probe {
namespace {

constexpr int kMostAtOnce = 64;  // datagrams that are read before others get a turn

ErrorCode last_error() { return {errno, boost::system::system_category()}; }

}  // namespace

std::uint64_t make_cookie() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

ErrorCode Datagrams::open(const asio::ip::address& peer, std::uint16_t port,
                          const std::string& from, int type, int protocol) {
  const int family = peer.is_v4() ? AF_INET : AF_INET6;
  const int fd = ::socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
  if (fd < 0) return last_error();
  ErrorCode ec;
  socket_.assign(fd, ec);
  if (ec) return ec;
  if (!from.empty()) {
    const asio::ip::udp::endpoint local(asio::ip::make_address(from, ec), 0);
    if (ec) return ec;
    if (::bind(fd, local.data(), static_cast<socklen_t>(local.size())) != 0) return last_error();
  }
  const asio::ip::udp::endpoint remote(peer, port);
  if (::connect(fd, remote.data(), static_cast<socklen_t>(remote.size())) != 0) {
    return last_error();
  }
  return {};
}

// What has arrived; nothing if no answer is among it.
std::optional<std::string> Datagrams::take(const IsAnswer& is_answer, ErrorCode& failure) {
  std::array<char, kLargestDatagram> buffer;
  for (int i = 0; i < kMostAtOnce; ++i) {
    const auto size = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno != EAGAIN) failure = last_error();
    if (size < 0) return std::nullopt;
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
    if (is_answer(bytes)) return std::string(bytes);
  }
  return std::nullopt;
}

Async<std::string> Datagrams::ask(std::string question, IsAnswer is_answer, ErrorCode& failure) {
  for (unsigned asked = 0;; ++asked) {
    const auto sent = asked >= kMostAsked ? 0
                                          : ::send(socket_.native_handle(), question.data(),
                                                   question.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
      failure = last_error();
      co_return std::string();
    }
    runtime::Deadline again(socket_.get_executor(), kAskAgain, [this] {
      ErrorCode ignored;
      socket_.cancel(ignored);
    });
    while (!again.expired()) {
      ErrorCode waited;
      co_await socket_.async_wait(asio::posix::descriptor_base::wait_read, runtime::into(waited));
      if (waited && !again.expired()) failure = waited;
      if (waited) break;
      auto answer = take(is_answer, failure);
      if (answer) co_return std::move(*answer);
      if (failure) break;
    }
    if (failure) co_return std::string();
  }
}

runtime::Addresses in_order(const runtime::Addresses& addresses) {
  runtime::Addresses ordered;
  for (const bool v4 : {true, false}) {
    std::copy_if(addresses.begin(), addresses.end(), std::back_inserter(ordered),
                 [v4](const auto& address) { return address.is_v4() == v4; });
  }
  return ordered;
}

Async<UdpPeer> open_udp(Run& run, Endpoint target) {
  UdpPeer peer;
  run.enter("resolve");
  auto addresses = co_await run.tools().resolver.lookup(target.host);
  if (!addresses) {
    peer.failure = failed("resolve", addresses.error().message);
    co_return peer;
  }
  run.enter("connect");
  ErrorCode ec = asio::error::address_family_not_supported;
  for (const auto& address : in_order(*addresses)) {
    peer.socket.emplace(run.tools().context);
    peer.address = address;
    ec = peer.socket->open(address, target.port, run.from(), SOCK_DGRAM, 0);
    if (!ec) co_return peer;
  }
  peer.socket.reset();
  peer.failure = run.failure(fmt::format("reaching {} port {}", target.host, target.port), ec);
  co_return peer;
}

}  // namespace dienstbereit::probe
