// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"

namespace dienstbereit::app {

// 'handbook' and 'pack'.
class PaperCli {
 public:
  // `talk` is filled by the parser before a command runs.
  explicit PaperCli(const Talk& talk) : talk_(talk) {}

  // As AccountCli's.
  using Adder = std::function<void(CLI::App& command, std::function<int()> run)>;
  void add(CLI::App& parent, const Adder& add_command, const Adder& add_talk);

 private:
  const Talk& talk_;
  std::filesystem::path folder_;
  std::string site_;
};

}  // namespace dienstbereit::app
