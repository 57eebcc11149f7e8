// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/api/commands.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "model/record/names.h"
#include "model/scope.h"
#include "web/json.h"
#include "web/response.h"
#include "words/suspects.h"
#include "words/what_if.h"

namespace dienstbereit::web {
namespace {

constexpr std::size_t kPathBytesMax = 4000;
constexpr std::size_t kTimeBytesMax = 40;

Result<Json> parse_object(std::string_view body, std::span<const std::string> keys) {
  Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded() || !json.is_object()) {
    return fail(Errc::InvalidInput, "the body is not a JSON object; send application/json");
  }
  for (const auto& [key, value] : json.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      return fail(Errc::InvalidInput,
                  fmt::format("unknown key '{}'; known are {}", clean(key, 40), join(keys, ", ")));
    }
  }
  return json;
}

// The string at `key`; empty if it is absent and may be.
Result<std::string> string_at(const Json& json, const char* key, bool needed, std::size_t limit) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) {
    return needed
               ? Result<std::string>(fail(Errc::InvalidInput, fmt::format("'{}' is missing", key)))
               : Result<std::string>(std::string());
  }
  if (!found->is_string()) {
    return fail(Errc::InvalidInput, fmt::format("'{}' must be a string", key));
  }
  std::string value = found->get<std::string>();
  if (value.size() > limit) {
    return fail(Errc::LimitExceeded,
                fmt::format("'{}' has {} bytes; at most {} are allowed", key, value.size(), limit));
  }
  if (!is_utf8(value)) {
    return fail(Errc::InvalidInput, fmt::format("'{}' is not UTF-8", key));
  }
  return value;
}

Result<Wording> wording_at(const Json& json) {
  const auto text = json.find("text");
  Wording wording;
  if (text == json.end() || text->is_null()) {
    return wording;
  }
  const bool object = text->is_object();
  const auto de = object ? string_at(*text, "de", true, kWordTextBytesMax)
                         : string_at(json, "text", true, kWordTextBytesMax);
  if (!de) {
    return tl::unexpected(de.error());
  }
  wording.de = *de;
  if (object) {
    const auto en = string_at(*text, "en", false, kWordTextBytesMax);
    if (!en) {
      return tl::unexpected(en.error());
    }
    wording.en = *en;
  }
  return wording;
}

Result<std::optional<Instant>> until_at(const Json& json) {
  const auto text = string_at(json, "until", false, kTimeBytesMax);
  if (!text) {
    return tl::unexpected(text.error());
  }
  if (text->empty()) {
    return std::optional<Instant>();
  }
  const auto until = parse_rfc3339(*text);
  if (!until) {
    return tl::unexpected(until.error());
  }
  return std::optional<Instant>(*until);
}

Json changes_json(const std::vector<PlaceChange>& changes) {
  Json out = Json::array();
  for (const PlaceChange& change : changes) {
    out.push_back({{"subject", change.subject.str()},
                   {"from", name_of(change.from)},
                   {"to", name_of(change.to)}});
  }
  return out;
}

Json written_json(const std::vector<RecordEvent>& written) {
  Json out = Json::array();
  for (const RecordEvent& event : written) {
    Json one{{"type", type_of(event)}};
    one.update(Json::parse(to_json(event)));
    out.push_back(std::move(one));
  }
  return out;
}

Json node_json(const NodeSituation& node) {
  return {{"state", to_json(node.state)},
          {"calculated", to_json(node.calculated)},
          {"own", to_json(node.own)},
          {"probed", node.probed},
          {"contradiction", node.contradiction},
          {"views", name_of(node.views)},
          {"word", name_of(node.word)},
          {"since", time_or_null(node.since)}};
}

Json ids_json(const std::vector<NodeId>& nodes) {
  Json out = Json::array();
  for (const NodeId& node : nodes) out.push_back(node.str());
  return out;
}

Json touched_json(const TouchedTime& touched) {
  return {{"office", touched.office.str()},
          {"site", touched.site.str()},
          {"service", touched.service.empty() ? Json(nullptr) : Json(touched.service.str())},
          {"slotted", touched.slotted},
          {"begin", to_rfc3339(touched.begin)},
          {"end", to_rfc3339(touched.end)},
          {"from", name_of(touched.from)},
          {"to", name_of(touched.to)},
          {"since", to_rfc3339(touched.since)}};
}

