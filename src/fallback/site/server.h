// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fallback/site/shelf.h"
#include "runtime/loop.h"

namespace dienstbereit::fallback::site {

// Bounds on what strangers can make it do.
inline constexpr std::size_t kMostConnections = 2'000;
inline constexpr std::chrono::seconds kHeadWithin{20};  // a request's head, from the first wait on
inline constexpr std::chrono::seconds kChunkWithin{60};  // the next part of an answer taken
inline constexpr unsigned kMostRequests = 1'000;  // of one connection

struct ServedFigures {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::int64_t> last_ms{0};  // of a page; since the epoch, 0: none yet
};

// Serves a shelf on the loop's thread, plain and by TLS. Pages and texts come from memory, all else
// straight from the disk by sendfile(2).
class Server {
 public:
  struct Options {
    std::vector<ListenAt> listen;
    std::vector<ListenAt> listen_tls;
    std::filesystem::path certificate;
    std::filesystem::path key;
  };
  // All of it outlives the server. The loop is running.
  Server(runtime::Loop& loop, Shelf& shelf, ServedFigures& figures, std::function<Instant()> now);
  ~Server();  // stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Not from the loop's thread; errors name the address or file.
  Result<void> start(const Options& options);
  // Reads the certificate again if its file has changed. A wrong one: the old one stays.
  void renew_certificate();
  // The ports, plain ones first.
  const std::vector<std::uint16_t>& ports() const;
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dienstbereit::fallback::site
