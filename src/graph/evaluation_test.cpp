// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/evaluation.h"

#include <gtest/gtest.h>

namespace dienstbereit::graph {
namespace {

using std::chrono::minutes;

constexpr Instant at(int minute) { return Instant(std::chrono::hours(24) + minutes(minute)); }

Evidence works(int began) { return {kOperational, true, true, false, at(began)}; }
Evidence slow(int began) { return {kDegraded, true, true, false, at(began)}; }
const Evidence kFailed{kDown, true, true, false, std::nullopt};
const Evidence kAnswers{kOperational, true, false, true, std::nullopt};
const Evidence kSilent{kDown, true, false, false, std::nullopt};
const Evidence kStale{kUnknown, true, false, false, std::nullopt};

// `service` needs `server`, which needs `power` over a buffer of 30 min that refills in 60 min.
class Chain : public testing::Test {
 protected:
  Chain() : Chain(Duration(0)) {}
  explicit Chain(Duration buffer) {
    GraphBuilder builder;
    for (int node = 0; node < 3; ++node) builder.add_node();
    builder.add_need(service, server);
    builder.add_need(server, power, {.buffer = buffer, .recharge = minutes(60)});
    graph = builder.build().value();
    evaluation.emplace(graph);
    evaluation->settle(at(0));
  }

  const Settlement& observe(NodeIndex node, const Evidence& evidence, int minute) {
    evaluation->set_evidence(node, evidence);
    return evaluation->settle(at(minute));
  }
  void say(NodeIndex node, Interval value, int minute, int until) {
    evaluation->set_word(node, Word{value, at(minute), at(until)});
    evaluation->settle(at(minute));
  }
  Interval state(NodeIndex node) const { return evaluation->state(node); }
  NeedIndex first_need(NodeIndex node) const { return *graph.needs_of(node).begin(); }

