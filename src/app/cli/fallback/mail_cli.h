// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace dienstbereit::app {

// What the commands of 'dienstbereit mail ...' are told (docs/operating/mail.md).
struct MailOptions {
  std::filesystem::path district;
  std::filesystem::path folder;                  // of a plan
  std::filesystem::path config = "/etc/postfix"; // of the Postfix at hand
  std::filesystem::path append, output, credentials;
  std::string from, bind, credential;
  std::string rate = "600/min", since, zone;
  std::vector<std::filesystem::path> logs;
  bool accept = false;
  bool json = false;
  bool german = true;
};

int mail_plan(const MailOptions& options);
int mail_check(const MailOptions& options);
int mail_recipients(const MailOptions& options);
int mail_queue(const MailOptions& options);
int mail_hold(const MailOptions& options, bool hold);
int mail_flush(const MailOptions& options);
int mail_report(const MailOptions& options);

class MailCli {
 public:
  // `run` is what the parser's caller does next.
  using Run = std::function<void(std::function<int()> run)>;
  void add(CLI::App& parent, const Run& run);

 private:
  CLI::App* command(const char* name, const char* about, int (*run)(const MailOptions&));
  void add_making();
  void add_watching();

  MailOptions options_;
  std::string language_ = "de";
  CLI::App* mail_ = nullptr;
  Run run_;
};

}  // namespace dienstbereit::app
