// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"

namespace dienstbereit::app {

// The options of 'dienstbereit mirror ...' and 'dienstbereit fallback-site ...'.
class HomepageCli {
 public:
  // `talk` is filled by the parser before a command runs.
  explicit HomepageCli(const Talk& talk) : talk_(talk) {}

  // `runs` says what a subcommand does; `talks` gives it the options of all commands that talk to a
  // server.
  using Runs = std::function<void(CLI::App& command, std::function<int()> run)>;
  using Talks = std::function<void(CLI::App& command)>;
  void add(CLI::App& parent, const Runs& runs, const Talks& talks);

 private:
  void add_mirror(CLI::App& parent, const Runs& runs, const Talks& talks);
  void add_switching(CLI::App& site, const Runs& runs);

  const Talk& talk_;
  HomepageOptions options_;
};

}  // namespace dienstbereit::app
