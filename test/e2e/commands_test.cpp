// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <regex>

#include "program.h"

namespace dienstbereit::e2e {
namespace {

// Open at any hour, so that the stories do not depend on the time of day.
constexpr const char* kDistrict = R"yaml(
administration: {name: {de: Kreis Probe, en: Sample District}, ags: 05999, observer_at: HAUS}
sites: [{id: HAUS, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: AMT, name: {de: Bürgeramt, en: Citizens}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}
  - {id: KFZ, name: {de: Zulassung, en: Vehicles}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}
services:
  - id: PASS
    name: {de: Pass beantragen, en: Apply for a passport}
    kind: counter
    offered: AMT
    needs: STROM
    offline: none
  - id: SCHILD
    name: {de: Fahrzeug zulassen, en: Register a vehicle}
    kind: counter
    offered: KFZ
    needs: STROM
    offline: none
components:
  - {id: STROM, name: {de: Strom, en: Power}}
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Story : public testing::Test {
 protected:
  // The last event of a start is that a set-up link was made; it comes after the first page.
  void SetUp() override {
    ASSERT_TRUE(await([&] {
      const std::string events = run({"journal", "export", server_.data().string()}).out;
      return contains(events, "\"audited\"") &&
             seq() == static_cast<std::uint64_t>(std::count(events.begin(), events.end(), '\n'));
    }));
  }
  void rewrite(const std::string& text) const { std::ofstream(district_) << text; }
  std::uint64_t seq() const { return server_.json("/api/v1/situation")["seq"]; }
  std::string place() const { return server_.state_at("AMT", "HAUS"); }

  servers::TempFolder folder_;
  std::filesystem::path district_ = folder_.write("kreis.yaml", kDistrict);
  Server server_{district_};
};

class CommandsStory : public Story {};
class ReloadStory : public Story {};

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

const std::string kUnknownKey = replaced(kDistrict, "offered: KFZ", "ofered: KFZ");
const std::string kThirdOffice =
    replaced(kDistrict, "services:",
             "  - {id: BAU, name: {de: Bauamt, en: Building office}, sites: [HAUS],"
             " hours: 'Mo-Su,PH 00:00-24:00'}\n"
             "services:");

// A time from now, as people write it.
std::string in_hours(int hours) {
  const std::time_t t = std::time(nullptr) + hours * 3600;
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&t));
  return text;
}

}  // namespace

TEST_F(CommandsStory, WithoutProbesThePageSaysThatNothingIsMeasuredAndStatusIsZero) {
  const Outcome status = server_.command({"status"});
  EXPECT_EQ(status.code, 0) << status.out << status.err;
  EXPECT_TRUE(contains(status.out, "Bürgeramt")) << status.out;
  EXPECT_TRUE(contains(server_.page("/amt/AMT"), "nicht gemessen")) << server_.page("/amt/AMT");
  EXPECT_TRUE(contains(server_.page("/en/office/AMT"), "not measured"));
}

TEST_F(CommandsStory, APreviewShowsWhatWouldChangeAndChangesNothing) {
  const auto before = seq();
  const Outcome preview = server_.command({"set", "AMT", "closed", "--preview"});
  EXPECT_EQ(preview.code, 0) << preview.err;
  EXPECT_TRUE(contains(preview.out, "Bürgeramt: normal geöffnet -> geschlossen")) << preview.out;
  EXPECT_FALSE(contains(preview.out, "Straßenverkehrsamt")) << preview.out;
  EXPECT_TRUE(std::regex_search(preview.out, std::regex("Gültig bis [^Z]+ Uhr\\."))) << preview.out;
  const Outcome english = server_.command({"set", "AMT", "closed", "--preview", "--lang", "en"});
  EXPECT_TRUE(contains(english.out, "open as normal -> closed")) << english.out;
  EXPECT_TRUE(std::regex_search(english.out, std::regex("Valid until (today|tomorrow), ")))
      << english.out;
  const Outcome json = server_.command({"set", "AMT", "closed", "--preview", "--json"});
  EXPECT_EQ(json.code, 0) << json.err;
  EXPECT_TRUE(json.json()["changes"].is_array()) << json.out;
  EXPECT_EQ(seq(), before);
  EXPECT_EQ(place(), "normal");
}

