// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "world.h"

// What the district's parts do when they break, down to the public sentence. Monday 23 November
// 2026 is an ordinary working day.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using words::Language;

// One office at the hall with a database, a homepage and a branch behind a link.
const char* kKreis = R"yaml(
administration:
  name: {de: Kreis Probe, en: Probe District}
  ags: 05998
  observer_at: HALL
sites:
  - {id: HALL, name: {de: Kreishaus, en: District hall}}
  - {id: BRANCH, name: {de: Nebenstelle, en: Branch}, link: LEITUNG}
offices:
  - id: KFZ
    name: {de: Straßenverkehrsamt, en: Road traffic office}
    sites: [HALL, BRANCH]
    hours: Mo-Fr 08:00-16:00
  - id: PRESSE
    name: {de: Pressestelle, en: Press office}
    sites: [HALL]
    hours: Mo-Fr 08:00-16:00
services:
  - id: ZULASSUNG
    name: {de: Fahrzeug zulassen, en: Register a vehicle}
    kind: counter
    offered: KFZ
    needs: [SQL]
    offline:
      mode: take_in
      text: {de: Anträge nehmen wir auf Papier an., en: Applications are taken on paper.}
  - id: KENNZEICHEN
    name: {de: Kurzzeitkennzeichen, en: Short-term plates}
    kind: counter
    offered: KFZ
    needs: [SQL]
  - id: SEITE
    name: {de: Homepage, en: Homepage}
    kind: channel
    offered: PRESSE
    needs: [WEB]
components:
  - id: SQL
    name: {de: Datenbank, en: database}
    site: HALL
    needs: [SERVER]
    probes:
      - {kind: tcp, name: ping, target: "192.0.2.1:5432", proves: alive, every: 30 s, timeout: 5 s}
      - {kind: tcp, name: query, target: "192.0.2.1:5432", proves: works, every: 30 s, timeout: 5 s}
  - id: SERVER
    name: {de: Server, en: server}
    site: HALL
    needs: [USV]
    probes:
      - {kind: tcp, name: works, target: "192.0.2.2:80", proves: works, every: 30 s, timeout: 5 s}
  - id: USV
    name: {de: Batterieanlage, en: battery supply}
    site: HALL
    needs: [{need: NETZ, buffer: 30 min, recharge: 4 h}]
  - id: NETZ
    name: {de: Stromnetz, en: mains}
    probes:
      - {kind: tcp, name: works, target: "192.0.2.3:80", proves: works, every: 30 s, timeout: 5 s}
  - id: WEB
    name: {de: Webserver, en: web server}
    needs: [LEITUNG-AUSSEN]
    probes:
      - {kind: tcp, name: page, target: "192.0.2.4:80", proves: works, every: 30 s,
         timeout: 5 s, uplink: lte}
  - {id: LEITUNG-AUSSEN, name: {de: Internetleitung, en: internet line}}
  - id: LEITUNG
    name: {de: Leitung zur Nebenstelle, en: line to the branch}
    probes:
      - {kind: tcp, name: line, target: "192.0.2.5:80", proves: works, every: 30 s, timeout: 5 s}
uplinks:
  - id: lan
    name: {de: Hausnetz, en: house network}
    house: true
    probes: [{kind: tcp, name: gateway, target: "192.0.2.6:80", every: 30 s, timeout: 5 s}]
  - id: lte
    name: {de: Mobilfunk, en: mobile network}
    probes: [{kind: tcp, name: outside, target: "192.0.2.7:80", every: 30 s, timeout: 5 s}]
)yaml";

const char* kMonday4 = "2026-11-23T04:00+01:00";
const char* kMonday9 = "2026-11-23T09:00+01:00";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(Story, WhileEverythingIsMeasuredWorkingAllOpenAsPlanned) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_EQ(world.place("KFZ@HALL").now.grade, Grade::Measured);
  EXPECT_EQ(world.de(), "Heute öffnen alle Ämter wie geplant.");
  EXPECT_EQ(world.en(), "Today all offices are open as planned.");
}

TEST(Story, ASingleDeadServerIsToldWithItsReason) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.all_fail({"SERVER/works", "SQL/query", "SQL/ping"});
  world.pass(2min);
  EXPECT_EQ(world.word("KFZ@HALL/ZULASSUNG"), Readiness::Limited);
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Closed);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Limited);
  EXPECT_TRUE(contains(world.says("KFZ@HALL/ZULASSUNG", Language::De),
                       "Anträge nehmen wir auf Papier an."));
  EXPECT_TRUE(
      contains(world.says("KFZ@HALL/ZULASSUNG", Language::En), "Applications are taken on paper."));
  EXPECT_TRUE(contains(world.why("KFZ@HALL/ZULASSUNG", Language::De), "Server"));
  EXPECT_TRUE(contains(world.why("KFZ@HALL/ZULASSUNG", Language::En), "server"));
  world.all_work({"SERVER/works", "SQL/query", "SQL/ping"});
  world.pass(2min);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
}

TEST(Story, PingIsFineButTheDatabaseDoesNotAnswer) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.fails("SQL/query", "no answer to SELECT 1 within 5 s");
  world.pass(2min);
  EXPECT_EQ(world.state("SQL"), kDown);
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Closed);
  EXPECT_TRUE(contains(world.why("KFZ@HALL/KENNZEICHEN", Language::De), "Datenbank"));
  EXPECT_TRUE(contains(world.why("KFZ@HALL/KENNZEICHEN", Language::En), "database"));
}

