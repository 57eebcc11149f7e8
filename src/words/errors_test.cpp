// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/errors.h"

#include <algorithm>
#include <filesystem>
#include <regex>

#include <gtest/gtest.h>

#include "base/file.h"

namespace dienstbereit::words {
namespace {

TEST(Errors, AreSaidInGermanWithWhatTheyName) {
  EXPECT_EQ(german_error("there is no incident 'incident-9'; "
                         "'dienstbereit record show' lists them"),
            "Den Vorfall „incident-9“ gibt es nicht.");
  EXPECT_EQ(german_error("say who takes over"), "Wählen Sie, wer übernimmt.");
  EXPECT_EQ(german_error("the reason is missing: write it"), "Es fehlt: Die Begründung.");
  EXPECT_EQ(german_error("it was changed meanwhile (version 3 by user:u-1 at "
                         "2026-11-23T08:00:00.000Z, you saw version 2); look at it and change it "
                         "again"),
            "Jemand hat es inzwischen geändert: Es gilt Fassung 3, Sie sahen Fassung 2. "
            "Vergleichen Sie, dann speichern Sie noch einmal.");
  EXPECT_EQ(german_error("tasks would wait for each other: task-1 - task-2 - task-1"),
            "Aufgaben würden aufeinander warten: task-1 - task-2 - task-1.");
  EXPECT_FALSE(german_error("nobody has said this"));
  EXPECT_FALSE(german_error("say who takes over now"));
  EXPECT_FALSE(german_error(""));
  // What somebody typed is never read as a pattern.
  EXPECT_EQ(german_error("there is no statement '{0}{9}'"), "Den Text „{0}{9}“ gibt es nicht.");
}

// Adjacent literals of the source as one text.
std::string joined(const std::string& literals) {
  static const std::regex kLiteral("\"((?:[^\"\\\\]|\\\\.)*)\"");
  std::string text;
  for (std::sregex_iterator it(literals.begin(), literals.end(), kLiteral), end; it != end; ++it) {
    text += (*it)[1];
  }
  return text;
}

TEST(Errors, EveryOneOfTheRecordAndOfWordsHasItsGerman) {
  static const std::regex kFail(
      "fail\\(\\s*Errc::\\w+,\\s*(?:fmt::format\\()?\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)");
  const auto& known = error_patterns();
  std::size_t found = 0;
  for (const char* folder : {"src/core/incident"}) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().string().find("_test") != std::string::npos) continue;
      const std::string source = read_file(file.path(), 1u << 20).value();
      for (std::sregex_iterator it(source.begin(), source.end(), kFail), end; it != end; ++it) {
        const std::string message = joined((*it)[1]);
        ++found;
        EXPECT_NE(std::find(known.begin(), known.end(), message), known.end())
            << file.path() << ": " << message;
      }
    }
  }
  EXPECT_GT(found, 40u);
}

TEST(Errors, EveryPartThatTheRecordNamesHasItsGerman) {
  static const std::regex kPart("(?:_text|check_estimate)\\(\\s*\"([^\"]+)\"");
  const auto& known = error_parts();
  std::size_t found = 0;
  for (const auto& file : std::filesystem::directory_iterator("src/core/incident")) {
    if (file.path().string().find("_test") != std::string::npos) continue;
    const std::string source = read_file(file.path(), 1u << 20).value();
    for (std::sregex_iterator it(source.begin(), source.end(), kPart), end; it != end; ++it) {
      ++found;
      EXPECT_NE(std::find(known.begin(), known.end(), (*it)[1]), known.end()) << (*it)[1];
    }
  }
  EXPECT_GT(found, 30u);
}

}  // namespace
}  // namespace dienstbereit::words
