// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"

namespace dienstbereit::app {

// The options of 'dienstbereit account ...'.
class AccountCli {
 public:
  // `talk` is filled by the parser before a command runs.
  explicit AccountCli(const Talk& talk) : talk_(talk) {}

  // `add_command` says what a subcommand runs; `add_talk` gives it the options of all commands that
  // talk to a server.
  using Adder = std::function<void(CLI::App& command, std::function<int()> run)>;
  void add(CLI::App& parent, const Adder& add_command, const Adder& add_talk);

 private:
  using Command = std::function<CLI::App*(const char*, const char*, std::function<int()>)>;
  void add_sessions(const Command& command, const std::function<void(CLI::App*)>& login);

  const Talk& talk_;
  AccountOptions options_;
  std::string id_;
};

}  // namespace dienstbereit::app
