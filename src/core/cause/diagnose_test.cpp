// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/diagnose.h"

#include <gtest/gtest.h>

namespace dienstbereit::core::cause {
namespace {

constexpr double kPrior = 0.001;
constexpr double kSurelyDown = 18;  // three reports of a good probe

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

}  // namespace

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
