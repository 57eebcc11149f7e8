// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <iostream>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "stage/stage.h"

namespace dienstbereit::app {
namespace {

std::filesystem::path control_or_default(const std::filesystem::path& control) {
  return control.empty() ? stage::default_control() : control;
}

}  // namespace

int stage_run(const std::filesystem::path& file, const std::filesystem::path& control) {
  if (auto ran = stage::run(file, control_or_default(control), std::cout); !ran) {
    return complain(ran.error());
  }
  return kExitOk;
}

int stage_tell(const std::filesystem::path& control, const std::string& command) {
  const auto answer = stage::send_command(control_or_default(control), command);
  if (!answer) return complain(answer.error());
  fmt::print("{}", *answer);
  return kExitOk;
}

}  // namespace dienstbereit::app
