// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/what_if.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using std::chrono::hours;
using test::minute;
using test::minutes;

// One word a subject and minute; changes are told by `changes`. Checks that time only rises.
class Scripted final : public WordsOverTime {
 public:
  using Words = std::function<std::vector<Readiness>(int)>;
  Scripted(Words words, std::vector<int> changes)
      : words_(std::move(words)), changes_(std::move(changes)) {}

  const std::vector<Readiness>& at(Instant t) override {
    EXPECT_GE(t, last_);
    last_ = t;
    current_ = words_(test::minute_of(t));
    return current_;
  }
  std::optional<Instant> next_change() const override {
    for (const int change : changes_) {
      if (minute(change) > last_) return minute(change);
    }
    return std::nullopt;
  }

 private:
  Words words_;
  std::vector<int> changes_;
  std::vector<Readiness> current_;
  Instant last_ = Instant::min();
};

constexpr auto kNormal = Readiness::Normal;
constexpr auto kLimited = Readiness::Limited;
constexpr auto kClosed = Readiness::Closed;

WhatIfQuestion outage(int from, int until, std::vector<AskedInterval> intervals) {
  return {{minute(from), minute(until)}, minute(0), minute(until + 1'000), std::move(intervals)};
}
AskedInterval slot(std::size_t subject, int begin, int end) {
  return {subject, minute(begin), minute(end)};
}
Scripted always(Readiness word) {
  return Scripted([=](int) { return std::vector<Readiness>{word, word}; }, {});
}

}  // namespace

TEST(WhatIf, NamesTheSlotsWithinTheOutageAndNoOthers) {
  Scripted without = always(kNormal);
  Scripted with([](int m) { return std::vector{m >= 100 && m < 200 ? kClosed : kNormal, kNormal}; },
                {});
  const auto touched = what_if(outage(100, 200,
                                      {slot(0, 0, 100), slot(0, 0, 101), slot(1, 0, 500),
                                       slot(0, 150, 160), slot(0, 199, 300), slot(0, 200, 300)}),
                               without, with);
  ASSERT_TRUE(touched.has_value());
  ASSERT_EQ(touched->size(), 3u);
  EXPECT_EQ((*touched)[0], (TouchedSlot{0, minute(0), minute(101), kNormal, kClosed, minute(100)}));
  EXPECT_EQ((*touched)[1].since, minute(150));
  EXPECT_EQ((*touched)[2].since, minute(199));
}

TEST(WhatIf, ABufferThatRunsOutWithinASlotIsSeenThenAndTheWorstWordCounts) {
  Scripted without = always(kNormal);
  Scripted with(
      [](int m) {
        return std::vector{m < 130   ? kNormal
                           : m < 160 ? kLimited
                           : m < 200 ? kClosed
                                     : kNormal,
                           kNormal};
      },
      {130, 160});
  const auto touched = what_if(
      outage(100, 200, {slot(0, 90, 400), slot(0, 90, 130), slot(0, 90, 150)}), without, with);
  ASSERT_EQ(touched.value().size(), 2u);
  EXPECT_EQ((*touched)[0].to, kClosed);
  EXPECT_EQ((*touched)[0].since, minute(130));
  EXPECT_EQ((*touched)[1].to, kLimited) << "this one is over before it closes";
}

TEST(WhatIf, WhatIsNoWorseThanWithoutIsNotTouched) {
  Scripted without = always(kClosed);
  Scripted with = always(kClosed);
  EXPECT_TRUE(what_if(outage(0, 100, {slot(0, 0, 100)}), without, with).value().empty());
  Scripted unknown = always(Readiness::Unknown);
  Scripted limited = always(kLimited);
  EXPECT_EQ(what_if(outage(0, 100, {slot(0, 0, 100)}), limited, unknown).value().size(), 1u)
      << "nobody would know any more";
}

TEST(WhatIf, LooksOnAfterTheOutageUntilTheHorizon) {
  Scripted without = always(kNormal);
  Scripted with([](int m) { return std::vector{m < 260 ? kClosed : kNormal, kNormal}; }, {260});
  const auto touched =
      what_if(outage(100, 200, {slot(0, 250, 300), slot(0, 260, 300)}), without, with).value();
  ASSERT_EQ(touched.size(), 1u);
  EXPECT_EQ(touched[0].begin, minute(250));
}

TEST(WhatIf, BadQuestionsAreRefused) {
  const auto refused = [](int from, int until) {
    Scripted without = always(kNormal);
    Scripted with = always(kNormal);
    const auto answer = what_if(outage(from, until, {}), without, with);
    return answer ? "" : answer.error().message;
  };
  EXPECT_EQ(refused(0, 60 * 24 * 60), "");
  EXPECT_NE(refused(0, 60 * 24 * 60 + 1).find("longer than 60 days"), std::string::npos);
  EXPECT_NE(refused(100, 100).find("ends before it begins"), std::string::npos);
  EXPECT_NE(refused(-1, 100).find("in the past"), std::string::npos);
  EXPECT_NE(refused(60 * 24 * 60 + 1, 60 * 24 * 60 + 2).find("more than 60 days"),
            std::string::npos);
}

TEST(WhatIf, EndlessChangesEndInAnError) {
  class Restless final : public WordsOverTime {
   public:
    const std::vector<Readiness>& at(Instant t) override {
      last_ = t;
      return words_;
    }
    std::optional<Instant> next_change() const override { return last_; }

   private:
    Instant last_;
    std::vector<Readiness> words_{kNormal};
  };
  Restless without;
  Restless with;
  const auto answer = what_if(outage(0, 1'000, {}), without, with);
  ASSERT_FALSE(answer.has_value());
  EXPECT_EQ(answer.error().code, Errc::LimitExceeded);
}

}  // namespace dienstbereit::core::recovery
