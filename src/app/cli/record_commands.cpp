// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "app/cli/client.h"
#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "base/text.h"
#include "model/chance.h"
#include "model/record/json.h"

namespace dienstbereit::app {
namespace {

// A value as the key wants it, told by what stands there by default.
Json value_for(const Json& known, const std::string& text) {
  if (known.is_boolean()) return text == "true" || text == "yes";
  if (known.is_array()) {
    Json list = Json::array();
    for (std::string_view part : split(text, ',')) list.push_back(std::string(trim(part)));
    return list;
  }
  if (known.is_number()) {
    const Json number = Json::parse(text, nullptr, false);
    return number.is_number() ? number : Json(text);  // the server says what is wrong with it
  }
  if (known.is_object() && known.contains("de")) return Json{{"de", text}};
  return text;
}

// "effort.best=30 min" -> {"effort": {"best": "30 min"}}.
Result<void> put(Json& change, const Json& known, const std::string& pair) {
  const auto equals = pair.find('=');
  if (equals == std::string::npos) {
    return fail(
        Errc::InvalidInput,
        fmt::format("'{}' is not KEY=VALUE; 'dienstbereit record keys' lists the keys", pair));
  }
  Json* place = &change;
  const Json* pattern = &known;
  static const Json kText = "";
  const std::string path = pair.substr(0, equals);
  for (std::string_view part : split(path, '.')) {
    const std::string key(part);
    if (!place->is_object()) *place = Json::object();
    place = &(*place)[key];
    pattern = pattern->is_object() && pattern->contains(key) ? &(*pattern)[key] : &kText;
  }
  const Json value = value_for(*pattern, pair.substr(equals + 1));
  if (place->is_object() && value.is_object()) {
    place->update(value);
  } else {
    *place = value;
  }
  return {};
}

Result<Json> change_of(const std::string& type, const std::vector<std::string>& pairs) {
  const auto pattern = parse_change(type, "{}");
  if (!pattern) return tl::unexpected(pattern.error());
  const Json known = Json::parse(to_json(*pattern));
  Json change{{"type", type}};
  for (const std::string& pair : pairs) {
    if (auto done = put(change, known, pair); !done) return tl::unexpected(done.error());
  }
  return change;
}

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) return "";
  if (found->is_string()) return found->get<std::string>();
  return found->is_object() ? found->value("de", "") : found->dump();
}

void print_list(const Json& record) {
  if (record["incidents"].empty()) fmt::print("no incident so far\n");
  for (const Json& incident : record["incidents"]) {
    fmt::print("{:<14} {:<14} {:<12} since {}  {}\n", text_of(incident, "id"),
               text_of(incident, "phase"), text_of(incident, "level"), text_of(incident, "since"),
               text_of(incident, "title"));
  }
  for (const Json& one : record["decisions"]) {
    fmt::print("{:<14} {}@{} on {}: {}{}\n", text_of(one, "id"), text_of(one, "office"),
               text_of(one, "site"), text_of(one, "day"), text_of(one, "word"),
               text_of(one, "replaced_by").empty() ? "" : " (replaced)");
  }
  for (const Json& one : record["statements"]) {
    fmt::print("{:<14} {:<10} {:<10} {}\n", text_of(one, "id"), text_of(one, "kind"),
               text_of(one, "state"), text_of(one, "title_de"));
  }
}

