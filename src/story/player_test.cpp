// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/player.h"

#include <optional>

#include <gtest/gtest.h>

#include "story/district_test.h"

namespace dienstbereit::story {
namespace {

const std::string kHead = R"yaml(
district: kreis.yaml
start: 2026-11-20T06:30+01:00
probes_every: 1 min
tell: [{id: lead, wants: [incidents, places]}]
timeline:
)yaml";

// A story that has been played, with all that came of it.
class Played {
 public:
  explicit Played(const std::string& timeline, const std::string& head = kHead)
      : loaded_(parse_story("story.yaml", head + timeline, district_folder())),
        house_(journal_, setup()) {
    EXPECT_TRUE(loaded_.story) << config::to_lines(loaded_.diagnostics);
    if (!loaded_.story) return;
    player_.emplace(*loaded_.story, house_, [this](const std::string& line) { told_ += line; });
    const auto started = player_->start();
    EXPECT_TRUE(started) << (started ? "" : started.error().message);
    player_->play();
  }

  std::string failures() const {
    std::string text;
    for (const Failure& one : player_->failures()) text += to_text(one, *loaded_.story) + "\n";
    return text;
  }
  std::size_t met() const { return player_->wants_met(); }
  const House& house() const { return house_; }
  const std::string& told() const { return told_; }
  std::string journal() const {
    std::string text;
    EXPECT_TRUE(journal_.read(1, [&](const journal::Record& record) {
      text += record.type + " " + record.payload + "\n";
      return true;
    }));
    return text;
  }

 private:
  House::Setup setup() {
    House::Setup setup;
    setup.version = "test";
    setup.exercise = true;
    setup.shortest_interval = std::chrono::minutes(1);
    setup.say_again = std::chrono::minutes(5);
    setup.publish = [this](const auto&) { player_->look(); };
    return setup;
  }

  LoadedStory loaded_;
  journal::MemoryJournal journal_;
  House house_;
  std::optional<Player> player_;
  std::string told_;
};

// Down from 09:00 to 11:00, with a word and a decision of people.
const std::string kMorning = R"yaml(
  - {at: Fr 09:00, push: {fails: DB}, note: Die Datenbank steht}
  - {at: Fr 11:00, push: {works: DB}}
)yaml";

TEST(Player, WhatIsSeenFollowsFromWhatComesIn) {
  const Played played(kMorning + R"yaml(
  - between: [Fr 09:00, Fr 09:05]
    want:
      - headline: {de: geschlossen, en: closed}
      - place: {id: AMT@HAUS, word: closed}
      - place: {id: AMT@HAUS, day: Fr, word: closed}
      - service: {id: AMT@HAUS/PASS, word: closed}
      - incident: {phase: affected, level: disturbance, de: Datenbank}
      - message: {to: lead, kind: alarm, de: ÜBUNG, en: EXERCISE}
  - throughout: [Fr 09:05, Fr 10:59]
    want: {incident: {id: incident-1, phase: affected}}
  - between: [Fr 11:00, Fr 11:05]
    want: [{place: {id: AMT@HAUS, word: normal}}, {incident: {phase: services_back}}]
  - at: Fr 12:00
    want: {message: {kind: clear}}
)yaml");
  EXPECT_EQ(played.failures(), "");
  EXPECT_EQ(played.met(), 10u);
  EXPECT_NE(played.told().find("Die Datenbank steht"), std::string::npos);
}

TEST(Player, TheExampleOfTheFormatIsAsItSays) {
  const std::string page = read_file("docs/formats/story.md", kLargestStory).value();
  const std::string fence = "```yaml\n";
  const auto from = page.find(fence) + fence.size();
  const Played played(page.substr(from, page.find("```", from) - from), "");
  EXPECT_EQ(played.failures(), "");
  EXPECT_EQ(played.met(), 5u);
}

TEST(Player, AFailureSaysWhereWhatAndWhenItLastHeld) {
  const Played played(kMorning + R"yaml(
  - at: Fr 12:00
    want: {place: {id: AMT@HAUS, word: closed}}
)yaml");
  EXPECT_EQ(played.met(), 0u);
  EXPECT_EQ(played.failures(),
            "story.yaml:12: wanted at Fr 2026-11-20 12:00:00: place AMT@HAUS, word is 'closed'\n"
            "  seen: word: normal\n"
            "  last so: Fr 2026-11-20 11:00:00\n");
}

TEST(Player, BetweenIsTooLateTooEarlyOrNotForLong) {
  const auto failures = [](const char* window) {
    return Played(kMorning + "  - between: " + window +
                  "\n    want: {place: {id: AMT@HAUS, word: closed}}\n")
        .failures();
  };
  EXPECT_EQ(failures("[Fr 08:59, Fr 09:05]"), "");
  EXPECT_NE(failures("[Fr 08:00, Fr 08:59]").find("last so: never"), std::string::npos);
  EXPECT_NE(failures("[Fr 09:30, Fr 10:00]").find("it was so before already"), std::string::npos);
  EXPECT_NE(failures("[Fr 08:59, Fr 11:30]").find("last so: Fr 2026-11-20 11:00"),
            std::string::npos);
}

TEST(Player, ThroughoutBreaksOnTheFirstMomentThatIsOtherwise) {
  const Played played(kMorning + R"yaml(
  - throughout: [Fr 08:30, Fr 11:30]
    want: {place: {id: AMT@HAUS, word: normal}}
)yaml");
  EXPECT_NE(played.failures().find("seen: at Fr 2026-11-20 09:00"), std::string::npos)
      << played.failures();
}

