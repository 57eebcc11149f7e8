// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <csignal>
#include <memory>
#include <string>

#include "servers/process.h"

namespace dienstbereit::servers {

// OpenSSH's server with keys of its own, on a free port of loopback; whoever runs the test logs in
// with the identity. Its home is that user's, so tests name paths from the root.
class Sshd {
 public:
  Sshd();
  void start();
  void stop() { process_->stop(SIGTERM); }
  std::uint16_t port() const { return port_; }
  std::string user() const;
  // Files with mode 0600 for a credentials folder: the private key of the login, the line of
  // known_hosts, and one with the key of another host.
  std::filesystem::path identity() const { return folder_.path() / "login"; }
  std::filesystem::path known_hosts() const { return folder_.path() / "known_hosts"; }
  std::filesystem::path other_hosts() const { return folder_.path() / "other_hosts"; }
  std::string output() const { return process_->output(); }

 private:
  void write_hosts(const char* file, const char* key) const;

  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

}  // namespace dienstbereit::servers
