// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/statuspage.h"

#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "web/json.h"
#include "web/testing/fakes.h"

namespace dienstbereit::web {
namespace {

using Keys = std::vector<std::string>;

const Keys kPage{"id", "name", "url", "time_zone", "updated_at"};
const Keys kComponent{"id",
                      "name",
                      "status",
                      "created_at",
                      "updated_at",
                      "position",
                      "description",
                      "showcase",
                      "start_date",
                      "group_id",
                      "page_id",
                      "group",
                      "only_show_if_degraded"};
const Keys kIncident{"id",         "name",          "status",      "created_at",
                     "updated_at", "monitoring_at", "resolved_at", "impact",
                     "shortlink",  "started_at",    "page_id",     "incident_updates",
                     "components"};
const Keys kUpdate{"id",
                   "status",
                   "body",
                   "incident_id",
                   "created_at",
                   "updated_at",
                   "display_at",
                   "affected_components",
                   "deliver_notifications",
                   "custom_tweet",
                   "tweet_id"};
const std::set<std::string> kComponentStates{"operational", "degraded_performance",
                                             "partial_outage", "major_outage", "under_maintenance"};
const std::set<std::string> kIncidentStates{"investigating", "identified", "monitoring", "resolved",
                                            "postmortem"};
const std::set<std::string> kMaintenanceStates{"scheduled", "in_progress", "verifying",
                                               "completed"};
const std::set<std::string> kIndicators{"none", "minor", "major", "critical"};

// Reads documents as the strictest reader does: exactly the known keys in the known order, each of
// its type, every word from its list. Says what is wrong at first sight.
class StrictReader {
 public:
  explicit StrictReader(const Json& document) {
    keys_of("document", document, {"page"}, true);
    page(document["page"]);
    for (const auto& [key, value] : document.items()) {
      if (key == "components") components(value);
      if (key == "incidents") all(value, [&](const Json& one) { incident(one, false); });
      if (key == "scheduled_maintenances") {
        all(value, [&](const Json& one) { incident(one, true); });
      }
      if (key == "status") status(value);
    }
  }
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  void wrong(const std::string& what) { faults_.push_back(what); }
  void keys_of(const std::string& what, const Json& json, const Keys& wanted, bool more = false) {
    Keys found;
    for (const auto& [key, value] : json.items()) found.push_back(key);
    if (more && found.size() > wanted.size()) found.resize(wanted.size());
    if (found != wanted) wrong(what + " has keys " + json.dump());
  }
  template <class Each>
  void all(const Json& list, Each each) {
    if (!list.is_array()) wrong("no list: " + list.dump());
    for (const Json& one : list) each(one);
  }
  void id(const Json& value) {
    if (!value.is_string() ||
        !std::regex_match(value.get<std::string>(), std::regex("[a-z0-9]{12}"))) {
      wrong("no id: " + value.dump());
    }
  }
  void time(const Json& value, bool may_be_null = false) {
    if (may_be_null && value.is_null()) return;
    if (!value.is_string() ||
        !std::regex_match(
            value.get<std::string>(),
            std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d))"))) {
      wrong("no time: " + value.dump());
    }
  }
  void text(const Json& value, bool may_be_null = false) {
    if (may_be_null && value.is_null()) return;
    if (!value.is_string() || value.get<std::string>().empty()) wrong("no text: " + value.dump());
  }
  void word(const Json& value, const std::set<std::string>& words) {
    if (!value.is_string() || !words.contains(value.get<std::string>())) {
      wrong("no known word: " + value.dump());
    }
  }
  void page(const Json& json) {
    keys_of("page", json, kPage);
    id(json["id"]);
    text(json["name"]);
    text(json["time_zone"]);
    time(json["updated_at"]);
    if (!std::regex_match(json["url"].get<std::string>(), std::regex("https?://[^ /]+/.*"))) {
      wrong("no address: " + json["url"].dump());
    }
  }
  void component(const Json& json) {
    const bool group = json["group"] == true;
    Keys keys = kComponent;
    if (group) keys.push_back("components");
    keys_of("component", json, keys);
    id(json["id"]);
    id(json["page_id"]);
    text(json["name"]);
    word(json["status"], kComponentStates);
    time(json["created_at"]);
    time(json["updated_at"]);
    text(json["description"], true);
    if (!json["position"].is_number_unsigned() || json["position"] == 0) wrong("no position");
    if (!json["start_date"].is_null() || json["showcase"] != false) wrong("no such date");
    if (group != json["group_id"].is_null()) wrong("a group without group, or the reverse");
  }
  void components(const Json& list) {
    std::set<std::string> groups, members, named;
    all(list, [&](const Json& one) {
      component(one);
      if (one["group"] == true) {
        groups.insert(one["id"].get<std::string>());
        for (const Json& member : one["components"]) named.insert(member.get<std::string>());
      } else {
        members.insert(one["id"].get<std::string>());
        if (!groups.contains(one["group_id"].get<std::string>()))
          wrong("a member before its group");
      }
    });
    if (members != named) wrong("groups name other members than there are");
  }
  void update(const Json& json, const Json& incident) {
    keys_of("update", json, kUpdate);
    id(json["id"]);
    text(json["body"]);
    time(json["created_at"]);
    time(json["updated_at"]);
    time(json["display_at"]);
    if (json["incident_id"] != incident["id"]) wrong("an update of another incident");
  }
  void incident(const Json& json, bool maintenance) {
    Keys keys = kIncident;
    if (maintenance) keys.insert(keys.end(), {"scheduled_for", "scheduled_until"});
    keys_of("incident", json, keys);
    id(json["id"]);
    text(json["name"]);
    text(json["shortlink"]);
    for (const char* key : {"created_at", "updated_at", "started_at"}) time(json[key]);
    for (const char* key : {"monitoring_at", "resolved_at"}) time(json[key], true);
    word(json["status"], maintenance ? kMaintenanceStates : kIncidentStates);
    if (maintenance) {
      word(json["impact"], {"maintenance"});
      time(json["scheduled_for"]);
      time(json["scheduled_until"]);
    } else {
      word(json["impact"], kIndicators);
    }
    all(json["incident_updates"], [&](const Json& one) {
      update(one, json);
      word(one["status"], maintenance ? kMaintenanceStates : kIncidentStates);
    });
    all(json["components"], [&](const Json& one) { component(one); });
  }
  void status(const Json& json) {
    keys_of("status", json, {"indicator", "description"});
    word(json["indicator"], kIndicators);
    text(json["description"]);
  }

