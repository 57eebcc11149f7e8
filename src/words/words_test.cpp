// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "view/testing/world.h"
#include "words/mail.h"

namespace dienstbereit::words {
namespace {

using test::World;

struct Spoken {
  World world;
  Voice de{Language::De, *world.district, world.now};
  Voice en{Language::En, *world.district, world.now};
};

TEST(Names, CitizensReadThePublicName) {
  const Spoken spoken;
  EXPECT_EQ(node_name(spoken.de, NodeId("DB")), "Datenbank der Zulassung");
  EXPECT_EQ(node_name(spoken.en, NodeId("L2")), "line to the southern branch");
  EXPECT_EQ(node_name(spoken.de, NodeId("A1@S2/V1")),
            "Fahrzeug zulassen – Straßenverkehrsamt (Nebenstelle Süd)");
  EXPECT_EQ(node_name(spoken.de, NodeId("A2@S1")), "Gesundheitsamt");
  EXPECT_EQ(node_name(spoken.de, NodeId("lan")), "Hausnetz");
  EXPECT_EQ(node_name(spoken.de, NodeId("NOBODY")), "NOBODY");
  EXPECT_EQ(scope_name(spoken.en, Scope{}), "the whole administration");
}

TEST(Say, MarksGermanWhereThereIsNoEnglish) {
  const Phrase phrase = say({"Nebenstelle", ""}, Language::En);
  EXPECT_EQ(phrase.text, "Nebenstelle");
  EXPECT_EQ(phrase.language, Language::De);
}

TEST(Verdicts, MarkGermanLimitTextsOnEnglishPages) {
  const Spoken spoken;
  const Phrases said = verdict_sentence(spoken.en, test::limited({"nur bar", ""}));
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].language, Language::En);
  EXPECT_EQ(said[1].language, Language::De);
  EXPECT_EQ(plain(said), "Limited: nur bar.");
}

TEST(HeldMail, SaysHowMuchWaitsAndSinceWhen) {
  const Spoken spoken;
  view::HeldMail held{4711, spoken.world.now - std::chrono::hours(1), false};
  EXPECT_EQ(
      held_mail_sentence(spoken.de, held),
      "E-Mails an uns gehen nicht verloren: 4711 Nachrichten warten außerhalb unseres Hauses, "
      "die älteste seit heute, 08:30 Uhr. Wir erhalten sie, sobald unser E-Mail-Dienst wieder "
      "arbeitet; in dringenden Fällen rufen Sie bitte an.");
  held.waiting = 1;
  held.returning = true;
  EXPECT_EQ(held_mail_sentence(spoken.de, held),
            "Unser E-Mail-Dienst arbeitet wieder; 1 Nachricht wird noch nachgeliefert, sie wartet "
            "seit heute, 08:30 Uhr.");
  EXPECT_EQ(mail_sum(Language::En, 5000, 4999, 1), "5000 accepted, 4999 delivered, 1 lost.");
}

TEST(Verdicts, TextOfPeopleIsNeverATemplate) {
  const Spoken spoken;
  EXPECT_EQ(plain(verdict_sentence(spoken.de, test::limited({"{word} {n}", ""}))),
            "Eingeschränkt: {word} {n}.");
}

TEST(Reasons, EveryKindHasASentenceInBothLanguagesWithoutHoles) {
  const Spoken spoken;
  for (int raw = 0; raw <= static_cast<int>(ReasonKind::OpeningDecided); ++raw) {
    for (const Interval state : {kOperational, kDegraded, kDown, kUnknown}) {
      ReasonStep step = test::step(static_cast<ReasonKind>(raw), "A1@S2/V1", "DB");
      step.state = state;
      step.since = spoken.world.now;
      for (const bool bare : {false, true}) {
        if (bare) step = test::step(step.kind, "", "");
        for (const Voice& voice : {spoken.de, spoken.en}) {
          const std::string text = reason(voice, step);
          EXPECT_EQ(text.find('{'), std::string::npos) << text;
          EXPECT_EQ(text.back(), '.') << text;
        }
      }
    }
  }
}

