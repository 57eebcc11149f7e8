// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>

#include "servers/servers.h"

namespace dienstbereit::servers {

// upsd of Network UPS Tools with the driver dummy-ups, for the UPS "usv1".
class Ups {
 public:
  Ups();
  void start();
  void stop();
  std::uint16_t port() const { return port_; }

  // The driver has what is set within about a second; upsd then answers with it.
  void set(const std::string& variable, const std::string& value);
  // Waits until upsc(1) prints this.
  void wait_for(const std::string& variable, const std::string& value);
  // The driver stands still, so that its data turn stale; it is gone; it is there again.
  void freeze_driver();
  void kill_driver();
  void thaw_driver();
  // What upsc(1) prints, errors too.
  std::string upsc(const std::string& variable) const;

 private:
  void write_variables() const;
  std::vector<std::string> with_settings(std::vector<std::string> arguments) const;

  TempFolder folder_;
  std::uint16_t port_;
  std::map<std::string, std::string> variables_;
  std::unique_ptr<Process> driver_;
  std::unique_ptr<Process> upsd_;
};

// snmpd: community "geheim"; users "observer" (SHA-256 "authentication", AES "encryption") and
// "weak" (MD5 "authentication"). It does not tell how long the machine itself runs.
class SnmpAgent {
 public:
  SnmpAgent();
  void start();
  void stop() { process_->stop(SIGTERM); }
  std::uint16_t port() const { return port_; }

 private:
  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

// chronyd, which leaves the machine's clock alone.
class TimeServer {
 public:
  // `synchronised`: it says that its clock is.
  explicit TimeServer(bool synchronised);
  void start();
  void stop() { process_->stop(SIGTERM); }
  std::uint16_t port() const { return port_; }

 private:
  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

}  // namespace dienstbereit::servers
