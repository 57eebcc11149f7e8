// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <csignal>
#include <memory>
#include <string>

#include "servers/process.h"

namespace dienstbereit::servers {

// The real servers from Debian, each in a folder and on a free port of its own on loopback, never
// the system's instance. Constructors return when the server answers and throw
// std::runtime_error with its output if it does not. stop() and start() keep folder and port.
// Run as root: each then serves as the user its package made for it.

// A certificate authority of the test's own, by openssl(1).
class Authority {
 public:
  explicit Authority(const TempFolder& folder);

  struct Files {
    std::filesystem::path certificate;
    std::filesystem::path key;
  };
  // A server's certificate for a DNS name (and 127.0.0.1), valid from `begin` to `end` days from
  // now; a negative end has expired.
  Files issue(const std::string& name, int begin_days, int end_days) const;
  std::filesystem::path certificate() const { return folder_.path() / "ca.pem"; }

 private:
  const TempFolder& folder_;
};

class Nginx {
 public:
  // `server_block`: what stands inside server { }, without listen; `ssl` adds that word to listen;
  // `http_block`: what stands before it.
  Nginx(const std::string& server_block, bool ssl, const std::string& address = "127.0.0.1",
        const std::string& http_block = "");
  void start();
  void stop() { process_->stop(SIGQUIT); }
  std::uint16_t port() const { return port_; }
  const TempFolder& folder() const { return folder_; }
  Process& process() { return *process_; }

 private:
  TempFolder folder_;
  std::string address_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

// Accepts mail for user@mail.example, refuses every other recipient there and relaying.
class Postfix {
 public:
  // With files: offers STARTTLS.
  explicit Postfix(const Authority::Files* tls = nullptr);
  ~Postfix();
  void start();
  void stop();
  std::uint16_t port() const { return port_; }
  // Messages that ever entered the queue.
  std::size_t queued() const;

 private:
  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

// Authoritative for one zone; every other name is refused.
class Named {
 public:
  // `records`: lines of the zone file after the SOA and NS records, which are made. `key`: file of
  // a TSIG key that may change the zone; empty: nobody may.
  Named(const std::string& zone, const std::string& records, const std::filesystem::path& key = {});
  void start();
  void stop() { process_->stop(SIGTERM); }
  std::uint16_t port() const { return port_; }
  Process& process() { return *process_; }

 private:
  void wait_until_loaded();

  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

// A cluster with the roles "postgres" (trusted) and "probe" (password "geheim", SCRAM) and the
// database "fach" with a table amt(name) of one row, 'offen'.
class Postgres {
 public:
  Postgres();
  void start();
  void stop() { process_->stop(SIGINT); }
  // Its main process stands still: the kernel accepts connections, nothing answers.
  void freeze();
  void thaw();
  std::uint16_t port() const { return port_; }

 private:
  void run_sql(const std::string& database, const std::string& sql) const;

  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

}  // namespace dienstbereit::servers