// Chances as people are told them, never 0 or 100 %.
void print_forecast(const Talk& talk, const Json& forecast) {
  const auto say = [&](const char* de, const char* en) { return talk.german ? de : en; };
  const auto or_unknown = [&](const std::string& time) {
    return time.empty() ? say("nicht abzusehen", "nobody can say") : time;
  };
  fmt::print(
      fmt::runtime(say("{}: alle Reparaturen fertig mit 10 % Chance bis {}, mit 90 % bis {}\n",
                       "{}: all repairs done by {} with a chance of 10 %, by {} with 90 %\n")),
      text_of(forecast, "id"), or_unknown(text_of(forecast, "all_repaired_early")),
      or_unknown(text_of(forecast, "all_repaired_late")));
  for (const Json& place : forecast["places"]) {
    const std::string service = text_of(place, "service");
    fmt::print(fmt::runtime(say("  {}@{}{}{}: nutzbar, vorsichtig gerechnet: {}\n",
                                "  {}@{}{}{}: usable, by a cautious estimate: {}\n")),
               text_of(place, "office"), text_of(place, "site"), service.empty() ? "" : "/",
               service, or_unknown(text_of(place, "public_bound")));
    if (place.contains("relapse")) {
      fmt::print(
          fmt::runtime(say("    normal, vorsichtig gerechnet: {}; wieder schlechter mit {:2} %\n",
                           "    normal, by a cautious estimate: {}; worse again with {:2} %\n")),
          or_unknown(text_of(place, "normal_late")), shown_percent(place.value("relapse", 0.0)));
    }
    for (const Json& slot : place["slots"]) {
      fmt::print(fmt::runtime(say("    {}  mindestens eingeschränkt {:2} %, normal {:2} %\n",
                                  "    {}  at least limited {:2} %, normal {:2} %\n")),
                 text_of(slot, "begin"), shown_percent(slot.value("limited", 0.0)),
                 shown_percent(slot.value("normal", 0.0)));
    }
  }
}

void print_log(const Json& incident) {
  fmt::print("{}  {}\n", text_of(incident, "id"), text_of(incident, "title"));
  for (const Json& entry : incident["log"]) {
    fmt::print("  {}  {:<18} {:<16} {:<14} {}\n", text_of(entry["written"], "at"),
               text_of(entry["written"], "by"), text_of(entry, "what"), text_of(entry, "subject"),
               text_of(entry, "text"));
  }
}

void print_causes(const Talk& talk, const Json& found) {
  const char* in = talk.german ? "de" : "en";
  for (const Json& sentence : found["weighed"]["sentences"][in]) {
    fmt::print("  {}\n", sentence.get<std::string>());
  }
  if (found["suspects"].empty()) return;
  fmt::print("{}\n", talk.german ? "Was zusammen alles erklärt:" : "What explains it together:");
  for (const Json& one : found["suspects"]) fmt::print("  {}\n", text_of(one["sentence"], in));
}

Result<Json> fetch_causes(const Talk& talk, const std::string& incident) {
  return fetch_json(talk, "GET", "/api/v1/suspects/" + percent_encoded(incident));
}

Result<std::string> newest_open(const Talk& talk) {
  const auto record = fetch_json(talk, "GET", "/api/v1/record");
  if (!record) return tl::unexpected(record.error());
  const Json incidents = record->value("incidents", Json::array());
  for (auto one = incidents.rbegin(); one != incidents.rend(); ++one) {
    if (one->value("closed_at", Json()).is_null() && text_of(*one, "merged_into").empty()) {
      return text_of(*one, "id");
    }
  }
  return fail(Errc::NotFound, "no incident is open, so there is no cause to look for");
}

// What a key of /api/v1/outlook says, in the language that is asked for.
void print_sentences(const Talk& talk, const Json& both) {
  for (const Json& sentence : both[talk.german ? "de" : "en"]) {
    fmt::print("  {}\n", sentence.get<std::string>());
  }
}

Result<Json> fetch_outlook(const Talk& talk, const std::string& incident) {
  return fetch_json(talk, "GET", "/api/v1/outlook/" + percent_encoded(incident));
}

void print_order(const Talk& talk, const Json& order) {
  fmt::print("{}\n", text_of(order, "id"));
  print_sentences(talk, order["sentences"]);
  std::size_t place = 0;
  for (const Json& step : order["steps"]) {
    fmt::print("  {:>3}. {}\n", ++place, text_of(step["name"], talk.german ? "de" : "en"));
  }
  print_sentences(talk, order["choices"]);
}

}  // namespace

int record_show(const Talk& talk, const std::string& incident) {
  const auto record = fetch_json(talk, "GET", "/api/v1/record");
  if (!record) return complain(record.error());
  if (incident.empty()) return show(talk, record, print_list);
  for (const Json& one : (*record)["incidents"]) {
    if (text_of(one, "id") != incident) continue;
    return show(talk, Result<Json>(one), [&](const Json& json) {
      print_log(json);
      if (const auto found = fetch_causes(talk, incident)) print_causes(talk, *found);
    });
  }
  return complain(Error(Errc::NotFound, fmt::format("there is no incident '{}'; 'dienstbereit "
                                                    "record show' lists them",
                                                    incident)));
}

