// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/listen.h"

#include <fmt/format.h>

namespace dienstbereit::runtime {
namespace {

constexpr int kBacklog = 1024;

ErrorCode open_and_bind(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  ErrorCode failed;
  acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  return failed;
}

}  // namespace

Result<tcp::acceptor> listen_tcp(asio::io_context& context, const std::string& address,
                                 std::uint16_t port) {
  ErrorCode failed;
  const auto ip = asio::ip::make_address(address, failed);
  if (failed) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no numeric address to listen on", address));
  }
  tcp::acceptor acceptor(context);
  failed = open_and_bind(acceptor, tcp::endpoint(ip, port));
  if (!failed) acceptor.listen(kBacklog, failed);
  if (failed) {
    const bool taken = failed == asio::error::address_in_use;
    return fail(taken ? Errc::Conflict : Errc::Io,
                fmt::format("cannot listen on {} port {}: {}; {}", address, port, failed.message(),
                            taken ? "end the other program, or choose another port"
                                  : "'ip address' lists the addresses of this machine, ports below "
                                    "1024 need a right of their own"));
  }
  return acceptor;
}

}  // namespace dienstbereit::runtime
