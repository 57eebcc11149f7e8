// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "world.h"

// Declared loops, clocks, restarts, replay.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using enum words::Language;

// The directory needs names and the names need the directory; both hang on one feed.
const char* kLoop = R"yaml(
administration: {name: {de: Kreis Kreis, en: Loop District}, ags: 05998, observer_at: HALL}
sites: [{id: HALL, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: AMT, name: {de: Bürgeramt, en: Citizens' office}, sites: [HALL], hours: Mo-Fr 08:00-16:00}
services:
  - {id: PASS, name: {de: Pass, en: Passport}, kind: counter, offered: AMT, needs: [AD]}
components:
  - id: AD
    name: {de: Verzeichnisdienst, en: directory}
    site: HALL
    needs: [DNS, FEED]
    probes:
      - {kind: tcp, name: bind, target: "192.0.2.1:389", proves: works, every: 30 s, timeout: 5 s}
  - {id: DNS, name: {de: Namensdienst, en: name service}, site: HALL, needs: [AD, FEED]}
  - id: FEED
    name: {de: Stromnetz, en: mains}
    probes:
      - {kind: tcp, name: meter, target: "192.0.2.3:80", proves: works, every: 30 s, timeout: 5 s}
mutual: [{id: NAMES, members: [AD, DNS]}]
uplinks:
  - id: lan
    name: {de: Hausnetz, en: house network}
    probes: [{kind: tcp, name: gateway, target: "192.0.2.6:80", every: 30 s, timeout: 5 s}]
)yaml";

const char* kMonday9 = "2026-11-23T09:00+01:00";

}  // namespace

TEST(Story, AWordOutlivesARestartWhileTheFaultItKnewOfLasts) {
  constexpr const char* kRoom = R"yaml(
administration: {name: {de: Kreis Probe, en: Sample District}, ags: 05999}
sites: [{id: HALL, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: AMT, name: {de: Bürgeramt, en: Citizens}, sites: [HALL], hours: "Mo-Fr 08:00-16:00"}
services:
  - {id: PASS, name: {de: Pass, en: Passport}, kind: counter, offered: AMT, needs: [ROOM]}
components:
  - id: ROOM
    name: {de: Raum, en: room}
    needs: [STRIP, {need: COOLING, buffer: 2 min, recharge: 1 h}]
  - {id: COOLING, name: {de: Kühlung, en: cooling}, needs: [FEED]}
  - {id: STRIP, name: {de: Steckdosenleiste, en: socket strip}, needs: [FEED]}
  - id: FEED
    name: {de: Stromnetz, en: mains}
    probes:
      - {kind: tcp, name: meter, target: "192.0.2.3:80", proves: works, every: 30 s, timeout: 5 s}
)yaml";
  World world(kRoom, kMonday9);
  world.pass(3min);
  world.all_fail({"FEED/meter"});
  world.pass(3min);
  ASSERT_EQ(world.word("AMT@HALL"), Readiness::Closed);
  SetWord word;
  word.scope.node = NodeId("ROOM");
  word.said = Said::Normal;
  word.until = parse_rfc3339("2026-11-25T18:00+01:00").value();
  world.ask(word);
  world.pass(3min);
  ASSERT_EQ(world.word("AMT@HALL"), Readiness::Normal);
  for (const char* again : {"2026-11-23T10:00+01:00", "2026-11-23T11:00+01:00"}) {
    world.restart(again);
    world.pass(3min);
    EXPECT_EQ(world.word("AMT@HALL"), Readiness::Normal) << again;
  }
}

TEST(Story, AForecastSeesADeclaredLoopComeBackWithWhatItStandsOn) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  world.all_fail({"AD/bind", "FEED/meter"});
  world.pass(3min);
  const Record& record = *world.now().record;
  ASSERT_EQ(record.incidents.size(), 1u);
  TaskSet repair;
  repair.incident = record.incidents[0]->id;
  repair.title = "Einspeisung";
  repair.kind = TaskKind::Replace;
  repair.repairs = {NodeId("FEED")};
  repair.effort = {1h, 2h, 4h};
  world.ask(WriteRecord{{repair}});
  world.ask(MakeForecast{repair.incident, "erste Schätzung"});
  const Forecast forecast = *world.now().record->incidents[0]->forecasts.at(0);
  ASSERT_FALSE(forecast.places.empty());
  for (const PlaceForecast& place : forecast.places) {
    EXPECT_LT(place.never, 0.01) << place.service.str();
    ASSERT_FALSE(place.slots.empty()) << place.service.str();
    EXPECT_GT(place.slots.back().normal, 0.9) << "days later";
  }
}

TEST(Story, ABlackoutLeavesADeclaredLoopColdUntilAMemberWorksAgain) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Normal);
  world.all_fail({"AD/bind", "FEED/meter"});
  world.pass(3min);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Closed);
  EXPECT_EQ(world.de(), "Heute: Bürgeramt – geschlossen.");
  EXPECT_EQ(world.en(), "Today: Citizens' office – closed.");
  EXPECT_EQ(world.says("AMT@HALL/PASS", De), "Geschlossen wegen einer Störung.");
  EXPECT_EQ(world.says("AMT@HALL/PASS", En), "Closed because of a fault.");
  // Power is back, but neither can start without the other.
  world.works("FEED/meter");
  world.pass(3min);
  EXPECT_EQ(world.state("FEED"), kOperational);
  EXPECT_EQ(world.state("DNS"), kDown) << "cold";
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Closed);
  EXPECT_EQ(world.de(), "Heute: Bürgeramt – geschlossen.");
  EXPECT_EQ(world.en(), "Today: Citizens' office – closed.");
  EXPECT_EQ(world.why("AMT@HALL/PASS", De),
            "„Verzeichnisdienst“ ist ausgefallen.\n"
            "„Verzeichnisdienst“ ist zusammen mit allem ausgefallen, was sich gegenseitig braucht; "
            "ein Neuanlauf ist noch nicht nachgewiesen.");
  EXPECT_EQ(world.why("AMT@HALL/PASS", En), "“directory” has failed.\n"
                                            "“directory” failed together with the parts that need "
                                            "one another; no restart has been proven yet.");
  // Somebody starts the directory by hand.
  world.works("AD/bind");
  world.pass(2min);
  EXPECT_EQ(world.state("DNS"), kOperational);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Normal);
  EXPECT_EQ(world.de(), "Heute: Bürgeramt – normal geöffnet.");
  EXPECT_EQ(world.en(), "Today: Citizens' office – open as normal.");
  EXPECT_EQ(world.says("AMT@HALL/PASS", De), "Normal geöffnet.");
  EXPECT_EQ(world.says("AMT@HALL/PASS", En), "Open as normal.");
}

