// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/protocol.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "model/names.h"

namespace dienstbereit::helper {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestKey = 100;
constexpr std::size_t kMostArguments = 64;
constexpr int kDeepest = 4;
constexpr NameTable<ActionMode, 3> kModes{
    {{ActionMode::Do, "do"}, {ActionMode::Again, "again"}, {ActionMode::Rehearse, "rehearse"}}};
constexpr NameTable<ActionOutcome, 4> kOutcomes{{{ActionOutcome::Done, "done"},
                                                 {ActionOutcome::Refused, "refused"},
                                                 {ActionOutcome::Failed, "failed"},
                                                 {ActionOutcome::Interrupted, "interrupted"}}};

// Null for anything that is no object or nests too deep.
Json parse(std::string_view line) {
  if (line.size() > kLargestLine) return nullptr;
  const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth <= kDeepest; };
  Json json = Json::parse(line, shallow, false);
  return json.is_object() ? json : Json(nullptr);
}

std::string text_in(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

bool valid_key(std::string_view key) {
  return !key.empty() && key.size() <= kLongestKey && key.front() != '.' &&
         std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-';
         });
}

std::string to_line(const Action& action) {
  Json with = Json::object();
  for (const Argument& argument : action.with) with[argument.name] = argument.value;
  return dump({{"key", action.key},
               {"command", action.command},
               {"with", std::move(with)},
               {"mode", find_name(kModes, action.mode)},
               {"timeout_ms", action.timeout.count()}});
}

Result<Action> parse_action(std::string_view line) {
  const Json json = parse(line);
  if (json.is_null()) return fail(Errc::InvalidInput, "the request is no JSON object");
  Action action;
  action.key = text_in(json, "key");
  action.command = text_in(json, "command");
  const auto mode = find_value(kModes, text_in(json, "mode"));
  const auto timeout = json.find("timeout_ms");
  const auto with = json.find("with");
  if (!valid_key(action.key) || action.command.empty() || !mode || timeout == json.end() ||
      !timeout->is_number_unsigned() || with == json.end() || !with->is_object() ||
      with->size() > kMostArguments) {
    return fail(Errc::InvalidInput, "the request lacks a key, a command, values, a mode or a time");
  }
  action.mode = *mode;
  action.timeout =
      Duration(std::min<std::uint64_t>(timeout->get<std::uint64_t>(), std::uint64_t{1} << 40));
  for (const auto& [name, value] : with->items()) {
    if (!value.is_string()) return fail(Errc::InvalidInput, "a value is a text");
    action.with.push_back({name, value.get<std::string>()});
  }
  return action;
}

std::string to_line(const ActionResult& result) {
  return dump({{"key", result.key},
               {"mode", find_name(kModes, result.mode)},
               {"outcome", find_name(kOutcomes, result.outcome)},
               {"detail", result.detail}});
}

Result<ActionResult> parse_result(std::string_view line) {
  const Json json = parse(line);
  const auto mode = json.is_null() ? std::nullopt : find_value(kModes, text_in(json, "mode"));
  const auto outcome =
      json.is_null() ? std::nullopt : find_value(kOutcomes, text_in(json, "outcome"));
  if (!mode || !outcome) return fail(Errc::Corrupt, "the helper's answer cannot be read");
  return ActionResult{text_in(json, "key"), *mode, *outcome, text_in(json, "detail")};
}

}  // namespace dienstbereit::helper
