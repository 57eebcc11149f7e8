// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/statuspage.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/hash.h"
#include "web/json.h"

namespace dienstbereit::web {
namespace {

using words::Language;

// Worse is larger.
enum class State : std::uint8_t { Operational, Degraded, Partial, Major };

const char* name_of(State state) {
  switch (state) {
    case State::Operational:
      return "operational";
    case State::Degraded:
      return "degraded_performance";
    case State::Partial:
      return "partial_outage";
    case State::Major:
      break;
  }
  return "major_outage";
}

const char* name_of(view::Stage stage) {
  switch (stage) {
    case view::Stage::Investigating:
      return "investigating";
    case view::Stage::Identified:
      return "identified";
    case view::Stage::Monitoring:
      return "monitoring";
    case view::Stage::Resolved:
      return "resolved";
    case view::Stage::Postmortem:
      return "postmortem";
    case view::Stage::Scheduled:
      return "scheduled";
    case view::Stage::InProgress:
      return "in_progress";
    case view::Stage::Completed:
      break;
  }
  return "completed";
}

const char* impact_of(Level level) {
  switch (level) {
    case Level::Disturbance:
      return "minor";
    case Level::Emergency:
      return "major";
    case Level::Crisis:
      break;
  }
  return "critical";
}

std::string english(const Wording& wording) { return words::say(wording, Language::En).text; }

struct Component {
  NodeId offer;
  Json json;
  State state = State::Operational;
  bool presumed = false;
};

// All that the documents are made of.
class Maker {
 public:
  Maker(const Situation& situation, const view::Overview& overview,
        const view::PublicHistory& history)
      : situation_(situation),
        overview_(overview),
        history_(history),
        voice_(Language::En, overview.stamp),
        page_id_(statuspage_id("page:" + situation.district->administration.id)) {
    for (const NodeSituation& node : situation.nodes) {
      if (node.since) since_.emplace(node.id, *node.since);
    }
    for (const view::OfficeLine& office : overview.offices) add_office(office);
  }

  Json page() const {
    const Administration& own = situation_.district->administration;
    return {{"id", page_id_},
            {"name", marked(english(own.name))},
            {"url", base_address(*situation_.district)},
            {"time_zone", own.time_zone},
            {"updated_at", time(situation_.as_of)}};
  }

  Json components() const {
    Json all = Json::array();
    for (const Component& one : components_) all.push_back(one.json);
    return all;
  }

  Json status() const;
  Json incidents(bool unresolved) const;
  Json maintenances(std::optional<bool> begun) const;

 private:
  std::string time(Instant t) const { return to_rfc3339(t, voice_.zone()); }
  Json time_or_null(const std::optional<Instant>& t) const {
    return t ? Json(time(*t)) : Json(nullptr);
  }

  std::string marked(std::string text) const {
    return words::marked(Language::En, situation_.exercise, std::move(text));
  }

  void add_office(const view::OfficeLine& office);
  Component component_of(const view::ServiceView& service, const std::string& group,
                         std::size_t position) const;
  Json component_json(const std::string& id, const std::string& name, State state, Instant updated,
                      std::size_t position, const std::string& description) const;
  Instant unseen_since(const view::ServiceView& service) const;
  std::string not_measured(Instant since) const;
  Json incident(const view::PublicIncident& incident) const;
  Json update(const view::PublicUpdate& update, const std::string& incident) const;

