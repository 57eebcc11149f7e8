// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/mail.h"

#include <gtest/gtest.h>

#include "view/testing/world.h"

namespace dienstbereit::view {
namespace {

struct HeldMailOf : testing::Test {
  HeldMailOf() {
    world.district->mail.emplace().component = NodeId("DB");
    mail_server(kDown);
  }
  void mail_server(Interval state) {
    std::erase_if(world.situation.nodes, [](const auto& node) { return node.id.str() == "DB"; });
    world.situation.nodes.emplace_back().id = NodeId("DB");
    world.situation.nodes.back().state = state;
  }
  void waits(std::uint64_t messages, int minutes) {
    world.situation.mail.push_back({ProbeId("MX2/q" + std::to_string(minutes)),
                                    {messages, 1000, world.now - std::chrono::minutes(minutes)},
                                    world.now});
  }
  std::optional<HeldMail> held() const { return held_mail(world.situation, world.now); }

  test::World world;
};

TEST_F(HeldMailOf, AllQueuesCountAndTheOldestMessageSaysSinceWhen) {
  EXPECT_FALSE(held());
  waits(3, 2);
  waits(4, 9);
  ASSERT_TRUE(held());
  EXPECT_EQ(held()->waiting, 7u);
  EXPECT_EQ(held()->oldest, world.now - std::chrono::minutes(9));
  EXPECT_FALSE(held()->returning);
}

TEST_F(HeldMailOf, WhileThePrimaryWorksOnlyOldMailIsNews) {
  mail_server(kOperational);
  waits(3, 2);
  EXPECT_FALSE(held());
  waits(1, 15);
  ASSERT_TRUE(held());
  EXPECT_TRUE(held()->returning);
}

TEST_F(HeldMailOf, WhatIsNotKnownToWorkMayBeDown) {
  mail_server(kUnknown);
  waits(1, 1);
  ASSERT_TRUE(held());
  EXPECT_FALSE(held()->returning);
}

TEST_F(HeldMailOf, WithoutAPrimaryInTheDistrictTheAgeDecides) {
  world.district->mail.reset();
  waits(1, 14);
  EXPECT_FALSE(held());
  waits(1, 16);
  ASSERT_TRUE(held());
  EXPECT_FALSE(held()->returning);
}

}  // namespace
}  // namespace dienstbereit::view
