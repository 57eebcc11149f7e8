// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "base/text.h"
#include "model/record/names.h"
#include "words/draft/spoken.h"
#include "words/draft/testing/outage.h"
#include "words/draft/vague.h"

namespace dienstbereit::words {
namespace {

using test::Outage;

constexpr StatementKind kAll[] = {
    StatementKind::Holding, StatementKind::Short, StatementKind::Long,     StatementKind::Press,
    StatementKind::Poster,  StatementKind::Phone, StatementKind::Internal, StatementKind::Simple,
    StatementKind::Cap,     StatementKind::Breach};
// Bounds of a statement on record (core/incident/changes.h).
constexpr std::size_t kLongestTitle = 200, kLongestText = 20'000;

std::string when(const std::string& now, const std::string& t, Language language = Language::De) {
  const test::World world;
  const Voice voice(language, *world.district, test::at(now));
  const auto found = drafts::vague(voice, test::at(t));
  if (!found) return "-";
  return found->phrase + " [" + to_rfc3339(found->begin, world.zone).substr(0, 13) + "," +
         to_rfc3339(found->end, world.zone).substr(0, 13) + ")";
}

TEST(Vague, PhrasesHaveExactBounds) {
  const std::string friday = "2026-11-20T10:00+01:00", sunday = "2026-11-22T17:00+01:00";
  EXPECT_EQ(when(sunday, "2026-11-24T12:00+01:00"),
            "gegen Mitte der Woche [2026-11-24T12,2026-11-26T12)");
  EXPECT_EQ(when(sunday, "2026-11-24T11:59+01:00"),
            "zu Beginn der Woche [2026-11-23T00,2026-11-24T12)");
  EXPECT_EQ(when(sunday, "2026-11-26T12:00+01:00"),
            "gegen Ende der Woche [2026-11-26T12,2026-11-28T00)");
  EXPECT_EQ(when(friday, "2026-11-25T16:00+01:00"),
            "gegen Mitte der nächsten Woche [2026-11-24T12,2026-11-26T12)");
  EXPECT_EQ(when(friday, "2026-11-25T16:00+01:00", Language::En),
            "towards the middle of next week [2026-11-24T12,2026-11-26T12)");
  EXPECT_EQ(when(friday, "2026-11-22T16:00+01:00"), "am Wochenende [2026-11-21T00,2026-11-23T00)");
  EXPECT_EQ(when(friday, "2026-11-20T16:00+01:00"),
            "im Laufe des heutigen Tages [2026-11-20T00,2026-11-21T00)");
  EXPECT_EQ(when(friday, "2026-12-25T16:00+01:00"),
            "Ende Dezember 2026 [2026-12-21T00,2027-01-01T00)");
  EXPECT_EQ(when(friday, "2026-11-20T09:59+01:00"), "-");
}

TEST(Vague, EveryHourOfTwoMonthsHasAPhraseWhoseSpanHoldsIt) {
  const test::World world;
  const Instant start = test::at("2026-11-16T00:00+01:00");
  for (int day = 0; day < 7; ++day) {
    const Instant now = start + std::chrono::hours(24 * day + 9);
    const Voice voice(Language::De, *world.district, now);
    for (int hour = 0; hour < 24 * 60; ++hour) {
      const Instant t = now + std::chrono::hours(hour);
      const auto found = drafts::vague(voice, t);
      ASSERT_TRUE(found);
      EXPECT_TRUE(found->begin <= t && t < found->end) << found->phrase;
    }
  }
}

TEST(Spoken, NumbersAndTimesAreReadAloudWithoutFigures) {
  EXPECT_EQ(drafts::spoken_number(Language::De, 21), "einundzwanzig");
  EXPECT_EQ(drafts::spoken_number(Language::De, 30), "dreißig");
  EXPECT_EQ(drafts::spoken_number(Language::En, 47), "forty-seven");
  const test::World world;
  const Voice de(Language::De, *world.district, world.now);
  const Voice en(Language::En, *world.district, world.now);
  const auto at = [](const char* clock) {
    return test::at(std::string("2026-11-23T") + clock + "+01:00");
  };
  EXPECT_EQ(drafts::spoken_clock(de, at("01:00")), "ein Uhr");
  EXPECT_EQ(drafts::spoken_clock(de, at("07:10")), "sieben Uhr zehn");
  EXPECT_EQ(drafts::spoken_clock(en, at("19:05")), "seven oh five in the evening");
  EXPECT_EQ(drafts::spoken_clock(en, at("12:00")), "twelve o'clock at midday");
  EXPECT_EQ(drafts::spoken_day(en, test::day("2026-11-23")),
            "Monday, the twenty-third of November");
}

TEST(Phone, HasNoFigure) {
  const Outage outage;
  const Draft draft = outage.draft(StatementKind::Phone);
  for (const std::string& text : {draft.de, draft.en}) {
    EXPECT_EQ(text.find_first_of("0123456789"), std::string::npos) << text;
  }
}

TEST(Holding, IsThereBeforeAnythingIsKnown) {
  Outage outage;
  outage.world.now = test::at("2026-11-20T07:10:00+01:00");
  const Draft draft = words::draft(StatementKind::Holding, outage.facts_without_incident());
  EXPECT_NE(draft.de.find("bekannt seit 07:10 Uhr"), std::string::npos) << draft.de;
  EXPECT_NE(draft.de.find("Wir prüfen"), std::string::npos);
  EXPECT_NE(draft.de.find("Nächste Information: Freitag, 20. November, 08:00 Uhr."),
            std::string::npos);
  EXPECT_EQ(draft.next_information, test::at("2026-11-20T08:00:00+01:00"));
  EXPECT_EQ(draft.based_on, 4711u);
}

void expect_simple(const Draft& draft) {
  EXPECT_EQ(not_simple(draft.de, true), std::vector<std::string>{}) << draft.de;
  EXPECT_EQ(not_simple(draft.en, false), std::vector<std::string>{}) << draft.en;
}

TEST(Simple, KeepsItsRulesInEveryState) {
  for (const Phase phase : {Phase::Affected, Phase::ServicesBack, Phase::Closed}) {
    for (const Readiness word :
         {Readiness::Normal, Readiness::Limited, Readiness::Closed, Readiness::Unknown}) {
      Outage outage;
      outage.record.decisions.clear();
      outage.incident.phase = phase;
      outage.world.set_all(test::verdict(word), "2026-11-23");
      expect_simple(outage.draft(StatementKind::Simple));
      outage.world.set("A2", "S1", test::closed_by_failure(), "2026-11-23");
      outage.world.set("A3", "S1", test::unknown(), "2026-11-23");
      expect_simple(outage.draft(StatementKind::Simple));
      expect_simple(draft(StatementKind::Simple, outage.facts_without_incident()));
    }
  }
}

TEST(Simple, TheLintSeesWhatIsNotSimple) {
  EXPECT_EQ(not_simple("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", true),
            std::vector<std::string>{});
  EXPECT_EQ(
      not_simple("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn", true)
          .size(),
      1u);
  EXPECT_EQ(not_simple("Das könnte gehen.", true).size(), 1u);
  EXPECT_EQ(not_simple("It might work.", false).size(), 1u);
  EXPECT_EQ(not_simple("Sind Sie da? Rufen Sie uns an? Ja", true).size(), 1u);
}

TEST(Drafts, SayInEveryExerciseThatItIsOne) {
  Outage outage;
  outage.exercise = true;
  for (const StatementKind kind : kAll) {
    const Draft draft = outage.draft(kind);
    if (kind == StatementKind::Cap) {
      EXPECT_NE(draft.de.find("<status>Exercise</status>"), std::string::npos);
    } else {
      EXPECT_TRUE(draft.title_de.starts_with("ÜBUNG")) << name_of(kind);
      EXPECT_TRUE(draft.en.starts_with("EXERCISE")) << name_of(kind);
    }
    EXPECT_NE(draft.de.find("ÜBUNG"), std::string::npos) << name_of(kind);
  }
}

TEST(Drafts, AlwaysSayAsOfAndNextInformation) {
  const Outage outage;
  for (const StatementKind kind : kAll) {
    const Draft draft = outage.draft(kind);
    if (kind == StatementKind::Phone || kind == StatementKind::Breach) continue;
    const bool simple = kind == StatementKind::Simple;
    EXPECT_NE(draft.de.find("Stand: Sonntag, 22. November 2026, 17:00 Uhr"), std::string::npos);
    EXPECT_NE(draft.de.find(simple ? "Die nächste Nachricht" : "Nächste Information"),
              std::string::npos)
        << draft.de;
    EXPECT_NE(draft.en.find("As of Sunday 22 November 2026, 17:00"), std::string::npos);
  }
}

TEST(Drafts, OfHostileFactsStayTextAndFit) {
  Outage outage;
  const std::string evil =
      "<script>alert(1)</script>{name}\x1b[2J\xE2\x80\xAE\xD7\x90" + std::string(10'000, 'x');
  outage.incident.title = {evil, evil};
  outage.incident.trigger = {evil, evil};
  outage.incident.fixes.front().title = {evil, ""};
  outage.incident.fixes.front().restores = {evil, evil};
  outage.incident.hypotheses.front().text = {evil, evil};
  outage.incident.tasks.front().title = evil;
  outage.world.district->administration.name = {evil, evil};
  outage.world.district->administration.phone = {evil, evil};
  for (Office& office : outage.world.district->offices) office.name = {evil, evil};
  for (const StatementKind kind : kAll) {
    const Draft draft = outage.draft(kind);
    for (const std::string& text : {draft.de, draft.en, draft.title_de, draft.title_en}) {
      EXPECT_LE(text.size(), kLongestText) << name_of(kind);
      EXPECT_TRUE(is_utf8(text)) << name_of(kind);
      EXPECT_EQ(text.find('\x1b'), std::string::npos) << name_of(kind);
      EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos) << name_of(kind);
      if (kind == StatementKind::Cap) EXPECT_EQ(draft.de.find("<script"), std::string::npos);
    }
    EXPECT_LE(draft.title_de.size(), kLongestTitle);
    EXPECT_LE(draft.title_en.size(), kLongestTitle);
  }
}

Statement handed_over(const Outage& outage, const std::string& id) {
  const Draft draft = outage.draft(StatementKind::Cap);
  Statement statement;
  statement.id = StatementId(id);
  statement.kind = StatementKind::Cap;
  statement.incident = outage.incident.id;
  statement.de = draft.de;
  statement.state = StatementState::Approved;
  return statement;
}

TEST(Cap, UpdateAndCancelNameWhatWasHandedOverBefore) {
  Outage outage;
  EXPECT_NE(outage.draft(StatementKind::Cap).de.find("<msgType>Alert</msgType>"),
            std::string::npos);
  outage.record.statements = {handed_over(outage, "statement-1")};
  outage.world.now += std::chrono::hours(1);
  const std::string update = outage.draft(StatementKind::Cap).de;
  EXPECT_NE(update.find("<msgType>Update</msgType>"), std::string::npos);
  EXPECT_NE(update.find("<references>status.beispiel.example,status.beispiel.example.incident-1."
                        "4711,2026-11-22T17:00:00+01:00</references>"),
            std::string::npos)
      << update;
  outage.incident.phase = Phase::Closed;
  EXPECT_NE(outage.draft(StatementKind::Cap).de.find("<msgType>Cancel</msgType>"),
            std::string::npos);
  outage.record.statements.front().state = StatementState::Draft;
  EXPECT_NE(outage.draft(StatementKind::Cap).de.find("<msgType>Alert</msgType>"), std::string::npos)
      << "a draft that nobody approved was not handed over";
}

TEST(Breach, KeepsTheClocksOfTheProfile) {
  Outage outage;
  const std::string usual = outage.draft(StatementKind::Breach).de;
  EXPECT_NE(usual.find("bis Montag, 23. November, 07:12 Uhr. Noch 14 Stunden 12 Minuten."),
            std::string::npos)
      << usual;
  EXPECT_EQ(usual.find("Frühe Erstmeldung"), std::string::npos);
  outage.world.district->administration.legal.nis2 = true;
  outage.incident.security = true;
  const std::string more = outage.draft(StatementKind::Breach).de;
  EXPECT_NE(more.find("Frühe Erstmeldung (24 Stunden): bis Samstag, 21. November, 07:12 Uhr. "
                      "Seit 1 Tag"),
            std::string::npos)
      << more;
  EXPECT_NE(more.find("freiwillige Meldung"), std::string::npos);
  EXPECT_NE(more.find("Ein Angriff wird vermutet"), std::string::npos);
  outage.world.district->administration.legal = {false, false, false, {}};
  EXPECT_EQ(outage.draft(StatementKind::Breach).de.find("72 Stunden"), std::string::npos);
}

TEST(Internal, NeverPromisesCertainty) {
  Outage outage;
  outage.forecast(1).places.front().slots.front() = {test::at("2026-11-23T08:00:00+01:00"), 0, 1};
  outage.renew();
  const std::string text = outage.draft(StatementKind::Internal).de;
  EXPECT_NE(text.find("mindestens eingeschränkt 99 %, normal 1 %"), std::string::npos) << text;
}

// What counters took in and nobody has entered yet, in the long text and in the press notice.
TEST(Backlog, IsToldWithItsAgeAndItsEnd) {
  Outage outage;
  for (const StatementKind kind : {StatementKind::Long, StatementKind::Press}) {
    EXPECT_EQ(outage.draft(kind).de.find("warten noch auf die Erfassung"), std::string::npos);
  }
  ServiceBacklog waiting{OfficeId("A1"),
                         ServiceId("V1"),
                         212,
                         test::at("2026-11-20T09:12:00+01:00"),
                         40,
                         test::at("2026-11-25T12:00:00+01:00")};
  outage.world.situation.backlog.services = {waiting};
  for (const StatementKind kind : {StatementKind::Long, StatementKind::Press}) {
    const Draft told = outage.draft(kind);
    EXPECT_NE(told.de.find("Wir bearbeiten neue und liegengebliebene Fälle nebeneinander. 212 "
                           "Fälle warten noch auf die Erfassung: "),
              std::string::npos)
        << told.de;
    EXPECT_NE(told.de.find("Der älteste stammt von Freitag, 20. November, 09:12"),
              std::string::npos)
        << told.de;
    EXPECT_NE(told.de.find("Beim jetzigen Tempo sind sie voraussichtlich gegen Mitte der Woche"),
              std::string::npos)
        << told.de;
    EXPECT_NE(told.en.find("We work on new and old cases side by side. 212 cases still wait"),
              std::string::npos)
        << told.en;
  }
  waiting.expected_end.reset();
  outage.world.situation.backlog.services = {waiting};
  EXPECT_NE(outage.draft(StatementKind::Long).en.find("cannot be said yet"), std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::words
