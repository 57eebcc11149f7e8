// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <random>

#include "engine/bed_test.h"

// Replay gives the same state and words, bit for bit, after any history.
namespace dienstbereit::engine {
namespace {

constexpr unsigned kHistories = 120;
constexpr unsigned kSteps = 60;

class History {
 public:
  explicit History(unsigned seed) : random_(seed), bed_("2026-11-23T07:00+01:00") {}

  void run() {
    ASSERT_TRUE(bed_.start().has_value());
    for (unsigned i = 0; i < kSteps; ++i) {
      step();
      if (testing::Test::HasFatalFailure()) return;
    }
    // A command that changes something ends any hold, so the last thing shown is the state.
    bed_.say("SPARE", Said::Limited, later(600));
    const std::string live = test::dump(*bed_.seen);
    bed_.clock += Duration(1);
    ASSERT_TRUE(bed_.start().has_value());
    ASSERT_TRUE(bed_.seen->held_until.has_value());
    ASSERT_EQ(test::dump(*bed_.seen), live);
  }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

  const char* later(int minutes) {
    const Instant t = bed_.clock + std::chrono::minutes(minutes) + bed_.engine->civil_offset();
    until_ = to_rfc3339(t);
    return until_.c_str();
  }

  void step() {
    switch (pick(12)) {
      case 0:
        return bed_.pass(std::chrono::minutes(pick(90)));
      case 1:
        return bed_.pass(std::chrono::seconds(pick(120)));
      case 2:
        return set_word();
      case 3:
        return withdraw();
      case 4:
        return reload();
      case 5:
        return restart();
      case 6:
        return clock();
      default:
        return sample();
    }
  }

  void sample() {
    constexpr const char* kProbes[] = {"SERVER/sql", "SERVER/tcp", "POWER/ups", "SPARE/tcp",
                                       "V02/page"};
    constexpr ProbeOutcome kOutcomes[] = {ProbeOutcome::Success, ProbeOutcome::Slow,
                                          ProbeOutcome::Failure, ProbeOutcome::Failure,
                                          ProbeOutcome::Broken};
    bed_.result(kProbes[pick(5)], kOutcomes[pick(5)]);
  }

  void set_word() {
    constexpr Said kSaid[] = {Said::Normal, Said::Limited, Said::Closed, Said::Unknown};
    SetWord word;
    word.said = kSaid[pick(4)];
    switch (pick(4)) {
      case 0:
        word.scope.node = NodeId("SERVER");
        break;
      case 1:
        word.scope.service = ServiceId("V02");
        break;
      case 2:
        word.scope.office = OfficeId("A1");
        break;
      default:
        break;
    }
    if (word.said == Said::Limited && word.scope.node.empty()) word.text.de = "nur Auskunft";
    if (pick(3) > 0) word.until = parse_rfc3339(later(1 + static_cast<int>(pick(240)))).value();
    ASSERT_TRUE(bed_.ask(word).has_value());
  }

  void withdraw() {
    if (bed_.seen->words.empty()) return;
    const WordId id = bed_.seen->words[pick(static_cast<unsigned>(bed_.seen->words.size()))].id;
    (void)bed_.ask(WithdrawWord{id, "over"});  // held words may have ended since
  }

  void reload() {
    bed_.district = test::small_district(pick(2) == 0);
    ASSERT_TRUE(bed_.ask(LoadDistrict{bed_.district}).has_value());
  }

  void restart() {
    bed_.clock += std::chrono::minutes(pick(100));
    ASSERT_TRUE(bed_.start(pick(2) == 0).has_value());
  }

  void clock() {
    if (pick(2) == 0) {
      bed_.engine->clock_stepped(std::chrono::seconds(pick(5000)));
      return bed_.turn();
    }
    bed_.wall += std::chrono::minutes(pick(300));
    ASSERT_TRUE(bed_.ask(ConfirmClock{}).has_value());
  }

  std::mt19937 random_;
  test::Bed bed_;
  std::string until_;
};

TEST(Replay, GivesTheSameStateAndWordsAfterAnyHistory) {
  for (unsigned seed = 1; seed <= kHistories; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History(seed).run();
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace dienstbereit::engine
