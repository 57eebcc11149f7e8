// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"

namespace dienstbereit::app {

// The options of 'dienstbereit plan ...', 'switch ...' and 'helper ...'.
class PlanCli {
 public:
  // `talk` is filled by the parser before a command runs.
  explicit PlanCli(const Talk& talk) : talk_(talk) {}

  // As AccountCli's.
  using Adder = std::function<void(CLI::App& command, std::function<int()> run)>;
  void add(CLI::App& parent, const Adder& add_command, const Adder& add_talk);

 private:
  using Command =
      std::function<CLI::App*(CLI::App&, const char*, const char*, std::function<int()>)>;
  void add_plan(CLI::App& parent, const Command& command);
  void add_run(CLI::App& plan, const Command& command);
  void add_switch(CLI::App& parent, const Command& command);
  void add_helper(CLI::App& parent, const Adder& add_command);

  const Talk& talk_;
  PlanOptions options_;
  HelperOptions helper_;
};

}  // namespace dienstbereit::app
