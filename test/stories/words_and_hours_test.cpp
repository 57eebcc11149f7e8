// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "world.h"

// Hours, holidays, offers in part, people's word; without a single probe.
namespace dienstbereit::stories {
namespace {

using namespace std::chrono_literals;
using words::Language;

const char* kByHand = R"yaml(
administration: {name: {de: Kreis Hand, en: Hand District}, ags: 05998}
sites:
  - {id: HALL, name: {de: Kreishaus, en: District hall}}
  - {id: OUT, name: {de: Außenstelle, en: Outpost}}
offices:
  - id: SOZIAL
    name: {de: Sozialamt, en: Social office}
    sites: [HALL, OUT]
    hours: Mo-Fr 08:00-12:00; Th 08:00-12:00,14:00-17:30; PH off
services:
  - {id: EINS, name: {de: Wohngeld, en: Housing benefit},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: ZWEI, name: {de: Pflege, en: Care},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: DREI, name: {de: Grundsicherung, en: Basic income},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: VIER, name: {de: Teilhabe, en: Participation},
     kind: counter, offered: SOZIAL, sites: [HALL]}
  - {id: AUSWEIS, name: {de: Ausweis, en: Card},
     kind: counter, offered: SOZIAL, sites: {HALL: voll, OUT: nur Annahme}}
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(Story, WithoutAnyProbeNothingIsClaimedToBeMeasured) {
  World world(kByHand, "2026-11-23T09:00+01:00");
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Normal);
  EXPECT_EQ(world.place("SOZIAL@HALL").now.grade, Grade::Presumed);
  EXPECT_TRUE(contains(world.de(), "nicht gemessen")) << world.de();
  EXPECT_TRUE(contains(world.en(), "not measured")) << world.en();
}

TEST(Story, AtThreeInTheMorningThePageAnswersForTheComingDay) {
  World world(kByHand, "2026-11-24T03:00+01:00");
  EXPECT_EQ(to_iso(world.now().headline_day), "2026-11-24");
  world.set("ALL", Said::Closed, "2026-11-24T18:00+01:00", "Stromausfall");
  EXPECT_EQ(world.place("SOZIAL@HALL").days[0].slots[0].verdict.readiness, Readiness::Closed);
  EXPECT_EQ(world.place("SOZIAL@HALL").days[0].slots[0].verdict.closed_by, ClosedBy::Decision);
  EXPECT_TRUE(contains(world.de(), "geschlossen")) << world.de();
  EXPECT_TRUE(contains(world.en(), "closed")) << world.en();
}

TEST(Story, OnAPublicHolidayThePageAnswersForTheNextOpenDay) {
  // All Saints' Day 2027 is a Monday.
  World world(kByHand, "2027-11-01T09:00+01:00");
  EXPECT_EQ(to_iso(world.now().headline_day), "2027-11-02");
  EXPECT_TRUE(world.place("SOZIAL@HALL").days[0].slots.empty());
  EXPECT_EQ(world.place("SOZIAL@HALL").days[0].hours.layer, HoursLayer::PublicHoliday);
  EXPECT_FALSE(world.place("SOZIAL@HALL").days[1].slots.empty());
}

TEST(Story, ABranchThatOnlyTakesInIsNormalInItsOwnExtent) {
  World world(kByHand, "2026-11-23T09:00+01:00");
  EXPECT_EQ(world.word("SOZIAL@OUT/AUSWEIS"), Readiness::Normal);
  EXPECT_TRUE(contains(world.says("SOZIAL@OUT/AUSWEIS", Language::De), "nur Annahme"))
      << world.says("SOZIAL@OUT/AUSWEIS", Language::De);
  EXPECT_FALSE(contains(world.says("SOZIAL@OUT/AUSWEIS", Language::En), "Annahme"));
  EXPECT_FALSE(contains(world.says("SOZIAL@HALL/AUSWEIS", Language::De), "nur Annahme"));
}

TEST(Story, AnOfficeWithOneOfFiveServicesClosedIsLimitedAndNamesIt) {
  World world(kByHand, "2026-11-23T09:00+01:00");
  world.set("SOZIAL@HALL/ZWEI", Said::Closed, "", "Die Fachkraft fehlt.");
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Limited);
  EXPECT_EQ(world.word("SOZIAL@HALL/ZWEI"), Readiness::Closed);
  EXPECT_EQ(world.word("SOZIAL@HALL/EINS"), Readiness::Normal);
  const auto& why = world.place("SOZIAL@HALL").now.why;
  ASSERT_FALSE(why.empty());
  EXPECT_EQ(why[0].kind, ReasonKind::ServicesClosed);
  EXPECT_EQ(why[0].have, 1u);
  EXPECT_EQ(why[0].of, 5u);
  EXPECT_TRUE(contains(world.de(), "eingeschränkt")) << world.de();
  EXPECT_TRUE(contains(world.en(), "limited")) << world.en();
}

