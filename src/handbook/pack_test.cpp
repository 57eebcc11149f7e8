// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/pack.h"

#include <set>

#include <gtest/gtest.h>

#include "handbook/testing/house.h"

namespace dienstbereit::handbook {
namespace {

using dienstbereit::test::at;
using dienstbereit::test::day;
using words::Language;

std::string page(const PackFacts& pack, Language language = Language::De) {
  return to_fragment(handbook::pack(language, pack));
}
bool has(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}

OfficeAppointments list_of(std::vector<Appointment> all) {
  OfficeAppointments list;
  list.office = OfficeId("A1");
  list.list.all = std::move(all);
  return list;
}

TEST(Pack, HoldsTheAppointmentsOfTheNextFiveOpeningDaysAndNoOthers) {
  const test::House house;
  const Facts facts = house.facts();
  // Monday 23 November: five opening days end with Friday.
  const auto list = list_of({{day("2026-11-22"), Minutes(480), "Gestern", "", "", ""},
                             {day("2026-11-23"), Minutes(510), "Heute", "Umschreibung", "", ""},
                             {day("2026-11-27"), std::nullopt, "Freitag", "", "", ""},
                             {day("2026-11-30"), Minutes(480), "Spaeter", "", "", ""}});
  const std::string text = page({facts, SiteId("S1"), {list}, 1});
  EXPECT_TRUE(has(text, "Heute") && has(text, "08:30") && has(text, "Freitag"));
  EXPECT_FALSE(has(text, "Gestern"));
  EXPECT_FALSE(has(text, "Spaeter"));
}

TEST(Pack, AListThatIsNotThereIsNeverReadAsNoAppointments) {
  const test::House house;
  const Facts facts = house.facts();
  OfficeAppointments broken = list_of({});
  broken.trouble = "there is no file '/srv/a1.csv'";
  const std::string text = page({facts, SiteId("S1"), {broken}, 1});
  EXPECT_TRUE(has(text, "konnte nicht gelesen werden"));
  EXPECT_TRUE(has(text, "/srv/a1.csv"));
  EXPECT_TRUE(has(text, "keine Terminliste eingerichtet")) << "of the other offices here";
  OfficeAppointments gaps = list_of({});
  gaps.list.unreadable = 3;
  EXPECT_TRUE(has(page({facts, SiteId("S1"), {gaps}, 1}), "3 Einträge der Liste"));
}

TEST(Pack, FormsAreNumberedOnFromTheLastOfTheDay) {
  const test::House house;
  const Facts facts = house.facts();
  EXPECT_EQ(forms_of(*house.world.district, SiteId("S1")), 2u) << "of one service that takes in";
  EXPECT_EQ(form_number(SiteId("S3"), day("2026-11-27"), 4), "S3-261127-004");
  const std::string text = page({facts, SiteId("S1"), {}, 8});
  EXPECT_TRUE(has(text, "S1-261123-008") && has(text, "S1-261123-009"));
  EXPECT_FALSE(has(text, "S1-261123-010"));
}

TEST(Pack, OfAnotherSiteTellsOfThatSiteOnly) {
  const test::House house;
  const Facts facts = house.facts();
  const std::string text = page({facts, SiteId("S2"), {}, 1}, Language::En);
  EXPECT_TRUE(has(text, "Road Traffic Office"));
  EXPECT_FALSE(has(text, "Youth Office"));
  EXPECT_TRUE(has(text, "<span lang=\"de\">")) << "what has no English says so";
}

TEST(Pack, OpeningDaysLeaveOutWeekendsAndHolidays) {
  const test::House house;
  const auto days =
      opening_days(*house.world.district, OfficeId("A1"), SiteId("S1"), day("2026-12-24"));
  ASSERT_EQ(days.size(), kOpeningDays);
  EXPECT_EQ(days[0], day("2026-12-24"));
  EXPECT_EQ(days[1], day("2026-12-28"));
  EXPECT_TRUE(opening_days(*house.world.district, OfficeId("A2"), SiteId("S2"), days[0]).empty());
}

TEST(Night, ThePacksOfANightAreDueOnceAndStayDueUntilMade) {
  const TimeZone zone = TimeZone::find("Europe/Berlin").value();
  const Minutes two = std::chrono::hours(2);
  EXPECT_EQ(last_due(at("2026-11-27T01:59:59+01:00"), two, zone), at("2026-11-26T02:00:00+01:00"));
  EXPECT_EQ(last_due(at("2026-11-27T02:00:00+01:00"), two, zone), at("2026-11-27T02:00:00+01:00"));
  EXPECT_EQ(last_due(at("2026-11-27T23:00:00+01:00"), two, zone), at("2026-11-27T02:00:00+01:00"));
  // The hour that the clock change skips: its end.
  EXPECT_EQ(last_due(at("2026-03-29T04:00:00+02:00"), Minutes(150), zone),
            at("2026-03-29T03:00:00+02:00"));
}

TEST(Name, TellsSiteAndTimeAndNothingElseDoes) {
  const TimeZone zone = TimeZone::find("Europe/Berlin").value();
  const SiteId site("S3");
  const std::string name = pack_name(site, at("2026-11-27T02:00:31+01:00"), zone);
  EXPECT_EQ(name, "pack-S3-20261127-0200.html");
  EXPECT_EQ(made_of(name, site, zone), at("2026-11-27T02:00:00+01:00"));
  for (const char* other : {"pack-S30-20261127-0200.html", "pack-S3-20261127-0200.html.new",
                            "pack-S3-20261327-0200.html", "pack-S3-20261127-2400.html",
                            "pack-S3-2026112a-0200.html", "pack-S3-.html", "x"}) {
    EXPECT_FALSE(made_of(other, site, zone)) << other;
  }
}

}  // namespace
}  // namespace dienstbereit::handbook
