// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "world.h"

// What the district's parts do when they break, down to the public sentence. Monday 23 November
// 2026 is an ordinary working day.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using enum words::Language;

// Two offices at the hall, one of them with a database and a branch behind a link; a homepage.
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
  - id: BAU
    name: {de: Bauamt, en: Building office}
    sites: [HALL]
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
  - id: BAUAKTE
    name: {de: Bauakte einsehen, en: See a building file}
    kind: counter
    offered: BAU
    needs: [AKTEN]
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
  - id: AKTEN
    name: {de: Bauakten, en: building files}
    site: HALL
    probes:
      - {kind: tcp, name: works, target: "192.0.2.8:80", proves: works, every: 30 s, timeout: 5 s}
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

// All that is seen over the house's own network.
const std::vector<std::string> kHouse{"lan/gateway", "SQL/query",   "SQL/ping",    "SERVER/works",
                                      "NETZ/works",  "AKTEN/works", "LEITUNG/line"};

}  // namespace

TEST(Story, WhileEverythingIsMeasuredWorkingAllOpenAsPlanned) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_EQ(world.place("KFZ@HALL").now.grade, Grade::Measured);
  EXPECT_EQ(world.de(), "Heute öffnen alle Ämter wie geplant.");
  EXPECT_EQ(world.en(), "Today all offices are open as planned.");
  EXPECT_EQ(world.says("KFZ@HALL/ZULASSUNG", De), "Normal geöffnet.");
  EXPECT_EQ(world.says("KFZ@HALL/ZULASSUNG", En), "Open as normal.");
  EXPECT_EQ(world.why("KFZ@HALL/ZULASSUNG", De), "");
  EXPECT_EQ(world.notices(De) + world.notices(En), "");
}

TEST(Story, ASingleDeadServerIsToldWithItsReason) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.all_fail({"SERVER/works", "SQL/query", "SQL/ping"});
  world.pass(2min);
  EXPECT_EQ(world.word("KFZ@HALL/ZULASSUNG"), Readiness::Limited);
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Closed);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Limited);
  EXPECT_EQ(world.de(),
            "Heute sind alle Ämter nur eingeschränkt für Sie da, außer: Bauamt – normal geöffnet.");
  EXPECT_EQ(
      world.en(),
      "Today all offices offer a limited service only, except: Building office – open as normal.");
  EXPECT_EQ(world.says("KFZ@HALL/ZULASSUNG", De),
            "Eingeschränkt: Anträge nehmen wir auf Papier an.");
  EXPECT_EQ(world.says("KFZ@HALL/ZULASSUNG", En), "Limited: Applications are taken on paper.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", De), "Geschlossen wegen einer Störung.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", En), "Closed because of a fault.");
  EXPECT_EQ(world.why("KFZ@HALL/KENNZEICHEN", De),
            "„Datenbank“ ist ausgefallen.\n"
            "„Server“ ist ausgefallen.\n"
            "„Server“ antwortet bei der Messung nicht oder nicht richtig (seit heute, 09:03 Uhr).");
  EXPECT_EQ(world.why("KFZ@HALL/KENNZEICHEN", En),
            "“database” has failed.\n"
            "“server” has failed.\n"
            "“server” does not answer its check, or not correctly (since today, 09:03).");
  world.all_work({"SERVER/works", "SQL/query", "SQL/ping"});
  world.pass(2min);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_EQ(world.de(), "Heute öffnen alle Ämter wie geplant.");
  EXPECT_EQ(world.en(), "Today all offices are open as planned.");
}