TEST(Reasons, ABufferIsToldByWhatItHoldsUp) {
  const Spoken spoken;
  ReasonStep step = test::step(ReasonKind::BufferUntil, "A1@S1/V1", "DB");
  step.until = test::at("2026-11-23T11:01:00Z");
  const auto said = [&](Interval state, const Voice& voice) {
    step.state = state;
    return reason(voice, step);
  };
  EXPECT_EQ(
      said(kDown, spoken.de),
      "„Datenbank der Zulassung“ ist ausgefallen, wird aber überbrückt bis heute, 12:01 Uhr.");
  EXPECT_EQ(said(kDegraded, spoken.de),
            "„Datenbank der Zulassung“ arbeitet nur eingeschränkt; das wird aber überbrückt bis "
            "heute, 12:01 Uhr.");
  EXPECT_EQ(
      said(kUnknown, spoken.de),
      "Der Zustand von „Datenbank der Zulassung“ ist unbekannt; ein Ausfall würde überbrückt bis "
      "heute, 12:01 Uhr.");
  EXPECT_EQ(said(kDegraded, spoken.en),
            "“registration database” works only to a limited extent, but this is bridged until "
            "today, 12:01.");
  step = test::step(ReasonKind::BufferEmpty, "A1@S1/V1", "DB");
  EXPECT_EQ(said(kDown, spoken.en), "“registration database” has failed and is no longer bridged.");
  EXPECT_EQ(said(kDegraded, spoken.de),
            "„Datenbank der Zulassung“ arbeitet nur eingeschränkt, und das wird nicht mehr "
            "überbrückt.");
}

TEST(Reasons, ACertificateThatEndsSoonIsNotSlow) {
  const Spoken spoken;
  ReasonStep step = test::step(ReasonKind::CertificateEnds, "DB");
  step.since = spoken.world.now;
  EXPECT_EQ(reason(spoken.de, step), "Das Zertifikat von „Datenbank der Zulassung“ läuft bald ab.");
  EXPECT_EQ(reason(spoken.en, step), "The certificate of “registration database” ends soon.");
}

TEST(Reasons, TheTechnicalFormHasTheTextOfAWordInTheLanguageAskedFor) {
  const Spoken spoken;
  ReasonStep step = test::step(ReasonKind::WordInForce, "A1@S1");
  step.detail = "Nur Barzahlung.";
  step.detail_en = "Cash only.";
  EXPECT_TRUE(technical_reason(spoken.de, step).ends_with("] Nur Barzahlung."));
  EXPECT_TRUE(technical_reason(spoken.en, step).ends_with("] Cash only."));
}

TEST(RollUps, SpeakOfTheSitesOfAnOfficeOrTheOfficesAtASite) {
  const Spoken spoken;
  view::RollUp all;
  all.day = spoken.de.today();
  all.form = view::RollUpForm::All;
  all.main = view::Tally::Limited;
  all.of = all.limited = 2;
  all.single_places = false;
  const auto said = [&](view::Among among, const Voice& voice) {
    all.among = among;
    return roll_up_sentence(voice, all);
  };
  using view::Among;
  EXPECT_EQ(said(Among::Administration, spoken.de),
            "Heute sind alle Ämter nur eingeschränkt für Sie da.");
  EXPECT_EQ(said(Among::Office, spoken.de),
            "Heute sind alle Standorte dieses Amtes nur eingeschränkt für Sie da.");
  EXPECT_EQ(said(Among::Site, spoken.de),
            "Heute sind alle Ämter an diesem Standort nur eingeschränkt für Sie da.");
  EXPECT_EQ(said(Among::Office, spoken.en),
            "Today all sites of this office offer a limited service only.");
  EXPECT_EQ(said(Among::Site, spoken.en),
            "Today all offices at this site offer a limited service only.");
  all.over = 1;
  EXPECT_EQ(said(Among::Site, spoken.en),
            "Today all offices at this site with opening hours left offer a limited service only.");
  all.over = 0;
  all.counter = false;
  EXPECT_EQ(said(Among::Office, spoken.de),
            "Derzeit sind alle Standorte dieses Amtes mit durchgehendem Dienst nur eingeschränkt "
            "verfügbar.");
  all.counter = true;
  all.form = view::RollUpForm::Counts;
  all.of = 3;
  all.normal = 1;
  EXPECT_EQ(said(Among::Office, spoken.de),
            "Heute sind 2 von 3 Standorten eingeschränkt; normal geöffnet: 1.");
  EXPECT_EQ(said(Among::Site, spoken.en),
            "Today 2 of 3 offices offer a limited service only; open as normal: 1.");
}

