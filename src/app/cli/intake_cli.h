// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"

namespace dienstbereit::app {

// The options of 'dienstbereit intake ...'.
class IntakeCli {
 public:
  // `talk` is filled by the parser before a command runs.
  explicit IntakeCli(const Talk& talk) : talk_(talk) {}

  using Adder = std::function<void(CLI::App& command, std::function<int()> run)>;
  void add(CLI::App& parent, const Adder& add_command, const Adder& add_talk);

 private:
  const Talk& talk_;
  IntakeOptions options_;
};

}  // namespace dienstbereit::app
