// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/list.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "config/document.h"
#include "config/values.h"
#include "helper/pattern.h"

namespace dienstbereit::helper {
namespace {

using config::Node;
using config::Report;

// "wait" of "{wait}"; empty for any other word.
std::string parameter_in(const std::string& word) {
  const bool is_one = word.size() > 2 && word.front() == '{' && word.back() == '}';
  return is_one ? word.substr(1, word.size() - 2) : std::string();
}

class ListReader {
 public:
  explicit ListReader(Report& report) : report_(report) {}

  std::vector<Command> read(const Node& root) {
    std::vector<Command> commands;
    if (root.kind != Node::Kind::Map) {
      report_.error(root.mark, "a list of commands is a map with the key 'commands'");
      return commands;
    }
    std::set<std::string> names;
    for (const Node::Entry& entry : root.entries) {
      if (entry.key != "commands") {
        config::report_unknown_key(report_, entry, {"commands"});
        continue;
      }
      config::for_each_item(report_, entry.value, kMostCommands, [&](const Node& item) {
        commands.push_back(command(item));
        if (!names.insert(commands.back().name).second) {
          report_.error(item.mark, fmt::format("a second command '{}'", commands.back().name));
        }
      });
    }
    return commands;
  }

 private:
  std::string text(const Node& node) {
    if (node.kind != Node::Kind::Scalar || node.text.size() > kLongestWord ||
        node.text.find('\0') != std::string::npos) {
      report_.error(node.mark, fmt::format("this is a text of at most {} bytes", kLongestWord));
      return {};
    }
    return node.text;
  }

  Command command(const Node& node) {
    Command command;
    if (node.kind != Node::Kind::Map) {
      report_.error(node.mark, "a command is a map with 'name' and 'argv'");
      return command;
    }
    for (const Node::Entry& entry : node.entries) take(entry, command);
    check(node, command);
    return command;
  }

  void take(const Node::Entry& entry, Command& command) {
    const Node& value = entry.value;
    if (entry.key == "name") {
      command.name = text(value);
    } else if (entry.key == "about") {
      command.about = text(value);
    } else if (entry.key == "argv") {
      config::for_each_item(report_, value, kMostWords,
                            [&](const Node& item) { command.argv.push_back(text(item)); });
    } else if (entry.key == "arguments") {
      for (const auto& [name, pattern] : pairs(value))
        command.parameters.push_back({name, pattern});
    } else if (entry.key == "environment") {
      command.environment = pairs(value);
    } else if (entry.key == "user") {
      command.user = text(value);
    } else if (entry.key == "directory") {
      command.directory = text(value);
    } else if (entry.key == "timeout") {
      const auto timeout = parse_duration(text(value));
      if (timeout) command.timeout = *timeout;
      if (!timeout) report_.error(value.mark, timeout.error().message);
    } else {
      config::report_unknown_key(
          report_, entry,
          {"name", "about", "argv", "arguments", "environment", "user", "directory", "timeout"});
    }
  }

  std::vector<std::pair<std::string, std::string>> pairs(const Node& node) {
    std::vector<std::pair<std::string, std::string>> all;
    if (node.kind != Node::Kind::Map || node.entries.size() > kMostWords) {
      report_.error(node.mark, fmt::format("this is a map of at most {} entries", kMostWords));
      return all;
    }
    for (const Node::Entry& entry : node.entries) {
      if (!config::valid_id(entry.key)) report_.error(entry.key_mark, config::id_rule(entry.key));
      all.emplace_back(entry.key, text(entry.value));
    }
    return all;
  }

  void check(const Node& node, const Command& command) {
    const auto error = [&](const std::string& text) {
      report_.error(node.mark, fmt::format("command '{}': {}", command.name, text));
    };
    if (!config::valid_id(command.name)) report_.error(node.mark, config::id_rule(command.name));
    if (command.argv.empty() || !command.argv[0].starts_with('/')) {
      error("'argv' begins with the absolute path of a program");
    }
    if (!command.directory.starts_with('/')) error("'directory' is an absolute path");
    if (command.timeout < std::chrono::seconds(1) || command.timeout > kLongestRun) {
      error(fmt::format("'timeout' lies between 1 s and {}", to_text(kLongestRun)));
    }
    for (const Parameter& parameter : command.parameters) {
      if (const char* problem = Pattern(parameter.pattern).problem()) {
        error(fmt::format("the pattern of '{}' {}", parameter.name, problem));
      }
      const bool used = std::any_of(
          command.argv.begin(), command.argv.end(),
          [&](const std::string& word) { return parameter_in(word) == parameter.name; });
      if (!used) error(fmt::format("no word of 'argv' is '{{{}}}'", parameter.name));
    }
    for (const std::string& word : command.argv) {
      const std::string name = parameter_in(word);
      const bool known = std::any_of(command.parameters.begin(), command.parameters.end(),
                                     [&](const Parameter& one) { return one.name == name; });
      if (!name.empty() && !known) error(fmt::format("'{}' is not among its 'arguments'", name));
    }
  }

  Report& report_;
};

}  // namespace

Result<List> List::parse(const std::string& name, std::string_view yaml) {
  if (yaml.size() > kLargestList) {
    return fail(Errc::LimitExceeded, fmt::format("{} is larger than {} bytes", name, kLargestList));
  }
  const std::vector<config::SourceFile> files{{name, std::string(yaml)}};
  Report report(files);
  const auto root = config::parse_yaml(files[0], 0, report);
  List list;
  if (root) list.commands_ = ListReader(report).read(*root);
  if (report.errors() == 0) return list;
  return fail(Errc::InvalidInput, config::to_lines(report.take()));
}

Result<Command> List::find(std::string_view name) const {
  std::vector<std::string> names;
  for (const Command& command : commands_) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  const auto near = nearest(name, names);
  return fail(Errc::NotFound,
              fmt::format("the helper's list has no command '{}'{}", clean(name, 40),
                          near ? fmt::format("; did you mean '{}'?", *near) : ""));
}

Result<std::vector<std::string>> words_of(const Command& command,
                                          const std::vector<Argument>& arguments) {
  const auto given = [&](const std::string& name) -> const Argument* {
    const auto found = std::find_if(arguments.begin(), arguments.end(),
                                    [&](const Argument& one) { return one.name == name; });
    return found == arguments.end() ? nullptr : &*found;
  };
  for (const Parameter& parameter : command.parameters) {
    const Argument* argument = given(parameter.name);
    if (!argument) {
      return fail(Errc::InvalidInput,
                  fmt::format("command '{}' needs a value for '{}'", command.name, parameter.name));
    }
    const std::string& value = argument->value;
    const bool sound = value.size() <= kLongestValue && !value.starts_with('-') &&
                       value.find_first_of(std::string_view("\0\n\r", 3)) == std::string::npos;
    if (!sound || !Pattern(parameter.pattern).matches(value)) {
      return fail(Errc::InvalidInput,
                  fmt::format("the value of '{}' for command '{}' is not as the list's pattern "
                              "wants it",
                              parameter.name, command.name));
    }
  }
  if (arguments.size() != command.parameters.size()) {
    return fail(Errc::InvalidInput,
                fmt::format("command '{}' takes {} values, and {} are given", command.name,
                            command.parameters.size(), arguments.size()));
  }
  std::vector<std::string> words;
  for (const std::string& word : command.argv) {
    const Argument* argument = given(parameter_in(word));
    words.push_back(argument ? argument->value : word);
  }
  return words;
}

}  // namespace dienstbereit::helper
