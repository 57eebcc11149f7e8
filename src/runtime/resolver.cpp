// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/resolver.h"

#include <ares.h>
#include <netdb.h>

#include <fmt/format.h>

#include <boost/asio/this_coro.hpp>

#include "runtime/cares_channel.h"

namespace dienstbereit::runtime {
namespace {

constexpr int kInternetClass = 1;  // RFC 1035, 3.2.4

// What a callback of c-ares leaves for the coroutine that waits. Shared: the coroutine may be
// cancelled before c-ares calls.
struct Outcome {
  explicit Outcome(const asio::any_io_executor& executor) : done(executor) {
    done.expires_at(asio::steady_timer::time_point::max());
  }
  asio::steady_timer done;  // cancelled when the outcome is there
  bool arrived = false;
  int status = ARES_ETIMEOUT;
  Addresses addresses;
  std::string bytes;

  void arrive() {
    arrived = true;
    done.cancel();
  }
};
using OutcomePointer = std::shared_ptr<Outcome>;

OutcomePointer taken(void* argument) {
  const std::unique_ptr<OutcomePointer> owned(static_cast<OutcomePointer*>(argument));
  return *owned;
}

asio::ip::address address_of(const sockaddr* socket_address) {
  if (socket_address->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(socket_address);
    return asio::ip::address_v4(ntohl(v4->sin_addr.s_addr));
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(socket_address);
  asio::ip::address_v6::bytes_type bytes;
  std::copy(std::begin(v6->sin6_addr.s6_addr), std::end(v6->sin6_addr.s6_addr), bytes.begin());
  return asio::ip::address_v6(bytes, v6->sin6_scope_id);
}

void addresses_arrived(void* argument, int status, int, ares_addrinfo* found) {
  const auto outcome = taken(argument);
  outcome->status = status;
  if (found != nullptr) {
    for (auto* node = found->nodes; node != nullptr; node = node->ai_next) {
      if (node->ai_family == AF_INET || node->ai_family == AF_INET6) {
        outcome->addresses.push_back(address_of(node->ai_addr));
      }
    }
    ares_freeaddrinfo(found);
  }
  outcome->arrive();
}

void answer_arrived(void* argument, int status, int, unsigned char* bytes, int size) {
  const auto outcome = taken(argument);
  outcome->status = status;
  if (bytes != nullptr && size > 0) {
    outcome->bytes.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  }
  outcome->arrive();
}

Async<void> arrival(OutcomePointer outcome) {
  ErrorCode ignored;
  if (!outcome->arrived) co_await outcome->done.async_wait(into(ignored));
}

DnsStatus status_of(int ares_status) {
  switch (ares_status) {
    case ARES_SUCCESS:
      return DnsStatus::Answered;
    case ARES_ENOTFOUND:
      return DnsStatus::NoSuchName;
    case ARES_ENODATA:
      return DnsStatus::NoData;
    case ARES_ESERVFAIL:
      return DnsStatus::ServerFailed;
    case ARES_EREFUSED:
      return DnsStatus::Refused;
    case ARES_ECONNREFUSED:
      return DnsStatus::Unreachable;
    case ARES_ETIMEOUT:
    case ARES_ECANCELLED:
    case ARES_EDESTRUCTION:
      return DnsStatus::Silent;
    default:
      return DnsStatus::Malformed;
  }
}

Error lookup_error(const std::string& host, const Outcome& outcome) {
  const auto status = outcome.arrived ? status_of(outcome.status) : DnsStatus::Silent;
  switch (status) {
    case DnsStatus::Answered:
    case DnsStatus::NoSuchName:
    case DnsStatus::NoData:
      return Error(Errc::NotFound, fmt::format("the name '{}' does not resolve to an address ({})",
                                               host, name_of(status)));
    case DnsStatus::Silent:
      return Error(Errc::TimedOut, fmt::format("no name server answered for '{}' in time", host));
    default:
      return Error(Errc::Unavailable,
                   fmt::format("the name servers cannot resolve '{}' ({})", host, name_of(status)));
  }
}

}  // namespace

const char* name_of(DnsStatus status) {
  switch (status) {
    case DnsStatus::Answered:
      return "answered";
    case DnsStatus::NoSuchName:
      return "NXDOMAIN";
    case DnsStatus::NoData:
      return "no record of this type";
    case DnsStatus::ServerFailed:
      return "SERVFAIL";
    case DnsStatus::Refused:
      return "REFUSED";
    case DnsStatus::Malformed:
      return "malformed answer";
    case DnsStatus::Unreachable:
      return "connection refused";
    case DnsStatus::Silent:
      return "no answer";
  }
  return "invalid";
}

Resolver::Resolver(asio::io_context& context) : context_(context) {}
Resolver::~Resolver() = default;

std::shared_ptr<CaresChannel> Resolver::system_channel() {
  const auto now = std::chrono::steady_clock::now();
  if (!system_ || now - read_at_ > kRereadAfter) {
    system_ = CaresChannel::make(context_, std::nullopt);
    read_at_ = now;
  }
  return system_;
}

Async<Result<Addresses>> Resolver::lookup(std::string host) {
  ErrorCode not_numeric;
  const auto numeric = asio::ip::make_address(host, not_numeric);
  if (!not_numeric) co_return Addresses{numeric};
  const auto channel = system_channel();
  const auto outcome = std::make_shared<Outcome>(context_.get_executor());
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_flags = ARES_AI_NOSORT;
  hints.ai_socktype = SOCK_STREAM;
  channel->resolve(host, hints, addresses_arrived, new OutcomePointer(outcome));
  co_await arrival(outcome);
  if (outcome->arrived && !outcome->addresses.empty()) co_return std::move(outcome->addresses);
  co_return tl::unexpected<Error>(lookup_error(host, *outcome));
}

Async<DnsReply> Resolver::query(NameServer server, std::string name, std::uint16_t type) {
  const auto channel = CaresChannel::make(context_, server);
  const auto outcome = std::make_shared<Outcome>(context_.get_executor());
  channel->ask(name, kInternetClass, type, answer_arrived, new OutcomePointer(outcome));
  co_await arrival(outcome);
  DnsReply reply;
  reply.status = outcome->arrived ? status_of(outcome->status) : DnsStatus::Silent;
  reply.bytes = std::move(outcome->bytes);
  co_return reply;
}

}  // namespace dienstbereit::runtime
