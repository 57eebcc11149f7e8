// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "graph/evaluation.h"

// What an evaluation takes over from the one before a reload.
namespace dienstbereit::graph {
namespace {

using std::chrono::minutes;

constexpr Instant at(int minute) { return Instant(std::chrono::hours(24) + minutes(minute)); }
const Evidence kFailed{kDown, true, true, false, std::nullopt};
Evidence works(int began) { return {kOperational, true, true, false, at(began)}; }

// SERVICE needs POWER over 30 min; A and B need each other and POWER. The new graph counts the same
// nodes from behind, with one more that is new.
constexpr std::uint32_t kService = 0, kPower = 1, kA = 2, kB = 3;

Graph graph_of(bool renumbered) {
  GraphBuilder builder;
  const std::uint32_t count = renumbered ? 5 : 4;
  for (std::uint32_t i = 0; i < count; ++i) builder.add_node();
  const auto node = [&](std::uint32_t old) {
    return NodeIndex(renumbered ? count - 1 - old : old);
  };
  builder.add_need(node(kService), node(kPower), {.buffer = minutes(30)});
  builder.add_need(node(kA), node(kB));
  builder.add_need(node(kB), node(kA));
  builder.add_need(node(kA), node(kPower));
  builder.add_need(node(kB), node(kPower));
  const NodeIndex members[] = {node(kA), node(kB)};
  builder.add_loop_group(members);
  return builder.build().value();
}

class Adopted : public testing::Test {
 protected:
  Adopted() { old.settle(at(0)); }

  static NodeIndex renumbered(std::uint32_t old) { return NodeIndex(4 - old); }
  Evaluation reload(int minute) {
    Evaluation fresh(after);
    std::vector<std::optional<NodeIndex>> same(5);
    for (std::uint32_t i = 0; i < 4; ++i) same[4 - i] = NodeIndex(i);
    fresh.adopt(old, same);
    fresh.settle(at(minute));
    return fresh;
  }

  Graph before = graph_of(false);
  Graph after = graph_of(true);
  Evaluation old{before};
};

TEST_F(Adopted, ARunningBufferGoesOnAndEndsAtItsTime) {
  old.set_evidence(NodeIndex(kPower), kFailed);
  old.settle(at(10));
  Evaluation fresh = reload(20);
  EXPECT_EQ(fresh.state(renumbered(kService)), kOperational);
  EXPECT_EQ(fresh.next_due(), at(40));
  fresh.settle(at(40));
  EXPECT_EQ(fresh.state(renumbered(kService)), kDown);
}

TEST_F(Adopted, AColdLoopStaysColdUntilItIsSeenWorking) {
  old.set_evidence(NodeIndex(kPower), kFailed);
  old.settle(at(1));
  old.set_evidence(NodeIndex(kPower), works(2));
  old.settle(at(3));
  ASSERT_EQ(old.state(NodeIndex(kA)), kDown);
  Evaluation fresh = reload(4);
  EXPECT_EQ(fresh.state(renumbered(kA)), kDown);
  EXPECT_TRUE(fresh.cold(LoopIndex(0)).best);
  fresh.set_evidence(renumbered(kA), works(5));
  fresh.settle(at(6));
  EXPECT_EQ(fresh.state(renumbered(kB)), kOperational);
}

TEST_F(Adopted, ADoubtedWordStaysDoubtedAndStillEnds) {
  old.set_word(NodeIndex(kService), Word{kOperational, at(1), at(60)});
  old.settle(at(1));
  old.set_evidence(NodeIndex(kService), kFailed);
  old.settle(at(2));
  ASSERT_EQ(old.word_status(NodeIndex(kService)), WordStatus::Doubted);
  Evaluation fresh = reload(3);
  EXPECT_EQ(fresh.word_status(renumbered(kService)), WordStatus::Doubted);
  EXPECT_EQ(fresh.state(renumbered(kService)), kUnknown);
  fresh.settle(at(60));
  EXPECT_EQ(fresh.word_status(renumbered(kService)), WordStatus::None);
}

TEST_F(Adopted, ASuccessOlderThanTheLastFallDoesNotCountAgain) {
  old.set_evidence(NodeIndex(kA), works(1));
  old.settle(at(1));
  old.set_evidence(NodeIndex(kPower), kFailed);
  old.settle(at(2));
  ASSERT_EQ(old.state(NodeIndex(kA)), kDown);
  EXPECT_EQ(reload(3).state(renumbered(kA)), kDown);
}

TEST_F(Adopted, AFreshGraphRemembersNothingOfTheOld) {
  old.set_evidence(NodeIndex(kPower), kFailed);
  old.settle(at(10));
  Evaluation fresh(after);
  fresh.adopt(old, std::vector<std::optional<NodeIndex>>(5));
  fresh.settle(at(20));
  EXPECT_EQ(fresh.state(renumbered(kPower)), kOperational);
  EXPECT_EQ(fresh.next_due(), std::nullopt);
}

}  // namespace
}  // namespace dienstbereit::graph
