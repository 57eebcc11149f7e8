// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/story.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "story/district_test.h"

namespace dienstbereit::story {
namespace {

// A test's own class is called so too.
constexpr auto kLacks = Test::How::Lacks;

const std::string kHead = R"yaml(
district: kreis.yaml
start: 2026-11-20T06:30+01:00
timeline:
)yaml";

LoadedStory parsed(const std::string& timeline) {
  return parse_story("story.yaml", kHead + timeline, district_folder());
}

std::string problems(const std::string& timeline) {
  return config::to_lines(parsed(timeline).diagnostics);
}

Instant at(const char* text) { return parse_rfc3339(text).value(); }

TEST(Story, WhatComesInAndWhatIsWantedStandInOrder) {
  const LoadedStory loaded = parsed(R"yaml(
  - at: Fr 07:10
    by: lead
    note: Der Strom ist weg
    push:
      - fails: DB
        detail: no route to host
      - word: {scope: ALL, said: closed, text: Heute zu, until: Fr 12:00}
  - between: [Fr 07:10, Fr 07:15:30]
    want: {headline: {de: [geschlossen, Amt], en: {lacks: open}}}
)yaml");
  ASSERT_TRUE(loaded.story) << config::to_lines(loaded.diagnostics);
  const Story& story = *loaded.story;
  ASSERT_EQ(story.pushes.size(), 2u);
  EXPECT_EQ(story.pushes[0].at, at("2026-11-20T07:10+01:00"));
  EXPECT_EQ(story.pushes[0].note, "Der Strom ist weg");
  EXPECT_EQ(story.pushes[1].note, "") << "read out once";
  const auto& turn = std::get<ProbesTurn>(story.pushes[0].what);
  ASSERT_FALSE(turn.probes.empty()) << "a node stands for its probes";
  EXPECT_EQ(turn.detail, "no route to host");
  EXPECT_EQ(story.pushes[1].by.id, "story:lead");
  const auto& word = std::get<SetWord>(std::get<Command>(story.pushes[1].what));
  EXPECT_EQ(word.until, at("2026-11-20T12:00+01:00"));
  ASSERT_EQ(story.wants.size(), 1u);
  EXPECT_EQ(story.wants[0].to, at("2026-11-20T07:15:30+01:00"));
  ASSERT_EQ(story.wants[0].tests.size(), 3u);
  EXPECT_EQ(story.wants[0].tests[2].how, kLacks);
  EXPECT_EQ(story.end, at("2026-11-20T07:15:30+01:00"));
}

TEST(Story, AChangeOfTheRecordIsWrittenAsAPersonWritesIt) {
  const LoadedStory loaded = parsed(R"yaml(
  - at: Fr 08:00
    push:
      record:
        - {type: incident_opened, title: {de: Ausfall}, since: Fr 07:10}
        - {type: note_added, incident: new, text: "Fr 07:10"}
        - {type: opening_decided, office: AMT, site: HAUS, day: Mo, word: closed, late: false}
)yaml");
  ASSERT_TRUE(loaded.story) << config::to_lines(loaded.diagnostics);
  const auto& record =
      std::get<WriteRecord>(std::get<Command>(loaded.story->pushes.at(0).what)).changes;
  ASSERT_EQ(record.size(), 3u);
  EXPECT_EQ(std::get<IncidentOpened>(record[0]).since, at("2026-11-20T07:10+01:00"));
  EXPECT_EQ(std::get<NoteAdded>(record[1]).text, "Fr 07:10") << "in quotes it is a text";
  EXPECT_EQ(to_iso(std::get<OpeningDecided>(record[2]).day), "2026-11-23");
}

TEST(Story, AllProblemsAreToldAtOnceWithTheirPlace) {
  const std::string found = problems(R"yaml(
  - at: Fr 25:99
    push: {fails: NOWHERE}
  - at: Fr 08:00
    push: {fails: DB, works: DB}
  - at: Fr 08:00
    want: {headlin: {de: x}}
  - at: Fr 08:00
    want: {place: {id: AMT@NOWHERE, word: opened}}
  - at: Fr 08:00
    push: {record: {type: note_added, incident: incident-1, txet: x}}
  - at: Fr 07:00
    push: {works: DB}
  - between: [Fr 09:00, Fr 08:00]
    push: {works: DB}
  - between: Fr 09:00
    want: {incident: {id: incident-1, phase: over}}
  - at: Sa 05:00
    state: closed
)yaml");
  for (const char* problem :
       {"story.yaml:6:9: error: 'Fr 25:99' is no time", "story.yaml:7:19: error: 'NOWHERE' is no",
        "story.yaml:9:11: error: one thing comes in at a time",
        "story.yaml:11:12: error: unknown key 'headlin'; did you mean 'headline'?",
        "story.yaml:13:43: error: 'opened' is no word for 'word'",
        "story.yaml:13:19: error: 'AMT@NOWHERE' is no place", "txet",
        "this comes before what stands in line 15", "the second time is not later",
        "what comes in has one time", "two times are wanted here", "'over' is no word for 'phase'",
        "unknown key 'state'", "an entry has push: or want:, or both"}) {
    EXPECT_NE(found.find(problem), std::string::npos) << problem << "\nin\n" << found;
  }
}

TEST(Story, TheFileCannotSetAStateOfTheProgram) {
  for (const char* rule :
       {"fault_changed, incident: incident-1, node: DB", "forecast_made, incident: incident-1"}) {
    const LoadedStory loaded =
        parsed(fmt::format("  - at: Fr 08:00\n    push: {{record: {{type: {}}}}}\n", rule));
    // Readable, as the program itself writes it; who is no rule is refused when it comes in.
    EXPECT_TRUE(loaded.story) << config::to_lines(loaded.diagnostics);
  }
  EXPECT_NE(problems("  - at: Fr 08:00\n    push: {place: {id: AMT@HAUS, word: closed}}\n")
                .find("unknown key 'place'"),
            std::string::npos);
}

TEST(Story, BoundsHold) {
  std::string many;
  for (std::size_t i = 0; i <= kMostEntries; ++i) many += "  - {at: Fr 08:00, push: {works: DB}}\n";
  EXPECT_NE(problems(many).find("more than 2000 entries"), std::string::npos);
  EXPECT_NE(problems("  - {at: 2027-11-20T08:00+01:00, push: {works: DB}}\n").find("after it"),
            std::string::npos);
  EXPECT_NE(problems("  - {at: Fr 06:00, push: {works: DB}}\n").find("before the start"),
            std::string::npos);
  EXPECT_NE(problems(fmt::format("  - {{at: Fr 08:00, note: {}, push: {{works: DB}}}}\n",
                                 std::string(kLongestText + 1, 'x')))
                .find("longer than"),
            std::string::npos);
}

TEST(Story, WithoutDistrictOrStartItSaysSo) {
  const auto said = [](const std::string& text) {
    return config::to_lines(parse_story("story.yaml", text, district_folder()).diagnostics);
  };
  EXPECT_NE(said("timeline: []\n").find("the story has no 'district'"), std::string::npos);
  EXPECT_NE(said("timeline: []\n").find("the story has no 'start'"), std::string::npos);
  EXPECT_NE(
      said("district: none.yaml\nstart: 2026-11-20T06:30+01:00\ntimeline: []\n").find("none.yaml"),
      std::string::npos);
  EXPECT_NE(said("- 1\n").find("a story is a map"), std::string::npos);
  EXPECT_FALSE(load_story("examples/no-such-story.yaml").story);
}

}  // namespace
}  // namespace dienstbereit::story
