// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "calc/kinds.h"

namespace dienstbereit::app {

// 'calc': one command a kind of calculation.
class CalcCli {
 public:
  // As AccountCli's.
  using Adder = std::function<void(CLI::App& command, std::function<int()> run)>;
  void add(CLI::App& parent, const Adder& add_command);

 private:
  Result<calc::Setting> setting() const;  // of the options; InvalidInput

  std::filesystem::path file_;
  std::string runs_ = std::to_string(calc::Setting().runs);
  std::string seed_ = std::to_string(calc::Setting().seed);
};

}  // namespace dienstbereit::app
