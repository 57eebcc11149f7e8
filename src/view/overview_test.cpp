// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "view/pages.h"
#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

using test::World;

TEST(Overview, CountsPlacesNotOfficesAndLeavesContinuousServicesOut) {
  World world;
  const Overview page = overview(world.situation, world.now);
  EXPECT_EQ(page.roll_up.of, 5u);
  EXPECT_EQ(page.roll_up.normal, 5u);
  EXPECT_FALSE(page.roll_up.single_places);
  ASSERT_EQ(page.continuous.size(), 2u);
  EXPECT_FALSE(page.continuous[0].internal);
  EXPECT_TRUE(page.continuous[1].internal);
}

TEST(Overview, AnOfficeWithoutACounterIsJudgedByItsContinuousServices) {
  World world;
  world.place("A9", "S1").now = test::limited({"nur ein Teil", ""});
  const SummaryWord word = overview(world.situation, world.now).offices.back().word;
  EXPECT_FALSE(word.counter);
  EXPECT_EQ(word.counted, 1u);
  EXPECT_EQ(word.readiness, Readiness::Limited);
}

TEST(Overview, PlacesWithContinuousServicesOnlyHaveARollUpOfTheirOwn) {
  World world;
  world.place("A9", "S1").now = test::closed_by_failure();
  Overview page = overview(world.situation, world.now);
  EXPECT_TRUE(page.has_counters);
  EXPECT_EQ(page.roll_up.of, 5u);
  EXPECT_FALSE(page.continuous_roll_up.counter);
  EXPECT_EQ(page.continuous_roll_up.of, 1u);
  EXPECT_EQ(page.continuous_roll_up.closed, 1u);
  EXPECT_TRUE(page.continuous_roll_up.troubled());
  // What only the house itself uses is nobody's headline.
  world.district->services[4].kinds = {ServiceKind::Shared};
  page = overview(world.situation, world.now);
  EXPECT_EQ(page.continuous_roll_up.of, 0u);
  EXPECT_FALSE(page.continuous_roll_up.troubled());
}

TEST(Overview, TheSiteOfAContinuousPlaceIsSaidOnlyWhereItTellsTwoApart) {
  World world;
  Office& office = world.district->offices.back();
  office.sites.push_back(office.sites.front());
  office.sites.back().site = SiteId("S2");
  world.situation.places.push_back({office.id, SiteId("S2"), false, {}, {}});
  RollUp found = overview(world.situation, world.now).continuous_roll_up;
  ASSERT_EQ(found.of, 1u) << "nothing is offered at the second site";
  EXPECT_FALSE(found.only.place.several);
  EXPECT_TRUE(found.single_places);
  OfferSituation second = world.offer("A9@S1/I1");
  second.site = SiteId("S2");
  world.situation.offers.push_back(second);
  found = overview(world.situation, world.now).continuous_roll_up;
  EXPECT_EQ(found.of, 2u);
  EXPECT_FALSE(found.single_places);
}

TEST(Overview, APlaceOpenAroundTheClockSaysSo) {
  World world;
  EXPECT_EQ(overview(world.situation, world.now).offices.back().at[0].schedule.door,
            Door::NoCounter);
  world.district->offices.back().sites[0].hours.always = true;
  EXPECT_EQ(overview(world.situation, world.now).offices.back().at[0].schedule.door, Door::Always);
}

TEST(Overview, AnOfficeWithOnePlaceClosedIsLimited) {
  World world;
  world.set("A1", "S2", test::closed_by_failure());
  const Overview page = overview(world.situation, world.now);
  EXPECT_EQ(page.offices[0].word.readiness, Readiness::Limited);
  EXPECT_EQ(page.sites[1].word.readiness, Readiness::Closed);
}

TEST(Overview, APublicHolidaySaysWhyTodayIsShut) {
  World world;
  world.shut("2026-11-23", HoursLayer::PublicHoliday, "Feiertag", "Holiday");
  world.situation.headline_day = test::day("2026-11-24");
  const Overview page = overview(world.situation, world.now);
  EXPECT_TRUE(page.shut_today);
  EXPECT_EQ(page.today_cause.de, "Feiertag");
  EXPECT_EQ(page.roll_up.of, 5u);
}

