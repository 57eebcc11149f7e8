// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <csignal>
#include <memory>

#include "servers/process.h"

namespace dienstbereit::servers {

// PHP's own web server, as a cheap web space: the files of a folder.
class Php {
 public:
  explicit Php(std::filesystem::path www);
  void start();
  void stop() { process_->stop(SIGTERM); }
  std::uint16_t port() const { return port_; }
  std::string output() const { return process_->output(); }

 private:
  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

}  // namespace dienstbereit::servers