Json step_json(const Voices& voices, const ReasonStep& step) {
  return {{"kind", name_of(step.kind)},
          {"subject", step.subject.str()},
          {"object", step.object.empty() ? Json(nullptr) : Json(step.object.str())},
          {"state", to_json(step.state)},
          {"since", time_or_null(step.since)},
          {"until", time_or_null(step.until)},
          {"plain", both(voices, [&](const words::Voice& v) { return words::reason(v, step); })},
          {"technical",
           both(voices, [&](const words::Voice& v) { return words::technical_reason(v, step); })}};
}

}  // namespace

Result<WordRequest> parse_word_request(std::string_view body, const District& district) {
  static const std::array<std::string, 5> kKeys{"scope", "said", "text", "until", "role"};
  const auto json = parse_object(body, kKeys);
  if (!json) return tl::unexpected(json.error());
  const auto scope_text = string_at(*json, "scope", true, 200);
  if (!scope_text) return tl::unexpected(scope_text.error());
  const auto scope = parse_scope(*scope_text, district);
  if (!scope) return tl::unexpected(scope.error());
  const auto said_text = string_at(*json, "said", true, 40);
  if (!said_text) return tl::unexpected(said_text.error());
  const auto said = said_of(*said_text);
  if (!said) {
    return fail(Errc::InvalidInput, "'said' must be normal, limited, closed or unknown");
  }
  const auto text = wording_at(*json);
  if (!text) return tl::unexpected(text.error());
  const auto until = until_at(*json);
  if (!until) return tl::unexpected(until.error());
  const auto role = string_at(*json, "role", false, kRoleBytesMax);
  if (!role) return tl::unexpected(role.error());
  return WordRequest{SetWord{*scope, *said, *text, *until}, *role};
}

Result<MakeForecast> parse_forecast_request(std::string_view body) {
  static const std::array<std::string, 2> kKeys{"incident", "reason"};
  const auto json = parse_object(body, kKeys);
  if (!json) return tl::unexpected(json.error());
  const auto incident = string_at(*json, "incident", true, kRoleBytesMax);
  if (!incident) return tl::unexpected(incident.error());
  const auto reason = string_at(*json, "reason", false, kWordTextBytesMax);
  if (!reason) return tl::unexpected(reason.error());
  return MakeForecast{IncidentId(*incident), *reason};
}

Result<ProposeOrder> parse_order_request(std::string_view body) {
  const auto asked = parse_forecast_request(body);
  if (!asked) return tl::unexpected(asked.error());
  return ProposeOrder{asked->incident, asked->reason};
}

Result<SetHomepageMode> parse_homepage_mode(std::string_view body) {
  static const std::array<std::string, 2> kKeys{"mode", "reason"};
  const auto json = parse_object(body, kKeys);
  if (!json) return tl::unexpected(json.error());
  const auto mode = string_at(*json, "mode", true, kRoleBytesMax);
  if (!mode) return tl::unexpected(mode.error());
  const auto reason = string_at(*json, "reason", true, kWordTextBytesMax);
  if (!reason) return tl::unexpected(reason.error());
  const auto known = site_mode_of(*mode);
  if (!known) return fail(Errc::InvalidInput, "'mode' is one of mirror, dark, off");
  return SetHomepageMode{*known, *reason};
}

Result<bool> parse_homepage_fetch(std::string_view body) {
  static const std::array<std::string, 1> kKeys{"anew"};
  if (trim(body).empty()) return false;
  const auto json = parse_object(body, kKeys);
  if (!json) return tl::unexpected(json.error());
  const auto anew = json->find("anew");
  if (anew == json->end()) return false;
  if (!anew->is_boolean()) return fail(Errc::InvalidInput, "'anew' is true or false");
  return anew->get<bool>();
}

