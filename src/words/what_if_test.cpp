// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/what_if.h"

#include <gtest/gtest.h>

namespace dienstbereit::words {
namespace {

Instant at(const char* text) { return parse_rfc3339(text).value(); }

District district() {
  District made;
  Site site;
  site.id = SiteId("S1");
  site.name = {"Kreishaus", "District hall"};
  made.sites.push_back(site);
  Office office;
  office.id = OfficeId("KFZ");
  office.name = {"Straßenverkehrsamt", "Road traffic office"};
  office.sites.push_back({SiteId("S1"), {}, {}, {}});
  made.offices.push_back(office);
  for (const auto& [id, de, en] : {std::tuple("ZUL", "Fahrzeug zulassen", "Register a vehicle"),
                                   std::tuple("WEB", "Internetauftritt", "Homepage")}) {
    Service service;
    service.id = ServiceId(id);
    service.name = {de, en};
    made.services.push_back(service);
  }
  Component psu;
  psu.id = NodeId("PSU");
  psu.name = {"Batterieanlage", "battery supply"};
  made.components.push_back(psu);
  return made;
}

const Instant kFrom = at("2026-11-24T07:00:00Z");
const Instant kTo = at("2026-11-24T11:00:00Z");

TouchedTime touched(const char* service, Readiness to, bool slotted = true) {
  return {OfficeId("KFZ"),   SiteId("S1"), ServiceId(service),
          slotted,           kFrom,        kTo,
          Readiness::Normal, to,           kFrom};
}

std::vector<std::string> sentences(Language language, const std::vector<TouchedTime>& all) {
  const District of = district();
  return what_if_sentences(Voice(language, of, at("2026-11-23T06:00:00Z")),
                           {{NodeId("PSU")}, kFrom, kTo}, all);
}

}  // namespace

TEST(WhatIf, NothingTouchedIsOneSentence) {
  EXPECT_EQ(sentences(Language::De, {}),
            std::vector<std::string>{"Die Arbeiten an Batterieanlage von morgen, 08:00 Uhr bis "
                                     "morgen, 12:00 Uhr berühren keine Öffnungszeit."});
  EXPECT_EQ(sentences(Language::En, {}),
            std::vector<std::string>{"The work on battery supply from tomorrow, 08:00 to tomorrow, "
                                     "12:00 does not touch any opening hours."});
}

TEST(WhatIf, ATouchedSlotNamesPlaceTimeWordAndServices) {
  const std::vector<TouchedTime> all{touched("", Readiness::Closed),
                                     touched("ZUL", Readiness::Closed)};
  const auto de = sentences(Language::De, all);
  ASSERT_EQ(de.size(), 2U);
  EXPECT_TRUE(de[0].ends_with("berühren eine Öffnungszeit:")) << de[0];
  EXPECT_EQ(de[1],
            "Straßenverkehrsamt, Di., 24.11., 08:00 bis 12:00 Uhr: geschlossen (Fahrzeug zulassen "
            "geschlossen)");
  const auto en = sentences(Language::En, all);
  ASSERT_EQ(en.size(), 2U);
  EXPECT_TRUE(en[0].ends_with("touches one opening slot:")) << en[0];
  EXPECT_NE(en[1].find("closed (Register a vehicle closed)"), std::string::npos) << en[1];
}

TEST(WhatIf, AServiceAloneIsSaidToBePartOfItsPlace) {
  const auto de = sentences(Language::De, {touched("ZUL", Readiness::Limited)});
  ASSERT_EQ(de.size(), 2U);
  EXPECT_TRUE(de[1].ends_with("teilweise betroffen (Fahrzeug zulassen eingeschränkt)")) << de[1];
}

TEST(WhatIf, AContinuousServiceHasNoOpeningHours) {
  const auto de = sentences(Language::De, {touched("WEB", Readiness::Closed, false)});
  ASSERT_EQ(de.size(), 2U);
  EXPECT_TRUE(de[0].ends_with("berühren keine Öffnungszeit, aber:")) << de[0];
  EXPECT_EQ(de[1], "Straßenverkehrsamt: Internetauftritt nicht verfügbar ab morgen, 08:00 Uhr");
}

TEST(WhatIf, TooManySlotsAreCounted) {
  std::vector<TouchedTime> all;
  for (std::size_t i = 0; i < kMostSlotsTold + 3; ++i) {
    all.push_back(touched("", Readiness::Closed));
    all.back().begin += std::chrono::hours(24 * i);
    all.back().end += std::chrono::hours(24 * i);
  }
  const auto de = sentences(Language::De, all);
  ASSERT_EQ(de.size(), kMostSlotsTold + 2);
  EXPECT_EQ(de.back(), "und 3 weitere");
  EXPECT_NE(de.front().find("53 Öffnungszeiten"), std::string::npos) << de.front();
}

}  // namespace dienstbereit::words
