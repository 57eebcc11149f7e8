// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/restoration.h"

#include <gtest/gtest.h>

#include "core/recovery/recovery_test.h"
#include "core/recovery/simulate.h"

namespace dienstbereit::core::recovery {
namespace {

using test::exactly;
using test::minute;
using test::minutes;
using test::plan;
using test::task;

// Subject i is node i; node i can start while the nodes that it needs are up.
class Chain final : public Opens {
 public:
  explicit Chain(std::vector<std::vector<std::size_t>> needs) : needs_(std::move(needs)) {}
  std::size_t subjects() const override { return needs_.size(); }
  Reach at(const Bits& up) override {
    Reach reach{up, up, Bits(needs_.size())};
    for (std::size_t i = 0; i < needs_.size(); ++i) {
      bool startable = true;
      for (const std::size_t need : needs_[i]) startable = startable && up[need];
      reach.startable.set(i, startable);
      if (!startable) {
        reach.normal.set(i, false);
        reach.limited.set(i, false);
      }
    }
    return reach;
  }

 private:
  std::vector<std::vector<std::size_t>> needs_;
};

using Needs = std::vector<std::vector<std::size_t>>;

// "10:+0 25:+1" : minute, up or down, node.
std::string course(const Plan& plan, const Needs& needs, std::vector<int> done_at) {
  Chain chain(needs);
  RememberedOpens opens(chain, plan.nodes.size());
  Restoration nodes(plan, opens);
  std::vector<Instant> done;
  for (const int m : done_at) done.push_back(m == 9999 ? kNever : minute(m));
  nodes.begin(done, {});
  std::string said;
  Bits before(plan.nodes.size());
  const auto note = [&](const std::string& when) {
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      if (nodes.reach().normal[i] == before[i]) continue;
      said += (said.empty() ? "" : " ") + when + ":" + (before[i] ? "-" : "+") + std::to_string(i);
    }
    before = nodes.reach().normal;
  };
  note("begin");
  while (const auto next = nodes.next()) {
    nodes.advance();
    note(std::to_string(test::minute_of(*next)));
  }
  return said;
}

DownNode node(int restart, std::vector<std::size_t> after = {}, bool faulty = true) {
  return {NodeId("N"), faulty, minutes(restart), std::move(after)};
}

Plan of(std::vector<DownNode> nodes, std::vector<PlannedTask> tasks) {
  Plan made = plan(std::move(tasks));
  made.nodes = std::move(nodes);
  return made;
}

}  // namespace

TEST(Restoration, ANodeIsUpAfterItsRepairAndItsRestart) {
  EXPECT_EQ(course(of({node(15), node(0)}, {task("A", exactly(1), {}, {0, 1})}), {{}, {}}, {10}),
            "10:+1 25:+0");
}

TEST(Restoration, WhatMustRunFirstIsWaitedFor) {
  EXPECT_EQ(course(of({node(15, {1}), node(20)},
                      {task("A", exactly(1), {}, {0}), task("B", exactly(1), {}, {1})}),
                   {{}, {}}, {5, 30}),
            "50:+1 65:+0");
}

TEST(Restoration, WhatOnlyLostItsNeedsStartsAnewWhenTheyAreBack) {
  EXPECT_EQ(course(of({node(5), node(30, {}, false), node(10, {}, false)},
                      {task("A", exactly(1), {}, {0})}),
                   {{}, {0}, {1}}, {10}),
            "15:+0 45:+1 55:+2");
}

TEST(Restoration, AnInterimFixHoldsUntilItExpires) {
  Plan interim =
      of({node(0), node(5, {}, false)}, {task("I", exactly(1)), task("R", exactly(1), {}, {0})});
  interim.interims = {{"I", {0}, minute(100)}};
  EXPECT_EQ(course(interim, {{}, {0}}, {10, 200}), "10:+0 15:+1 100:-0 100:-1 200:+0 205:+1");
  EXPECT_EQ(course(interim, {{}, {0}}, {10, 90}), "10:+0 15:+1") << "the repair comes in time";
  EXPECT_EQ(course(interim, {{}, {0}}, {120, 9999}), "") << "it expires before it is made";
}

