// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// test/golden/papers/NAME.LANGUAGE.html: what handbook and pack of a small district read like.
// WRITE_GOLDEN=1 writes them anew, as for test/golden/words.
#include <cstdlib>

#include <gtest/gtest.h>

#include "base/file.h"
#include "handbook/handbook.h"
#include "handbook/pack.h"
#include "handbook/testing/house.h"

namespace dienstbereit::handbook {
namespace {

using words::Language;

void expect_golden(const std::string& name, const Document& document) {
  const std::string path =
      "test/golden/papers/" + name + "." + words::code_of(document.language) + ".html";
  const std::string now = to_fragment(document);
  if (std::getenv("WRITE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_file(path, now).has_value());
  }
  const Result<std::string> expected = read_file(path, 1u << 20);
  ASSERT_TRUE(expected.has_value()) << expected.error().message;
  EXPECT_EQ(*expected, now) << path;
}

TEST(GoldenPapers, TheHandbookReadsInBothLanguages) {
  const test::House house;
  const Facts facts = house.facts();
  for (const Language language : {Language::De, Language::En}) {
    expect_golden("handbook", handbook(language, facts));
  }
}

TEST(GoldenPapers, ThePackReadsInBothLanguages) {
  const test::House house;
  const Facts facts = house.facts();
  OfficeAppointments list;
  list.office = OfficeId("A1");
  list.as_of = house.world.now - std::chrono::hours(5);
  list.list.all = {{dienstbereit::test::day("2026-11-23"), Minutes(510), "Max Beispiel",
                    "Umschreibung", "0171 2", "mit Vollmacht"}};
  list.list.repeating = 1;
  for (const Language language : {Language::De, Language::En}) {
    expect_golden("pack", pack(language, {facts, SiteId("S1"), {list}, 1}));
  }
}

TEST(Handbook, WithoutContactsLeavesBlanksAndSaysSo) {
  test::House house;
  house.people.clear();
  house.world.district->channels.clear();
  house.world.district->handbook.roles.clear();
  const Facts facts = house.facts();
  const std::string page = to_fragment(handbook(Language::De, facts));
  EXPECT_NE(page.find("Es sind keine Kontakte hinterlegt"), std::string::npos);
  EXPECT_NE(page.find("niemand für die Rufbereitschaft"), std::string::npos);
  EXPECT_NE(page.find("kein Kanal außerhalb des Hauses"), std::string::npos);
  EXPECT_NE(page.find("____"), std::string::npos);
  EXPECT_NE(page.find("Informationstechnik"), std::string::npos) << "the usual roles";
}

TEST(Handbook, AnExerciseIsMarked) {
  test::House house;
  house.world.situation.exercise = true;
  const Facts facts = house.facts();
  EXPECT_NE(handbook(Language::De, facts).title.find("ÜBUNG"), std::string::npos);
}

TEST(Handbook, SaysUntilWhenItHoldsAndOnWhichJournalItRests) {
  const test::House house;
  const Facts facts = house.facts();
  const std::string stamp = handbook(Language::En, facts).stamp;
  EXPECT_NE(stamp.find("0123456789abcdef"), std::string::npos);
  EXPECT_NE(stamp.find("4711"), std::string::npos);
  EXPECT_NE(stamp.find("23 Dec 2026"), std::string::npos) << stamp;
}

}  // namespace
}  // namespace dienstbereit::handbook