Result<unsigned> parse_homepage_prune(std::string_view body) {
  static const std::array<std::string, 1> kKeys{"keep"};
  const auto json = parse_object(body, kKeys);
  if (!json) return tl::unexpected(json.error());
  const auto keep = json->find("keep");
  const bool sound =
      keep != json->end() && keep->is_number_unsigned() && *keep >= 1u && *keep <= kCopiesKeptMax;
  if (sound) return keep->get<unsigned>();
  return fail(Errc::InvalidInput, fmt::format("'keep' is a number from 1 to {}", kCopiesKeptMax));
}

Result<WhatIf> parse_what_if_request(std::string_view body) {
  static const std::array<std::string, 3> kKeys{"nodes", "from", "to"};
  const auto json = parse_object(body, kKeys);
  if (!json) return tl::unexpected(json.error());
  WhatIf question;
  const auto nodes = json->find("nodes");
  if (nodes == json->end() || !nodes->is_array() || nodes->size() > kNodesMax) {
    return fail(Errc::InvalidInput,
                fmt::format("'nodes' must be a list of at most {} ids", kNodesMax));
  }
  for (const Json& node : *nodes) {
    const bool short_text =
        node.is_string() && node.get_ref<const std::string&>().size() <= kRoleBytesMax;
    if (!short_text || !is_utf8(node.get_ref<const std::string&>())) {
      return fail(Errc::InvalidInput, "'nodes' must be a list of ids");
    }
    question.nodes.emplace_back(node.get<std::string>());
  }
  for (const auto& [key, time] : {std::pair("from", &question.from), {"to", &question.to}}) {
    const auto text = string_at(*json, key, true, kTimeBytesMax);
    if (!text) return tl::unexpected(text.error());
    const auto parsed = parse_rfc3339(*text);
    if (!parsed) return tl::unexpected(parsed.error());
    *time = *parsed;
  }
  return question;
}

Result<std::string> parse_backup_request(std::string_view body) {
  static const std::array<std::string, 1> kKeys{"file"};
  const auto json = parse_object(body, kKeys);
  if (!json) return tl::unexpected(json.error());
  auto file = string_at(*json, "file", true, kPathBytesMax);
  if (file && !file->starts_with('/')) {
    return fail(Errc::InvalidInput, "'file' must be an absolute path on the server's machine");
  }
  return file;
}

namespace {

Json answer_json(const Answer& answer) {
  Json disagreeing = Json::array();
  for (const ProbeId& probe : answer.disagreeing) {
    disagreeing.push_back(probe.str());
  }
  const bool has_until = answer.until != Instant();
  return {{"seq", answer.seq},
          {"word", answer.word.empty() ? Json(nullptr) : Json(answer.word.str())},
          {"until", has_until ? Json(to_rfc3339(answer.until)) : Json(nullptr)},
          {"changes", changes_json(answer.changes)},
          {"disagreeing", disagreeing},
          {"notes", answer.notes},
          {"written", written_json(answer.written)},
          {"sentences", {{"de", Json::array()}, {"en", Json::array()}}}};
}

}  // namespace

std::string command_json(const Answer& answer) { return dump(answer_json(answer)); }

std::string word_json(const Answer& answer, const Situation& situation, Instant now) {
  const Voices voices(view::stamp_of(situation, now));
  Json out = answer_json(answer);
  out["sentences"] = {{"de", words::answer_sentences(voices.de, answer)},
                      {"en", words::answer_sentences(voices.en, answer)}};
  return dump(out);
}

std::string why_json(const Answer& answer, const Situation& situation, Instant now) {
  const Voices voices(view::stamp_of(situation, now));
  Json steps = Json::array();
  for (const ReasonStep& step : answer.why) {
    steps.push_back(step_json(voices, step));
  }
  return dump({{"node", answer.node ? Json(answer.node->id.str()) : Json(nullptr)},
               {"name", answer.node ? both(voices,
                                           [&](const words::Voice& voice) {
                                             return words::node_name(voice, answer.node->id);
                                           })
                                    : Json(nullptr)},
               {"situation", answer.node ? node_json(*answer.node) : Json(nullptr)},
               {"why", steps}});
}

