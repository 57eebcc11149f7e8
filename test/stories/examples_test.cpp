// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "base/file.h"
#include "story/player.h"
#include "words/draft/draft.h"

// The stories of examples/stories, played as 'dienstbereit story' plays them.
namespace dienstbereit::story {
namespace {

const std::filesystem::path kFolder = "examples/stories";

// A story on its stage.
struct Stage {
  explicit Stage(LoadedStory from) : loaded(std::move(from)) {
    House::Setup setup;
    setup.version = "test";
    setup.exercise = true;
    setup.shortest_interval = loaded.story->probes_every;
    setup.say_again = std::chrono::minutes(5);
    setup.publish = [this](const auto&) { player->look(); };
    house.emplace(journal, setup);
    player.emplace(*loaded.story, *house, [](const std::string&) {});
  }

  LoadedStory loaded;
  journal::MemoryJournal journal;
  std::optional<House> house;
  std::optional<Player> player;
};

// What was not as wanted, a paragraph each; empty if all was.
std::string played(const std::string& name, const std::string& text) {
  LoadedStory loaded = parse_story(name, text, kFolder);
  if (!loaded.story) return config::to_lines(loaded.diagnostics);
  Stage stage(std::move(loaded));
  const auto started = stage.player->start();
  if (!started) return started.error().message;
  stage.player->play();
  std::string failures;
  for (const Failure& one : stage.player->failures()) {
    failures += to_text(one, *stage.loaded.story) + "\n";
  }
  EXPECT_EQ(stage.player->wants_met() + stage.player->failures().size(),
            stage.loaded.story->wants.size());
  return failures;
}

std::string text_of(const std::string& name) {
  return read_file(kFolder / name, kLargestStory).value();
}

class ExampleStory : public ::testing::TestWithParam<const char*> {};

TEST_P(ExampleStory, IsSeenAsWanted) { EXPECT_EQ(played(GetParam(), text_of(GetParam())), ""); }

INSTANTIATE_TEST_SUITE_P(All, ExampleStory,
                         ::testing::Values("friday-to-wednesday.yaml",
                                           "cooling-over-christmas.yaml", "mail-alone.yaml"));

TEST(ExampleStories, NoneIsForgotten) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    count += entry.path().extension() == ".yaml" ? 1 : 0;
  }
  EXPECT_EQ(count, 3u) << "a new story wants its line above";
}

// docs/notices: what the press is told on the Sunday, from the record alone. WRITE_GOLDEN=1 writes
// it anew.
TEST(ExampleStories, TheNoticeOfSundayReadsAsItIsPrinted) {
  const std::string name = "friday-to-wednesday.yaml";
  LoadedStory loaded = parse_story(name, text_of(name), kFolder);
  ASSERT_TRUE(loaded.story) << config::to_lines(loaded.diagnostics);
  Stage stage(std::move(loaded));
  ASSERT_TRUE(stage.player->start());
  stage.player->play_until(parse_rfc3339("2026-11-22T18:00+01:00").value());
  const auto situation = stage.house->shared_situation();
  const Record& record = *situation->record;
  ASSERT_FALSE(record.incidents.empty());
  const words::Draft draft = words::draft(
      StatementKind::Press, {*situation->district, record, record.incidents.back().get(),
                             *situation, situation->as_of, situation->exercise, situation->seq});
  const auto printed = [](const std::string& title, const std::string& text) {
    return "# " + title + "\n\n" + text + "\n";
  };
  for (const auto& [file, text] :
       {std::pair("docs/notices/press.de.md", printed(draft.title_de, draft.de)),
        std::pair("docs/notices/press.en.md", printed(draft.title_en, draft.en))}) {
    if (std::getenv("WRITE_GOLDEN") != nullptr) {
      ASSERT_TRUE(write_file(file, text));
    }
    EXPECT_EQ(read_file(file, 1u << 20).value_or(""), text) << file;
  }
}

TEST(ExampleStories, ABrokenWantIsToldWithItsLine) {
  std::string text = text_of("mail-alone.yaml");
  const std::string wanted = "phase: services_back";
  const auto at = text.find(wanted);
  ASSERT_NE(at, std::string::npos);
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n');
  text.replace(at, wanted.size(), "phase: closed");
  const std::string failures = played("mail-alone.yaml", text);
  EXPECT_TRUE(failures.starts_with("mail-alone.yaml:" + std::to_string(line) + ": wanted from"))
      << failures;
  EXPECT_NE(failures.find("phase: services_back, level: disturbance"), std::string::npos)
      << failures;
}

}  // namespace
}  // namespace dienstbereit::story
