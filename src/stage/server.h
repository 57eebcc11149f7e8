// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <csignal>

#include "base/result.h"
#include "stage/plan.h"

namespace dienstbereit::stage {

// Bounds of one server.
inline constexpr std::size_t kMostConnections = 128;  // more are closed at once
inline constexpr std::size_t kLargestBacklog = 256u << 10;  // bytes waiting for a slow reader
inline constexpr auto kLongestSilence = std::chrono::seconds(20);  // then a connection is closed

// What lets a UPS live through a surge.
inline constexpr int kSurgeSignal = SIGUSR1;

// A bound and listening server; owns its sockets.
class ListeningServer {
 public:
  // Unreachable if the address cannot be used.
  static Result<ListeningServer> open(const Server& server);
  ~ListeningServer();
  ListeningServer(ListeningServer&& other) noexcept;
  ListeningServer(const ListeningServer&) = delete;
  ListeningServer& operator=(const ListeningServer&) = delete;

  // Serves until the process ends. `server` must be the one given to open.
  [[noreturn]] void serve(const Server& server);

 private:
  ListeningServer(int tcp, int udp) : tcp_(tcp), udp_(udp) {}

  int tcp_;
  int udp_;  // DNS only, else -1
};

}  // namespace dienstbereit::stage
