// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/calc_cli.h"

#include <chrono>
#include <csignal>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "base/file.h"
#include "calc/input.h"

namespace dienstbereit::app {
namespace {

StopFlag stop_asked;

// The first signal asks the calculation to stop, the next ends the program.
void stop_on_signals() {
  struct sigaction action{};
  action.sa_handler = [](int) { stop_asked.ask(); };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

double milliseconds_now() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

int calculate(const calc::Kind& kind, const std::filesystem::path& file, calc::Setting setting) {
  const auto text = read_file(file, calc::kMostBytes);
  if (!text) return complain(text.error());
  stop_on_signals();
  setting.stop = &stop_asked;
  setting.milliseconds = milliseconds_now;
  const auto answer = kind.calculate(*text, setting);
  if (!answer) {
    return complain(
        Error(answer.error().code, fmt::format("{}: {}", file.string(), answer.error().message)));
  }
  fmt::print("{}\n", *answer);
  return kExitOk;
}

}  // namespace

void CalcCli::add(CLI::App& parent, const Adder& add_command) {
  CLI::App* calculation = parent.add_subcommand(
      "calc", "Run one of the program's calculations on a file, without a server");
  calculation->require_subcommand(1);
  calculation->footer(
      "The answer is JSON on standard output. 'dienstbereit calc KIND --help' shows a file that\n"
      "works. Ctrl-C ends a calculation without an answer (exit code 1).");
  for (const calc::Kind& kind : calc::kinds()) {
    CLI::App* command = calculation->add_subcommand(kind.name, kind.about);
    add_command(*command, [this, &kind] { return calculate(kind, file_, setting_); });
    command->add_option("file", file_, "JSON file, at most 64 MiB")->required();
    if (kind.simulates) {
      command->add_option("--runs", setting_.runs, "How many possible courses are played")
          ->capture_default_str();
      command->add_option("--seed", setting_.seed, "Same seed, same answer")->capture_default_str();
    }
    command->footer(kind.example);
  }
}

}  // namespace dienstbereit::app
