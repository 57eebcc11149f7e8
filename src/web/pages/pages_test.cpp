// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pages/pages.h"

#include <gtest/gtest.h>

#include "web/edition.h"
#include "web/json.h"
#include "web/pages/json_ld.h"
#include "web/testing/fakes.h"

namespace dienstbereit::web {
namespace {

using words::Language;

std::string page(const std::string& state, const std::string& path) {
  const auto world = test::world_in(state);
  Edition edition(test::situation_of(world), world->now, false);
  const PayloadPtr payload = edition.find(path, Encoding::Identity);
  return payload ? std::string(payload->body()) : std::string();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Pages, EveryPageInEveryStateIsWholeAndSmall) {
  for (const auto& [state, change] : test::states()) {
    for (const char* path : {"/", "/en/", "/amt/A1", "/en/office/A1", "/amt/A9", "/standort/S1",
                             "/en/site/S2", "/barrierefreiheit", "/en/accessibility"}) {
      const std::string html = page(state, path);
      EXPECT_TRUE(html.starts_with("<!DOCTYPE html>")) << state << path;
      EXPECT_TRUE(html.ends_with("</html>")) << state << path;
      EXPECT_LE(html.size(), kPageBytesMax) << state << path;
      EXPECT_EQ(count(html, "<h1>"), 1u) << state << path;
      EXPECT_EQ(count(html, "<main "), 1u) << state << path;
      EXPECT_NE(html.find("0123456789abcdef"), std::string::npos) << state << path;
      EXPECT_EQ(count(html, "<script"), count(html, "application/ld+json")) << state << path;
    }
  }
}

TEST(Pages, TheListOfReasonsGoesOnWhereTheSentenceEnds) {
  const std::string html = page("closed", "/en/office/A1");
  const std::string first = "“registration database” has failed";
  const std::string next = "“registration database” does not answer its check";
  EXPECT_NE(html.find("<p class=\"why\">" + first), std::string::npos) << html;
  EXPECT_NE(html.find("<li>" + next), std::string::npos) << html;
  EXPECT_EQ(html.find("<li>" + first + "</li>"), std::string::npos) << html;
}

TEST(Pages, SayPlainlyWhatTheyCannotVouchFor) {
  EXPECT_NE(page("stale", "/").find("veraltet"), std::string::npos);
  EXPECT_NE(page("held", "/").find("neu gestartet"), std::string::npos);
  EXPECT_NE(page("clock", "/").find("Uhrzeit ungeprüft"), std::string::npos);
  EXPECT_NE(page("exercise", "/").find("ÜBUNG – keine echte Störung"), std::string::npos);
  EXPECT_NE(page("exercise", "/").find("<title>ÜBUNG – "), std::string::npos);
  EXPECT_EQ(page("exercise", "/").find("ld+json"), std::string::npos);
  EXPECT_NE(page("journal", "/").find("kann nicht aufgezeichnet"), std::string::npos);
  EXPECT_NE(page("unknown", "/").find("keine Sicht auf das Hausnetz"), std::string::npos);
  EXPECT_NE(page("presumed", "/").find("nicht gemessen"), std::string::npos);
  EXPECT_NE(page("decision", "/").find("Amt für Informationstechnik"), std::string::npos);
}

TEST(Pages, APlaceOpenAroundTheClockSaysSoAndWhatIsWrongInWordsOfItsOwn) {
  const auto world = test::world_in("normal");
  world->district->offices.back().sites[0].hours.always = true;
  world->set("A9", "S1", dienstbereit::test::closed_by_failure(test::database_is_down(*world)));
  Edition edition(test::situation_of(world), world->now, false);
  for (const char* path : {"/", "/amt/A9", "/standort/S1"}) {
    const std::string html(edition.find(path, Encoding::Identity)->body());
    EXPECT_NE(html.find("Planmäßig rund um die Uhr."), std::string::npos) << path;
    EXPECT_NE(html.find("nicht verfügbar"), std::string::npos) << path;
  }
  const std::string office(edition.find("/amt/A9", Encoding::Identity)->body());
  EXPECT_NE(office.find("Derzeit: Informationstechnik – nicht verfügbar."), std::string::npos);
  EXPECT_NE(office.find("Datenbank der Zulassung"), std::string::npos);
}

TEST(Pages, APlaceWithoutAnyServiceIsNotUnknownButHasNone) {
  const auto world = test::world_in("normal");
  Office& office = world->district->offices.back();
  office.sites.push_back(office.sites.front());
  office.sites.back().site = SiteId("S2");
  world->situation.places.push_back({office.id, SiteId("S2"), false, {}, {}});
  Edition edition(test::situation_of(world), world->now, false);
  for (const char* path : {"/", "/amt/A9", "/standort/S2"}) {
    const std::string html(edition.find(path, Encoding::Identity)->body());
    EXPECT_NE(html.find("hier keine Leistung"), std::string::npos) << path;
    const std::string places = html.substr(0, html.find("class=\"legend\""));
    EXPECT_EQ(places.find("unbekannt"), std::string::npos) << path;
  }
}

TEST(Pages, GiveThePlainReasonFirstAndTheRestToUnfold) {
  const std::string html = page("closed", "/amt/A1");
  const auto first = html.find("Datenbank der Zulassung");
  const auto details = html.find("<details>");
  ASSERT_NE(first, std::string::npos);
  ASSERT_NE(details, std::string::npos);
  EXPECT_LT(first, details);
}

TEST(Pages, GermanWordingOnEnglishPagesIsMarked) {
  EXPECT_NE(page("normal", "/en/site/S2").find("<span lang=\"de\">Nebenstelle Süd</span>"),
            std::string::npos);
}

TEST(Pages, EachLeadsToTheAccessibilityStatementWhichNamesAWayWithoutMail) {
  EXPECT_NE(page("normal", "/amt/A1").find("href=\"/barrierefreiheit\""), std::string::npos);
  EXPECT_NE(page("normal", "/en/").find("href=\"/en/accessibility\""), std::string::npos);
  EXPECT_NE(page("normal", "/barrierefreiheit").find("Telefon 115"), std::string::npos);
  const auto world = test::world_in("normal");
  Accessibility& own = world->district->administration.accessibility;
  own.contact = {"Telefon 0123 9, Postfach 1", ""};
  own.enforcement = {"Ombudsstelle des Landes", ""};
  own.reviewed = "2026-11-03";
  Edition edition(test::situation_of(world), world->now, false);
  const std::string html(edition.find("/barrierefreiheit", Encoding::Identity)->body());
  for (const char* part : {"Postfach 1", "Ombudsstelle des Landes", "3. November 2026"}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
}

TEST(Pages, NamesFromTheDistrictCannotInjectMarkup) {
  const auto world = test::world_in("normal");
  world->district->offices[0].name.de = "<script>alert(1)</script>";
  world->district->administration.name.de = "\"><img src=x>";
  Edition edition(test::situation_of(world), world->now, false);
  for (const char* path : {"/", "/amt/A1"}) {
    const std::string html(edition.find(path, Encoding::Identity)->body());
    EXPECT_EQ(html.find("<script>alert"), std::string::npos);
    EXPECT_EQ(html.find("<img"), std::string::npos);
  }
}

TEST(Pages, ALargeDistrictStaysWithinTheBound) {
  const auto world = test::world_in("closed");
  for (int i = 0; i < 2000; ++i) {
    Office office = world->district->offices[0];
    office.id = OfficeId("B" + std::to_string(i));
    world->district->offices.push_back(office);
    PlaceSituation place = world->situation.places[0];
    place.office = office.id;
    world->situation.places.push_back(place);
  }
  for (const char* path : {"/", "/en/", "/standort/S1"}) {
    Edition edition(test::situation_of(world), world->now, false);
    const std::string html(edition.find(path, Encoding::Identity)->body());
    EXPECT_LE(html.size(), kPageBytesMax) << path;
    EXPECT_TRUE(html.ends_with("</html>")) << path;
    const bool german = std::string_view(path) != "/en/";
    EXPECT_NE(html.find(words::label(german ? Language::De : Language::En, "web.shortened")),
              std::string::npos)
        << path;
  }
}

// A house with as many offices as a Kreis has, all of whose services are down with long reasons.
TEST(Pages, ASitePageNamesEveryOfficeAndServiceInTheWorstOutage) {
  const auto world = test::world_in("closed");
  const OfferSituation offer = world->situation.offers[0];
  Explanation why(kLongestExplanation, offer.now.why.empty() ? ReasonStep{} : offer.now.why[0]);
  for (int i = 0; i < 20; ++i) {
    Office office = world->district->offices[0];
    office.id = OfficeId("B" + std::to_string(i));
    office.name.de = "Amt Nummer " + std::to_string(i) + ".";
    world->district->offices.push_back(office);
    PlaceSituation place = world->situation.places[0];
    place.office = office.id;
    place.now.why = why;
    world->situation.places.push_back(place);
    for (int k = 0; k < 5; ++k) {
      OfferSituation made = offer;
      made.office = office.id;
      made.now.why = why;
      for (DayPlan& day : made.days) {
        for (SlotVerdict& slot : day.slots) slot.verdict.why = why;
      }
      world->situation.offers.push_back(std::move(made));
    }
  }
  Edition edition(test::situation_of(world), world->now, false);
  const std::string html(edition.find("/standort/S1", Encoding::Identity)->body());
  EXPECT_EQ(html.find(words::label(Language::De, "web.shortened")), std::string::npos);
  EXPECT_LE(html.size(), kPageBytesMax);
  for (int i = 0; i < 20; ++i) {
    EXPECT_NE(html.find("Amt Nummer " + std::to_string(i) + "."), std::string::npos) << i;
  }
  EXPECT_NE(html.find(words::label(Language::De, "page.does_not")), std::string::npos);
}

Json places_ld(const std::string& state) {
  const auto world = test::world_in(state);
  const auto office = view::office_page(world->situation, OfficeId("A1"), world->now);
  return Json::parse(places_json_ld(office->places, world->situation, Language::De));
}

TEST(JsonLd, TellsTheRegularWeek) {
  const Json regular = places_ld("normal")["@graph"][0]["openingHoursSpecification"];
  ASSERT_EQ(regular.size(), 2u);
  EXPECT_EQ(regular[0]["opens"], "08:00");
  EXPECT_EQ(regular[0]["closes"], "12:00");
  EXPECT_EQ(regular[0]["dayOfWeek"].size(), 5u);
}

TEST(JsonLd, ADayClosedByFailureOverridesTheWeekWithoutOpeningTimes) {
  const Json special = places_ld("closed")["@graph"][0]["specialOpeningHoursSpecification"];
  ASSERT_FALSE(special.empty());
  EXPECT_EQ(special[0]["validFrom"], "2026-11-23");
  EXPECT_FALSE(special[0].contains("opens"));
}

TEST(JsonLd, ASlotThatBeganYesterdayIsNoneOfTodays) {
  const auto world = test::world_in("normal");
  SlotVerdict night;
  night.begin = dienstbereit::test::at("2026-11-22T18:00:00+01:00");
  night.end = dienstbereit::test::at("2026-11-23T07:00:00+01:00");
  night.verdict = dienstbereit::test::normal();
  auto& slots = world->place("A1", "S1").days.front().slots;
  slots.insert(slots.begin(), night);
  const auto office = view::office_page(world->situation, OfficeId("A1"), world->now);
  const Json json = Json::parse(places_json_ld(office->places, world->situation, Language::De));
  EXPECT_TRUE(json["@graph"][0]["specialOpeningHoursSpecification"].empty());
}

TEST(JsonLd, AHolidayIsASpecialDay) {
  const Json special = places_ld("holiday")["@graph"][0]["specialOpeningHoursSpecification"];
  ASSERT_EQ(special.size(), 1u);
  EXPECT_EQ(special[0]["validFrom"], "2026-11-23");
}

}  // namespace
}  // namespace dienstbereit::web
