// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "probe/device/datagrams.h"
#include "probe/device/icmp_reply.h"
#include "probe/kinds.h"

namespace dienstbereit::probe {
namespace {

struct EchoPeer {
  std::optional<Datagrams> socket;
  bool raw = false;
  ErrorCode failure;  // if there is no socket
};

bool not_allowed(const ErrorCode& why) {
  return why == boost::system::errc::permission_denied ||
         why == boost::system::errc::operation_not_permitted;
}

// A datagram socket needs no right but the group's; the kernel then picks the replies.
EchoPeer open_echo(Run& run, const asio::ip::address& address) {
  EchoPeer peer;
  const int protocol = address.is_v4() ? static_cast<int>(IPPROTO_ICMP) : IPPROTO_ICMPV6;
  for (const int type : {SOCK_DGRAM, SOCK_RAW}) {
    peer.socket.emplace(run.tools().context);
    peer.raw = type == SOCK_RAW;
    peer.failure = peer.socket->open(address, 0, run.from(), type, protocol);
    if (!not_allowed(peer.failure)) break;
  }
  if (peer.failure) peer.socket.reset();
  return peer;
}

}  // namespace

Async<Verdict> run_icmp(const IcmpProbe& probe, Run& run) {
  run.enter("resolve");
  auto addresses = co_await run.tools().resolver.lookup(probe.host);
  if (!addresses) co_return failed("resolve", addresses.error().message);
  run.enter("connect");
  EchoPeer peer;
  peer.failure = asio::error::host_not_found;
  asio::ip::address address;
  for (const auto& one : in_order(*addresses)) {
    address = one;
    peer = open_echo(run, address);
    if (peer.socket || not_allowed(peer.failure)) break;
  }
  if (not_allowed(peer.failure)) {
    co_return broken("this machine may not send ICMP; let all groups do so with sysctl "
                     "net.ipv4.ping_group_range='0 2147483647', or give the service CAP_NET_RAW");
  }
  if (!peer.socket) co_return run.failure(fmt::format("reaching {}", probe.host), peer.failure);
  run.enter("echo");
  Echo echo;
  echo.family = address.is_v4() ? IcmpFamily::V4 : IcmpFamily::V6;
  echo.ip_header = peer.raw && address.is_v4();
  echo.cookie = make_cookie();
  ErrorCode ec;
  IsAnswer is_answer = [&echo](std::string_view bytes) { return is_echo_reply(bytes, echo); };
  std::string request = echo_request(echo);
  co_await peer.socket->ask(std::move(request), std::move(is_answer), ec);
  if (ec) co_return run.failure(fmt::format("asking {} for an echo", address.to_string()), ec);
  co_return succeeded(fmt::format("{} answers", address.to_string()));
}

}  // namespace dienstbereit::probe
