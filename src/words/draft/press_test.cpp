// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The press notice carries each fact of an outage because the record has it: taken out of the
// record, its sentence goes, in both languages.
#include <functional>

#include <gtest/gtest.h>

#include "words/draft/testing/outage.h"

namespace dienstbereit::words {
namespace {

using test::Outage;

struct Fact {
  const char* name;
  std::vector<std::string> de, en;  // all of these, in title or text
  std::function<void(Outage&)> take_out;
};

void forget_service(Outage& outage, const std::string& service) {
  std::erase_if(outage.forecast(0).places,
                [&](const PlaceForecast& place) { return place.service.str() == service; });
  outage.renew();
}

void make_all(Outage& outage, Readiness word) {
  for (PlaceForecast& place : outage.forecast(0).places) place.word = word;
  outage.renew();
}

std::vector<Fact> what_happened() {
  return {{"ServicesAreBackWhileRepairsGoOn",
           {"Die Dienste laufen wieder, Reparaturen folgen noch"},
           {"services are running again, repairs are still to come"},
           [](Outage& o) { o.incident.phase = Phase::Affected; }},
          {"PeopleWorkedAroundTheClock",
           {"Tag und Nacht ab, auch am Wochenende"},
           {"day and night, weekends included"},
           [](Outage& o) { o.incident.notes.clear(); }},
          {"ASurgeSetItOff",
           {"Auslöser war nach bisheriger Kenntnis: Überspannung im Stromnetz des Hauses."},
           {"it was set off by: a power surge in the building."},
           [](Outage& o) { o.incident.trigger = {}; }},
          {"PartsFailedThen",
           {"In der Folge fiel aus: Datenbank der Zulassung."},
           {"this failed: registration database."},
           [](Outage& o) { o.incident.faults.clear(); }},
          {"DataServicesWereLimitedOrGone",
           {"nur eingeschränkt oder überhaupt nicht nutzbar"},
           {"usable only in part or unavailable"},
           [](Outage& o) { make_all(o, Readiness::Limited); }},
          {"ItBeganOnFridayMorning",
           {"Ab Freitag, 20. November, 07:10 Uhr"},
           {"From Friday 20 November, 07:10"},
           [](Outage& o) { o.incident.since = test::at("2026-11-21T07:10:00+01:00"); }},
          {"AllOfficesAtAllSites",
           {"alle Ämter an allen 2 Standorten: Kreishaus und Nebenstelle Süd"},
           {"All offices at all 2 sites"},
           [](Outage& o) {
             o.forecast(0).places.erase(o.forecast(0).places.begin() + 1);
             o.renew();
           }},
          {"TheHomepageWasAway",
           {"Gestört war außerdem: Homepage"},
           {"Also disrupted at the time: Website"},
           [](Outage& o) { forget_service(o, "I1"); }},
          {"MailWasAway",
           {"Gestört war außerdem: Homepage und E-Mail."},
           {"Also disrupted at the time: Website and E-mail."},
           [](Outage& o) { forget_service(o, "I3"); }}};
}

std::vector<Fact> what_was_expected() {
  return {
      {"AtFirstMondayLookedImpossible",
       {"Die erste Prognose vom Freitag, 20. November, 14:00 Uhr, nannte einen geregelten "
        "Betrieb am Montag, dem 23. November, sehr unwahrscheinlich."},
       {"called regular service on Monday 23 November very unlikely"},
       [](Outage& o) {
         for (PlaceForecast& place : o.forecast(0).places) place.slots.clear();
         o.renew();
       }},
      {"LaterItLookedPossible",
       {"Die letzte Prognose vom Sonntag, 22. November, 16:00 Uhr, nennt ihn sehr wahrscheinlich."},
       {"calls it very likely"},
       [](Outage& o) { o.forget_forecasts(1, 2); }},
      {"ClosingMondayWasDecidedAndReversed",
       {"galt zunächst die Entscheidung vom Freitag, 20. November, 16:00 Uhr: alle Ämter "
        "geschlossen.",
        "am Sonntag, 22. November, 16:30 Uhr, zurückgenommen"},
       {"at first read: all offices closed", "reversed on Sunday 22 November, 16:30"},
       [](Outage& o) {
         std::erase_if(o.record.decisions,
                       [](const OpeningDecision& one) { return one.word == Readiness::Closed; });
       }}};
}

std::vector<Fact> how_it_goes_on() {
  return {
      {"TheItDepartmentWorksOnIt",
       {"arbeiten Mitarbeiterinnen und Mitarbeiter dieser Stellen: Amt für Informationstechnik."},
       {"Staff of these units are working on it: IT Department."},
       [](Outage& o) {
         o.incident.fixes.front().owner = "user:u-2";
         for (Task& task : o.incident.tasks) task.crew.clear();
       }},
      {"AnInterimFixRestoresNamedThings",
       {"Vorläufige Lösung: ein geliehenes Gerät.",
        "Damit funktioniert wieder: alle Datendienste, die Homepage und E-Mail."},
       {"An interim fix is in place: a loan device.", "It restores: all data services"},
       [](Outage& o) { o.incident.fixes.clear(); }},
      {"OnMondayAllOfficesOpenAndServe",
       {"Am Montag, dem 23. November, öffnen alle Ämter wie gewohnt und sind für alle "
        "Besucherinnen und Besucher da."},
       {"On Monday 23 November all offices open as usual and serve all visitors."},
       [](Outage& o) {
         o.leave_monday_open();
         o.record.decisions.clear();
       }},
      {"HomepageAndMailAreBackByAPassedProbe",
       {"Wieder verfügbar und geprüft: Homepage und E-Mail."},
       {"Available again, and tested: Website and E-mail."},
       [](Outage& o) {
         o.world.offer("A9@S1/I1").now = test::presumed_normal();
         o.world.offer("A9@S1/I3").now = test::presumed_normal();
       }},
      {"TheCauseIsSuspectedAndSearched",
       {"Als Ursache wird vermutet: Fehler in der Einspeisung. Bestätigt ist das noch nicht. Die "
        "Suche nach der Ursache geht weiter."},
       {"The search for the cause continues."},
       [](Outage& o) { o.incident.hypotheses.clear(); }},
      {"RepairsEndTowardsMidWeek",
       {"Alle Reparaturen sind voraussichtlich gegen Mitte der Woche abgeschlossen."},
       {"All repairs are expected to be completed towards mid-week."},
       [](Outage& o) { o.forget_forecasts(0, 2); }},
      {"RepairsHardlyDisturb",
       {"Der Dienst in den Ämtern wird dadurch voraussichtlich kaum gestört."},
       {"Hardly any disturbance of service"},
       [](Outage& o) { o.incident.tasks.back().disturbs = Disturbs::Unknown; }},
      {"NextInformation",
       {"Nächste Information: Montag, 23. November, 10:00 Uhr."},
       {"Next information: Monday 23 November, 10:00."},
       [](Outage& o) { o.incident.next_report.reset(); }},
  };
}

bool has(const std::string& text, const std::vector<std::string>& all) {
  for (const std::string& one : all) {
    if (text.find(one) == std::string::npos) return false;
  }
  return true;
}

void expect_told_from_the_record(const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) {
    Outage outage;
    const Draft whole = outage.draft(StatementKind::Press);
    const std::string de = whole.title_de + "\n" + whole.de;
    const std::string en = whole.title_en + "\n" + whole.en;
    EXPECT_TRUE(has(de, fact.de)) << fact.name << "\n" << de;
    EXPECT_TRUE(has(en, fact.en)) << fact.name << "\n" << en;
    fact.take_out(outage);
    const Draft less = outage.draft(StatementKind::Press);
    EXPECT_FALSE(has(less.title_de + "\n" + less.de, fact.de)) << fact.name << "\n" << less.de;
    EXPECT_FALSE(has(less.title_en + "\n" + less.en, fact.en)) << fact.name << "\n" << less.en;
  }
}

TEST(Press, TellsWhatHappenedOnlyAsLongAsItIsOnRecord) {
  expect_told_from_the_record(what_happened());
}
TEST(Press, TellsWhatWasExpectedOnlyAsLongAsItIsOnRecord) {
  expect_told_from_the_record(what_was_expected());
}
TEST(Press, TellsHowItGoesOnOnlyAsLongAsItIsOnRecord) {
  expect_told_from_the_record(how_it_goes_on());
}

TEST(Press, ExactBoundsBehindTheVaguePhraseAreForTheEditorOnly) {
  const Outage outage;
  const Draft draft = outage.draft(StatementKind::Press);
  ASSERT_EQ(draft.notes_de.size(), 2u);
  EXPECT_NE(draft.notes_de.back().find("Dienstag, 24. November, 12:00 Uhr"), std::string::npos);
  EXPECT_NE(draft.notes_de.front().find("keine zweite Leitung"), std::string::npos);
  EXPECT_EQ(draft.de.find("keine zweite Leitung"), std::string::npos) << "a risk is not published";
  EXPECT_EQ(draft.de.find("24. November"), std::string::npos);
}

TEST(Press, ACauseIsNeverSaidToBeSurerThanItIs) {
  Outage outage;
  outage.incident.hypotheses.front().state = CauseState::Confirmed;
  const std::string sure = outage.draft(StatementKind::Press).de;
  EXPECT_NE(sure.find("Die Ursache steht fest: Fehler in der Einspeisung."), std::string::npos);
  EXPECT_EQ(sure.find("vermutet"), std::string::npos);
  outage.incident.hypotheses.front().state = CauseState::Rejected;
  const std::string none = outage.draft(StatementKind::Press).de;
  EXPECT_EQ(none.find("Einspeisung"), std::string::npos);
  EXPECT_NE(none.find("Die Ursache ist noch nicht bekannt."), std::string::npos);
}

TEST(Press, SuspicionOfAnAttackWithholdsWhatHelpsAnAttacker) {
  Outage outage;
  outage.incident.security = true;
  for (const StatementKind kind :
       {StatementKind::Holding, StatementKind::Short, StatementKind::Long, StatementKind::Press,
        StatementKind::Poster, StatementKind::Phone, StatementKind::Simple, StatementKind::Cap}) {
    const Draft draft = outage.draft(kind);
    for (const std::string& text : {draft.title_de + draft.de, draft.title_en + draft.en}) {
      for (const char* told : {"Überspannung", "surge", "Einspeisung", "feeder", "geliehenes",
                               "loan device", "Datenbank der", "registration database"}) {
        EXPECT_EQ(text.find(told), std::string::npos) << text;
      }
    }
  }
  const Draft press = outage.draft(StatementKind::Press);
  EXPECT_NE(press.de.find("Ob ein Angriff dahintersteckt"), std::string::npos);
  const Draft internal = outage.draft(StatementKind::Internal);
  EXPECT_NE(internal.de.find("Spuren werden gesichert"), std::string::npos);
  EXPECT_NE(internal.de.find("Einspeisung"), std::string::npos) << "the house knows";
}

TEST(Press, AnInterimFixThatCarriesAPartSaysThatServiceIsLimited) {
  Outage outage;
  EXPECT_EQ(outage.draft(StatementKind::Press).de.find("Teil der üblichen Last"),
            std::string::npos);
  outage.incident.fixes.front().capacity = 40;
  const Draft press = outage.draft(StatementKind::Press);
  EXPECT_NE(press.de.find("Das trägt nur einen Teil der üblichen Last. Bis zur endgültigen "
                          "Reparatur läuft der Betrieb deshalb eingeschränkt."),
            std::string::npos);
  EXPECT_NE(press.en.find("Until the permanent repair, service is therefore limited."),
            std::string::npos);
  EXPECT_EQ(press.de.find("40 %"), std::string::npos) << "how much is for the house";
  EXPECT_NE(outage.draft(StatementKind::Internal).de.find("Trägt 40 % der üblichen Last."),
            std::string::npos);
}

TEST(Press, AccountsOfPeopleAreNotNamed) {
  Outage outage;
  outage.incident.fixes.front().owner = "user:u-77";
  for (Task& task : outage.incident.tasks) {
    task.crew.clear();
    task.assignee = "cli:uid=1000";
  }
  const Draft draft = outage.draft(StatementKind::Press);
  EXPECT_EQ(draft.de.find("u-77"), std::string::npos);
  EXPECT_EQ(draft.de.find("uid"), std::string::npos);
  EXPECT_EQ(draft.de.find("dieser Stellen"), std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::words
