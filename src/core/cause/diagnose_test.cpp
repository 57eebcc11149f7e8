// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/diagnose.h"

#include <cmath>

#include <gtest/gtest.h>

namespace dienstbereit::core::cause {
namespace {

constexpr double kPrior = 0.001;
constexpr double kSurelyDown = 18;  // three reports of a good probe
const double kThreeDown = 3 * std::log(0.98 / 0.002);

// Each node needs the one before it; the last one is reported down.
struct Chain {
  explicit Chain(std::uint32_t count, double log_ratio_of_others = 0) {
    std::vector<NodeSpec> specs(count, {kPrior, {}});
    for (Node node = 1; node < count; ++node) specs[node].needs = {{node - 1}};
    network = Network::make(specs, {}).value();
    question.network = &network;
    question.seen.log_ratio.assign(count, log_ratio_of_others);
    question.seen.log_ratio.back() = kSurelyDown;
  }
  Network network;
  WeighQuestion question;
};

double damage_of(const Diagnosis& found, Node node) {
  for (const Damage& one : found.damage)
    if (one.node == node) return one.probability;
  return 0;
}

double chance_of(const Diagnosis& found, std::uint32_t common) {
  for (const CommonCause& one : found.common_causes)
    if (one.common == common) return one.probability;
  return 0;
}

CommonSpec surge(double prior, double damage, std::vector<Node> members) {
  return {CommonSort::Surge, log_odds_of(prior), damage, std::move(members), kNone};
}

// 0 and 1, of which 2 needs any, and 20 pairs beside them, up; 2 is reported down.
struct AnyOfTwo {
  AnyOfTwo(double prior_of_two, double prior_of_one) {
    std::vector<NodeSpec> specs{{prior_of_two, {}}, {prior_of_two, {}}, {prior_of_one, {{0, 1}}}};
    for (Node pair = 0; pair < 20; ++pair) {
      specs.push_back({0.002, {}});
      specs.push_back({0.002, {{3 + 2 * pair}}});
    }
    network = Network::make(specs, {}).value();
    question.network = &network;
    question.seen.log_ratio.assign(specs.size(), 0);
    for (Node pair = 0; pair < 20; ++pair) question.seen.log_ratio[4 + 2 * pair] = -11.7;
    question.seen.log_ratio[2] = kThreeDown;
  }
  Network network;
  WeighQuestion question;
};

}  // namespace

TEST(Diagnose, TwoOfWhichNeitherAloneExplainsAnythingAreFound) {
  for (const double prior : {0.002, 0.0005, 0.0001}) {
    const AnyOfTwo world(prior, 0);
    const Diagnosis found = diagnose(world.question);
    const double odds = std::exp(kThreeDown) * prior * prior;
    EXPECT_NEAR(damage_of(found, 0), (odds + prior) / (odds + 1), 0.002);
    EXPECT_NEAR(damage_of(found, 1), (odds + prior) / (odds + 1), 0.002);
  }
}

TEST(Diagnose, TwoTogetherAreWeighedAgainstOne) {
  for (const double prior : {1e-6, 1e-5, 1e-4, 1e-3}) {
    const AnyOfTwo world(0.002, prior);
    const Diagnosis found = diagnose(world.question);
    const double pair = 0.002 * 0.002;
    const double truth = pair / (pair + prior + std::exp(-kThreeDown));
    EXPECT_NEAR(damage_of(found, 0), truth, 0.005);
  }
}

TEST(Diagnose, WhatIsUpForSureIsNeitherADamageNorATest) {
  constexpr std::uint32_t kSites = 20;
  std::vector<NodeSpec> specs;
  WeighQuestion question;
  question.probe = {0.02, 0.002, 0.05};
  for (Node feed = 0; feed < 4 * kSites; feed += 4) {
    specs.push_back({0.002, {}});
    specs.push_back({0.003, {{feed}}});
    specs.push_back({0.003, {{feed}, {feed + 1}}});
    specs.push_back({0.003, {{feed}, {feed + 1}}});
    question.seen.log_ratio.insert(question.seen.log_ratio.end(), {0, -11.7, -11.7, -11.7});
  }
  question.seen.log_ratio[3] = kThreeDown;
  const Network network = Network::make(specs, {}).value();
  question.network = &network;
  const Diagnosis found = diagnose(question);
  EXPECT_GT(damage_of(found, 3), 0.99);
  for (Node feed = 0; feed < 4 * kSites; feed += 4) {
    EXPECT_EQ(damage_of(found, feed), 0);
    for (const cause::Test& test : found.tests) EXPECT_NE(test.node, feed);
  }
}

// Hundred surges, of which one explains what is seen; 1 is not probed.
TEST(Diagnose, DamagesAreWeighedByTheSameSurgesAsAreTold) {
  std::vector<NodeSpec> specs{{0.01, {}}, {0.01, {}}};
  std::vector<CommonSpec> surges{surge(0.05, 0.35, {0, 1})};
  for (std::size_t feed = 1; feed < 100; ++feed) surges.push_back(surge(0.05, 0.35, {}));
  const Network network = Network::make(specs, surges).value();
  WeighQuestion question;
  question.network = &network;
  question.seen.log_ratio = {std::log(0.98 / 0.002), 0};
  const Diagnosis found = diagnose(question);
  const double of_first = chance_of(found, 0);
  EXPECT_NEAR(of_first, 0.20, 0.01);
  const double when_hit = 1 - 0.99 * 0.65;
  EXPECT_NEAR(damage_of(found, 1), of_first * when_hit + (1 - of_first) * 0.01, 0.001);
}

TEST(Diagnose, ManyCausesThatAreUnlikelyEachAreNotTakenForNone) {
  const std::vector<CommonSpec> surges(12'000, surge(0.004, 0.35, {}));
  const Network network = Network::make({{0.002, {}}}, surges).value();
  WeighQuestion question;
  question.network = &network;
  question.seen.log_ratio = {0};
  const Diagnosis found = diagnose(question);
  EXPECT_NEAR(chance_of(found, kNone), 0.0203, 0.001);
  EXPECT_EQ(found.common_causes.front().common, kNone);
  EXPECT_NEAR(damage_of(found, 0), 0.002, 1e-6);
}

TEST(Diagnose, MoreCausesThanCanEachBeLikelyLeaveTheDamagesAsTheyAre) {
  const std::vector<CommonSpec> surges(20'000, surge(0.5, 0.35, {}));
  const Network network = Network::make({{0.01, {}}}, surges).value();
  WeighQuestion question;
  question.network = &network;
  question.seen.log_ratio = {kThreeDown};
  const Diagnosis found = diagnose(question);
  EXPECT_GT(damage_of(found, 0), 0.999);
  EXPECT_EQ(found.candidates.size(), 1U);
}

// All is up, so no surge has to be searched however many there are; and a few surges that have to
// do with what is seen, in a network that is too large to be copied for each.
TEST(Diagnose, ManyFeedsTakeBoundedWork) {
  for (const bool down : {false, true}) {
    constexpr std::uint32_t kFeeds = 5'000;
    std::vector<NodeSpec> specs{{0.001, {}}};
    std::vector<CommonSpec> surges;
    WeighQuestion question;
    question.seen.log_ratio = {0};
    for (std::uint32_t feed = 0; feed < kFeeds; ++feed) {
      auto& members = surges.emplace_back(surge(0.004, 0.35, {})).members;
      for (int device = 0; device < 3; ++device) {
        members.push_back(static_cast<Node>(specs.size()));
        specs.push_back({0.003, {}});
        if (down) specs.back().needs = {{0}};
        question.seen.log_ratio.push_back(down ? kThreeDown : -11.7);
      }
    }
    const Network network = Network::make(specs, surges).value();
    question.network = &network;
    const Diagnosis found = diagnose(question);
    EXPECT_LE(found.visits, 2 * question.bounds.visits_of(specs.size()));
    if (!down) EXPECT_TRUE(found.complete);
    EXPECT_NEAR(damage_of(found, 0), down ? 1 : 0, 0.001);
  }
}

// Nothing is seen; a surge is all but sure. A switch, a desk that needs it, an office that needs
// the desk.
TEST(Diagnose, WhatHasNoReportsIsDownByAllThatItNeeds) {
  const std::vector<NodeSpec> specs{{0, {}}, {0, {{0}}}, {0.0005, {{1}}}};
  const Network network = Network::make(specs, {surge(0.999999, 0.35, {0, 1})}).value();
  WeighQuestion question;
  question.network = &network;
  question.seen.log_ratio = {0, 0, 0};
  const Diagnosis found = diagnose(question);
  const auto bits = [](double p) { return -p * std::log2(p) - (1 - p) * std::log2(1 - p); };
  ASSERT_EQ(found.tests.size(), 3U);
  double gains[3] = {};
  for (const cause::Test& test : found.tests) gains[test.node] = test.gain_bits;
  EXPECT_NEAR(gains[0], bits(0.35), 0.001);
  EXPECT_NEAR(gains[1], bits(1 - 0.65 * 0.65), 0.001);
  EXPECT_NEAR(gains[2], bits(1 - 0.65 * 0.65), 0.001);
}

TEST(Diagnose, NodesInARowAreOneCandidateHoweverLongItIs) {
  for (const std::uint32_t count : {3U, 300U, 1'000U, 20'000U}) {
    const Chain chain(count);
    const Diagnosis found = diagnose(chain.question);
    ASSERT_EQ(found.candidates.size(), 1U);
    EXPECT_GE(found.candidates[0].nodes.size(), count - 1);  // the leaf's own share may be a trace
    EXPECT_GT(found.candidates[0].probability, 0.99);
    EXPECT_TRUE(found.complete);
    if (count <= 300) {
      ASSERT_EQ(found.damage.size(), count);
      EXPECT_NEAR(found.damage.back().probability, 1.0 / count, 0.2 / count);
    }
  }
}

// So many devices that one of them is damaged for sure.
TEST(Diagnose, ASurgeThatCanDamageALongRowIsWeighed) {
  Chain chain(5'000);
  CommonSpec surge{CommonSort::Surge, log_odds_of(0.004), 0.35, {}, kNone};
  for (Node node = 0; node < 5'000; ++node) surge.members.push_back(node);
  std::vector<NodeSpec> specs(5'000, {kPrior, {}});
  for (Node node = 1; node < 5'000; ++node) specs[node].needs = {{node - 1}};
  chain.network = Network::make(specs, {surge}).value();
  const Diagnosis found = diagnose(chain.question);
  ASSERT_EQ(found.common_causes.size(), 2U);
  // Without one it is damaged anyway: by 1 - 0.999^5000.
  EXPECT_NEAR(found.common_causes[1].probability, 0.004, 0.0005);
}

TEST(Diagnose, TheMiddleOfARowIsTheBestNextTest) {
  const Chain chain(101);
  const Diagnosis found = diagnose(chain.question);
  ASSERT_FALSE(found.tests.empty());
  EXPECT_NEAR(found.tests[0].node, 50, 2);
}

// All of a long chain is probed, and down from its middle on.
TEST(Diagnose, TheFirstThatIsDownOfALongChainIsFound) {
  for (const std::uint32_t count : {1'000U, 5'000U, 20'000U}) {
    Chain chain(count, -kSurelyDown);
    for (Node node = count / 2; node < count; ++node)
      chain.question.seen.log_ratio[node] = kSurelyDown;
    const Diagnosis found = diagnose(chain.question);
    ASSERT_FALSE(found.candidates.empty());
    EXPECT_EQ(found.candidates[0].nodes, std::vector<Node>{count / 2});
  }
}

// Every second node says that it is up, weakly: no row, and more than can be looked at.
TEST(Diagnose, ASearchThatEndsAtItsBoundIsNotSureOfWhatItCouldNotCompare) {
  Chain chain(4'000);
  for (Node node = 0; node + 1 < 4'000; node += 2) chain.question.seen.log_ratio[node] = 1e-9;
  const Diagnosis found = diagnose(chain.question);
  EXPECT_FALSE(found.complete);
  ASSERT_FALSE(found.candidates.empty());
  for (const Candidate& candidate : found.candidates) {
    if (candidate.nodes.size() <= 6) EXPECT_LT(candidate.probability, 0.1);
  }
  // What was found is summed up after the search.
  EXPECT_LT(found.visits, 6 * chain.question.bounds.visits_of(4'000));
}

// Twelve suspects beside each other, and more surges than are searched elsewhere.
TEST(Diagnose, WithFewSuspectsAllSetsUnderAllCausesAreLookedAt) {
  constexpr std::uint32_t kPairs = 12;
  std::vector<NodeSpec> specs(2 * kPairs, {0.3, {}});
  std::vector<CommonSpec> commons;
  for (Node node = 0; node < kPairs; ++node) specs[kPairs + node].needs = {{node}};
  for (std::uint32_t at = 0; at < 40; ++at)
    commons.push_back({CommonSort::Surge, log_odds_of(0.01), 0.3, {at % kPairs}, kNone});
  commons.push_back({CommonSort::Surge, log_odds_of(0.01), 0.3, {}, kNone});
  const Network network = Network::make(specs, commons).value();
  WeighQuestion question;
  question.network = &network;
  question.seen.log_ratio.assign(2 * kPairs, 0.1);
  const Diagnosis found = diagnose(question);
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.common_causes.size(), 42U);
}

}  // namespace dienstbereit::core::cause
