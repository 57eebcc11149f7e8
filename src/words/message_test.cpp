// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/message.h"

#include <set>

#include <gtest/gtest.h>

namespace dienstbereit::words {
namespace {

Instant at(const char* text) { return parse_rfc3339(text).value(); }

District district() {
  District made;
  made.administration.name = {"Kreisverwaltung Prüfkreis", "Test District"};
  made.administration.public_url = "https://stand.example/";
  Site site;
  site.id = SiteId("S1");
  site.name = {"Kreishaus", ""};
  made.sites.push_back(site);
  Office office;
  office.id = OfficeId("KFZ");
  office.name = {"Straßenverkehrsamt", "Road Traffic Office"};
  office.sites.push_back({SiteId("S1"), {}, {}, {}});
  made.offices.push_back(office);
  return made;
}

NoticeRaised notice(NoticeKind kind) {
  NoticeRaised made;
  made.kind = kind;
  made.bad = 1;
  NoticeItem item;
  item.subject = "KFZ@S1";
  item.to = Readiness::Closed;
  item.since = at("2026-11-23T06:10:00Z");
  made.items.push_back(item);
  return made;
}

MessageText said(Language language, const NoticeRaised& told, const std::string& code = "",
                 bool exercise = false) {
  const District of = district();
  const Voice voice(language, of, at("2026-11-23T06:15:00Z"));
  return message(voice, {told, MessageId("47.1"), code, exercise});
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(Message, AnAlarmSaysWhatWhereSinceWhenAndWhatToDo) {
  const auto de = said(Language::De, notice(NoticeKind::Alarm), "AAAA-BBBB");
  EXPECT_EQ(de.subject, "Störung: 1 Ort oder Dienst ist nicht wie gewohnt");
  EXPECT_TRUE(has(de.text,
                  "- Straßenverkehrsamt: geschlossen (zuvor: normal geöffnet), seit heute, "
                  "07:10 Uhr\n"))
      << de.text;
  EXPECT_TRUE(has(de.text, "Code AAAA-BBBB"));
  EXPECT_TRUE(has(de.text, "https://stand.example/"));
  EXPECT_TRUE(has(de.text, "Nachricht 47.1"));
  const auto en = said(Language::En, notice(NoticeKind::Alarm), "AAAA-BBBB");
  EXPECT_EQ(en.subject, "Disruption: 1 place or service is not as usual");
  EXPECT_TRUE(has(en.text, "- Road Traffic Office: closed (before: ")) << en.text;
  EXPECT_TRUE(has(de.brief, "Straßenverkehrsamt: geschlossen")) << de.brief;
  EXPECT_EQ(de.brief.find('\n'), std::string::npos);
}

TEST(Message, WithoutACodeNobodyIsAskedToAnswer) {
  EXPECT_FALSE(has(said(Language::De, notice(NoticeKind::Alarm)).text, "bestätigen"));
}

TEST(Message, AnExerciseIsMarkedEverywhere) {
  const auto text = said(Language::De, notice(NoticeKind::Alarm), "", true);
  EXPECT_TRUE(text.subject.starts_with("ÜBUNG – "));
  EXPECT_TRUE(text.text.starts_with("ÜBUNG – "));
  EXPECT_TRUE(text.brief.starts_with("ÜBUNG – "));
  EXPECT_TRUE(said(Language::En, notice(NoticeKind::Test), "", true).brief.starts_with("EXERCISE"));
}

TEST(Message, EveryKindHasItsSubject) {
  EXPECT_EQ(said(Language::De, notice(NoticeKind::Change)).subject,
            "Neuer Stand: Straßenverkehrsamt: geschlossen");
  NoticeRaised clear = notice(NoticeKind::Clear);
  clear.bad = 0;
  EXPECT_EQ(said(Language::De, clear).subject, "Entwarnung: alles wieder wie gewohnt");
  EXPECT_TRUE(has(said(Language::De, clear).text, "Derzeit ist kein Ort"));
  NoticeRaised question;
  question.kind = NoticeKind::Question;
  NoticeItem item;
  item.kind = NoticeItemKind::Word;
  item.subject = "9";
  for (const char* asked : {"ends_soon", "unrenewed", "doubted"}) {
    item.question = asked;
    question.items = {item};
    for (const Language language : {Language::De, Language::En}) {
      EXPECT_TRUE(has(said(language, question).text, "9")) << asked;
    }
  }
  NoticeRaised incident = notice(NoticeKind::Alarm);
  incident.bad = 0;
  incident.items[0].kind = NoticeItemKind::Incident;
  incident.items[0].subject = "incident-3";
  incident.items[0].text.de = "Ausfall der Leitung";
  EXPECT_EQ(said(Language::De, incident).subject, "Störung: Ausfall der Leitung");
  EXPECT_TRUE(has(said(Language::De, incident).text, "Vorfall incident-3: Ausfall der Leitung"));
}

TEST(Message, ARunThatWaitsSaysForWhatAndWhereToAnswer) {
  NoticeRaised run = notice(NoticeKind::Alarm);
  run.items[0].kind = NoticeItemKind::Run;
  run.items[0].subject = "run-7";
  run.items[0].question = "approval";
  run.items[0].text = {"Datenbank übernehmen", "Database take-over"};
  const auto de = said(Language::De, run, "AAAA-BBBB");
  EXPECT_EQ(de.subject, "Freigabe nötig: Datenbank übernehmen");
  EXPECT_TRUE(has(de.text, "(run-7) wartet auf die Freigabe durch eine zweite Person, seit heute"))
      << de.text;
  EXPECT_TRUE(has(de.text, "dienstbereit plan approve run-7"));
  EXPECT_TRUE(has(de.brief, "Freigabe nötig: Datenbank übernehmen; Code AAAA-BBBB; Lauf run-7"))
      << de.brief;
  EXPECT_EQ(said(Language::En, run).subject, "Approval needed: Database take-over");
  EXPECT_TRUE(said(Language::En, run, "", true).subject.starts_with("EXERCISE"));
}

TEST(Message, WhateverARunWaitsForHasItsWords) {
  NoticeRaised run = notice(NoticeKind::Alarm);
  run.items[0].kind = NoticeItemKind::Run;
  run.items[0].subject = "run-7";
  run.items[0].text.de = "Datenbank übernehmen";
  std::set<std::string> subjects;
  for (const char* question : {"approval", "by_hand", "unsure", "undo_by_hand", "half_way",
                               "failed", "goes_on", "done", "undone"}) {
    run.items[0].question = question;
    for (const Language language : {Language::De, Language::En}) {
      const auto text = said(language, run);
      EXPECT_TRUE(has(text.subject, "Datenbank übernehmen")) << question;
      EXPECT_TRUE(has(text.text, "(run-7)")) << question;
      subjects.insert(text.subject);
    }
  }
  EXPECT_EQ(subjects.size(), 18u);
}

TEST(Message, WhatWasLeftOutIsCounted) {
  NoticeRaised long_one = notice(NoticeKind::Change);
  long_one.more = 37;
  EXPECT_TRUE(has(said(Language::De, long_one).text, "- und 37 weitere Änderungen\n"));
  EXPECT_EQ(said(Language::De, long_one).subject, "Neuer Stand: 38 Änderungen");
}

}  // namespace dienstbereit::words
