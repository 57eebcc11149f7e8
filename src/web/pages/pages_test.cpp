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

TEST(Pages, SayPlainlyWhatTheyCannotVouchFor) {
  EXPECT_NE(page("stale", "/").find("veraltet"), std::string::npos);
  EXPECT_NE(page("held", "/").find("neu gestartet"), std::string::npos);
  EXPECT_NE(page("clock", "/").find("Uhrzeit ungeprüft"), std::string::npos);
  EXPECT_NE(page("journal", "/").find("kann nicht aufgezeichnet"), std::string::npos);
  EXPECT_NE(page("unknown", "/").find("keine Sicht auf das Hausnetz"), std::string::npos);
  EXPECT_NE(page("presumed", "/").find("nicht gemessen"), std::string::npos);
  EXPECT_NE(page("decision", "/").find("Amt für Informationstechnik"), std::string::npos);
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

TEST(JsonLd, AHolidayIsASpecialDay) {
  const Json special = places_ld("holiday")["@graph"][0]["specialOpeningHoursSpecification"];
  ASSERT_EQ(special.size(), 1u);
  EXPECT_EQ(special[0]["validFrom"], "2026-11-23");
}

}  // namespace
}  // namespace dienstbereit::web
