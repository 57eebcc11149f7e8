// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/stamp.h"

#include <gtest/gtest.h>

#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::World;

PathSituation lost(const std::string& uplink, const std::string& site, const std::string& since) {
  PathSituation path;
  path.uplink = UplinkId(uplink);
  path.site = SiteId(site);
  path.up = false;
  path.since = test::at(since);
  return path;
}

TEST(Stamp, NextUpdateIsTheNextDueMinuteButAtMostFiveAway) {
  World world;
  EXPECT_EQ(stamp_of(world.situation, world.now).next_update, world.now + kNextUpdateAtMost);
  world.situation.next_due = world.now + minutes(1) + seconds(5);
  EXPECT_EQ(stamp_of(world.situation, world.now).next_update, world.now + minutes(2));
  world.situation.next_due = world.now + minutes(90);
  EXPECT_EQ(stamp_of(world.situation, world.now).next_update, world.now + kNextUpdateAtMost);
  world.situation.next_due = world.now - minutes(1);
  EXPECT_GT(stamp_of(world.situation, world.now).next_update, world.now);
}

TEST(Stamp, TurnsStaleOnTheServersClockAlone) {
  World world;
  EXPECT_FALSE(stamp_of(world.situation, world.now + kStaleAfter).stale);
  const Stamp stale = stamp_of(world.situation, world.now + kStaleAfter + seconds(1));
  EXPECT_TRUE(stale.stale);
  EXPECT_FALSE(stale.trusted());
}

TEST(Stamp, TheHouseIsUnseenOnlyWhenEveryHouseUplinkIsLost) {
  World world;
  world.district->uplinks.push_back({UplinkId("lan2"), {"Hausnetz 2", ""}, "", true});
  world.situation.paths = {lost("lan", "", "2026-11-23T07:10:00+01:00")};
  const Stamp one = stamp_of(world.situation, world.now);
  EXPECT_FALSE(one.house_unseen());
  ASSERT_EQ(one.sight.size(), 1u);
  EXPECT_EQ(one.sight[0].what, SightLost::Uplink);

  world.situation.paths.push_back(lost("lan2", "", "2026-11-23T07:20:00+01:00"));
  const Stamp both = stamp_of(world.situation, world.now);
  EXPECT_TRUE(both.house_unseen());
  EXPECT_EQ(both.sight[0].since, test::at("2026-11-23T07:20:00+01:00"));
  EXPECT_EQ(both.sight.size(), 1u);
}

TEST(Stamp, AnotherLostUplinkLeavesTheHouseSeen) {
  World world;
  world.situation.paths = {lost("lte", "", "2026-11-23T07:10:00+01:00")};
  EXPECT_FALSE(stamp_of(world.situation, world.now).house_unseen());
}

TEST(Stamp, ALostSiteIsNamed) {
  World world;
  world.situation.paths = {lost("", "S2", "2026-11-23T07:10:00+01:00")};
  const Stamp stamp = stamp_of(world.situation, world.now);
  ASSERT_EQ(stamp.sight.size(), 1u);
  EXPECT_EQ(stamp.sight[0].what, SightLost::Site);
  EXPECT_EQ(stamp.sight[0].name.de, "Nebenstelle Süd");
}

}  // namespace
}  // namespace dienstbereit::view