TEST(Story, PingIsFineButTheDatabaseDoesNotAnswer) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.fails("SQL/query", "no answer to SELECT 1 within 5 s");
  world.pass(2min);
  EXPECT_EQ(world.state("SQL"), kDown);
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Closed);
  EXPECT_EQ(world.de(),
            "Heute sind alle Ämter nur eingeschränkt für Sie da, außer: Bauamt – normal geöffnet.");
  EXPECT_EQ(
      world.en(),
      "Today all offices offer a limited service only, except: Building office – open as normal.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", De), "Geschlossen wegen einer Störung.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", En), "Closed because of a fault.");
  EXPECT_EQ(
      world.why("KFZ@HALL/KENNZEICHEN", De),
      "„Datenbank“ ist ausgefallen.\n"
      "„Datenbank“ antwortet bei der Messung nicht oder nicht richtig (seit heute, 09:03 Uhr).");
  EXPECT_EQ(world.why("KFZ@HALL/KENNZEICHEN", En),
            "“database” has failed.\n"
            "“database” does not answer its check, or not correctly (since today, 09:03).");
}

TEST(Story, TheHomepageIsDownWhileAllItNeedsIsPresumed) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.fails("WEB/page", "status 502");
  world.pass(2min);
  EXPECT_EQ(world.state("LEITUNG-AUSSEN"), kOperational);
  EXPECT_EQ(world.word("PRESSE@HALL/SEITE"), Readiness::Closed);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal) << "the counters are not touched";
  EXPECT_EQ(world.de(),
            "Heute öffnen alle Ämter wie geplant. Derzeit: Pressestelle – nicht verfügbar.");
  EXPECT_EQ(world.en(),
            "Today all offices are open as planned. At present: Press office – unavailable.");
  EXPECT_EQ(world.says("PRESSE@HALL/SEITE", De), "Nicht verfügbar wegen einer Störung.");
  EXPECT_EQ(world.says("PRESSE@HALL/SEITE", En), "Unavailable because of a fault.");
  EXPECT_EQ(
      world.why("PRESSE@HALL/SEITE", De),
      "„Webserver“ ist ausgefallen.\n"
      "„Webserver“ antwortet bei der Messung nicht oder nicht richtig (seit heute, 09:03 Uhr).");
  EXPECT_EQ(world.why("PRESSE@HALL/SEITE", En),
            "“web server” has failed.\n"
            "“web server” does not answer its check, or not correctly (since today, 09:03).");
}

TEST(Story, ACutBranchIsClosedForWhatNeedsTheCentre) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.fails("LEITUNG/line", "no route to host");
  world.pass(2min);
  EXPECT_EQ(world.word("KFZ@BRANCH/KENNZEICHEN"), Readiness::Closed);
  EXPECT_EQ(world.word("KFZ@BRANCH/ZULASSUNG"), Readiness::Limited) << "on paper";
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_EQ(world.de(), "Heute öffnen alle Ämter wie geplant, außer: Straßenverkehrsamt "
                        "(Nebenstelle) – eingeschränkt.");
  EXPECT_EQ(
      world.en(),
      "Today all offices are open as planned, except: Road traffic office (Branch) – limited.");
  EXPECT_EQ(world.says("KFZ@BRANCH/ZULASSUNG", De),
            "Eingeschränkt: Anträge nehmen wir auf Papier an.");
  EXPECT_EQ(world.says("KFZ@BRANCH/ZULASSUNG", En), "Limited: Applications are taken on paper.");
  EXPECT_EQ(world.says("KFZ@BRANCH/KENNZEICHEN", De), "Geschlossen wegen einer Störung.");
  EXPECT_EQ(world.says("KFZ@BRANCH/KENNZEICHEN", En), "Closed because of a fault.");
  EXPECT_EQ(world.why("KFZ@BRANCH/KENNZEICHEN", De),
            "Die Verbindung „Leitung zur Nebenstelle“ ist unterbrochen.\n"
            "„Leitung zur Nebenstelle“ antwortet bei der Messung nicht oder nicht richtig (seit "
            "heute, 09:03 Uhr).");
  EXPECT_EQ(
      world.why("KFZ@BRANCH/KENNZEICHEN", En),
      "The connection “line to the branch” is cut.\n"
      "“line to the branch” does not answer its check, or not correctly (since today, 09:03).");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", De), "Normal geöffnet.");
}

