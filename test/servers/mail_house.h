// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "servers/servers.h"

namespace dienstbereit::servers {

// A folder in memory where the machine has room for one, else a usual one. A mail server syncs
// several files a message to its disk; what a test is about is that it is asked to, not the disk.
class MemoryFolder {
 public:
  MemoryFolder();
  ~MemoryFolder();
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A house's mail server: Postfix takes mail for the addresses, all of one domain; Dovecot keeps it
// and shows it by IMAP (STARTTLS and TLS) to whoever says "geheim". A message that comes twice is
// kept once, by the Sieve script that the plan for its backup brings.
class MailHouse {
 public:
  // `sieve`: that script. With files: IMAP and SMTP offer TLS.
  MailHouse(const std::filesystem::path& sieve, const std::vector<std::string>& addresses,
            const Authority::Files& tls);
  ~MailHouse();
  void start();  // Postfix only; Dovecot goes on
  void kill() { postfix_->stop(SIGKILL); }
  // Dovecot too, as a power cut would; and both come back.
  void cut();
  void restore();
  std::uint16_t port() const { return port_; }
  std::uint16_t imap_port() const { return imap_; }  // STARTTLS
  std::uint16_t imaps_port() const { return imaps_; }

  // Nothing waits in its own queue.
  bool idle() const;

 private:
  void write_postfix(const std::vector<std::string>& addresses, const Authority::Files& tls) const;
  void write_dovecot(const std::filesystem::path& sieve, const Authority::Files& tls) const;

  TempFolder folder_;
  MemoryFolder memory_;  // queue and mailboxes
  std::uint16_t port_, lmtp_, imap_, imaps_;
  std::unique_ptr<Process> postfix_;
  std::unique_ptr<Process> dovecot_;
};

// A Postfix that runs on a configuration which lies in `etc` of its folder.
class PlannedPostfix {
 public:
  PlannedPostfix();
  ~PlannedPostfix();
  std::filesystem::path etc() const { return folder_.path() / "etc"; }
  std::filesystem::path log() const { return folder_.path() / "log/mail.log"; }
  std::uint16_t port() const { return port_; }
  // What keeps it apart from the system's own, for the end of its main.cf.
  std::filesystem::path own_settings() const { return own_; }
  void start();
  void stop() { process_->stop(SIGTERM); }

 private:
  TempFolder folder_;
  MemoryFolder memory_;  // its queue
  std::uint16_t port_;
  std::filesystem::path own_;
  std::unique_ptr<Process> process_;
};

// A directory with person0@ to person<n-1>@kreis.example under dc=kreis,dc=example, each with an
// address elsewhere too. Strangers get at most `limit` entries of one answer, cn=admin with the
// password "geheim" all.
class Slapd {
 public:
  // With files: STARTTLS, and TLS on a port of its own.
  Slapd(int people, int limit, const Authority::Files* tls = nullptr);
  void start();
  void stop() { process_->stop(SIGTERM); }
  std::string url() const;
  std::uint16_t port() const { return port_; }
  std::uint16_t tls_port() const { return tls_port_; }

 private:
  TempFolder folder_;
  std::uint16_t port_, tls_port_;
  std::unique_ptr<Process> process_;
};

}  // namespace dienstbereit::servers
