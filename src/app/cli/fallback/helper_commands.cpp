// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "base/file.h"
#include "helper/server.h"
#include "helper/signature.h"

namespace dienstbereit::app {

int helper_run(const HelperOptions& options) {
  const auto served =
      helper::serve({options.list, options.key, options.socket, options.memory, options.peer});
  return served ? kExitOk : complain(served.error());
}

int helper_keygen(const HelperOptions& options) {
  if (auto made = helper::make_keys(options.key); !made) return complain(made.error());
  fmt::print("{} is the secret key: keep it off this machine. {}.pub goes to the helper.\n",
             options.key.string(), options.key.string());
  return kExitOk;
}

int helper_sign(const HelperOptions& options) {
  const auto text = read_file(options.list, helper::kLargestList);
  if (!text) return complain(text.error());
  const auto list = helper::List::parse(options.list.filename().string(), *text);
  if (!list) return complain(list.error());
  if (auto made = helper::sign(options.list, options.key); !made) return complain(made.error());
  fmt::print("{} commands are signed in {}.sig\n", list->commands().size(), options.list.string());
  return kExitOk;
}

int helper_verify(const HelperOptions& options) {
  const auto text = helper::read_signed(options.list, options.key);
  if (!text) return complain(text.error());
  const auto list = helper::List::parse(options.list.filename().string(), *text);
  if (!list) return complain(list.error());
  for (const helper::Command& command : list->commands()) {
    fmt::print("{:<24} {}\n", command.name, command.about);
  }
  return kExitOk;
}

Result<void> check_commands(const District& district, const std::filesystem::path& file) {
  const auto text = read_file(file, helper::kLargestList);
  if (!text) return tl::unexpected(text.error());
  const auto list = helper::List::parse(file.filename().string(), *text);
  if (!list) return tl::unexpected(list.error());
  std::string problems;
  const auto look = [&](const Plan& plan, const Step& step, const std::string& name,
                        const std::vector<Argument>& with) {
    if (name.empty()) return;
    const auto command = list->find(name);
    const auto words = command ? helper::words_of(*command, with) : tl::unexpected(command.error());
    if (words) return;
    problems += fmt::format("{}plan '{}', step '{}': {}", problems.empty() ? "" : "\n",
                            plan.id.str(), step.id, words.error().message);
  };
  for (const Plan& plan : district.plans) {
    for (const Step& step : plan.steps) {
      look(plan, step, step.doing.command, step.doing.with);
      look(plan, step, step.undo.command, step.undo.with);
    }
  }
  if (problems.empty()) return {};
  return fail(Errc::InvalidInput, problems);
}

}  // namespace dienstbereit::app