int causes(const Talk& talk, const std::string& incident) {
  const auto asked = incident.empty() ? newest_open(talk) : Result<std::string>(incident);
  if (!asked) return complain(asked.error());
  return show(talk, fetch_causes(talk, *asked), [&](const Json& found) {
    fmt::print("{}\n", *asked);
    print_causes(talk, found);
    if (found["weighed"]["sentences"]["de"].empty() && found["suspects"].empty()) {
      fmt::print("  {}\n", talk.german ? "Noch nichts gefunden." : "Nothing found yet.");
    }
  });
}

int record_write(const Talk& talk, const std::string& type, const std::vector<std::string>& pairs) {
  const auto change = change_of(type, pairs);
  if (!change) return complain(change.error());
  const Json body{{"changes", Json::array({*change})}};
  return show(talk, fetch_json(talk, "POST", "/api/v1/record", body.dump()), [](const Json& json) {
    for (const Json& one : json["written"]) {
      const std::string id = text_of(one, "id");
      fmt::print("on record: {}{}\n", text_of(one, "type"), id.empty() ? "" : " " + id);
    }
  });
}

int record_forecast(const Talk& talk, const std::string& incident, const std::string& reason) {
  const Json body{{"incident", incident}, {"reason", reason}};
  const auto answer = fetch_json(talk, "POST", "/api/v1/forecast", body.dump());
  return show(talk, answer, [&](const Json& json) {
    for (const Json& one : json["written"]) {
      if (text_of(one, "type") == "forecast_made") print_forecast(talk, one);
      if (text_of(one, "type") != "opening_proposed") continue;
      fmt::print(
          fmt::runtime(talk.german ? "Vorschlag  {}@{} am {}: {} ({} %); zu entscheiden bis {}\n"
                                   : "proposed  {}@{} on {}: {} ({} %); decide by {}\n"),
          text_of(one, "office"), text_of(one, "site"), text_of(one, "day"), text_of(one, "word"),
          shown_percent(one.value("chance", 0.0)), text_of(one, "deadline"));
    }
    if (const auto outlook = fetch_outlook(talk, incident)) {
      print_sentences(talk, (*outlook)["matters"]);
    }
  });
}

int record_order(const Talk& talk, const std::string& incident, const std::string& reason) {
  const Json body{{"incident", incident}, {"reason", reason}};
  const auto answer = fetch_json(talk, "POST", "/api/v1/order", body.dump());
  if (!answer || talk.json) return show(talk, answer, [](const Json&) {});
  return show(talk, fetch_outlook(talk, incident), [&](const Json& outlook) {
    if (!outlook.contains("order")) return;
    print_order(talk, outlook["order"]);
    if (outlook["order"]["steps"].empty()) return;
    const std::string command =
        fmt::format("dienstbereit record write order_answered incident={} id={} taken=", incident,
                    text_of(outlook["order"], "id"));
    fmt::print("  {}: {}true\n", talk.german ? "annehmen" : "take it", command);
    fmt::print("  {}: {}false reason=...\n", talk.german ? "nicht annehmen" : "do not take it",
               command);
  });
}

int record_scores(const Talk& talk, const std::string& incident) {
  return show(talk, fetch_outlook(talk, incident), [&](const Json& outlook) {
    print_sentences(talk, outlook["scores"]);
    if (!outlook["scores"]["de"].empty()) return;
    fmt::print("  {}\n", talk.german
                             ? "Prognosen werden beurteilt, wenn der Vorfall geschlossen ist."
                             : "Forecasts are judged once the incident is closed.");
  });
}

int record_keys() {
  for (const ChangeKeys& change : change_keys()) {
    fmt::print("{:<18} {}\n", change.type, join(change.keys, ", "));
  }
  return kExitOk;
}

}  // namespace dienstbereit::app
