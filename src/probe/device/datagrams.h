// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "probe/run.h"

namespace dienstbereit::probe {

inline constexpr std::size_t kLargestDatagram = 8192;  // bytes that are looked at
inline constexpr std::chrono::milliseconds kAskAgain{1000};
inline constexpr unsigned kMostAsked = 5;

// A number that no stranger guesses: who answers to it has seen the question.
std::uint64_t make_cookie();

// True: this datagram is the answer. Others are passed over, as late or forged.
using IsAnswer = std::function<bool(std::string_view)>;

// A socket of datagrams that is connected with one peer: UDP, or ICMP.
class Datagrams {
 public:
  explicit Datagrams(asio::io_context& context) : socket_(context) {}

  // `type` and `protocol` as socket(2) has them; `from`: local numeric address, empty: any.
  ErrorCode open(const asio::ip::address& peer, std::uint16_t port, const std::string& from,
                 int type, int protocol);

  // Asks, again while nobody answers, until the run's time is over. `failure` gets what ended it.
  Async<std::string> ask(std::string question, IsAnswer is_answer, ErrorCode& failure);

 private:
  std::optional<std::string> take(const IsAnswer& is_answer, ErrorCode& failure);

  asio::posix::stream_descriptor socket_;
};

// The addresses of one host in the order in which they are tried. A datagram cannot tell which of
// them answers: the first that can be sent to is asked alone, of both families the older one, as
// some devices listen to that alone.
runtime::Addresses in_order(const runtime::Addresses& addresses);

// Phases "resolve" and "connect", for UDP.
struct UdpPeer {
  std::optional<Datagrams> socket;
  asio::ip::address address;
  Verdict failure;  // if there is no socket
};
Async<UdpPeer> open_udp(Run& run, Endpoint target);

}  // namespace dienstbereit::probe