TEST(Story, ALostUplinkIsNoOutageAndIsSaid) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.all_fail(kHouse);
  world.pass(5min);
  EXPECT_EQ(world.state("SQL").best, Health::Operational) << "nothing is known, nothing is down";
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Unknown);
  EXPECT_TRUE(world.de().starts_with("Seit 09:03 Uhr keine Sicht auf das Hausnetz. "));
  EXPECT_TRUE(world.en().starts_with("No sight of the house network since 09:03. "));
  EXPECT_EQ(world.says("KFZ@HALL/ZULASSUNG", De),
            "Mindestens eingeschränkt nutzbar: Anträge nehmen wir auf Papier an.");
  EXPECT_EQ(world.says("KFZ@HALL/ZULASSUNG", En),
            "Usable at least to a limited extent: Applications are taken on paper.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", De), "Unbekannt.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", En), "Unknown.");
  EXPECT_EQ(world.why("BAU@HALL/BAUAKTE", De), "Der Zustand von „Bauakten“ ist unbekannt.\n"
                                               "„Bauakten“ ist derzeit nicht zu sehen: Der Messweg "
                                               "ist unterbrochen (seit heute, 09:03 Uhr).");
  EXPECT_EQ(world.why("BAU@HALL/BAUAKTE", En), "The state of “building files” is unknown.\n"
                                               "“building files” cannot be seen at present: the "
                                               "path for measuring is cut (since today, 09:03).");
  EXPECT_EQ(world.questions(De), "Seit 09:03 Uhr keine Sicht auf das Hausnetz. Wer vor Ort ist: "
                                 "Bitte melden, was dort geht und was nicht.");
  EXPECT_EQ(world.questions(En), "No sight of the house network since 09:03. Anyone on the spot: "
                                 "please report what works there and what does not.");
}

TEST(Story, OneUplinkLostWhileAnotherSeesTheHomepageDeadIsAnOutage) {
  World world(kKreis, kMonday9);
  world.pass(3min);
  world.all_fail(kHouse);
  world.fails("WEB/page");
  world.pass(5min);
  EXPECT_EQ(world.state("WEB"), kDown);
  EXPECT_EQ(world.word("PRESSE@HALL/SEITE"), Readiness::Closed);
  EXPECT_TRUE(world.de().starts_with("Seit 09:03 Uhr keine Sicht auf das Hausnetz. "));
  EXPECT_TRUE(world.de().ends_with(" Derzeit: Pressestelle – nicht verfügbar.")) << world.de();
  EXPECT_TRUE(world.en().starts_with("No sight of the house network since 09:03. "));
  EXPECT_TRUE(world.en().ends_with(" At present: Press office – unavailable.")) << world.en();
  EXPECT_EQ(world.says("PRESSE@HALL/SEITE", De), "Nicht verfügbar wegen einer Störung.");
  EXPECT_EQ(world.says("PRESSE@HALL/SEITE", En), "Unavailable because of a fault.");
}

