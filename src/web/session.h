// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include <boost/asio/generic/stream_protocol.hpp>

#include "runtime/asio.h"
#include "runtime/gate.h"
#include "runtime/loop.h"
#include "runtime/tls.h"
#include "web/connections.h"
#include "web/router.h"

namespace dienstbereit::web {

using PlainSocket = asio::generic::stream_protocol::socket;  // TCP or Unix

// The way from other threads onto the server's: shut before the loop goes.
class Door {
 public:
  explicit Door(runtime::Loop& loop) : loop_(&loop) {}
  // Any thread. After shut() the work is dropped.
  void post(std::function<void()> work);
  void shut();

 private:
  std::mutex mutex_;
  runtime::Loop* loop_;
};

// "Mon, 23 Nov 2026 07:10:00 GMT" (RFC 9110 5.6.7).
std::string http_date(Instant t);

// The machine's time for the Date field, written once a second.
class DateField {
 public:
  const std::string& now();

 private:
  std::chrono::sys_seconds second_{};
  std::string text_;
};

// What all sessions share; lives on the server's thread and outlives them.
struct Shared {
  Shared(const Limits& l, runtime::Loop& loop)
      : limits(l), connections(limits), door(std::make_shared<Door>(loop)) {}

  Limits limits;
  ServerCounts counts;
  DateField date;
  Connections connections;
  std::shared_ptr<Door> door;  // with commands under way, which may outlive the server
  Router* router = nullptr;
  std::set<asio::steady_timer*> stream_signals;  // of event streams that wait for news
};

// Serve one connection until it ends. `peer` is who is there.
runtime::Async<void> serve_plain(Shared& shared, PlainSocket socket, Peer peer,
                                 std::optional<AddressKey> key);
runtime::Async<void> serve_tls(Shared& shared, std::unique_ptr<runtime::TlsStream> stream,
                               Peer peer, std::optional<AddressKey> key);

}  // namespace dienstbereit::web
