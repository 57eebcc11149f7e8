// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/suspects.h"

#include <gtest/gtest.h>

namespace dienstbereit::words {
namespace {

Component component(const char* id, const char* de, const char* en) {
  Component made;
  made.id = NodeId(id);
  made.name = {de, en};
  return made;
}

District district() {
  District made;
  made.components = {
      component("PSU", "Netzteil", "power supply"), component("DB", "Datenbank", "database"),
      component("MAIL", "Mailserver", "mail server"), component("WEB", "Webserver", "web server")};
  return made;
}

std::string sentences(Language language, const Suspect& suspect, std::size_t to_explain) {
  const District of = district();
  return suspect_sentence(Voice(language, of, Instant()), suspect, to_explain);
}

}  // namespace

TEST(Suspects, ASentenceSaysWhatIsExplainedAndWhatSpeaksAgainstIt) {
  const Suspect psu{{NodeId("PSU")}, 7, 1, {NodeId("MAIL")}, {}};
  EXPECT_EQ(sentences(Language::De, psu, 7),
            "Netzteil: erklärt 7 von 7 gestörten Komponenten; dagegen spricht: Mailserver ist "
            "nicht ausgefallen.");
  EXPECT_EQ(sentences(Language::En, psu, 7),
            "power supply: explains 7 of 7 failed components; against it: mail server is not "
            "down.");
}

TEST(Suspects, NothingAgainstItIsNotMentioned) {
  const Suspect psu{{NodeId("PSU")}, 1, 0, {}, {}};
  EXPECT_EQ(sentences(Language::De, psu, 1), "Netzteil: erklärt 1 von 1 gestörter Komponente.");
  EXPECT_EQ(sentences(Language::En, psu, 1), "power supply: explains 1 of 1 failed component.");
}

TEST(Suspects, SeveralFaultsAreSupposedTogetherAndWhatIsLeftOpenIsNamed) {
  const Suspect both{
      {NodeId("PSU"), NodeId("DB")}, 2, 11, {NodeId("MAIL")}, {NodeId("WEB"), NodeId("GONE")}};
  EXPECT_EQ(sentences(Language::De, both, 4),
            "Netzteil und Datenbank zugleich: erklärt 2 von 4 gestörten Komponenten; offen bleibt: "
            "Webserver und GONE; dagegen spricht: Mailserver und 10 weitere sind nicht "
            "ausgefallen.");
  EXPECT_EQ(sentences(Language::En, both, 4),
            "power supply and database together: explains 2 of 4 failed components; left "
            "unexplained: web server and GONE; against it: mail server and 10 more are not down.");
}

TEST(Suspects, OfManyTogetherTheFirstAreNamed) {
  Suspect many;
  for (int i = 1; i <= 11; ++i) many.nodes.emplace_back("N" + std::to_string(i));
  many.explains = 20;
  EXPECT_EQ(sentences(Language::En, many, 20),
            "N1, N2, N3, N4, N5, N6, N7, N8 and 3 more together: explains 20 of 20 failed "
            "components.");
}

TEST(Suspects, WhatDamagedSeveralThingsAtOnceIsSaidBySort) {
  const District of = district();
  const Instant now = parse_rfc3339("2026-11-23T08:00:00+01:00").value();
  Incident incident;
  Note change;
  change.id = NoteId("note-7");
  change.kind = NoteKind::Change;
  change.nodes = {NodeId("WEB"), NodeId("MAIL")};
  change.changed_at = parse_rfc3339("2026-11-20T14:05:00+01:00").value();
  incident.notes = {change};
  incident.weighed = Weighing{};
  incident.weighed->common = {{CommonSort::Surge, NodeId("PSU"), NoteId(), 40},
                              {CommonSort::Room, NodeId("PSU"), NoteId(), 25},
                              {CommonSort::Rack, NodeId("PSU"), NoteId(), 15},
                              {CommonSort::Change, NodeId(), NoteId("note-7"), 10},
                              {CommonSort::Change, NodeId(), NoteId("note-8"), 5}};
  EXPECT_EQ(weighing_sentences(Voice(Language::De, of, now), incident),
            (std::vector<std::string>{
                "Überspannung über Netzteil (etwa 40 %).",
                "Netzteil: Hitze, Wasser oder Feuer im Raum (etwa 25 %).",
                "Netzteil: Hitze, Strom oder Wasser im Schrank (etwa 15 %).",
                "Änderung an Webserver und Mailserver vom Fr., 20.11., 14:05 Uhr (etwa 10 %).",
                "Änderung, die note-8 nennt (etwa 5 %)."}));
  EXPECT_EQ(weighing_sentences(Voice(Language::En, of, now), incident),
            (std::vector<std::string>{
                "A surge through power supply (about 40 %).",
                "power supply: heat, water or fire in the room (about 25 %).",
                "power supply: heat, power or water in the rack (about 15 %).",
                "A change to web server and mail server on Fri 20 Nov, 14:05 (about 10 %).",
                "A change that note-8 names (about 5 %)."}));
}

TEST(Suspects, AnIncidentHasItsSentencesInOrder) {
  const District of = district();
  Incident incident;
  incident.to_explain = {NodeId("DB"), NodeId("WEB")};
  incident.suspects = {{{NodeId("PSU")}, 2, 0, {}, {}}, {{NodeId("MAIL")}, 2, 0, {}, {}}};
  const auto all = suspect_sentences(Voice(Language::De, of, Instant()), incident);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].starts_with("Netzteil:"));
  EXPECT_TRUE(all[1].starts_with("Mailserver:"));
}

TEST(Suspects, WhatDevicesHaveKeptStandsBehindTheLikeliestSurge) {
  const District of = district();
  Incident incident;
  incident.weighed = Weighing{{{CommonSort::Surge, NodeId("PSU"), NoteId(), 60},
                               {CommonSort::Surge, NodeId("MAIL"), NoteId(), 5}},
                              {},
                              {},
                              {},
                              {{{NodeId("PSU"), TraceKind::OverVoltage},
                                {NodeId("DB"), TraceKind::Restarted},
                                {NodeId("WEB"), TraceKind::Restarted},
                                {NodeId("WEB"), TraceKind::ClockJumped}}}};
  EXPECT_EQ(weighing_sentences(Voice(Language::De, of, Instant()), incident),
            (std::vector<std::string>{
                "Überspannung über Netzteil (etwa 60 %).",
                "Für diese Überspannung spricht, was Geräte behalten haben: zu hohe Spannung am "
                "Eingang von Netzteil; Neustart von Datenbank und Webserver; Zeitsprung in der Uhr "
                "von Webserver. Es kann auch andere Gründe haben.",
                "Überspannung über Mailserver (etwa 5 %)."}));
  EXPECT_EQ(weighing_sentences(Voice(Language::En, of, Instant()), incident)[1],
            "What devices have kept speaks for this surge: too high a voltage at the input of "
            "power supply; restart of database and web server; jump in the clock of web server. "
            "It may have other reasons too.");
}

TEST(Suspects, WithoutTracesNothingIsSaidOfThem) {
  const District of = district();
  Incident incident;
  incident.weighed = Weighing{};
  incident.weighed->common = {{CommonSort::Surge, NodeId("PSU"), NoteId(), 60}};
  EXPECT_EQ(weighing_sentences(Voice(Language::En, of, Instant()), incident).size(), 1U);
}

}  // namespace dienstbereit::words
