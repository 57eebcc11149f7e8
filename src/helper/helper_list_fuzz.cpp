// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "helper/list.h"

using namespace dienstbereit;
using namespace dienstbereit::helper;

namespace {

// Whatever the service asks for, the program is the list's, and so is every word but for values
// that are no option and one line.
void ask(const Command& command, const std::string& value) {
  std::vector<Argument> arguments;
  for (const Parameter& parameter : command.parameters)
    arguments.push_back({parameter.name, value});
  if (const auto words = words_of(command, arguments)) {
    dienstbereit_assert(words->size() == command.argv.size());
    dienstbereit_assert(words->front() == command.argv.front());
    for (std::size_t i = 0; i < words->size(); ++i) {
      const std::string& word = (*words)[i];
      if (word == command.argv[i]) continue;
      dienstbereit_assert(word == value && value.size() <= kLongestValue);
      dienstbereit_assert(!value.starts_with('-') && value.find('\n') == std::string::npos);
      dienstbereit_assert(value.find('\0') == std::string::npos);
    }
  }
  arguments.push_back({"one-too-many", value});
  dienstbereit_assert(!words_of(command, arguments));
}

}  // namespace

// First line: a value; the rest: the list, as it is read once its signature is good.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const auto list = List::parse("list", input.substr(line + 1));
  if (!list) {
    dienstbereit_assert(!list.error().message.empty());
    return 0;
  }
  dienstbereit_assert(list->commands().size() <= kMostCommands);
  std::set<std::string> names;
  for (const Command& command : list->commands()) {
    dienstbereit_assert(names.insert(command.name).second);
    dienstbereit_assert(!command.argv.empty() && command.argv.front().starts_with('/'));
    dienstbereit_assert(command.argv.size() <= kMostWords && command.directory.starts_with('/'));
    dienstbereit_assert(command.timeout.count() > 0 && command.timeout <= kLongestRun);
    dienstbereit_assert(list->find(command.name).has_value());
    ask(command, std::string(input.substr(0, line)));
  }
  return 0;
}