TEST(Story, TheHomepageIsDownWhileAllItNeedsIsPresumed) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.fails("WEB/page", "status 502");
  world.pass(2min);
  EXPECT_EQ(world.state("LEITUNG-AUSSEN"), kOperational);
  EXPECT_EQ(world.word("PRESSE@HALL/SEITE"), Readiness::Closed);
  EXPECT_TRUE(contains(world.says("PRESSE@HALL/SEITE", Language::De), "icht verfügbar"));
  EXPECT_TRUE(contains(world.says("PRESSE@HALL/SEITE", Language::En), "navailable"));
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal) << "the counters are not touched";
}

TEST(Story, ACutBranchIsClosedForWhatNeedsTheCentre) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.fails("LEITUNG/line", "no route to host");
  world.pass(2min);
  EXPECT_EQ(world.word("KFZ@BRANCH/KENNZEICHEN"), Readiness::Closed);
  EXPECT_EQ(world.word("KFZ@BRANCH/ZULASSUNG"), Readiness::Limited) << "on paper";
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_TRUE(
      contains(world.why("KFZ@BRANCH/KENNZEICHEN", Language::De), "Leitung zur Nebenstelle"));
  EXPECT_TRUE(contains(world.why("KFZ@BRANCH/KENNZEICHEN", Language::En), "line to the branch"));
}

TEST(Story, ALostUplinkIsNoOutageAndIsSaid) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.all_fail(
      {"lan/gateway", "SQL/query", "SQL/ping", "SERVER/works", "NETZ/works", "LEITUNG/line"});
  world.pass(5min);
  EXPECT_EQ(world.state("SQL").best, Health::Operational) << "nothing is known, nothing is down";
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Unknown);
  EXPECT_TRUE(contains(world.de(), "keine Sicht auf das Hausnetz")) << world.de();
  EXPECT_FALSE(contains(world.en(), "Hausnetz")) << world.en();
  EXPECT_TRUE(contains(world.en(), "house network") || contains(world.en(), "own network"))
      << world.en();
}

TEST(Story, OneUplinkLostWhileAnotherSeesTheHomepageDeadIsAnOutage) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.all_fail({"lan/gateway", "WEB/page"});
  world.pass(5min);
  EXPECT_EQ(world.state("WEB"), kDown);
  EXPECT_EQ(world.word("PRESSE@HALL/SEITE"), Readiness::Closed);
}

TEST(Story, ABatteryCarriesForHalfAnHourAndSaysUntilWhen) {
  World world(kKreis, kMonday4);
  world.pass(5h);  // after a start nobody knows how full it is: it refills in four hours
  world.fails("NETZ/works", "no voltage");
  world.pass(2min);
  EXPECT_EQ(world.state("NETZ"), kDown);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  world.pass(27min);
  EXPECT_EQ(world.state("USV"), kOperational);
  // The battery is empty; what hung on it is dark and its probes say so.
  world.all_fail({"SERVER/works", "SQL/query", "SQL/ping"});
  world.pass(5min);
  EXPECT_EQ(world.state("USV"), kDown);
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Closed);
  EXPECT_TRUE(contains(world.why("KFZ@HALL/KENNZEICHEN", Language::De), "Stromnetz"));
  EXPECT_TRUE(contains(world.why("KFZ@HALL/KENNZEICHEN", Language::En), "mains"));
}

TEST(Story, AHandSetNormalUnderAFailingProbeIsShownWithTheContradiction) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.all_fail({"SQL/query"});
  world.pass(2min);
  const Answer answer = world.set("KFZ@HALL", Said::Normal);
  EXPECT_EQ(answer.disagreeing, std::vector<ProbeId>{ProbeId("SQL/query")});
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_TRUE(world.place("KFZ@HALL").now.by_word);
  ASSERT_EQ(world.now().words.size(), 1u);
  EXPECT_EQ(world.now().words[0].disagreeing, std::vector<ProbeId>{ProbeId("SQL/query")});
  // The word covers only the faults known when it was given.
  world.fails("SERVER/works");
  world.pass(2min);
  EXPECT_EQ(world.now().words[0].status, WordStatus::InForce) << "the database was down already";
  world.works("SQL/query");
  world.works("SERVER/works");
  world.pass(2min);
  world.fails("SQL/query");
  world.pass(2min);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Unknown) << "a new fault";
  EXPECT_EQ(world.now().words[0].status, WordStatus::Doubted);
}

TEST(Story, LostObservationsAreUnknownNeverGreen) {
  World world(kKreis, kMonday9);
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Unknown) << "nothing is measured yet";
  EXPECT_EQ(world.offer("KFZ@HALL/ZULASSUNG").now.bound, Bound::AtLeastLimited);
  EXPECT_NE(world.word("KFZ@HALL"), Readiness::Normal);
}

TEST(Story, AReloadKeepsWhatIsKnown) {
  World world(kKreis, kMonday4);
  world.pass(5h);
  world.fails("NETZ/works");
  world.pass(10min);
  std::string changed = kKreis;
  changed.replace(changed.find("Kreis Probe"), 11, "Kreis Probe2");
  world.reload(changed);
  EXPECT_EQ(world.state("NETZ"), kDown);
  EXPECT_EQ(world.state("USV"), kOperational) << "the battery goes on where it was";
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  world.pass(25min);
  EXPECT_EQ(world.state("USV"), kDown);
}

}  // namespace dienstbereit::stories