TEST(Story, ABatteryCarriesForHalfAnHourAndSaysUntilWhen) {
  World world(kKreis, kMonday4);
  world.pass(5h);  // after a start nobody knows how full it is: it refills in four hours
  world.fails("NETZ/works", "no voltage");
  world.pass(2min);
  EXPECT_EQ(world.state("NETZ"), kDown);
  EXPECT_EQ(world.word("KFZ@HALL"), Readiness::Normal);
  EXPECT_EQ(world.de(), "Heute öffnen alle Ämter wie geplant.");
  EXPECT_EQ(world.en(), "Today all offices are open as planned.");
  EXPECT_EQ(world.explains("USV", De),
            "„Stromnetz“ ist ausgefallen, wird aber überbrückt bis heute, 09:30 Uhr.\n"
            "„Batterieanlage“ wird nicht gemessen.");
  EXPECT_EQ(world.explains("USV", En), "“mains” has failed but is bridged until today, 09:30.\n"
                                       "“battery supply” is not measured.");
  world.pass(27min);
  EXPECT_EQ(world.state("USV"), kOperational);
  // The battery is empty; what hung on it is dark and its probes say so.
  world.all_fail({"SERVER/works", "SQL/query", "SQL/ping"});
  world.pass(5min);
  EXPECT_EQ(world.state("USV"), kDown);
  EXPECT_EQ(world.word("KFZ@HALL/KENNZEICHEN"), Readiness::Closed);
  EXPECT_EQ(world.de(),
            "Heute sind alle Ämter nur eingeschränkt für Sie da, außer: Bauamt – normal geöffnet.");
  EXPECT_EQ(
      world.en(),
      "Today all offices offer a limited service only, except: Building office – open as normal.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", De), "Geschlossen wegen einer Störung.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", En), "Closed because of a fault.");
  EXPECT_EQ(
      world.why("KFZ@HALL/KENNZEICHEN", De),
      "„Datenbank“ ist ausgefallen.\n"
      "„Server“ ist ausgefallen.\n"
      "„Batterieanlage“ ist ausgefallen.\n"
      "„Stromnetz“ ist ausgefallen und wird nicht mehr überbrückt.\n"
      "„Stromnetz“ antwortet bei der Messung nicht oder nicht richtig (seit heute, 09:00 Uhr).");
  EXPECT_EQ(world.why("KFZ@HALL/KENNZEICHEN", En),
            "“database” has failed.\n"
            "“server” has failed.\n"
            "“battery supply” has failed.\n"
            "“mains” has failed and is no longer bridged.\n"
            "“mains” does not answer its check, or not correctly (since today, 09:00).");
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
  EXPECT_EQ(world.de(),
            "Heute öffnen alle Ämter wie geplant, außer: Straßenverkehrsamt (Nebenstelle) – "
            "eingeschränkt. Das beruht bei 1 Anlaufstelle auf einer Angabe der Verwaltung.");
  EXPECT_EQ(world.en(),
            "Today all offices are open as planned, except: Road traffic office (Branch) – "
            "limited. For 1 service point this rests on a statement by the administration.");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", De), "Normal geöffnet (nach Angabe: Hauptamt).");
  EXPECT_EQ(world.says("KFZ@HALL/KENNZEICHEN", En), "Open as normal (as stated by: Hauptamt).");
  EXPECT_EQ(world.statements(De), "Hauptamt: Straßenverkehrsamt (Kreishaus) – normal, gültig bis "
                                  "heute, 16:00 Uhr. Messungen widersprechen.");
  EXPECT_EQ(world.statements(En), "Hauptamt: Road traffic office (District hall) – normal, valid "
                                  "until today, 16:00. Measurements disagree.");
  EXPECT_EQ(world.questions(De),
            "Messungen widersprechen der Angabe zu „Straßenverkehrsamt (Kreishaus)“: Datenbank, "
            "Messung „query“. Bitte prüfen (Angabe " +
                answer.word.str() + ").");
  EXPECT_EQ(world.questions(En),
            "Measurements disagree with the statement on “Road traffic office (District hall)”: "
            "database, check “query”. Please look into it (statement " +
                answer.word.str() + ").");
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
  EXPECT_EQ(world.why("KFZ@HALL/KENNZEICHEN", De),
            "Die Angabe (Hauptamt) ist fraglich: Seitdem ist eine neue Störung aufgetreten.");
  EXPECT_EQ(world.why("KFZ@HALL/KENNZEICHEN", En),
            "The statement (Hauptamt) is in doubt: a new fault has come up since.");
  EXPECT_EQ(world.statements(De),
            "Hauptamt: Straßenverkehrsamt (Kreishaus) – normal, gültig bis heute, 16:00 Uhr. "
            "Fraglich, weil seitdem eine neue Störung aufgetreten ist.");
  EXPECT_EQ(world.statements(En),
            "Hauptamt: Road traffic office (District hall) – normal, valid until today, 16:00. In "
            "doubt, because a new fault has come up since.");
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