TEST(Story, AfterAStartTheLastWordsStandForTwoIntervalsThenOnlyWhatIsSeen) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  world.all_fail({"AD/bind"});
  world.pass(2min);
  ASSERT_EQ(world.word("AMT@HALL"), Readiness::Closed);
  world.restart("2026-11-23T09:30+01:00");
  EXPECT_TRUE(world.now().held_until);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Closed) << "as it was before";
  EXPECT_EQ(world.de(), "Zuletzt bekannt (heute, 09:05 Uhr): Heute: Bürgeramt – geschlossen.");
  EXPECT_EQ(world.en(), "Last known (today, 09:05): Today: Citizens' office – closed.");
  EXPECT_EQ(world.notices(De), "Diese Anzeige ist veraltet: Ihr Stand ist heute, 09:05 Uhr. Bitte "
                               "fragen Sie vor dem Besuch nach.\n"
                               "Die Beobachtung ist um 09:30 Uhr neu gestartet. Gezeigt werden die "
                               "letzten bekannten Angaben, längstens bis heute, 09:31 Uhr.");
  EXPECT_EQ(world.notices(En),
            "This display is out of date: it is as of today, 09:05. Please ask before you visit.\n"
            "The observer restarted at 09:30. The last known statements are shown, until today, "
            "09:31 at the latest.");
  world.works("AD/bind");
  world.pass(2min);
  EXPECT_FALSE(world.now().held_until);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Normal);
  EXPECT_EQ(world.de(), "Heute: Bürgeramt – normal geöffnet.");
}

TEST(Story, AStartWithAWrongClockSaysSoUntilSomebodyVouchesForIt) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  // The battery of the machine's clock is empty: it wakes up in 2001.
  world.restart("2001-01-01T00:00+01:00");
  world.pass(3min);
  EXPECT_TRUE(world.now().clock_doubted);
  EXPECT_EQ(world.de(), "Uhrzeit ungeprüft. Heute: Bürgeramt – normal geöffnet.");
  EXPECT_EQ(world.en(), "Clock unchecked. Today: Citizens' office – open as normal.");
  EXPECT_EQ(world.notices(De), "Uhrzeit ungeprüft: Die Uhr dieses Geräts könnte falsch gehen.");
  EXPECT_EQ(world.notices(En), "Clock unchecked: the clock of this machine may be wrong.");
  EXPECT_EQ(world.questions(De),
            "Die Uhrzeit des Geräts ist ungeprüft. Bitte prüfen und bestätigen.");
  EXPECT_EQ(world.questions(En),
            "The clock of the machine is unchecked. Please check and confirm it.");
  world.set_clock("2026-11-23T09:10+01:00");
  world.confirm_clock();
  EXPECT_FALSE(world.now().clock_doubted);
  EXPECT_EQ(world.de(), "Heute: Bürgeramt – normal geöffnet.");
  EXPECT_EQ(world.en(), "Today: Citizens' office – open as normal.");
  EXPECT_EQ(world.notices(De) + world.questions(De), "");
}

TEST(Story, HoursFollowAConfirmedClock) {
  World world(kLoop, "2026-11-23T07:00+01:00");
  world.pass(3min);
  // Three weeks ahead is doubted: hours go on from the last event until somebody vouches.
  world.restart("2026-12-12T10:00+01:00");
  world.pass(2min);
  EXPECT_TRUE(world.now().clock_doubted);
  EXPECT_EQ(to_iso(world.now().headline_day), "2026-11-23");
  EXPECT_EQ(world.de(), "Uhrzeit ungeprüft. Heute: Bürgeramt – normal geöffnet.");
  EXPECT_EQ(world.en(), "Clock unchecked. Today: Citizens' office – open as normal.");
  world.confirm_clock();
  EXPECT_EQ(to_iso(world.now().headline_day), "2026-12-14") << "a Saturday answers for Monday";
  EXPECT_EQ(to_rfc3339(world.now().as_of).substr(0, 10), "2026-12-12");
  EXPECT_EQ(world.de(), "Montag, 14. Dezember: Bürgeramt – normal geöffnet.");
  EXPECT_EQ(world.en(), "Monday 14 December: Citizens' office – open as normal.");
}

TEST(Story, AReplayGivesTheSameWords) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  world.set("AMT@HALL", Said::Limited, "2026-11-23T15:00+01:00", "nur mit Termin");
  world.fails("FEED/meter");
  world.pass(4min);
  const Readiness before = world.word("AMT@HALL");
  const std::string said = world.says("AMT@HALL/PASS", De);
  world.restart("2026-11-23T09:08+01:00");
  EXPECT_EQ(world.word("AMT@HALL"), before);
  EXPECT_EQ(world.says("AMT@HALL/PASS", De), said);
}

}  // namespace dienstbereit::stories
