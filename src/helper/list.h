// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/interim/plan.h"

namespace dienstbereit::helper {

// The fixed list of what the helper may carry out (docs/formats/plans.md, "The helper's list").

inline constexpr std::size_t kLargestList = 256u << 10;  // bytes
inline constexpr std::size_t kMostCommands = 200;
inline constexpr std::size_t kMostWords = 64;       // of one command
inline constexpr std::size_t kLongestWord = 1'000;  // bytes
inline constexpr std::size_t kLongestValue = 200;   // bytes of one argument
inline constexpr Duration kLongestRun = std::chrono::hours(12);

struct Parameter {
  std::string name;
  std::string pattern;  // POSIX extended; the whole value must match
};

struct Command {
  std::string name;
  std::string about;
  std::vector<std::string> argv;  // the program by its absolute path; "{wait}" is a parameter
  std::vector<Parameter> parameters;
  std::vector<std::pair<std::string, std::string>> environment;  // all that it gets
  std::string user;  // who it runs as; empty: as the helper
  std::string directory = "/";
  Duration timeout = std::chrono::minutes(1);
};

class List {
 public:
  // The error's message holds every problem, one a line, with its place in the file.
  static Result<List> parse(const std::string& name, std::string_view yaml);

  const std::vector<Command>& commands() const { return commands_; }
  // NotFound with the nearest name.
  Result<Command> find(std::string_view name) const;

 private:
  std::vector<Command> commands_;
};

// The words to run. InvalidInput: a value that is missing, left over, or not as its pattern wants;
// one that begins with '-' is never taken.
Result<std::vector<std::string>> words_of(const Command& command,
                                          const std::vector<Argument>& arguments);

}  // namespace dienstbereit::helper
