// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "servers/servers.h"

namespace dienstbereit::servers {

// Postfix as a provider's: whoever signs in as "melder" with "geheim" over TLS may send to
// anybody @ziel.example; all of it lands in one folder. unbekannt@ziel.example is refused.
class MailAccount {
 public:
  static constexpr const char* kUser = "melder";
  static constexpr const char* kPassword = "geheim";

  explicit MailAccount(const Authority::Files& tls);
  ~MailAccount();
  void start();
  void stop() { process_->stop(SIGTERM); }
  std::uint16_t port() const { return port_; }               // STARTTLS
  std::uint16_t wrapped_port() const { return wrapped_; }    // TLS from the first byte
  // The messages that were delivered so far, as they are; in no order.
  std::vector<std::string> delivered() const;
  Process& process() { return *process_; }

 private:
  TempFolder folder_;
  std::uint16_t port_;
  std::uint16_t wrapped_;
  std::unique_ptr<Process> process_;
};

// The value of a header that stands once; encoded words decoded.
std::string header_of(const std::string& mail, const std::string& name);
// The body, base64 decoded.
std::string body_of(const std::string& mail);

}  // namespace dienstbereit::servers
