// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/due.h"

#include <gtest/gtest.h>

#include "view/testing/world.h"

namespace dienstbereit::handbook {
namespace {

using std::chrono::hours;
using test::World;

struct Papers : testing::Test {
  Papers() {
    PackSite site;
    site.site = SiteId("S1");
    world.district->pack.sites = {site};
    standing.handbook = world.now - hours(24);
    standing.packs = {{SiteId("S1"), world.now - hours(7), {}}};
  }
  std::vector<Wording> due() const { return papers_due(*world.district, standing, world.now); }

  World world;
  Standing standing;
};

TEST_F(Papers, FreshOnesAreNotDue) { EXPECT_TRUE(due().empty()); }

TEST_F(Papers, AMissingOrOldHandbookIsSaid) {
  standing.handbook = world.now - world.district->handbook.max_age - Duration(1);
  ASSERT_EQ(due().size(), 1u);
  EXPECT_NE(due()[0].en.find("older than 30 days"), std::string::npos) << due()[0].en;
  standing.handbook.reset();
  ASSERT_EQ(due().size(), 1u);
  EXPECT_NE(due()[0].de.find("noch nie"), std::string::npos);
}

TEST_F(Papers, APackIsDueOnceItIsOlderThanItsLimit) {
  standing.packs[0].made = world.now - world.district->pack.max_age;
  EXPECT_TRUE(due().empty());
  standing.packs[0].made = world.now - world.district->pack.max_age - Duration(1);
  EXPECT_EQ(due().size(), 1u);
  standing.packs.clear();
  ASSERT_EQ(due().size(), 1u) << "nothing known is nothing there";
  EXPECT_NE(due()[0].en.find("no pack ready"), std::string::npos);
}

TEST_F(Papers, TroubleIsSaidEvenWhileTheLastOneIsFresh) {
  standing.packs[0].trouble = "the folder /mnt/s1 is not there";
  standing.handbook_trouble = "no secret";
  ASSERT_EQ(due().size(), 2u);
  EXPECT_NE(due()[1].de.find("/mnt/s1"), std::string::npos);
}

TEST_F(Papers, WhereNoneIsWantedNoneIsDue) {
  world.district->pack.sites.clear();
  standing.packs.clear();
  EXPECT_TRUE(due().empty());
}

}  // namespace
}  // namespace dienstbereit::handbook