TEST_F(CommandsStory, AWordStandsOnThePageInBothLanguagesUntilItIsWithdrawn) {
  const Outcome set =
      server_.command({"set", "AMT", "closed", "--text", "Rohrbruch im Erdgeschoss.", "--text-en",
                       "A burst pipe on the ground floor.", "--role", "Hauptamt", "--json"});
  ASSERT_EQ(set.code, 0) << set.err;
  const std::string word = set.json()["word"];
  // An answer comes after the situation that holds it.
  ASSERT_TRUE(await([&] { return place() == "closed"; }));
  EXPECT_EQ(server_.place("AMT", "HAUS")["now"]["closed_by"], "decision");
  EXPECT_TRUE(contains(server_.page("/amt/AMT"), "Rohrbruch im Erdgeschoss"))
      << server_.page("/amt/AMT");
  EXPECT_TRUE(contains(server_.page("/en/office/AMT"), "A burst pipe on the ground floor"));
  EXPECT_TRUE(contains(server_.page("/amt/AMT"), "Hauptamt"));

  const Outcome status = server_.command({"status", "--lang", "en"});
  EXPECT_EQ(status.code, 3) << status.out;
  EXPECT_TRUE(contains(status.out, "closed")) << status.out;
  EXPECT_EQ(server_.command({"status", "--json"}).json()["counts"]["closed"], 1);
  const Outcome why = server_.command({"why", "AMT@HAUS/PASS", "--lang", "en"});
  EXPECT_EQ(why.code, 0) << why.err;
  EXPECT_TRUE(contains(why.out, "Hauptamt")) << why.out;

  const Outcome gone = server_.command({"withdraw", word, "--reason", "repariert"});
  EXPECT_EQ(gone.code, 0) << gone.err;
  EXPECT_TRUE(await([&] { return place() == "normal"; }));
  EXPECT_FALSE(contains(server_.page("/amt/AMT"), "Rohrbruch"));
  EXPECT_EQ(server_.command({"status"}).code, 0);
}

TEST_F(CommandsStory, PlannedWorkIsToldByWhatItTouchesAndChangesNothing) {
  const auto before = seq();
  const Words plan{"what-if", "STROM", "--from", in_hours(1), "--to", in_hours(2)};
  const Outcome german = server_.command(plan);
  EXPECT_EQ(german.code, 0) << german.err;
  EXPECT_TRUE(contains(german.out, "Die Arbeiten an Strom")) << german.out;
  EXPECT_TRUE(contains(german.out, "Fahrzeug zulassen geschlossen")) << german.out;
  Words english = plan;
  english.insert(english.end(), {"--lang", "en"});
  EXPECT_TRUE(contains(server_.command(english).out, "Register a vehicle closed"));
  Words json = plan;
  json.push_back("--json");
  EXPECT_EQ(server_.command(json).json()["touched"].at(0)["to"], "closed");
  EXPECT_EQ(seq(), before);
}

TEST_F(CommandsStory, TheRecordOfAnIncidentSaysWhatTheRuleSuspects) {
  ASSERT_EQ(server_.command({"set", "STROM", "closed"}).code, 0);
  ASSERT_TRUE(await([&] { return place() == "closed"; }));
  const Outcome german = server_.command({"record", "show", "incident-1"});
  EXPECT_EQ(german.code, 0) << german.err;
  EXPECT_TRUE(contains(german.out, "Strom: erklärt 1 von 1 gestörter Komponente.")) << german.out;
  const Outcome english = server_.command({"record", "show", "incident-1", "--lang", "en"});
  EXPECT_TRUE(contains(english.out, "Power: explains 1 of 1 failed component.")) << english.out;
  EXPECT_EQ(server_.get("/api/v1/suspects/incident-1").status, 401);
}

TEST_F(CommandsStory, WhatCannotBeSaidIsRefusedWithCodeTwoAndChangesNothing) {
  const auto before = seq();
  const std::vector<Words> refused{
      {"set", "NOBODY", "closed"},
      {"set", "AMT", "splendid"},
      {"set", "AMT", "closed", "--until", "2001-01-01T00:00Z"},
      {"set", "AMT", "closed", "--until", "tomorrow"},
      {"withdraw", "4711"},
      {"why", "NOBODY"},
      {"what-if", "NOBODY", "--from", in_hours(1), "--to", in_hours(2)},
      {"what-if", "STROM", "--from", in_hours(2), "--to", in_hours(1)},
      {"what-if", "STROM", "--from", in_hours(1), "--to", "morgen"},
      {"what-if", "STROM", "--from", in_hours(1)},
      {"set", "AMT"}};
  for (const Words& words : refused) {
    const Outcome outcome = server_.command(words);
    EXPECT_EQ(outcome.code, 2) << words.at(1) << outcome.out << outcome.err;
    EXPECT_FALSE(outcome.err.empty());
  }
  EXPECT_EQ(seq(), before);
}