TEST(Overview, InTheEveningTodayIsOverNotShut) {
  World world;
  world.go_to("2026-11-23T19:00:00+01:00");
  world.situation.headline_day = test::day("2026-11-24");
  const Overview page = overview(world.situation, world.now);
  EXPECT_FALSE(page.shut_today);
  EXPECT_TRUE(page.shut_for_today);
}

TEST(Overview, AsksAboutDoubtedExpiredAndContradictedWords) {
  World world;
  WordSituation word;
  word.id = WordId("7");
  word.until = world.now + std::chrono::hours(4);
  word.status = WordStatus::Doubted;
  world.situation.words.push_back(word);
  word.status = WordStatus::Unrenewed;
  world.situation.words.push_back(word);
  word.status = WordStatus::InForce;
  word.disagreeing = {ProbeId("DB/sql")};
  word.until = world.now + kEndsSoon;
  world.situation.words.push_back(word);
  NodeSituation node;
  node.id = NodeId("DB");
  node.contradiction = true;
  world.situation.nodes.push_back(node);
  std::vector<QuestionKind> kinds;
  for (const OpenQuestion& question : overview(world.situation, world.now).questions) {
    kinds.push_back(question.kind);
  }
  EXPECT_EQ(kinds, (std::vector{QuestionKind::WordDoubted, QuestionKind::WordUnrenewed,
                                QuestionKind::ProbesDisagree, QuestionKind::WordEndsSoon,
                                QuestionKind::Contradiction}));
}

TEST(Overview, BoundsItsQuestionsAndCountsTheRest) {
  World world;
  NodeSituation node;
  node.contradiction = true;
  world.situation.nodes.assign(kQuestionsMax + 3, node);
  const Overview page = overview(world.situation, world.now);
  EXPECT_EQ(page.questions.size(), kQuestionsMax);
  EXPECT_EQ(page.questions_left, 3u);
}

TEST(OfficePage, HoldsItsPlacesWithTheirServices) {
  World world;
  const std::optional<OfficePage> page = office_page(world.situation, OfficeId("A1"), world.now);
  ASSERT_TRUE(page.has_value());
  ASSERT_EQ(page->places.size(), 2u);
  EXPECT_EQ(page->places[1].place.site.str(), "S2");
  ASSERT_EQ(page->places[1].services.size(), 1u);
  EXPECT_EQ(page->places[1].services[0].node.str(), "A1@S2/V1");
  EXPECT_EQ(page->roll_up.among, Among::Office);
  EXPECT_EQ(page->continuous_roll_up.among, Among::Office);
  EXPECT_FALSE(office_page(world.situation, OfficeId("A77"), world.now).has_value());
}

TEST(SitePage, HoldsTheOfficesOfTheSite) {
  World world;
  const std::optional<SitePage> page = site_page(world.situation, SiteId("S2"), world.now);
  ASSERT_TRUE(page.has_value());
  ASSERT_EQ(page->places.size(), 1u);
  EXPECT_EQ(page->roll_up.of, 1u);
  EXPECT_EQ(page->roll_up.among, Among::Site);
  EXPECT_EQ(page->continuous_roll_up.among, Among::Site);
  EXPECT_FALSE(site_page(world.situation, SiteId("S77"), world.now).has_value());
}

TEST(Group, SortsServicesByTheWordShown) {
  World world;
  world.set("A1", "S1", test::closed_by_failure());
  const std::optional<SitePage> page = site_page(world.situation, SiteId("S1"), world.now);
  std::vector<ServiceView> services;
  for (const PlaceView& place : page->places) {
    services.insert(services.end(), place.services.begin(), place.services.end());
  }
  const ServiceGroups groups = group(services);
  EXPECT_EQ(groups.does_not.size(), 1u);
  EXPECT_EQ(groups.works.size(), 5u);
  EXPECT_EQ(groups.without_it.size(), 1u);
  EXPECT_TRUE(groups.not_that_day.empty());
}

}  // namespace
}  // namespace dienstbereit::view
