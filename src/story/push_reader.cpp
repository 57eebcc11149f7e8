// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "story/reader.h"

namespace dienstbereit::story {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShown = 64;             // bytes of a wrong word in a message
constexpr std::size_t kLongestDetail = 300;    // of a probe's sentence
constexpr const char* kSomebody = "somebody";  // where no 'by' says who

// The names that a turn of probes may use: probes, and nodes that have some.
std::vector<std::string> probe_names(const District& district) {
  std::vector<std::string> names;
  for (const ProbeSpec& probe : district.probes) {
    names.push_back(probe.id.str());
    if (!probe.node.empty()) names.push_back(probe.node.str());
  }
  return names;
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  return problem == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace

void StoryReader::read_probes(const Node& node, ProbesTurn& turn) {
  read_one_or_list(node, [&](const Node& item) {
    std::string name;
    if (!read_text(item, name)) return;
    const std::size_t before = turn.probes.size();
    for (const ProbeSpec& probe : story_.district->probes) {
      if (probe.id.str() == name || probe.node.str() == name) turn.probes.push_back(probe.id);
    }
    if (turn.probes.size() > before) return;
    error(item, fmt::format("'{}' is no probe, and nothing that a probe asks{}",
                            clean(name, kShown), hint(name, probe_names(*story_.district))));
  });
}

void StoryReader::read_scope(const Node& node, Scope& scope) {
  std::string text;
  if (!read_text(node, text)) return;
  auto parsed = parse_scope(text, *story_.district);
  if (!parsed) return error(node, parsed.error().message);
  scope = std::move(*parsed);
}

void StoryReader::read_word(const Node& node, SetWord& word) {
  const auto read_said = [&](const Node& n) {
    std::string said;
    if (!read_text(n, said)) return;
    const auto known = said_of(said);
    if (!known) {
      return error(n, fmt::format("'{}' is no state; write normal, limited, closed or unknown",
                                  clean(said, kShown)));
    }
    word.said = *known;
  };
  if (read_map(node, {{"scope", [&](const Node& n) { read_scope(n, word.scope); }},
                      {"said", read_said},
                      {"text", [&](const Node& n) { read_wording(n, word.text); }},
                      {"until", [&](const Node& n) { word.until = read_time(n); }}})) {
    need(node, {"scope", "said"});
  }
}

void StoryReader::read_withdrawal(const Node& node, TakeBack& back) {
  if (read_map(node, {{"scope", [&](const Node& n) { read_scope(n, back.scope); }},
                      {"reason", [&](const Node& n) { read_text(n, back.reason); }}})) {
    need(node, {"scope"});
  }
}

void StoryReader::read_forecast(const Node& node, MakeForecast& forecast) {
  std::string id;
  if (read_map(node, {{"incident", [&](const Node& n) { read_text(n, id); }},
                      {"reason", [&](const Node& n) { read_text(n, forecast.reason); }}})) {
    need(node, {"incident"});
  }
  forecast.incident = IncidentId(id);
}

// A plain value may be a time of the story, a number or a flag; in quotes it is a text.
Json StoryReader::json_of(const Node& node, const std::string& key) {
  switch (node.kind) {
    case Node::Kind::Null:
      error(node, fmt::format("'{}' has no value; write one or remove the key", key));
      return nullptr;
    case Node::Kind::List: {
      Json list = Json::array();
      for (const Node& item : node.items) list.push_back(json_of(item, key));
      return list;
    }
    case Node::Kind::Map: {
      Json map = Json::object();
      for (const Node::Entry& entry : node.entries)
        map[entry.key] = json_of(entry.value, entry.key);
      return map;
    }
    case Node::Kind::Scalar:
      break;
  }
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (const auto number = whole_number(node.text)) return *number;
  if (const auto day = key == "day" ? times_->day(node.text) : std::nullopt) return to_iso(*day);
  if (const auto time = times_->time(node.text)) return to_rfc3339(*time);
  return node.text;
}

void StoryReader::read_record(const Node& node, WriteRecord& record) {
  read_one_or_list(node, [&](const Node& item) {
    const Node* type = item.kind == Node::Kind::Map ? item.find("type") : nullptr;
    if (type == nullptr || type->kind != Node::Kind::Scalar) {
      return error(item, "a change is a map with its type: '{type: note_added, ...}'; "
                         "'dienstbereit record keys' lists the types");
    }
    Json json = json_of(item, "");
    json.erase("type");
    auto change =
        parse_change(type->text, json.dump(-1, ' ', false, Json::error_handler_t::replace));
    if (!change) return error(item, change.error().message);
    record.changes.push_back(std::move(*change));
  });
}

void StoryReader::read_push(const Node& node, Instant at, const Speaker& speaker,
                            const std::string& note) {
  Push push;
  push.line = node.mark.line;
  push.at = at;
  push.note = note;
  Speaker by = speaker;
  std::string detail = "connection refused";
  unsigned things = 0;
  const auto turn = [&](const Node& n, ProbeOutcome outcome) {
    ++things;
    ProbesTurn told;
    told.outcome = outcome;
    read_probes(n, told);
    push.what = std::move(told);
  };
  const auto command = [&]<class C>(const Node& n, void (StoryReader::*read)(const Node&, C&)) {
    ++things;
    C made;
    (this->*read)(n, made);
    if constexpr (std::is_same_v<C, TakeBack>) {
      push.what = std::move(made);
    } else {
      push.what = Command(std::move(made));
    }
  };
  const bool map = read_map(
      node, {{"fails", [&](const Node& n) { turn(n, ProbeOutcome::Failure); }},
             {"slow", [&](const Node& n) { turn(n, ProbeOutcome::Slow); }},
             {"works", [&](const Node& n) { turn(n, ProbeOutcome::Success); }},
             {"detail", [&](const Node& n) { read_text(n, detail); }},
             {"word", [&](const Node& n) { command(n, &StoryReader::read_word); }},
             {"withdraw", [&](const Node& n) { command(n, &StoryReader::read_withdrawal); }},
             {"record", [&](const Node& n) { command(n, &StoryReader::read_record); }},
             {"forecast", [&](const Node& n) { command(n, &StoryReader::read_forecast); }},
             {"by", [&](const Node& n) { read_text(n, by.id); }},
             {"role", [&](const Node& n) { read_text(n, by.role); }},
             {"refused", [&](const Node& n) { read_flag(n, push.refused); }}});
  if (!map) return;
  if (things != 1) {
    return error(node, "one thing comes in at a time: fails, slow, works, word, withdraw, record "
                       "or forecast");
  }
  if (auto* told = std::get_if<ProbesTurn>(&push.what)) {
    told->detail = clean(detail, kLongestDetail);
    if (push.refused) error(node, "probes are never refused");
  }
  push.by = {fmt::format("story:{}", by.id.empty() ? kSomebody : clean(by.id, kShown)), by.role};
  story_.pushes.push_back(std::move(push));
}

}  // namespace dienstbereit::story