std::string what_if_json(const WhatIf& question, const Answer& answer, const Situation& situation,
                         Instant now) {
  const Voices voices(view::stamp_of(situation, now));
  Json touched = Json::array();
  for (const TouchedTime& one : answer.touched) touched.push_back(touched_json(one));
  return dump({{"nodes", ids_json(question.nodes)},
               {"from", to_rfc3339(question.from)},
               {"to", to_rfc3339(question.to)},
               {"touched", std::move(touched)},
               {"sentences",
                {{"de", words::what_if_sentences(voices.de, question, answer.touched)},
                 {"en", words::what_if_sentences(voices.en, question, answer.touched)}}}});
}

namespace {

Json weights_json(const std::vector<CauseWeight>& weights) {
  Json all = Json::array();
  for (const CauseWeight& one : weights) {
    all.push_back({{"nodes", ids_json(one.nodes)}, {"percent", one.percent}});
  }
  return all;
}

// Empty ids are left out: what lies at a node, or what a note tells of.
Json commons_json(const std::vector<CommonWeight>& weights) {
  Json all = Json::array();
  for (const CommonWeight& one : weights) {
    Json json{{"sort", name_of(one.sort)}};
    if (!one.node.empty()) json["node"] = one.node.str();
    if (!one.note.empty()) json["note"] = one.note.str();
    json["percent"] = one.percent;
    all.push_back(std::move(json));
  }
  return all;
}

Json weighed_json(const Incident& incident, const Voices& voices) {
  const Weighing weighed = incident.weighed.value_or(Weighing());
  Json traces = Json::array();
  for (const CauseTrace& one : weighed.traces.value_or(std::vector<CauseTrace>())) {
    traces.push_back({{"node", one.node.str()}, {"what", name_of(one.what)}});
  }
  return {{"common", commons_json(weighed.common)},
          {"damages", weights_json(weighed.damages)},
          {"check_next", weights_json(weighed.check_next)},
          {"look_next", ids_json(weighed.look_next)},
          {"traces", std::move(traces)},
          {"sentences",
           {{"de", words::weighing_sentences(voices.de, incident)},
            {"en", words::weighing_sentences(voices.en, incident)}}}};
}

}  // namespace

std::string suspects_json(const Incident& incident, const Situation& situation, Instant now) {
  const Voices voices(view::stamp_of(situation, now));
  Json suspects = Json::array();
  for (const Suspect& one : incident.suspects) {
    suspects.push_back({{"nodes", ids_json(one.nodes)},
                        {"explains", one.explains},
                        {"missed", ids_json(one.missed)},
                        {"against", one.against},
                        {"working", ids_json(one.working)},
                        {"sentence", both(voices, [&](const words::Voice& voice) {
                           return words::suspect_sentence(voice, one, incident.to_explain.size());
                         })}});
  }
  return dump({{"incident", incident.id.str()},
               {"to_explain", ids_json(incident.to_explain)},
               {"suspects", std::move(suspects)},
               {"weighed", weighed_json(incident, voices)}});
}

std::string error_json(std::string_view code, std::string_view message) {
  return dump({{"error", {{"code", code}, {"message", message}}}});
}

std::string refusal_json(int status) {
  switch (status) {
    case 408:
      return error_json("timed_out", "the request did not come whole in time; send it again");
    case 413:
      return error_json("limit_exceeded", "the body is too large; send less of it");
    case 503:
      return error_json("unavailable", "too many event streams are open; try again later");
    case 504:
      return error_json("timed_out",
                        "no answer in time; a command may still be carried out: look before you "
                        "send it again");
    default:
      return error_json("bad_request", fmt::format("the request cannot be served: {}",
                                                   to_lower_ascii(reason_phrase(status))));
  }
}

int status_of(Errc code) {
  switch (code) {
    case Errc::InvalidInput:
      return 422;
    case Errc::NotFound:
      return 404;
    case Errc::Conflict:
      return 409;
    case Errc::Denied:
      return 403;
    case Errc::TimedOut:
      return 504;
    case Errc::LimitExceeded:
      return 413;
    case Errc::Unreachable:
    case Errc::Unavailable:
      return 503;
    case Errc::Io:
    case Errc::Corrupt:
      return 500;
  }
  return 500;
}

}  // namespace dienstbereit::web
