// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"
#include "helper/execute.h"
#include "helper/protocol.h"
#include "helper/server.h"
#include "helper/signature.h"

namespace dienstbereit::helper {
namespace {

ActionResult refused(const Action& action, std::string why) {
  return {action.key, action.mode, ActionOutcome::Refused, std::move(why)};
}

// What a key stands for: the same key for anything else is refused.
std::string what_of(const Action& action) {
  std::string text = action.command;
  for (const Argument& argument : action.with) {
    text += fmt::format(" {}={}", argument.name, argument.value);
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<Desk>> Desk::open(const Options& options) {
  auto memory = Memory::open(options.memory);
  if (!memory) return tl::unexpected(memory.error());
  std::unique_ptr<Desk> desk(new Desk(options, std::move(*memory)));
  const auto list = desk->read_list();
  if (!list) return tl::unexpected(list.error());
  log::info("{} commands in {}", list->commands().size(), options.list.string());
  return desk;
}

Result<List> Desk::read_list() const {
  for (const auto& path : {options_.list, options_.key}) {
    if (auto owned = check_owner(path); !owned) return tl::unexpected(owned.error());
  }
  const auto text = read_signed(options_.list, options_.key);
  if (!text) return tl::unexpected(text.error());
  return List::parse(options_.list.filename().string(), *text);
}

ActionResult Desk::answer(const Action& action) {
  const auto list = read_list();
  if (!list) return refused(action, list.error().message);
  const auto command = list->find(action.command);
  if (!command) return refused(action, command.error().message);
  const auto words = words_of(*command, action.with);
  if (!words) return refused(action, words.error().message);
  if (action.mode != ActionMode::Rehearse) return carry_out(action, *command, *words);
  const auto can = can_execute(*command);
  if (!can) return refused(action, can.error().message);
  return {action.key, action.mode, ActionOutcome::Done, "the helper could carry it out"};
}

ActionResult Desk::carry_out(const Action& action, const Command& command,
                             const std::vector<std::string>& words) {
  const std::string what = what_of(action);
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [&] { return !running_.contains(action.key); });
  const auto known = memory_.find(action.key);
  if (!known) return refused(action, known.error().message);
  if (*known && (*known)->what != what) {
    return refused(action, "the key was used for something else before");
  }
  if (*known && (*known)->ended) {
    ActionResult before = *(*known)->ended;
    before.mode = action.mode;
    if (action.mode == ActionMode::Do || before.outcome == ActionOutcome::Done) return before;
  }
  if (*known && !(*known)->ended && action.mode == ActionMode::Do) {
    return {action.key, action.mode, ActionOutcome::Interrupted,
            "it was begun before, and nobody knows how it ended"};
  }
  if (auto begun = memory_.begin(action.key, what, known->has_value()); !begun) {
    return refused(action, begun.error().message);
  }
  running_.insert(action.key);
  lock.unlock();
  log::info("{}: {} begins", action.key, action.command);
  ActionResult result = execute(command, words, std::min(command.timeout, action.timeout));
  result.key = action.key;
  result.mode = action.mode;
  log::info("{}: {} ended: {}", action.key, action.command,
            result.outcome == ActionOutcome::Done ? "done" : result.detail);
  lock.lock();
  if (auto kept = memory_.end(action.key, what, result); !kept) {
    log::error("{}", kept.error().message);
  }
  running_.erase(action.key);
  ended_.notify_all();
  return result;
}

}  // namespace dienstbereit::helper