  const Situation& situation_;
  const view::Overview& overview_;
  const view::PublicHistory& history_;
  words::Voice voice_;
  std::string page_id_;
  std::unordered_map<NodeId, Instant> since_;
  std::vector<Component> components_;  // each group before its own
  std::size_t groups_ = 0;
};

// What is unknown, since it is; what was normal, since nobody looks or writes any more.
Instant Maker::unseen_since(const view::ServiceView& service) const {
  if (service.now.readiness != Readiness::Unknown) {
    return overview_.stamp.journal_failed_at.value_or(situation_.as_of);
  }
  const auto found = since_.find(service.node);
  return found == since_.end() ? situation_.started_at : found->second;
}

// "Not measured since 07:10"; with the day, if that is not today.
std::string Maker::not_measured(Instant since) const {
  const auto local = voice_.zone().to_local(since);
  const Day day = voice_.zone().day_of(since);
  const auto minute = std::chrono::floor<Minutes>(local - day);
  const std::string text = fmt::format("Not measured since {}", to_hhmm(minute));
  return day == voice_.today() ? text : fmt::format("{} on {}", text, to_iso(day));
}

Json Maker::component_json(const std::string& id, const std::string& name, State state,
                           Instant updated, std::size_t position,
                           const std::string& description) const {
  Json json;
  json["id"] = id;
  json["name"] = name;
  json["status"] = name_of(state);
  json["created_at"] = time(std::min(situation_.started_at, updated));
  json["updated_at"] = time(updated);
  json["position"] = position;
  json["description"] = description.empty() ? Json(nullptr) : Json(description);
  json["showcase"] = false;
  json["start_date"] = nullptr;
  json["group_id"] = nullptr;
  json["page_id"] = page_id_;
  json["group"] = false;
  json["only_show_if_degraded"] = false;
  return json;
}

Component Maker::component_of(const view::ServiceView& service, const std::string& group,
                              std::size_t position) const {
  Component one;
  one.offer = service.node;
  const Verdict& now = service.now;
  std::string description;
  // What nobody looks at is never shown as working.
  const bool blind = overview_.stamp.stale || overview_.stamp.journal_failed_at.has_value();
  if (now.readiness == Readiness::Unknown || (blind && now.readiness == Readiness::Normal)) {
    one.state = State::Degraded;
    description = not_measured(unseen_since(service));
  } else if (now.readiness == Readiness::Closed) {
    one.state = State::Major;
    description = words::plain(words::verdict_sentence(voice_, now, service.slotted));
  } else if (now.readiness == Readiness::Limited) {
    one.state = State::Degraded;
    description = words::plain(words::verdict_sentence(voice_, now, service.slotted));
  } else if (view::presumed(now)) {
    one.presumed = true;
    description = "No fault known (not measured)";
  }
  const auto since = since_.find(service.node);
  const std::string name = service.place.several ? fmt::format("{} – {}", english(service.name),
                                                               english(service.place.site_name))
                                                 : english(service.name);
  one.json = component_json(statuspage_id("offer:" + service.node.str()), name, one.state,
                            since == since_.end() ? situation_.started_at : since->second, position,
                            description);
  one.json["group_id"] = group;
  return one;
}

void Maker::add_office(const view::OfficeLine& office) {
  const std::string id = statuspage_id("office:" + office.id.str());
  std::vector<Component> own;
  for (const view::PlaceView& place : office.at) {
    for (const view::ServiceView& service : place.services) {
      if (!service.internal) own.push_back(component_of(service, id, own.size() + 1));
    }
  }
  if (own.empty()) return;
  std::size_t down = 0;
  State worst = State::Operational;
  Json ids = Json::array();
  for (const Component& one : own) {
    worst = std::max(worst, one.state);
    down += one.state == State::Major ? 1 : 0;
    ids.push_back(one.json["id"]);
  }
  const State state = worst == State::Major && down < own.size() ? State::Partial : worst;
  Component group;
  group.state = State::Operational;  // its parts count, not it
  group.json =
      component_json(id, english(office.name), state, situation_.started_at, ++groups_, "");
  group.json["group"] = true;
  group.json["components"] = ids;
  components_.push_back(std::move(group));
  std::move(own.begin(), own.end(), std::back_inserter(components_));
}

Json Maker::status() const {
  std::size_t parts = 0;
  std::size_t down = 0;
  bool presumed = false;
  State worst = overview_.stamp.trusted() ? State::Operational : State::Degraded;
  for (const Component& one : components_) {
    if (one.offer.empty()) continue;
    ++parts;
    down += one.state == State::Major ? 1 : 0;
    presumed = presumed || one.presumed;
    worst = std::max(worst, one.state);
  }
  const auto say = [this](const char* indicator, const char* description) {
    return Json{{"indicator", indicator}, {"description", marked(description)}};
  };
  if (down > 0 && down == parts) return say("critical", "Major Service Outage");
  if (worst == State::Major) return say("major", "Partial System Outage");
  if (worst == State::Degraded) return say("minor", "Partially Degraded Service");
  if (presumed) return say("none", "No Fault Known (Not Everything Is Measured)");
  return say("none", "All Systems Operational");
}

Json Maker::update(const view::PublicUpdate& update, const std::string& incident) const {
  const words::Voice then(Language::En, *situation_.district, update.at);
  Json json;
  json["id"] = statuspage_id("update:" + update.id);
  json["status"] = name_of(update.stage);
  json["body"] = words::plain(words::body_of(then, update));
  json["incident_id"] = incident;
  json["created_at"] = time(update.at);
  json["updated_at"] = time(update.at);
  json["display_at"] = time(update.at);
  json["affected_components"] = nullptr;
  json["deliver_notifications"] = false;
  json["custom_tweet"] = nullptr;
  json["tweet_id"] = nullptr;
  return json;
}

Json Maker::incident(const view::PublicIncident& incident) const {
  const std::string id =
      statuspage_id((incident.window ? "repair:" : "incident:") + incident.id.str());
  Json json;
  json["id"] = id;
  json["name"] = marked(incident.window ? words::repair_title(Language::En, incident.name)
                                        : english(incident.name));
  json["status"] = name_of(incident.stage);
  json["created_at"] = time(incident.created_at);
  json["updated_at"] = time(incident.updated_at);
  json["monitoring_at"] = time_or_null(incident.monitoring_at);
  json["resolved_at"] = time_or_null(incident.resolved_at);
  json["impact"] = incident.window ? "maintenance" : impact_of(incident.level);
  json["shortlink"] = base_address(*situation_.district) + "en/";
  json["started_at"] = time(incident.started_at);
  json["page_id"] = page_id_;
  Json updates = Json::array();
  for (const view::PublicUpdate& one : incident.updates) updates.push_back(update(one, id));
  json["incident_updates"] = std::move(updates);
  Json concerned = Json::array();
  for (const Component& one : components_) {
    const auto& offers = incident.offers;
    if (one.offer.empty() || std::count(offers.begin(), offers.end(), one.offer) == 0) continue;
    concerned.push_back(one.json);
  }
  json["components"] = std::move(concerned);
  if (incident.window) {
    json["scheduled_for"] = time(incident.window->begin);
    json["scheduled_until"] = time(incident.window->end);
  }
  return json;
}

Json Maker::incidents(bool unresolved) const {
  Json all = Json::array();
  for (const view::PublicIncident& one : history_.incidents) {
    if (all.size() >= view::kIncidentsMax) break;
    if (!unresolved || !one.resolved_at) all.push_back(incident(one));
  }
  return all;
}

// `begun`: only those that are under way, or only those still to come.
Json Maker::maintenances(std::optional<bool> begun) const {
  Json all = Json::array();
  for (const view::PublicIncident& one : history_.repairs) {
    if (all.size() >= view::kIncidentsMax) break;
    const bool upcoming = one.stage == view::Stage::Scheduled;
    const bool over = one.stage == view::Stage::Completed;
    if (begun && (over || upcoming == *begun)) continue;
    all.push_back(incident(one));
  }
  return all;
}

}  // namespace

std::string statuspage_id(std::string_view text) {
  constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::size_t kLength = 12;
  const Digest digest = sha256(text);
  std::string id;
  for (std::size_t i = 0; i < kLength; ++i) id += kDigits[digest[i] % kDigits.size()];
  return id;
}

std::string base_address(const District& district) {
  const std::string& address = district.administration.public_url;
  if (address.empty()) return "http://localhost/";
  return address.ends_with('/') ? address : address + "/";
}

std::optional<std::string> statuspage_document(const Situation& situation,
                                               const view::Overview& overview,
                                               const view::PublicHistory& history,
                                               std::string_view path) {
  if (std::find(kStatuspagePaths.begin(), kStatuspagePaths.end(), path) == kStatuspagePaths.end()) {
    return std::nullopt;
  }
  const Maker maker(situation, overview, history);
  Json out{{"page", maker.page()}};
  if (path == "/api/v2/summary.json") {
    out["components"] = maker.components();
    out["incidents"] = maker.incidents(true);
    out["scheduled_maintenances"] = Json::array();
    for (const bool begun : {true, false}) {
      for (Json& one : maker.maintenances(begun)) out["scheduled_maintenances"].push_back(one);
    }
    out["status"] = maker.status();
  } else if (path == "/api/v2/status.json") {
    out["status"] = maker.status();
  } else if (path == "/api/v2/components.json") {
    out["components"] = maker.components();
  } else if (path.starts_with("/api/v2/incidents")) {
    out["incidents"] = maker.incidents(path.ends_with("unresolved.json"));
  } else if (path.ends_with("upcoming.json")) {
    out["scheduled_maintenances"] = maker.maintenances(false);
  } else if (path.ends_with("active.json")) {
    out["scheduled_maintenances"] = maker.maintenances(true);
  } else {
    out["scheduled_maintenances"] = maker.maintenances(std::nullopt);
  }
  return dump(out);
}

}  // namespace dienstbereit::web
