// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/input.h"
#include "model/situation.h"
#include "web/control.h"
#include "web/gatekeeper.h"
#include "web/limits.h"

namespace dienstbereit::web {

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, the chain with the server's own first
  std::filesystem::path key;          // PEM
};

struct ListenAddress {
  std::string address = "127.0.0.1";  // numeric; "::" and "0.0.0.0" listen everywhere
  std::uint16_t port = 0;             // 0: the system chooses
};

struct ServerOptions {
  std::vector<ListenAddress> listen;
  std::optional<TlsFiles> tls;     // for all of `listen`; looked at for changes once a minute
  std::filesystem::path socket;    // Unix socket for the command line, mode 0660; empty: none
  std::string version;             // of the program
  std::filesystem::path console;   // the built pages of the counters; empty: none
  Limits limits;
};

// What Server::start() would fail with for its certificate or an address; leaves nothing open. For
// before anything is made that a failed start would leave behind.
Result<void> rehearse(const ServerOptions& options);

// The public pages, the API and the command line's way in, on one thread of its own. Serves a
// "starting" page from start() until the first publish().
class Server {
 public:
  // `sink`, `control` and `gatekeeper` outlive the server.
  Server(ServerOptions options, InputSink& sink, Control& control, Gatekeeper& gatekeeper);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds, then serves. The error names the address, socket or certificate at fault.
  Result<void> start();
  // Closes everything and joins the thread; unanswered commands are dropped. Idempotent.
  void stop();

  // Shows this situation from now on. Any thread; cheap: pages are rendered on the server's
  // thread when they are asked for.
  void publish(std::shared_ptr<const Situation> situation);

  // The ports bound, in the order of `listen`; valid after start().
  const std::vector<std::uint16_t>& ports() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dienstbereit::web
