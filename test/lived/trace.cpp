// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "trace.h"

#include <algorithm>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "servers/process.h"

namespace dienstbereit::lived {
namespace {

using Json = nlohmann::json;

// Which real servers stand behind a sentence: those that failed, those that answered again, the
// homepage and mail alone, both kinds; or none, where the district's own file speaks.
enum class Cause : std::uint8_t { Failures, Returns, ChannelsFailed, ChannelsBack, District };

struct Fact {
  const char* name;
  const char* phrase;  // of either language
  std::vector<std::string> types;
  const char* detail;  // must stand in the payload; empty: anything
  Cause cause;
};

std::vector<Fact> what_happened() {
  return {
      {"services are back, repairs go on",
       "laufen wieder, Reparaturen|running again, repairs",
       {"phase_changed", "task_set"},
       "",
       Cause::Returns},
      {"who speaks", "^Information der folgenden|^Information from", {}, "", Cause::District},
      {"begin, and how bad",
       "nicht nutzbar|or unavailable",
       {"incident_opened"},
       "",
       Cause::Failures},
      {"what set it off", "^Auslöser|set off by", {"incident_edited"}, "trigger", Cause::Failures},
      {"what failed then",
       "In der Folge|As a result",
       {"incident_opened", "fault_changed"},
       "",
       Cause::Failures},
      {"which offices, which sites",
       "^Betroffen waren|were affected",
       {"readiness_changed"},
       "",
       Cause::Failures},
      {"which services without a counter",
       "^Gestört war|^Also disrupted",
       {"readiness_changed"},
       "",
       Cause::ChannelsFailed},
      {"both forecasts", "Prognose|forecast", {"forecast_made"}, "", Cause::Failures},
      {"the first decision",
       "galt zunächst|at first read",
       {"opening_decided"},
       "closed",
       Cause::Failures},
      {"its reversal",
       "zurückgenommen|was reversed",
       {"opening_decided"},
       "normal",
       Cause::Returns}};
}

std::vector<Fact> how_it_goes_on() {
  return {{"who works on it",
           "arbeiten Mitarbeiterinnen|are working on it",
           {"task_set", "fix_set"},
           "",
           Cause::Failures},
          {"day and night",
           "Tag und Nacht|day and night",
           {"note_added"},
           "hand_over",
           Cause::Failures},
          {"the interim fixes",
           "Vorläufige Lösung|interim fix",
           {"fix_set", "fix_moved"},
           "",
           Cause::Failures},
          {"what they restore",
           "Damit funktioniert|It restores|They restore",
           {"fix_set"},
           "",
           Cause::Returns},
          {"Monday's opening",
           "öffnen alle Ämter|all offices open",
           {"opening_decided"},
           "normal",
           Cause::Returns},
          {"what is back and tested",
           "und geprüft|and tested",
           {"readiness_changed"},
           "",
           Cause::ChannelsBack},
          {"what goes without IT",
           "ohne IT|without IT|auf Papier|on paper",
           {"readiness_changed"},
           "",
           Cause::Failures},
          {"cases taken in at counters",
           "erfasst|Vorgänge|cases",
           {"backlog_counted"},
           "",
           Cause::Failures},
          {"the suspected cause", "Ursache|cause", {"hypothesis_set"}, "", Cause::Failures},
          {"not confirmed",
           "^Bestätigt ist|has not been confirmed",
           {"hypothesis_set"},
           "suspected",
           Cause::Failures},
          {"when repairs end",
           "Reparaturen sind|repairs are expected",
           {"task_set", "forecast_made"},
           "",
           Cause::Failures},
          {"hardly a disturbance",
           "kaum gestört|[Hh]ardly any disturbance",
           {"task_set"},
           "disturbs",
           Cause::Failures},
          {"where to ask", "^Auskunft|^Enquiries", {}, "", Cause::District},
          {"what comes next",
           "^Nächste Information|^Next information|^As of|^Stand:",
           {},
           "",
           Cause::District}};
}

// In the order of the notice. A sentence is that of the first whose phrase it has.
std::vector<Fact> all_facts() {
  std::vector<Fact> facts = what_happened();
  std::ranges::copy(how_it_goes_on(), std::back_inserter(facts));
  return facts;
}

std::string told(const Event& event, const std::string& detail) {
  return fmt::format("#{} {} {} {}", event.seq, to_rfc3339(event.at), event.type, detail);
}

// The first thing that the payload names.
std::string subject_of(const Event& event) {
  for (const char* key : {"id", "node", "subject", "office", "incident"}) {
    const auto found = event.payload.find(key);
    if (found != event.payload.end() && found->is_string()) return *found;
  }
  return "";
}

std::string server_of(const std::string& component, const std::vector<Cut>& cuts) {
  for (const Cut& cut : cuts) {
    if (std::ranges::find(cut.components, component) != cut.components.end()) return cut.what;
  }
  return cuts.front().what;
}

// Servers that were first seen to fail after the cut, or first seen to work again after that.
std::vector<std::string> observed(Cause cause, const std::vector<Event>& events,
                                  const std::vector<Cut>& cuts) {
  const bool failures = cause == Cause::Failures || cause == Cause::ChannelsFailed;
  const bool channels = cause == Cause::ChannelsFailed || cause == Cause::ChannelsBack;
  std::vector<std::string> found;
  std::set<std::string> down;
  for (const Event& event : events) {
    if (event.type != "observation_settled" || event.at < cuts.front().at) continue;
    const std::string probe = event.payload.at("probe");
    const std::string component = probe.substr(0, probe.find('/'));
    if (channels && component != "WEB" && component != "MAIL") continue;
    const bool failed = event.payload.at("outcome") == "failure";
    const bool turned = failed ? down.insert(probe).second : down.erase(probe) > 0;
    if (!turned || failed != failures) continue;
    found.push_back(told(event, fmt::format("{} {} ({})", probe, failed ? "fails" : "works again",
                                            server_of(component, cuts))));
  }
  return found;
}

std::vector<std::string> said(const Fact& fact, const std::vector<Event>& events, Instant since) {
  std::vector<std::string> found;
  for (const Event& event : events) {
    if (std::ranges::find(fact.types, event.type) == fact.types.end() || event.at < since) continue;
    if (event.payload.dump().find(fact.detail) == std::string::npos) continue;
    found.push_back(told(event, subject_of(event)));
  }
  return found;
}

// Sentences end with a full stop that no month follows ("20. November"), a paragraph with itself.
std::vector<std::string> sentences_of(const std::string& notice) {
  static const std::regex kEnd(R"(([.!?]) +(?!November|Dezember)(?=[A-ZÄÖÜ]))");
  std::vector<std::string> all;
  std::istringstream paragraphs(notice);
  for (std::string line; std::getline(paragraphs, line);) {
    if (line.empty()) continue;
    std::istringstream parts(std::regex_replace(line, kEnd, "$1\n"));
    for (std::string part; std::getline(parts, part);) all.push_back(part);
  }
  return all;
}

}  // namespace

std::vector<Event> events_of(const std::filesystem::path& data) {
  std::istringstream lines(
      servers::run_program({e2e::program(), "journal", "export", data.string()}));
  std::vector<Event> events;
  for (std::string line; std::getline(lines, line);) {
    const Json json = Json::parse(line);
    events.push_back({json["seq"], parse_rfc3339(json["logical"].get<std::string>()).value(),
                      json["type"], json["actor"], json["payload"]});
  }
  return events;
}

std::vector<Traced> trace(const std::string& notice, const std::vector<Event>& events,
                          const std::vector<Cut>& cuts) {
  if (cuts.empty()) throw std::runtime_error("nothing was cut");
  const std::vector<Fact> facts = all_facts();
  std::vector<Traced> all;
  for (std::string& sentence : sentences_of(notice)) {
    Traced traced{std::move(sentence), "", {}, {}, false};
    for (const Fact& fact : facts) {
      if (!std::regex_search(traced.sentence, std::regex(fact.phrase))) continue;
      traced.fact = fact.name;
      traced.of_the_district = fact.cause == Cause::District;
      if (!traced.of_the_district) {
        traced.said = said(fact, events, cuts.front().at);
        traced.caused = observed(fact.cause, events, cuts);
      }
      break;
    }
    all.push_back(std::move(traced));
  }
  return all;
}

std::string to_text(const Traced& traced) {
  constexpr std::size_t kShown = 3;
  std::string text = traced.sentence + "\n";
  if (traced.of_the_district) return text + "    from the district's own file\n";
  const auto add = [&](const char* how, const std::vector<std::string>& events) {
    for (std::size_t i = 0; i < events.size() && i < kShown; ++i) {
      text += fmt::format("    {} {}\n", how, events[i]);
    }
    if (events.size() > kShown) text += fmt::format("    and {} more\n", events.size() - kShown);
  };
  add("said by  ", traced.said);
  add("caused by", traced.caused);
  return text;
}

}  // namespace dienstbereit::lived
