// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "helper/protocol.h"
#include "journal/disk.h"
#include "web/server.h"

namespace dienstbereit::app {

struct ServeOptions {
  std::filesystem::path district;  // file or folder
  std::filesystem::path data;      // journal, samples, socket
  std::vector<web::ListenAddress> listen;
  std::optional<web::TlsFiles> tls;
  std::filesystem::path credentials;  // folder; empty: the environment only
  std::uint64_t journal_bytes = journal::DiskBounds().max_bytes;  // the most it may use
  std::filesystem::path contacts;     // file; empty: contacts.yaml in `data`
  std::filesystem::path helper = helper::kUsualSocket;  // of the privileged helper
  std::filesystem::path console;      // built pages of the counters; empty: beside the program
  std::string site = "main";          // this node in a shared journal
  bool exercise = false;  // everything is marked so; nothing is published, nobody is told
};

// The socket of a data directory, where the command line finds the running server.
std::filesystem::path socket_of(const std::filesystem::path& data);

// The whole server. Threads: probes, engine with journal, web, and one for reloads.
class Application {
 public:
  Application();
  ~Application();  // stops
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  // Loads the district, opens the journal, serves the "starting" page, replays, probes. Every
  // failure says what to do; nothing is left running then.
  Result<void> start(const ServeOptions& options);
  // Reads the district again, as on SIGHUP; says in the log what came of it.
  void reload();
  // Every few seconds from the caller: confirms a doubted clock once NTP vouches for it.
  void look_at_clock();
  // Every few seconds too: what emergency intake has to tell and to delete.
  void look_at_intake();
  // True while it works; false once the engine has ended by itself.
  bool running() const;
  // Ends in order: probes, engine, web. Idempotent.
  void stop();

  // The address of the public page, for people: "http://127.0.0.1:8080/".
  std::string page() const;
  // The address that makes the first administrator; empty if there is one. Made at the start.
  std::string setup_link() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dienstbereit::app