TEST(Player, WhatIsRefusedFailsUnlessItMustBe) {
  const std::string rule = "record: {type: fault_changed, incident: incident-1, node: DB}";
  const auto played = [&](const std::string& more) {
    return Played("  - {at: Fr 09:00, push: {" + rule + more + "}}\n").failures();
  };
  EXPECT_NE(played("").find("it was refused: "), std::string::npos);
  EXPECT_EQ(played(", refused: true"), "");
  const std::string failures =
      Played("  - {at: Fr 09:00, push: {word: {scope: ALL, said: closed, until: Fr 12:00}, "
             "refused: true}}\n")
          .failures();
  EXPECT_NE(failures.find("it was taken"), std::string::npos);
}

TEST(Player, TheRecordIsWrittenAndReadAsByPeople) {
  const Played played(R"yaml(
  - {at: Fr 09:00, push: {fails: DB}}
  - at: Fr 09:30
    by: lead
    push:
      - record:
          - {type: task_set, incident: incident-1, title: Neu aufsetzen, repairs: [DB],
             effort: {best: 4 d, likely: 5 d, worst: 8 d}}
          - {type: hypothesis_set, incident: incident-1, text: {de: Platte, en: disk}, nodes: [DB]}
      - forecast: {incident: incident-1, reason: erste Schätzung}
      - record: {type: opening_decided, office: AMT, site: HAUS, day: Mo, word: closed, reason: x}
  - at: Sa 12:00
    by: lead
    push:
      - record:
          - {type: fix_set, incident: incident-1, title: {de: Leihgerät}, for_faults: [DB],
             restores: {de: alles}, risk: {de: keine Reserve}, owner: IT, expires: Mo+1 08:00}
          - {type: task_set, incident: incident-1, title: Leihgerät, repairs: [DB], fix: new,
             order: -1, effort: {best: 1 h, likely: 2 h, worst: 4 h}}
      - forecast: {incident: incident-1, reason: Leihgerät da}
      - record: {type: opening_decided, office: AMT, site: HAUS, day: Mo, word: normal, reason: y}
  - at: Sa 12:01
    want:
      - task: {id: task-1, state: planned, title: Neu}
      - cause: {state: suspected, de: Platte}
      - fix: {id: fix-1, state: planned}
      - forecast: {number: 1, place: AMT@HAUS, day: Mo, word: closed}
      - forecast: {number: 2, place: AMT@HAUS, day: Mo, word: normal}
      - forecast: {number: 3, place: AMT@HAUS, day: Mo, none: true}
      - proposal: {place: AMT@HAUS, day: Mo, word: normal}
      - decision: {place: AMT@HAUS, day: Mo, word: closed, in_force: false, reason: x}
      - decision: {place: AMT@HAUS, day: Mo, word: normal, in_force: true, late: false}
      - statement: {none: true}
)yaml");
  EXPECT_EQ(played.failures(), "");
  EXPECT_EQ(played.met(), 10u);
  EXPECT_NE(played.journal().find("observer_started {\"version\":\"test\""), std::string::npos);
}

TEST(Player, AWordIsTakenBackByWhatItIsAbout) {
  const Played played(R"yaml(
  - {at: Fr 09:00, push: {word: {scope: AMT, said: closed, until: Fr 15:00}}}
  - {at: Fr 09:01, want: {place: {id: AMT@HAUS, word: closed}}}
  - {at: Fr 10:00, push: {withdraw: {scope: AMT, reason: Irrtum}}}
  - {at: Fr 10:01, want: {place: {id: AMT@HAUS, word: normal}}}
  - {at: Fr 11:00, push: {withdraw: {scope: AMT, reason: noch einmal}, refused: true}}
)yaml");
  EXPECT_EQ(played.failures(), "");
}

TEST(Player, EverythingIsMarkedAsAnExercise) {
  const Played played(kMorning);
  EXPECT_TRUE(played.house().situation().exercise);
  EXPECT_NE(played.journal().find("\"exercise\":true"), std::string::npos);
  ASSERT_FALSE(played.house().captured().empty());
  EXPECT_TRUE(played.house().captured().front().message.exercise);
}

TEST(Player, TheSameStoryGivesTheSameJournal) {
  EXPECT_EQ(Played(kMorning).journal(), Played(kMorning).journal());
}

TEST(House, ARealJournalTakesNoExerciseAndTheReverse) {
  const auto district = config::load_path(district_folder() / "kreis.yaml").district;
  ASSERT_TRUE(district);
  const Instant now = parse_rfc3339("2026-11-20T06:30+01:00").value();
  for (const bool exercise : {true, false}) {
    journal::MemoryJournal journal;
    House::Setup setup;
    setup.exercise = exercise;
    House first(journal, setup);
    ASSERT_TRUE(first.start(district, now, now, false));
    EXPECT_EQ(first.situation().exercise, exercise);
    House again(journal, setup);
    EXPECT_TRUE(again.start(district, now + std::chrono::hours(1), now, false));
    setup.exercise = !exercise;
    House other(journal, setup);
    const auto refused = other.start(district, now + std::chrono::hours(2), now, false);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("data directory"), std::string::npos);
  }
}

}  // namespace
}  // namespace dienstbereit::story
