// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/calc_cli.h"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <limits>

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

// Decimal digits and nothing else; what CLI11 reads by itself may be octal, negative or too large.
template <class Number>
bool read_digits(const std::string& text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

// Too large is the file's fault; else it could not be read.
int complain_of_reading(const Error& error) {
  complain(error);
  return error.code == Errc::LimitExceeded ? kExitBadInput : kExitFailed;
}

int print(std::string answer) {
  answer += '\n';
  if (std::fwrite(answer.data(), 1, answer.size(), stdout) == answer.size() &&
      std::fflush(stdout) == 0)
    return kExitOk;
  return complain(Error(Errc::Io, fmt::format("the answer could not be written to standard output: "
                                              "{}; make room for {} bytes",
                                              std::strerror(errno), answer.size())));
}

int calculate(const calc::Kind& kind, const std::filesystem::path& file, calc::Setting setting) {
  const auto text = read_file(file, calc::kMostBytes);
  if (!text) return complain_of_reading(text.error());
  stop_on_signals();
  setting.stop = &stop_asked;
  setting.milliseconds = milliseconds_now;
  const auto answer = kind.calculate(*text, setting);
  if (!answer) {
    return complain(
        Error(answer.error().code, fmt::format("{}: {}", file.string(), answer.error().message)));
  }
  return print(*answer);
}

}  // namespace

Result<calc::Setting> CalcCli::setting() const {
  calc::Setting setting;
  if (!read_digits(runs_, setting.runs))
    return fail(Errc::InvalidInput,
                fmt::format("--runs {}: give a whole number in decimal digits, at most {}", runs_,
                            std::numeric_limits<unsigned>::max()));
  if (!read_digits(seed_, setting.seed))
    return fail(Errc::InvalidInput,
                fmt::format("--seed {}: give a whole number in decimal digits, at most {}", seed_,
                            std::numeric_limits<std::uint64_t>::max()));
  return setting;
}

void CalcCli::add(CLI::App& parent, const Adder& add_command) {
  CLI::App* calculation = parent.add_subcommand(
      "calc", "Run one of the program's calculations on a file, without a server");
  calculation->require_subcommand(1);
  calculation->footer(
      "The answer is JSON on standard output. 'dienstbereit calc KIND --help' shows a file that\n"
      "works. Ctrl-C ends a calculation without an answer (exit code 1).");
  for (const calc::Kind& kind : calc::kinds()) {
    CLI::App* command = calculation->add_subcommand(kind.name, kind.about);
    add_command(*command, [this, &kind] {
      const auto asked = setting();
      return asked ? calculate(kind, file_, *asked) : complain(asked.error());
    });
    command->add_option("file", file_, "JSON file, at most 64 MiB")->required();
    if (kind.simulates) {
      command->add_option("--runs", runs_, "How many possible courses are played")
          ->capture_default_str();
      command->add_option("--seed", seed_, "Same seed, same answer")->capture_default_str();
    }
    command->footer(kind.example);
  }
}

}  // namespace dienstbereit::app
