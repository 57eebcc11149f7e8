// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "core/health/observations.h"
#include "core/health/timeline.h"

namespace dienstbereit::core::health {
namespace {

using timeline::anchor_of;
using timeline::probe_of;
using timeline::Timeline;

ProbeSpec over(ProbeSpec spec, const char* uplink, const char* across = "") {
  spec.uplink = UplinkId(uplink);
  spec.across = SiteId(across);
  return spec;
}

Uplink uplink(const char* id) {
  Uplink made;
  made.id = UplinkId(id);
  return made;
}

// Two uplinks; the house network has two anchors, the mobile one has one. The homepage is seen
// over both.
Timeline house() {
  District district;
  district.uplinks = {uplink("lan"), uplink("lte")};
  district.probes = {anchor_of("lan", "switch"),
                     anchor_of("lan", "gateway"),
                     anchor_of("lte", "modem"),
                     over(probe_of("DB", "sql", Proof::Works), "lan"),
                     over(probe_of("WEB", "inside", Proof::Works), "lan"),
                     over(probe_of("WEB", "outside", Proof::Works), "lte")};
  Timeline line(std::move(district));
  for (const char* probe :
       {"lan/switch", "lan/gateway", "lte/modem", "DB/sql", "WEB/inside", "WEB/outside"}) {
    line.ok(0, probe);
  }
  return line;
}

// A branch with two ways to the centre, both probed.
Timeline branch() {
  District district;
  Site site;
  site.id = SiteId("B");
  Need leased;
  leased.node = NodeId("L1");
  Need mobile;
  mobile.node = NodeId("L2");
  Needs ways;
  ways.op = Operator::Any;
  ways.of = {leased, mobile};
  Need either;
  either.group = {ways};
  site.link.of = {either};
  district.sites = {site};
  district.uplinks = {uplink("lan")};
  district.probes = {anchor_of("lan", "switch"),
                     over(probe_of("L1", "ping", Proof::Alive), "lan", "B"),
                     over(probe_of("L2", "ping", Proof::Alive), "lan", "B"),
                     over(probe_of("PRINTER", "tcp", Proof::Works), "lan", "B")};
  Timeline line(std::move(district));
  for (const char* probe : {"lan/switch", "L1/ping", "L2/ping", "PRINTER/tcp"}) line.ok(0, probe);
  return line;
}

}  // namespace

TEST(Paths, AFailureCountsOnlyAfterALaterSuccessOfAnAnchor) {
  Timeline line = house();
  EXPECT_EQ(line.dies(60, "DB/sql"), "ask lan/switch; ask lan/gateway");
  EXPECT_EQ(line.own("DB"), "operational");
  EXPECT_EQ(line.ok(61, "lan/gateway"), "settled DB/sql failure");
  EXPECT_EQ(line.own("DB"), "down");
}

TEST(Paths, AnAnchorThatAnsweredMeanwhileNeedsNoAsking) {
  Timeline line = house();
  line.fails(60, "DB/sql");
  line.ok(70, "lan/switch");
  EXPECT_EQ(line.result(71, "DB/sql", ProbeOutcome::Failure, std::chrono::seconds(5)),
            "settled DB/sql failure");
}

TEST(Paths, ManyFailuresAskEachAnchorOnce) {
  Timeline line = house();
  line.dies(60, "DB/sql");
  EXPECT_EQ(line.dies(60, "WEB/inside"), "ask WEB/inside");
  EXPECT_EQ(line.ok(61, "lan/switch"), "settled DB/sql failure; settled WEB/inside failure");
}

TEST(Paths, WhenAllAnchorsFailTheUplinkIsLostAndNothingIsDown) {
  Timeline line = house();
  line.dies(60, "DB/sql");
  line.dies(61, "lan/switch");
  EXPECT_EQ(line.own("DB"), "operational");
  EXPECT_EQ(line.dies(62, "lan/gateway"),
            "settled lan/gateway failure; path lan lost; lost DB/sql path_lost");
  EXPECT_EQ(line.own("DB"), "operational..down");
  EXPECT_EQ(line.fails(63, "WEB/inside"), "lost WEB/inside path_lost");
  EXPECT_EQ(line.own("WEB"), "operational");
}

TEST(Paths, OneAnchorIsEnoughToSee) {
  Timeline line = house();
  line.dies(60, "lan/switch");
  line.dies(61, "DB/sql");
  EXPECT_EQ(line.ok(62, "lan/gateway"), "settled DB/sql failure");
}

TEST(Paths, AnotherUplinkThatSeesTheHomepageDeadMakesItAnOutage) {
  Timeline line = house();
  line.dies(60, "lan/switch");
  line.dies(60, "lan/gateway");
  line.dies(61, "WEB/inside");
  line.dies(62, "WEB/outside");
  EXPECT_EQ(line.ok(63, "lte/modem"), "settled WEB/outside failure");
  EXPECT_EQ(line.own("WEB"), "down");
}

TEST(Paths, WhenTheUplinkIsBackFailuresCountAgain) {
  Timeline line = house();
  line.dies(60, "lan/switch");
  line.dies(60, "lan/gateway");
  line.fails(61, "DB/sql");
  EXPECT_EQ(line.ok(120, "lan/switch"), "settled lan/switch success; path lan back");
  EXPECT_TRUE(line.observations().paths()[0].up);
  line.dies(121, "DB/sql");
  EXPECT_EQ(line.ok(122, "lan/switch"), "settled DB/sql failure");
}

TEST(Paths, TheLastObservationStaysForOneTimeoutAtMost) {
  Timeline line = house();
  line.dies(60, "DB/sql");
  EXPECT_EQ(line.due(), 71);
  EXPECT_EQ(line.wait_until(70), "");
  EXPECT_EQ(line.own("DB"), "operational");
}

TEST(Paths, WithoutNewsOfTheAnchorsTheirLastWordDecides) {
  Timeline line = house();
  line.dies(60, "DB/sql");
  EXPECT_EQ(line.wait_until(71), "settled DB/sql failure");
}

TEST(Paths, AnchorsThatFailButHaveNotSettledAreNoSight) {
  Timeline line = house();
  line.dies(60, "DB/sql");
  line.fails(70, "lan/switch");
  EXPECT_EQ(line.wait_until(71), "lost DB/sql path_lost");
}

TEST(Paths, AnchorsThatWereNeverSeenAreNoSight) {
  District district;
  district.uplinks = {uplink("lan")};
  district.probes = {anchor_of("lan", "switch"), over(probe_of("DB", "sql", Proof::Works), "lan")};
  Timeline line(std::move(district));
  line.dies(60, "DB/sql");
  EXPECT_EQ(line.wait_until(71), "lost DB/sql path_lost");
}

TEST(Paths, AnUplinkWithoutAnchorsIsAlwaysTakenAsUp) {
  District district;
  district.uplinks = {uplink("lan")};
  district.probes = {over(probe_of("DB", "sql", Proof::Works), "lan")};
  Timeline line(std::move(district));
  EXPECT_EQ(line.dies(60, "DB/sql"), "settled DB/sql failure");
  EXPECT_TRUE(line.observations().paths().empty());
}

TEST(Paths, ASuccessWhileWaitingEndsTheMatter) {
  Timeline line = house();
  line.dies(60, "DB/sql");
  EXPECT_EQ(line.ok(65, "DB/sql"), "");
  EXPECT_EQ(line.ok(66, "lan/switch"), "");
  EXPECT_EQ(line.own("DB"), "operational");
}

TEST(Paths, AFailureInABranchNeedsUplinkAndLink) {
  Timeline line = branch();
  EXPECT_EQ(line.dies(60, "PRINTER/tcp"), "ask lan/switch; ask L1/ping; ask L2/ping");
  EXPECT_EQ(line.ok(61, "lan/switch"), "");
  EXPECT_EQ(line.ok(62, "L2/ping"), "settled PRINTER/tcp failure");
}

TEST(Paths, ACutBranchIsOutOfSightAndItsLinksAreDown) {
  Timeline line = branch();
  line.dies(60, "PRINTER/tcp");
  line.dies(61, "L1/ping");
  line.dies(61, "L2/ping");
  EXPECT_EQ(line.ok(62, "lan/switch"),
            "settled L1/ping failure; settled L2/ping failure; path B lost; "
            "lost PRINTER/tcp path_lost");
  EXPECT_EQ(line.own("L1"), "down");
  EXPECT_EQ(line.own("PRINTER"), "operational..down");
}

TEST(Paths, ASecondWayKeepsTheBranchInSight) {
  Timeline line = branch();
  line.dies(60, "L1/ping");
  EXPECT_EQ(line.ok(61, "lan/switch"), "settled L1/ping failure");
  line.dies(62, "PRINTER/tcp");
  line.ok(63, "lan/switch");
  EXPECT_EQ(line.ok(63, "L2/ping"), "settled PRINTER/tcp failure");
}

TEST(Paths, LinksThemselvesAreJudgedByTheUplink) {
  Timeline line = branch();
  line.dies(60, "lan/switch");
  EXPECT_EQ(line.dies(61, "L1/ping"), "lost L1/ping path_lost");
  EXPECT_EQ(line.own("L1"), "operational..down");
}

TEST(Paths, AFailureKeepsItsWorstEndWhenItsPathIsLost) {
  Timeline line = house();
  line.dies(60, "DB/sql");
  line.ok(61, "lan/switch");
  ASSERT_EQ(line.own("DB"), "down");
  line.dies(62, "lan/switch");
  line.dies(62, "lan/gateway");
  EXPECT_EQ(line.fails(120, "DB/sql"), "lost DB/sql path_lost");
  EXPECT_EQ(line.own("DB"), "operational..down");
}

TEST(Paths, AStartKeepsALostPathUntilAnAnchorAnswers) {
  Timeline line = house();
  line.dies(60, "lan/switch");
  line.dies(60, "lan/gateway");
  line.restart(100);
  EXPECT_EQ(line.fails(101, "DB/sql"), "lost DB/sql path_lost");
  EXPECT_EQ(line.ok(102, "lan/switch"), "settled lan/switch success; path lan back");
}

}  // namespace dienstbereit::core::health
