// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "engine/bed_test.h"

// How often the engine tells of a queue outside the house.
namespace dienstbereit::engine {
namespace {

using namespace test;
using std::chrono::seconds;

struct MailWaits : testing::Test {
  MailWaits() : bed("2026-11-23T06:00:00Z") { EXPECT_TRUE(bed.start()); }
  // One look at the queue.
  void look(std::uint64_t waiting) {
    ProbeResult result;
    result.probe = ProbeId("POWER/ups");
    result.began = result.ended = bed.clock;
    result.outcome = ProbeOutcome::Success;
    result.mail = MailBacklog{waiting, waiting * 1'000, std::nullopt};
    bed.engine->report(std::move(result));
    bed.turn();
  }
  std::size_t told() const { return bed.count("mail_waiting"); }

  Bed bed;
};

}  // namespace

TEST_F(MailWaits, ItIsToldAtOnceThatAQueueFillsOrEmpties) {
  look(0);
  EXPECT_EQ(told(), 1u);
  bed.pass(seconds(1));
  look(3);
  EXPECT_EQ(told(), 2u);
  bed.pass(seconds(1));
  look(0);
  EXPECT_EQ(told(), 3u);
}

TEST_F(MailWaits, WhileItGrowsItIsToldEveryTenSeconds) {
  look(1);
  for (std::uint64_t i = 2; i <= 31; ++i) {
    bed.pass(seconds(1));
    look(i);
  }
  const std::size_t often = told();
  EXPECT_GE(often, 3u);
  EXPECT_LE(often, 4u) << "half a minute";
  bed.pass(std::chrono::minutes(5));
  look(31);
  const std::size_t last = told();
  bed.pass(std::chrono::minutes(5));
  look(31);
  EXPECT_EQ(told(), last) << "nothing has changed";
}

}  // namespace dienstbereit::engine