TEST(Reasons, TheTechnicalFormAddsIdsStatesAndTheProbesSentence) {
  const Spoken spoken;
  ReasonStep step = test::step(ReasonKind::ProbeFailed, "DB");
  step.state = kDown;
  step.detail = "connection refused";
  EXPECT_EQ(technical_reason(spoken.en, step),
            "“registration database” does not answer its check, or not correctly. "
            "[probe_failed DB down] connection refused");
}

TEST(Reasons, NoSentenceTellsATimeInUtc) {
  const Spoken spoken;
  ReasonStep step = test::step(ReasonKind::BufferUntil, "A1@S1/V1", "DB");
  step.since = test::at("2026-11-23T06:10:00Z");
  step.until = test::at("2026-11-23T06:40:00Z");
  for (const Voice& voice : {spoken.de, spoken.en}) {
    const std::string text = technical_reason(voice, step);
    EXPECT_EQ(text.find("06:"), std::string::npos) << text;
    EXPECT_NE(text.find("until=2026-11-23T07:40:00.000+01:00"), std::string::npos) << text;
  }
}

TEST(Answers, TellChangesDisagreementAndTheEndByNameAndInLocalTime) {
  Spoken spoken;
  ProbeSpec probe;
  probe.id = ProbeId("DB/sql");
  probe.node = NodeId("DB");
  spoken.world.district->probes = {probe};
  Answer answer;
  answer.changes = {{NodeId("A1@S2"), Readiness::Normal, Readiness::Closed},
                    {NodeId("A9@S1/I1"), Readiness::Normal, Readiness::Closed}};
  answer.disagreeing = {ProbeId("DB/sql")};
  answer.until = test::at("2026-11-23T23:00:00Z");
  EXPECT_EQ(answer_sentences(spoken.de, answer),
            (std::vector<std::string>{
                "Straßenverkehrsamt (Nebenstelle Süd): normal geöffnet -> geschlossen",
                "Homepage: verfügbar -> nicht verfügbar",
                "Achtung, eine Messung widerspricht: Datenbank der Zulassung, Messung „sql“.",
                "Gültig bis heute, 23:59 Uhr."}));
  answer.changes.clear();
  answer.disagreeing.clear();
  EXPECT_EQ(answer_sentences(spoken.en, answer),
            (std::vector<std::string>{"No place changes.", "Valid until today, 23:59."}));
}

TEST(Status, StrangersTextCannotMoveTheCursor) {
  World world;
  WordSituation word;
  word.id = WordId("9");
  word.said = Said::Limited;
  word.until = world.now + std::chrono::hours(1);
  word.role = "Amt";
  word.text = {"rot \x1b[31m\nzweite", ""};
  world.situation.words.push_back(word);
  const std::string text = status_text(view::overview(world.situation, world.now), Language::De);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\nzweite"), std::string::npos);
}

// What a headline may claim, whatever the places are.
RC_GTEST_PROP(Headline, SaysThatAllOpenAsPlannedOnlyIfNobodyIsPresumedOrUnknown, ()) {
  World world;
  bool every_one_known_normal = true;
  for (const auto& [office, site] :
       {std::pair{"A1", "S1"}, {"A1", "S2"}, {"A2", "S1"}, {"A3", "S1"}, {"A4", "S1"}}) {
    const int kind =
        *rc::gen::weightedOneOf<int>({{4, rc::gen::just(0)}, {1, rc::gen::inRange(0, 5)}});
    const Verdict verdicts[] = {test::normal(), test::presumed_normal(), test::unknown(),
                                test::limited({"langsam", "slow"}), test::closed_by_failure()};
    world.set(office, site, verdicts[kind]);
    every_one_known_normal = every_one_known_normal && kind == 0;
  }
  const view::Overview overview = view::overview(world.situation, world.now);
  RC_CLASSIFY(every_one_known_normal, "all normal");
  RC_ASSERT((headline(overview, Language::De) == "Heute öffnen alle Ämter wie geplant.") ==
            every_one_known_normal);
  RC_ASSERT((headline(overview, Language::En) == "Today all offices are open as planned.") ==
            every_one_known_normal);
}

}  // namespace
}  // namespace dienstbereit::words
