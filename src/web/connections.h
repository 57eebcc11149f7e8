// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <optional>

#include <boost/asio/ip/address.hpp>

#include "web/limits.h"
#include "web/request.h"

namespace dienstbereit::web {

using SteadyTime = std::chrono::steady_clock::time_point;

// What connections are counted by: an IPv4 address, or the /64 of an IPv6 address. Absent for the
// Unix socket and, by default, for loopback.
using AddressKey = std::array<std::uint8_t, 16>;
std::optional<AddressKey> key_of(const boost::asio::ip::address& address, const Limits& limits);
// The same for what is counted by text, and what pages and the journal name.
Peer peer_of(const boost::asio::ip::address& address, const Limits& limits);

enum class Phase : std::uint8_t {
  Handshake,
  Idle,      // between requests: may give way to others
  Reading,   // past its deadline it is answered with 408
  Working,   // a command is under way
  Writing,
  Streaming,
  Lingering,
};

// One open connection as the registry sees it. The session owns it.
class Connection {
 public:
  virtual ~Connection() = default;
  // Ends the operation it waits for; the session then answers 408. Phase Reading only.
  virtual void interrupt() = 0;
  // Closes it at once, without an answer.
  virtual void abort() = 0;

  Phase phase = Phase::Handshake;
  SteadyTime deadline;
  std::optional<AddressKey> key;
};

// All open connections and event streams, and the bounds on them. One thread.
class Connections {
 public:
  explicit Connections(const Limits& limits) : limits_(limits) {}

  using Position = std::list<Connection*>::iterator;
  // Absent: this address has too many, or the server is full and nobody is idle.
  std::optional<Position> add(Connection& connection);
  void remove(Position position);

  // False: too many streams. Each true is paired with one remove_stream().
  bool add_stream(const std::optional<AddressKey>& key);
  void remove_stream(const std::optional<AddressKey>& key);

  // Ends what is past its deadline.
  void tick(SteadyTime now);
  // Closes the longest idle connection; false if none is idle.
  bool evict();

  std::size_t size() const { return all_.size(); }
  std::size_t streams() const { return streams_; }

 private:
  struct PerAddress {
    std::size_t connections = 0;
    std::size_t streams = 0;
  };
  void forget_if_empty(const AddressKey& key);

  const Limits& limits_;
  std::list<Connection*> all_;  // in order of arrival
  std::map<AddressKey, PerAddress> addresses_;
  std::size_t streams_ = 0;
};

}  // namespace dienstbereit::web
