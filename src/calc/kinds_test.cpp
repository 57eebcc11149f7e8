// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/kinds.h"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "calc/input.h"

namespace dienstbereit::calc {
namespace {

// The file in a kind's example: from the first brace to the one that closes it.
std::string file_in(std::string_view example) {
  const auto begin = example.find('{');
  int depth = 0;
  for (std::size_t at = begin; at < example.size(); ++at) {
    depth += example[at] == '{' ? 1 : 0;
    depth -= example[at] == '}' ? 1 : 0;
    if (depth == 0) return std::string(example.substr(begin, at + 1 - begin));
  }
  return {};
}

// A few characters replaced, taken away, or written twice.
std::string spoilt(std::string file, std::mt19937& random) {
  constexpr std::string_view kLetters = "0123456789-+.eE[]{},:\"\\ntu \xc3\xa4";
  for (std::size_t i = 1 + random() % 3; i > 0 && !file.empty(); --i) {
    const std::size_t at = random() % file.size();
    const std::size_t count = std::min<std::size_t>(1 + random() % 8, file.size() - at);
    switch (random() % 3) {
      case 0:
        file[at] = kLetters[random() % kLetters.size()];
        break;
      case 1:
        file.erase(at, count);
        break;
      default:
        file.insert(at, file.substr(at, count));
    }
  }
  return file;
}

}  // namespace

TEST(CalcKinds, ASpoiltFileIsAnAnswerOrAMessage) {
  const StopFlag stop;
  std::mt19937 random(1);
  std::size_t answers = 0;
  std::size_t messages = 0;
  for (const Kind& kind : kinds()) {
    const std::string file = file_in(kind.example);
    const Setting setting{3, 1, &stop, [] { return 0.0; }, 10'000};
    for (int round = 0; round < 3'000; ++round) {
      const auto answer = kind.calculate(spoilt(file, random), setting);
      answers += answer ? 1 : 0;
      messages += !answer && !answer.error().message.empty() ? 1 : 0;
      if (answer) ASSERT_TRUE(Input::parse(*answer).has_value()) << *answer;
    }
  }
  EXPECT_EQ(answers + messages, 3'000 * kinds().size());
  EXPECT_GT(answers, 100U);  // digits changed
  EXPECT_GT(messages, 3'000U);
}

TEST(CalcKinds, TheFileThatHelpShowsWorks) {
  const StopFlag stop;
  std::set<std::string> names;
  for (const Kind& kind : kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    const Setting setting{100, 1, &stop, [] { return 0.0; }};
    const auto answer = kind.calculate(file_in(kind.example), setting);
    ASSERT_TRUE(answer.has_value()) << kind.name << ": " << answer.error().message;
    EXPECT_TRUE(Input::parse(*answer).has_value()) << *answer;
  }
  EXPECT_TRUE(names.contains("forecast") && names.contains("order"));
}

}  // namespace dienstbereit::calc
