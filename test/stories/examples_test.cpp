// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/file.h"
#include "story/player.h"

// The stories of examples/stories, played as 'dienstbereit story' plays them.
namespace dienstbereit::story {
namespace {

const std::filesystem::path kFolder = "examples/stories";

// What was not as wanted, a paragraph each; empty if all was.
std::string played(const std::string& name, const std::string& text) {
  const LoadedStory loaded = parse_story(name, text, kFolder);
  if (!loaded.story) return config::to_lines(loaded.diagnostics);
  journal::MemoryJournal journal;
  Player* looker = nullptr;
  House::Setup setup;
  setup.version = "test";
  setup.exercise = true;
  setup.shortest_interval = loaded.story->probes_every;
  setup.say_again = std::chrono::minutes(5);
  setup.publish = [&](const auto&) { looker->look(); };
  House house(journal, setup);
  Player player(*loaded.story, house, [](const std::string&) {});
  looker = &player;
  const auto started = player.start();
  if (!started) return started.error().message;
  player.play();
  std::string failures;
  for (const Failure& one : player.failures()) failures += to_text(one, *loaded.story) + "\n";
  EXPECT_EQ(player.wants_met() + player.failures().size(), loaded.story->wants.size());
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