TEST(Story, AnOfficeWithoutACounterSpeaksThroughItsContinuousServices) {
  std::string yaml = kByHand;
  yaml += "  - {id: NETZ, name: {de: Antrag online, en: Online form}, kind: online, offered: IT}\n";
  const std::string office =
      "  - {id: IT, name: {de: IT-Amt, en: IT office}, sites: [HALL], hours: Mo-Fr 08:00-12:00}\n";
  yaml.insert(yaml.find("services:"), office);
  World world(yaml, "2026-11-23T09:00+01:00");
  EXPECT_EQ(world.word("IT@HALL"), Readiness::Normal);
  world.set("IT@HALL", Said::Closed);
  EXPECT_EQ(world.word("IT@HALL"), Readiness::Closed);
  EXPECT_FALSE(world.place("IT@HALL").slotted);
}

TEST(Story, AWordEndsWithTheLastSlotOfTheDayUnlessSaidOtherwise) {
  World world(kByHand, "2026-11-26T09:00+01:00");  // a Thursday
  const Answer answer = world.set("SOZIAL@HALL", Said::Limited, "", "nur mit Termin");
  EXPECT_EQ(answer.until, parse_rfc3339("2026-11-26T17:30+01:00").value());
  EXPECT_EQ(answer.changes.size(), 6u) << "five services and their place";
}

TEST(Story, AWorseWordThatRunsOutUnrenewedIsUnknownNotGreen) {
  World world(kByHand, "2026-11-23T08:30+01:00");
  world.set("SOZIAL@HALL", Said::Closed, "2026-11-23T10:00+01:00");
  world.until("2026-11-23T09:45+01:00");
  EXPECT_TRUE(contains(world.record(), "\"question\":\"ends_soon\"")) << "its author is reminded";
  world.until("2026-11-23T10:05+01:00");
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Unknown);
  EXPECT_TRUE(contains(world.why("SOZIAL@HALL/EINS", Language::De), "nicht erneuert"))
      << world.why("SOZIAL@HALL/EINS", Language::De);
  world.set("SOZIAL@HALL", Said::Normal);
  EXPECT_EQ(world.word("SOZIAL@HALL"), Readiness::Normal);
}

TEST(Story, AFaultIsCarriedForADayAndLeavesLaterSlotsOpen) {
  World world(kByHand, "2026-11-23T09:00+01:00");
  world.set("SOZIAL@HALL/ZWEI", Said::Unknown, "2026-11-27T18:00+01:00");
  const auto& days = world.offer("SOZIAL@HALL/ZWEI").days;
  EXPECT_TRUE(days[1].slots[0].carried);
  EXPECT_TRUE(days[2].slots[0].pending);
  EXPECT_EQ(days[2].slots[0].verdict.readiness, Readiness::Unknown);
}

}  // namespace dienstbereit::stories