  std::vector<std::string> faults_;
};

view::PublicUpdate told(const std::string& id, view::Stage stage, Instant at) {
  view::PublicUpdate update;
  update.id = id;
  update.title = {"Ausfall", "Outage"};
  update.body = {"Wir prüfen.", "We look."};
  update.at = at;
  update.stage = stage;
  return update;
}

view::PublicHistory history_of(Instant now) {
  using view::Stage;
  view::PublicHistory history;
  view::PublicIncident open;
  open.id = IncidentId("incident-7");
  open.name = {"Ausfall der Zulassung", "Registration outage"};
  open.stage = Stage::Monitoring;
  open.level = Level::Emergency;
  open.started_at = open.created_at = now - std::chrono::hours(2);
  open.updated_at = now;
  open.monitoring_at = now;
  open.offers = {NodeId("A1@S1/V1")};
  open.updates = {told("9", Stage::Monitoring, now),
                  told("8", Stage::Investigating, now - std::chrono::hours(2))};
  view::PublicIncident over = open;
  over.id = IncidentId("incident-5");
  over.stage = Stage::Resolved;
  over.resolved_at = now - std::chrono::hours(30);
  view::PublicIncident planned = open;
  planned.stage = Stage::Scheduled;
  planned.window = view::Window{now + std::chrono::hours(20), now + std::chrono::hours(22)};
  planned.updates = {told("11", Stage::Scheduled, now)};
  view::PublicIncident begun = planned;
  begun.id = IncidentId("incident-6");
  begun.stage = Stage::InProgress;
  begun.updates = {told("12", Stage::InProgress, now)};
  history.incidents = {open, over};
  history.repairs = {planned, begun};
  return history;
}

Json read(const test::World& world, const view::PublicHistory& history, std::string_view path) {
  const view::Overview overview = view::overview(world.situation, world.now);
  const auto text = statuspage_document(world.situation, overview, history, path);
  return text ? Json::parse(*text) : Json();
}

Json summary(const std::string& state) {
  const auto world = test::world_in(state);
  return read(*world, {}, "/api/v2/summary.json");
}

const Json& component(const Json& document, const std::string& offer) {
  static const Json kNone;
  for (const Json& one : document["components"]) {
    if (one["id"] == statuspage_id("offer:" + offer)) return one;
  }
  return kNone;
}

TEST(Statuspage, EveryDocumentInEveryStateReadsStrictly) {
  for (const auto& [state, change] : test::states()) {
    const auto world = test::world_in(state);
    for (const std::string_view path : kStatuspagePaths) {
      for (const auto& history : {view::PublicHistory(), history_of(world->now)}) {
        const Json document = read(*world, history, path);
        ASSERT_TRUE(document.is_object()) << path;
        EXPECT_EQ(StrictReader(document).faults(), Keys()) << state << path;
      }
    }
  }
}

TEST(Statuspage, TheStrictReaderSeesOneKeyTooMany) {
  Json document = summary("normal");
  ASSERT_TRUE(StrictReader(document).faults().empty());
  document["components"][0]["eta"] = "soon";
  EXPECT_FALSE(StrictReader(document).faults().empty());
  document = summary("normal");
  document["page"]["updated_at"] = "2026-11-23T09:30:00Z";
  EXPECT_FALSE(StrictReader(document).faults().empty());
}

TEST(Statuspage, HasEachDocumentsOwnParts) {
  const auto world = test::world_in("normal");
  const auto parts = [&](std::string_view path) {
    Keys keys;
    const Json document = read(*world, {}, path);
    for (const auto& [key, value] : document.items()) keys.push_back(key);
    return keys;
  };
  EXPECT_EQ(parts("/api/v2/summary.json"),
            (Keys{"page", "components", "incidents", "scheduled_maintenances", "status"}));
  EXPECT_EQ(parts("/api/v2/status.json"), (Keys{"page", "status"}));
  EXPECT_EQ(parts("/api/v2/components.json"), (Keys{"page", "components"}));
  EXPECT_EQ(parts("/api/v2/incidents/unresolved.json"), (Keys{"page", "incidents"}));
  EXPECT_EQ(parts("/api/v2/scheduled-maintenances/active.json"),
            (Keys{"page", "scheduled_maintenances"}));
  EXPECT_TRUE(read(*world, {}, "/api/v2/history.json").is_null());
}

TEST(Statuspage, TimesCarryTheOffsetOfThePage) {
  EXPECT_EQ(summary("normal")["page"]["updated_at"], "2026-11-23T09:30:00.000+01:00");
}

TEST(Statuspage, PresumedIsOperationalAndSaysThatNobodyMeasuresIt) {
  const Json document = summary("presumed");
  const Json& one = component(document, "A1@S1/V1");
  EXPECT_EQ(one["status"], "operational");
  EXPECT_EQ(one["description"], "No fault known (not measured)");
  EXPECT_EQ(document["status"]["indicator"], "none");
  EXPECT_NE(document["status"]["description"], "All Systems Operational");
}

TEST(Statuspage, UnknownIsNeverOperationalAndSaysSinceWhen) {
  const auto world = test::world_in("unknown");
  NodeSituation node;
  node.id = NodeId("A1@S1/V1");
  node.since = world->now - std::chrono::minutes(140);
  world->situation.nodes.push_back(node);
  const Json document = read(*world, {}, "/api/v2/summary.json");
  const Json& one = component(document, "A1@S1/V1");
  EXPECT_EQ(one["status"], "degraded_performance");
  EXPECT_EQ(one["description"], "Not measured since 07:10");
  EXPECT_EQ(document["status"]["indicator"], "minor");
}

TEST(Statuspage, WhatIsStaleIsNotMeasured) {
  const Json document = summary("stale");
  EXPECT_EQ(component(document, "A1@S1/V1")["description"], "Not measured since 07:30");
  EXPECT_EQ(document["status"]["indicator"], "minor");
  const Json unwritten = summary("journal");
  EXPECT_EQ(unwritten["status"]["indicator"], "minor");
  EXPECT_EQ(component(unwritten, "A1@S1/V1")["description"], "Not measured since 09:27");
}

TEST(Statuspage, SomeOrAllServicesDownMakeAPartialOrMajorOutage) {
  EXPECT_EQ(summary("normal")["status"]["description"], "All Systems Operational");
  EXPECT_EQ(summary("limited")["status"]["description"], "Partially Degraded Service");
  EXPECT_EQ(summary("mixed")["status"]["indicator"], "major");
  EXPECT_EQ(summary("closed")["status"]["indicator"], "critical");
  const Json closed = summary("closed");
  for (const Json& one : closed["components"]) {
    EXPECT_EQ(one["status"], "major_outage") << one["name"];
  }
}

TEST(Statuspage, NightIsNoOutage) { EXPECT_EQ(summary("night")["status"]["indicator"], "none"); }

TEST(Statuspage, SortsIncidentsAndPlannedWork) {
  const auto world = test::world_in("mixed");
  const auto history = history_of(world->now);
  const auto count = [&](std::string_view path) {
    const Json document = read(*world, history, path);
    return document.back().size();
  };
  EXPECT_EQ(count("/api/v2/incidents.json"), 2u);
  EXPECT_EQ(count("/api/v2/incidents/unresolved.json"), 1u);
  EXPECT_EQ(count("/api/v2/scheduled-maintenances.json"), 2u);
  EXPECT_EQ(count("/api/v2/scheduled-maintenances/upcoming.json"), 1u);
  EXPECT_EQ(count("/api/v2/scheduled-maintenances/active.json"), 1u);
  const Json incident = read(*world, history, "/api/v2/incidents.json")["incidents"][0];
  EXPECT_EQ(incident["status"], "monitoring");
  EXPECT_EQ(incident["components"].size(), 1u);
  EXPECT_EQ(incident["incident_updates"][0]["status"], "monitoring");
  EXPECT_EQ(incident["impact"], "major");
  const Json repair =
      read(*world, history, "/api/v2/scheduled-maintenances.json")["scheduled_maintenances"][0];
  EXPECT_EQ(repair["name"], "Registration outage: permanent repair");
  EXPECT_EQ(repair["impact"], "maintenance");
  EXPECT_NE(repair["id"], incident["id"]);
}

TEST(Statuspage, IdsStayTheSame) {
  EXPECT_EQ(statuspage_id("offer:A1@S1/V1"), statuspage_id("offer:A1@S1/V1"));
  EXPECT_NE(statuspage_id("offer:A1@S1/V1"), statuspage_id("offer:A1@S1/V2"));
  EXPECT_EQ(statuspage_id("page:beispiel").size(), 12u);
}

}  // namespace
}  // namespace dienstbereit::web
