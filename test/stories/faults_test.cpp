// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "world.h"

// Declared loops, clocks, restarts, replay.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using words::Language;

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

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(Story, ABlackoutLeavesADeclaredLoopColdUntilAMemberWorksAgain) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Normal);
  world.all_fail({"AD/bind", "FEED/meter"});
  world.pass(3min);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Closed);
  // Power is back, but neither can start without the other.
  world.works("FEED/meter");
  world.pass(3min);
  EXPECT_EQ(world.state("FEED"), kOperational);
  EXPECT_EQ(world.state("DNS"), kDown) << "cold";
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Closed);
  EXPECT_FALSE(world.why("AMT@HALL/PASS", Language::De).empty());
  // Somebody starts the directory by hand.
  world.works("AD/bind");
  world.pass(2min);
  EXPECT_EQ(world.state("DNS"), kOperational);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Normal);
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
  EXPECT_TRUE(contains(world.de(), "Zuletzt bekannt")) << world.de();
  EXPECT_TRUE(contains(world.en(), "ast known")) << world.en();
  world.works("AD/bind");
  world.pass(2min);
  EXPECT_FALSE(world.now().held_until);
  EXPECT_EQ(world.word("AMT@HALL"), Readiness::Normal);
}

TEST(Story, AStartWithAWrongClockSaysSoUntilSomebodyVouchesForIt) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  // The battery of the machine's clock is empty: it wakes up in 2001.
  world.restart("2001-01-01T00:00+01:00");
  world.pass(3min);
  EXPECT_TRUE(world.now().clock_doubted);
  EXPECT_TRUE(contains(world.de(), "Uhrzeit ungeprüft")) << world.de();
  EXPECT_FALSE(contains(world.en(), "Uhrzeit")) << world.en();
  EXPECT_NE(world.en(), world.de());
  world.confirm_clock();
  EXPECT_FALSE(world.now().clock_doubted);
  EXPECT_FALSE(contains(world.de(), "Uhrzeit ungeprüft"));
}

TEST(Story, HoursFollowAConfirmedClock) {
  World world(kLoop, "2026-11-23T07:00+01:00");
  world.pass(3min);
  // Three weeks ahead is doubted: hours go on from the last event until somebody vouches.
  world.restart("2026-12-14T10:00+01:00");
  world.pass(2min);
  EXPECT_TRUE(world.now().clock_doubted);
  EXPECT_EQ(to_iso(world.now().headline_day), "2026-11-23");
  world.confirm_clock();
  EXPECT_EQ(to_iso(world.now().headline_day), "2026-12-14");
  EXPECT_EQ(to_rfc3339(world.now().as_of).substr(0, 10), "2026-12-14");
}

TEST(Story, AReplayGivesTheSameWords) {
  World world(kLoop, kMonday9);
  world.pass(3min);
  world.set("AMT@HALL", Said::Limited, "2026-11-23T15:00+01:00", "nur mit Termin");
  world.fails("FEED/meter");
  world.pass(4min);
  const Readiness before = world.word("AMT@HALL");
  const std::string said = world.says("AMT@HALL/PASS", Language::De);
  world.restart("2026-11-23T09:08+01:00");
  EXPECT_EQ(world.word("AMT@HALL"), before);
  EXPECT_EQ(world.says("AMT@HALL/PASS", Language::De), said);
}

}  // namespace dienstbereit::stories
