// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "program.h"
#include "servers/database_pair.h"
#include "servers/mail_house.h"
#include "servers/servers.h"

namespace dienstbereit::lived {

// The clock of the day for every program that starts from now on (world_clock.cpp). Programs that
// run keep theirs.
void set_world_clock(Instant now);
Instant world_now();
Duration world_ahead();  // of this machine's clock

// A real server that lost its power.
struct Cut {
  std::string what;                     // "nginx with the homepage"
  std::vector<std::string> components;  // what it is in the district
  Instant at;
};

// The model district's servers: the stage for most of them, real ones from Debian for the
// homepage, mail and a database with its standby; what takes over, outside; and the program. All
// of it runs once it is made.
class House {
 public:
  explicit House(Instant begin);
  ~House();
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  // As on the Friday: all that the stage's scenario names, and the three real ones.
  void surge();
  const std::vector<Cut>& cuts() const { return cuts_; }
  // The server of a component runs again; nothing if its takeover did that already.
  void works(const std::string& component);

  // The program is stopped and started with a later clock, and has measured all anew.
  void go_to(Instant t);
  const e2e::Server& server() const { return *server_; }
  const std::filesystem::path& district() const { return district_; }
  std::string log_of_backup() const { return (backup_.log()).string(); }

  // What citizens read at the homepage's address; what counters reach of the program.
  std::string homepage() const;
  std::string homepage_url() const;
  std::string counters_origin() const;
  void cut_counters();
  void restore_counters() { line_->start(); }

  // Mail from outside to an address, by the ways that DNS would name: the house, else the backup.
  void send_mail(std::size_t count, const std::string& to) const;
  // `dienstbereit mail WORDS` on the backup.
  e2e::Outcome mail(e2e::Words words) const;
  // The ids of the messages in a mailbox, one a message.
  std::vector<std::string> mailbox(const std::string& address) const;

  const servers::DatabasePair& databases() const { return databases_; }
  servers::WritingApplication& application() { return application_; }

 private:
  void build_homepage() const;
  void plan_mail();
  void start_helper();
  void start_program();
  void start_front();
  std::string path(const char* name) const { return (folder_.path() / name).string(); }

  servers::TempFolder folder_;
  servers::Authority authority_{folder_};
  servers::DatabasePair databases_;
  servers::WritingApplication application_{databases_};
  servers::Nginx cms_{"charset utf-8;", false};
  servers::Postfix elsewhere_;
  servers::PlannedPostfix backup_;
  std::optional<servers::MailHouse> mail_;
  std::unique_ptr<servers::Process> stage_;
  std::unique_ptr<servers::Process> helper_;
  std::filesystem::path district_;
  std::unique_ptr<e2e::Server> server_;
  std::optional<servers::Nginx> front_;  // the homepage's address
  std::optional<servers::Nginx> line_;  // the counters' way to the program
  std::uint16_t copy_port_ = servers::free_port();
  std::vector<Cut> cuts_;
};

}  // namespace dienstbereit::lived