TEST(Restoration, WhatIsInForceAlreadyHoldsFromItsTimeOn) {
  Plan interim = of({node(30)}, {task("R", exactly(1), {}, {0})});
  interim.interims = {{"", {0}, minute(100), true, 0, minute(-10), "spare"}};
  EXPECT_EQ(course(interim, {{}}, {200}), "20:+0 100:-0 230:+0");
}

TEST(Restoration, OneOfSeveralTasksIsEnough) {
  EXPECT_EQ(course(of({node(0)}, {task("A", exactly(1), {}, {0}), task("B", exactly(1), {}, {0})}),
                   {{}}, {9999, 40}),
            "40:+0");
}

TEST(Restoration, ARestartThatRunsAlreadyGoesOn) {
  EXPECT_EQ(course(of({node(30)}, {task("A", exactly(1), {}, {0})}), {{}}, {-20}), "10:+0");
}

TEST(Restoration, AttainableTellsWhatNoTaskLeadsTo) {
  Plan some = of({node(0), node(0), node(5, {1}, false)},
                 {task("A", exactly(1), {}, {0}), task("I", exactly(1))});
  Chain chain({{}, {}, {}});
  RememberedOpens opens(chain, 3);
  EXPECT_FALSE(attainable(some, opens, false).normal[2]);
  some.interims = {{"I", {1}, minute(100)}};
  EXPECT_TRUE(attainable(some, opens, false).normal[2]);
  EXPECT_FALSE(attainable(some, opens, true).normal[2]) << "not for good";
  some.interims[0].expires.reset();
  EXPECT_TRUE(attainable(some, opens, true).normal[2]);
}

TEST(RememberedOpens, KeepsWhatIsUpInPartApart) {
  GroupsOpen groups({{{0, 1}}, {{0}, {1}}});
  RememberedOpens opens(groups, 2);
  Bits up(2);
  up.set_all();
  Bits part(2);
  part.set(1);
  EXPECT_TRUE(opens.at(up).normal[1]);
  EXPECT_FALSE(opens.in_part(up, part).normal[1]);
  EXPECT_TRUE(opens.in_part(up, part).limited[1]);
  EXPECT_TRUE(opens.in_part(up, part).normal[0]) << "the other carries all";
  EXPECT_TRUE(opens.in_part(up, Bits(2)).normal[1]);
  EXPECT_EQ(opens.asked(), 2u);
}

TEST(RememberedOpens, AsksOnceAndForgetsNothingWithinItsBound) {
  GroupsOpen groups({{{0, 1}}, {{0}, {1}}});
  RememberedOpens opens(groups, 2);
  Bits up(2);
  up.set(1);
  EXPECT_TRUE(opens.at(up).normal[0]);
  EXPECT_FALSE(opens.at(up).normal[1]);
  EXPECT_EQ(opens.asked(), 1u);
  up.set(0);
  EXPECT_TRUE(opens.at(up).limited[1]);
  EXPECT_EQ(opens.asked(), 2u);
}

TEST(RememberedOpens, AnswersRightBeyondItsBound) {
  constexpr std::size_t kNodes = 8;
  GroupsOpen groups({{{0}}, {{1, 2}, {7}}});
  RememberedOpens opens(groups, kNodes, 1);
  for (int round = 0; round < 2; ++round) {
    for (unsigned value = 0; value < 256; ++value) {
      Bits up(kNodes);
      for (std::size_t i = 0; i < kNodes; ++i) up.set(i, (value >> i & 1U) != 0);
      ASSERT_EQ(opens.at(up).normal[0], (value & 1U) != 0);
      ASSERT_EQ(opens.at(up).normal[1], (value & 6U) != 0 && (value & 128U) != 0);
    }
  }
  EXPECT_GT(opens.asked(), 256u) << "it had to forget";
}

}  // namespace dienstbereit::core::recovery
