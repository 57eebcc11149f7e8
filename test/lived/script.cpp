// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "script.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/file.h"
#include "config/document.h"
#include "story/times.h"

namespace dienstbereit::lived {
namespace {

using config::Node;
using Json = nlohmann::json;

bool is_number(const std::string& text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  return text.size() > first && text.find_first_not_of("0123456789", first) == std::string::npos;
}

// Plain values may be times of the story, numbers or flags; in quotes they are texts.
Json json_of(const Node& node, const std::string& key, const story::Times& times) {
  if (node.kind == Node::Kind::List) {
    Json list = Json::array();
    for (const Node& item : node.items) list.push_back(json_of(item, key, times));
    return list;
  }
  if (node.kind == Node::Kind::Map) {
    Json map = Json::object();
    for (const Node::Entry& entry : node.entries) {
      map[entry.key] = json_of(entry.value, entry.key, times);
    }
    return map;
  }
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (is_number(node.text)) return std::stoll(node.text);
  if (const auto day = key == "day" ? times.day(node.text) : std::nullopt) return to_iso(*day);
  if (const auto time = times.time(node.text)) return to_rfc3339(*time);
  return node.text;
}

Json listed(Json one_or_list) {
  return one_or_list.is_array() ? one_or_list : Json::array({std::move(one_or_list)});
}

const std::map<std::string, Act::Kind>& kinds() {
  static const std::map<std::string, Act::Kind> kinds{
      {"fails", Act::Kind::Fails},   {"works", Act::Kind::Works},
      {"word", Act::Kind::Word},     {"withdraw", Act::Kind::Withdraw},
      {"record", Act::Kind::Record}, {"forecast", Act::Kind::Forecast}};
  return kinds;
}

}  // namespace

std::vector<Act> read_script(const std::filesystem::path& file, const story::Story& story) {
  const std::vector<config::SourceFile> sources{
      {file.filename().string(), read_file(file, story::kLargestStory).value()}};
  config::Report report(sources);
  const auto document = config::parse_yaml(sources.front(), 0, report);
  const Node* timeline = document ? document->find("timeline") : nullptr;
  if (timeline == nullptr) throw std::runtime_error("no timeline in " + file.string());
  const story::Times times(story.start,
                           TimeZone::find(story.district->administration.time_zone).value());
  std::vector<Act> acts;
  for (const Node& entry : timeline->items) {
    const Node* push = entry.find("push");
    if (push == nullptr) continue;
    const Instant at = times.time(entry.find("at")->text).value();
    const Node* note = entry.find("note");
    std::string told = note == nullptr ? "" : note->text;
    for (const Json& one : listed(json_of(*push, "", times))) {
      for (const auto& [name, what] : one.items()) {
        acts.push_back(
            {at, kinds().at(name), std::exchange(told, {}),
             what.is_array() || kinds().at(name) != Act::Kind::Record ? what : listed(what)});
      }
    }
  }
  if (!std::ranges::is_sorted(acts, {}, &Act::at))
    throw std::runtime_error("not in the order of time");
  return acts;
}

}  // namespace dienstbereit::lived