TEST_F(CommandsStory, WithoutAServerTheCommandSaysHowToStartOneAndExitsWithOne) {
  const Outcome status = run({"status", "--data", (folder_.path() / "nowhere").string()});
  EXPECT_EQ(status.code, 1);
  EXPECT_TRUE(contains(status.err, "dienstbereit serve")) << status.err;
}

// "Max open files" of the process: what it may have open now.
std::string open_files(pid_t pid) {
  std::ifstream limits("/proc/" + std::to_string(pid) + "/limits");
  for (std::string line; std::getline(limits, line);) {
    std::smatch soft;
    if (std::regex_search(line, soft, std::regex("Max open files +([0-9]+)"))) return soft[1];
  }
  return {};
}

TEST_F(CommandsStory, TheServerTakesAsManyOpenFilesAsItMayAndSaysIfTheyAreTooFew) {
  const Server roomy(district_, {"/usr/bin/prlimit", "--nofile=256:8192"});
  EXPECT_EQ(open_files(roomy.pid()), "8192");
  EXPECT_FALSE(contains(roomy.output(), "open files")) << roomy.output();
  const Server tight(district_, {"/usr/bin/prlimit", "--nofile=256:1024"});
  EXPECT_EQ(open_files(tight.pid()), "1024");
  EXPECT_TRUE(contains(tight.output(), "only 1024 open files are allowed")) << tight.output();
  EXPECT_TRUE(contains(tight.output(), "LimitNOFILE=")) << tight.output();
}

TEST_F(CommandsStory, WhatIsNotPublicNeedsTheSocketOrAToken) {
  EXPECT_EQ(server_.get("/api/v1/why/STROM").status, 401);
  EXPECT_EQ(server_.get("/api/v1/nodes").status, 401);
  EXPECT_EQ(server_.get("/api/v1/accounts").status, 403);
  EXPECT_EQ(server_.get("/api/v1/situation").status, 200);
}

TEST_F(CommandsStory, CheckNamesFileLineAndColumnAndExitsWithTwo) {
  const auto bad = folder_.write("bad.yaml", kUnknownKey);
  const Outcome checked = run({"check", bad.string()});
  EXPECT_EQ(checked.code, 2);
  EXPECT_TRUE(std::regex_search(checked.err, std::regex(R"(bad\.yaml:17:5: .*'?ofered'?)")))
      << checked.err;
  EXPECT_TRUE(contains(checked.err, "offered")) << "names the nearest key: " << checked.err;
  const Json json = run({"check", bad.string(), "--json"}).json();
  EXPECT_EQ(json["ok"], false);
  EXPECT_EQ(json["problems"].back()["line"], 17) << json.dump(1);
  EXPECT_EQ(run({"check", district_.string()}).code, 0);
  EXPECT_EQ(run({"serve", "--data", (folder_.path() / "data").string(), bad.string()}).code, 2);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "data")) << "nothing half-done";
}

TEST_F(ReloadStory, ABadFileChangesNothingAndSaysWhyByCommand) {
  const auto before = seq();
  rewrite(kUnknownKey);
  const Outcome reload = server_.command({"reload"});
  EXPECT_EQ(reload.code, 2);
  EXPECT_TRUE(std::regex_search(reload.err, std::regex(R"(kreis\.yaml:17:5: )"))) << reload.err;
  EXPECT_EQ(seq(), before);
  EXPECT_EQ(place(), "normal");
}

TEST_F(ReloadStory, ABadFileChangesNothingAndSaysWhyInTheLogOnTheSignal) {
  const auto before = seq();
  rewrite(kUnknownKey);
  server_.reload_by_signal();
  EXPECT_TRUE(await([&] { return contains(server_.output(), "kreis.yaml:17:5: "); }))
      << server_.output();
  EXPECT_EQ(seq(), before);
}

TEST_F(ReloadStory, AGoodFileTakesEffectAndTheWordsInForceStay) {
  ASSERT_EQ(server_.command({"set", "AMT", "closed"}).code, 0);
  rewrite(kThirdOffice);
  const Outcome reload = server_.command({"reload"});
  EXPECT_EQ(reload.code, 0) << reload.err;
  EXPECT_TRUE(await([&] { return contains(server_.page("/"), "Bauamt"); })) << server_.page("/");
  EXPECT_TRUE(contains(server_.page("/en/"), "Building office"));
  EXPECT_EQ(place(), "closed");
}

TEST_F(ReloadStory, AGoodFileTakesEffectOnTheSignal) {
  rewrite(kThirdOffice);
  server_.reload_by_signal();
  EXPECT_TRUE(await([&] { return contains(server_.page("/"), "Bauamt"); }));
}

}  // namespace dienstbereit::e2e