  const NodeIndex service{0};
  const NodeIndex server{1};
  const NodeIndex power{2};
  Graph graph;
  std::optional<Evaluation> evaluation;
};

class Buffered : public Chain {
 protected:
  Buffered() : Chain(minutes(30)) {}
};

TEST_F(Chain, WhatNothingProbesIsOperationalAndPresumed) {
  EXPECT_EQ(state(service), kOperational);
  EXPECT_EQ(evaluation->grade(service), Grade::Presumed);
}

TEST_F(Chain, AServiceIsMeasuredWhenADirectNeedIs) {
  observe(server, works(1), 1);
  EXPECT_EQ(evaluation->grade(service), Grade::Measured);
  observe(server, kAnswers, 2);
  EXPECT_EQ(evaluation->grade(service), Grade::Presumed);
}

TEST_F(Chain, AFailureReachesTheServiceWithItsReason) {
  observe(server, kFailed, 1);
  EXPECT_EQ(state(service), kDown);
  const Decision decision = evaluation->decide(service);
  EXPECT_TRUE(decision.worst.by_needs);
  EXPECT_FALSE(decision.worst.by_own);
  EXPECT_EQ(decision.worst.needs, std::vector{first_need(service)});
  EXPECT_TRUE(evaluation->decide(server).worst.by_own);
}

TEST_F(Chain, NotKnowingIsTheWholeInterval) {
  observe(server, kStale, 1);
  EXPECT_EQ(state(service), kUnknown);
}

TEST_F(Chain, AnOlderSuccessIsDroppedAtTheFallOfTheNeeds) {
  observe(server, works(1), 1);
  const auto settlement = observe(power, kFailed, 5);
  EXPECT_EQ(settlement.dropped, std::vector{server});
  EXPECT_EQ(state(server), kDown);
}

TEST_F(Chain, ANewerSuccessIsTheStateAndTheContradictionIsShown) {
  observe(power, kFailed, 5);
  observe(server, works(6), 6);
  EXPECT_EQ(state(server), kOperational);
  EXPECT_EQ(evaluation->contradiction(server), Contradiction::WorksAgainstNeeds);
  EXPECT_TRUE(evaluation->decide(server).works_counts);
  observe(server, slow(7), 7);
  EXPECT_EQ(state(service), kDegraded);
}

TEST_F(Chain, ASuccessThatBeganAtTheFallDoesNotCount) {
  observe(power, kFailed, 5);
  observe(server, works(5), 6);
  EXPECT_EQ(state(server), kDown);
}

TEST_F(Chain, AnAliveSuccessOnlyContradictsNeedsThatAreDown) {
  observe(power, kFailed, 5);
  observe(server, kAnswers, 6);
  EXPECT_EQ(state(server), kDown);
  EXPECT_EQ(evaluation->contradiction(server), Contradiction::AliveAgainstNeeds);
}

TEST_F(Chain, AFreshSuccessStandsAboveNeedsThatAreNotKnown) {
  observe(power, kStale, 1);
  observe(server, works(2), 2);
  EXPECT_EQ(state(server), kOperational);
  observe(server, kStale, 3);
  EXPECT_EQ(state(server), kUnknown);
}

TEST_F(Buffered, HoldsTheOldValueAndSaysUntilWhen) {
  observe(power, kFailed, 10);
  EXPECT_EQ(state(server), kOperational);
  EXPECT_EQ(evaluation->held(first_need(server)).best, at(40));
  EXPECT_EQ(evaluation->next_due(), at(40));
  EXPECT_EQ(evaluation->decide(server).held, std::vector{first_need(server)});
  evaluation->settle(at(39));
  EXPECT_EQ(state(service), kOperational);
  evaluation->settle(at(40));
  EXPECT_EQ(state(service), kDown);
  EXPECT_FALSE(evaluation->next_due());
}

TEST_F(Buffered, RefillsAtHalfTheSpeed) {
  observe(power, kFailed, 0);
  observe(power, works(20), 20);  // 10 of 30 min are left
  observe(power, kFailed, 30);    // 10 min refill 5
  EXPECT_EQ(evaluation->held(first_need(server)).worst, at(45));
}

TEST_F(Buffered, EachEndHasItsOwnTimer) {
  observe(power, kStale, 10);
  observe(power, kFailed, 20);
  const Held held = evaluation->held(first_need(server));
  EXPECT_EQ(held.worst, at(40));
  EXPECT_EQ(held.best, at(50));
  evaluation->settle(at(45));
  EXPECT_EQ(state(server), kUnknown);
  evaluation->settle(at(50));
  EXPECT_EQ(state(server), kDown);
}

TEST_F(Buffered, ADueTimeIsHandledAtItsOwnTimeBeforeLaterInputs) {
  observe(server, works(1), 1);
  observe(power, kFailed, 10);
  evaluation->set_evidence(server, works(45));
  const auto settlement = evaluation->settle(at(50));  // the buffer ran out at 40
  EXPECT_EQ(settlement.dropped, std::vector{server});
  EXPECT_EQ(state(server), kOperational);
}

TEST(Buffer, IsEmptyWhenItsNeedIsDownWhenFirstSeen) {
  GraphBuilder builder;
  const NodeIndex server = builder.add_node();
  const NodeIndex power = builder.add_node();
  builder.add_need(server, power, {.buffer = minutes(30)});
  const Graph graph = builder.build().value();
  Evaluation evaluation(graph);
  evaluation.set_evidence(power, kFailed);
  evaluation.settle(at(0));
  EXPECT_EQ(evaluation.state(server), kDown);
}

TEST_F(Chain, AWordIsTheStateWhileItIsInForce) {
  observe(server, kSilent, 1);
  say(server, kOperational, 2, 60);
  EXPECT_EQ(state(service), kOperational);
  EXPECT_EQ(evaluation->calculated(server), kDown);
  EXPECT_TRUE(evaluation->probes_disagree(server));
  EXPECT_TRUE(evaluation->decide(server).worst.by_word);
  evaluation->settle(at(60));
  EXPECT_EQ(evaluation->word_status(server), WordStatus::None);
  EXPECT_EQ(state(service), kDown);
}

TEST_F(Chain, ABetterWordIsDoubtedByANewFallOfANeed) {
  observe(server, kSilent, 1);
  say(server, kOperational, 2, 60);
  const auto settlement = observe(power, kFailed, 3);
  ASSERT_EQ(settlement.words.size(), 1U);
  EXPECT_EQ(settlement.words[0].status, WordStatus::Doubted);
  EXPECT_EQ(state(server), kUnknown);
}

TEST_F(Chain, ABetterWordIsDoubtedByAFallOfItsOwnProbes) {
  say(server, kOperational, 2, 60);
  observe(server, kFailed, 3);
  EXPECT_EQ(evaluation->word_status(server), WordStatus::Doubted);
  say(server, kOperational, 4, 60);
  EXPECT_EQ(evaluation->word_status(server), WordStatus::InForce);
}

TEST_F(Chain, AWordCoversTheFallsUpToWhenItWasSet) {
  evaluation->set_word(server, Word{kOperational, at(3), at(60)});
  observe(server, kFailed, 3);
  EXPECT_EQ(evaluation->word_status(server), WordStatus::InForce);
}

TEST_F(Chain, AWordThatIsNotBetterIsNotDoubted) {
  say(server, kDown, 2, 60);
  observe(power, kFailed, 3);
  EXPECT_EQ(evaluation->word_status(server), WordStatus::InForce);
}

TEST_F(Chain, AWorseWordThatNobodyRenewsIsUnknown) {
  say(server, kDown, 2, 60);
  EXPECT_EQ(evaluation->next_due(), at(60));
  evaluation->settle(at(70));
  EXPECT_EQ(evaluation->word_status(server), WordStatus::Unrenewed);
  EXPECT_EQ(state(service), kUnknown);
  evaluation->set_word(server, std::nullopt);
  evaluation->settle(at(71));
  EXPECT_EQ(state(service), kOperational);
}

TEST_F(Chain, AWorksSuccessAfterItsEndReplacesAnUnrenewedWord) {
  say(server, kDown, 2, 60);
  observe(server, works(60), 61);
  EXPECT_EQ(evaluation->word_status(server), WordStatus::Unrenewed);
  observe(server, works(62), 62);
  EXPECT_EQ(evaluation->word_status(server), WordStatus::None);
  EXPECT_EQ(state(server), kOperational);
}

TEST_F(Chain, AWorksFailureReplacesAnUnrenewedWord) {
  say(server, kDown, 2, 60);
  evaluation->settle(at(60));
  observe(server, kFailed, 61);
  EXPECT_EQ(evaluation->word_status(server), WordStatus::None);
  EXPECT_EQ(state(server), kDown);
}

TEST_F(Chain, ACopyLooksAheadAndLeavesTheOriginalAlone) {
  say(server, kDown, 2, 60);
  Evaluation ahead = *evaluation;
  ahead.settle(at(600));
  EXPECT_EQ(ahead.word_status(server), WordStatus::Unrenewed);
  EXPECT_EQ(state(server), kDown);
  EXPECT_EQ(evaluation->next_due(), at(60));
}

// Two that need each other, and the power of both.
class Loop : public testing::Test {
 protected:
  Loop() {
    GraphBuilder builder;
    for (int node = 0; node < 3; ++node) builder.add_node();
    builder.add_need(directory, hosts);
    builder.add_need(hosts, directory);
    builder.add_need(hosts, power);
    builder.add_loop_group(std::vector{directory, hosts});
    graph = builder.build().value();
    evaluation.emplace(graph);
    evaluation->settle(at(0));
  }
  const Settlement& observe(NodeIndex node, const Evidence& evidence, int minute) {
    evaluation->set_evidence(node, evidence);
    return evaluation->settle(at(minute));
  }

  const NodeIndex directory{0};
  const NodeIndex hosts{1};
  const NodeIndex power{2};
  Graph graph;
  std::optional<Evaluation> evaluation;
};

TEST_F(Loop, StandsWhileNothingFails) {
  EXPECT_EQ(evaluation->state(directory), kOperational);
  EXPECT_EQ(evaluation->state(hosts), kOperational);
}

TEST_F(Loop, IsColdAfterABlackoutUntilAMemberWorks) {
  const auto settlement = observe(power, kFailed, 1);
  ASSERT_EQ(settlement.loops.size(), 1U);
  EXPECT_EQ(settlement.loops[0].cold, (Cold{true, true}));
  observe(power, works(5), 5);
  EXPECT_EQ(evaluation->state(hosts), kDown);
  EXPECT_TRUE(evaluation->decide(hosts).worst.by_cold);
  observe(directory, works(6), 6);
  EXPECT_EQ(evaluation->state(hosts), kOperational);
  EXPECT_EQ(evaluation->cold(LoopIndex(0)), Cold{});
}

TEST_F(Loop, AnAliveSuccessDoesNotRestartIt) {
  observe(power, kFailed, 1);
  observe(power, works(5), 5);
  observe(directory, kAnswers, 6);
  EXPECT_EQ(evaluation->state(directory), kDown);
}

TEST_F(Loop, APersonsWordRestartsIt) {
  observe(power, kFailed, 1);
  observe(power, works(5), 5);
  evaluation->set_word(directory, Word{kOperational, at(6), at(60)});
  evaluation->settle(at(6));
  EXPECT_EQ(evaluation->state(hosts), kOperational);
  evaluation->settle(at(60));
  EXPECT_EQ(evaluation->state(directory), kOperational);
}

TEST_F(Loop, ComesBackByItselfWhenOneMemberStayedUp) {
  observe(directory, works(2), 2);
  observe(hosts, kFailed, 3);
  EXPECT_EQ(evaluation->state(directory), kDown);  // the success is older than the fall
  observe(hosts, works(4), 4);
  EXPECT_EQ(evaluation->state(directory), kOperational);
}

TEST(Decision, NamesTheMissingMembersAndTheirCount) {
  GraphBuilder builder;
  const NodeIndex top = builder.add_node({.op = Operator::AtLeast, .at_least = 2});
  for (int member = 0; member < 3; ++member) builder.add_need(top, builder.add_node());
  const Graph graph = builder.build().value();
  Evaluation evaluation(graph);
  evaluation.set_evidence(NodeIndex(1), kFailed);
  evaluation.set_evidence(NodeIndex(3), kFailed);
  evaluation.settle(at(0));
  const EndDecision end = evaluation.decide(top).worst;
  EXPECT_EQ(end.value, Health::Down);
  EXPECT_EQ(end.have, 1);
  EXPECT_EQ(end.need, 2);
  ASSERT_EQ(end.needs.size(), 2U);
  EXPECT_EQ(graph.need(end.needs[0]).on, NodeIndex(1));
  EXPECT_EQ(graph.need(end.needs[1]).on, NodeIndex(3));
}

TEST(Decision, NamesTheLackingShare) {
  GraphBuilder builder;
  const NodeIndex top = builder.add_node({.op = Operator::Share, .full = 0.9, .limited = 0.5});
  builder.add_need(top, builder.add_node(), {.weight = 3});
  builder.add_need(top, builder.add_node(), {.weight = 1});
  const Graph graph = builder.build().value();
  Evaluation evaluation(graph);
  evaluation.set_evidence(NodeIndex(2), kFailed);
  evaluation.settle(at(0));
  const EndDecision end = evaluation.decide(top).best;
  EXPECT_EQ(end.value, Health::Degraded);
  EXPECT_DOUBLE_EQ(end.have, 0.75);
  EXPECT_DOUBLE_EQ(end.need, 0.9);
  ASSERT_EQ(end.needs.size(), 1U);
  EXPECT_EQ(graph.need(end.needs[0]).on, NodeIndex(2));
}

TEST(Settlement, ShowsOneSettledValueANode) {
  // top needs left and right, both need base: top must be settled once, after both.
  GraphBuilder builder;
  for (int node = 0; node < 4; ++node) builder.add_node();
  builder.add_need(NodeIndex(0), NodeIndex(1));
  builder.add_need(NodeIndex(0), NodeIndex(2));
  builder.add_need(NodeIndex(1), NodeIndex(3));
  builder.add_need(NodeIndex(2), NodeIndex(3));
  const Graph graph = builder.build().value();
  Evaluation evaluation(graph);
  evaluation.set_evidence(NodeIndex(3), kFailed);
  evaluation.set_evidence(NodeIndex(3), works(0));  // the last input of one settle counts
  EXPECT_TRUE(evaluation.settle(at(0)).changed.empty());
  evaluation.set_evidence(NodeIndex(3), kFailed);
  EXPECT_EQ(evaluation.settle(at(1)).changed.size(), 4U);
}

}  // namespace
}  // namespace dienstbereit::graph
