// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <map>

#include <gtest/gtest.h>

#include "core/cause/belief.h"
#include "core/cause/random_case_test.h"
#include "core/cause/search.h"

namespace dienstbereit::core::cause {
namespace {

using namespace testing;

#ifdef NDEBUG
constexpr std::size_t kSeeds = 400;
#else
constexpr std::size_t kSeeds = 25;  // unoptimized and sanitized: the same, but fewer
#endif
constexpr std::uint32_t kMostNodesHere = 10;
constexpr double kMostError = 0.02;
constexpr double kBitsError = 0.01;
constexpr double kUntoldBitsError = 0.15;
constexpr double kMeanError = 0.002;

Diagnosis diagnosed(World& world) {
  world.question.network = &world.network;
  return diagnose(world.question);
}

std::vector<double> by_node(const World& world, const std::vector<Damage>& damage) {
  std::vector<double> all(world.specs.size());
  for (const Damage& one : damage) all[one.node] = one.probability;
  return all;
}

// The largest difference of any probability that the diagnosis tells to the true one.
struct Errors {
  double common = 0;
  double damage = 0;
  double candidate = 0;
};

Errors errors_of(const World& world, const Diagnosis& found, const Truth& truth) {
  Errors errors;
  std::vector<double> common(truth.common.size());
  for (const CommonCause& cause : found.common_causes)
    common[cause.common == kNone ? common.size() - 1 : cause.common] = cause.probability;
  for (std::size_t at = 0; at < common.size(); ++at)
    errors.common = std::max(errors.common, std::abs(common[at] - truth.common[at]));
  const std::vector<double> damage = by_node(world, found.damage);
  for (std::size_t at = 0; at < damage.size(); ++at)
    errors.damage = std::max(errors.damage, std::abs(damage[at] - truth.damage[at]));
  for (const Candidate& candidate : found.candidates) {
    std::uint32_t mask = 0;
    for (const Node node : candidate.nodes) mask |= 1U << node;
    double held = 0;
    for (std::uint32_t set = 0; set < truth.sets.size(); ++set)
      if ((set & mask) != 0) held += truth.sets[set];
    errors.candidate = std::max(errors.candidate, std::abs(held - candidate.probability));
  }
  return errors;
}

TEST(Diagnose, IsExactWhereAllSetsAreLookedAt) {
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, kMostNodesHere);
    const Errors errors = errors_of(world, diagnosed(world), brute_force(world));
    EXPECT_LT(errors.common, 2 * kLeastCommonCause) << "seed " << seed;
    EXPECT_LT(errors.damage, 1.1 * kLeastProbability) << "seed " << seed;
    EXPECT_LT(errors.candidate, kLeastProbability) << "seed " << seed;
  }
}

// What has reports itself or below it: by the model, without Belief.
std::vector<bool> told_of(const World& world) {
  std::vector<bool> told(world.specs.size());
  for (Node node = static_cast<Node>(told.size()); node-- > 0;) {
    told[node] = told[node] || world.question.seen.log_ratio[node] != 0;
    if (!told[node]) continue;
    for (const auto& group : world.specs[node].needs)
      for (const Node need : group) told[need] = true;
  }
  return told;
}

// I = h(P(says down)) - the entropy of the probe's errors, by the true chance to be down.
TEST(Diagnose, TestsTellByHowLikelyTheNodeIsDown) {
  const auto entropy = [](double p) {
    return p <= 0 || p >= 1 ? 0 : -p * std::log2(p) - (1 - p) * std::log2(1 - p);
  };
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, kMostNodesHere);
    const Diagnosis found = diagnosed(world);
    const Truth truth = brute_force(world);
    const ProbeErrors& probe = world.question.probe;
    const std::vector<bool> told = told_of(world);
    for (const cause::Test& test : found.tests) {
      const double down = truth.down[test.node];
      const double says = down * (1 - probe.false_negative) + (1 - down) * probe.false_positive;
      const double gain =
          (1 - probe.missing) * (entropy(says) - down * entropy(probe.false_negative) -
                                 (1 - down) * entropy(probe.false_positive));
      // What an untold node needs is taken as independent, each of the other.
      EXPECT_NEAR(test.gain_bits, gain, told[test.node] ? kBitsError : kUntoldBitsError)
          << "seed " << seed << " node " << test.node;
    }
  }
}

TEST(Diagnose, IsExactWhereAGroupHasNoMembers) {
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, kMostNodesHere);
    world.specs[pick(random, world.network.node_count())].needs.emplace_back();
    world.network = Network::make(world.specs, world.commons).value();
    const Errors errors = errors_of(world, diagnosed(world), brute_force(world));
    EXPECT_LT(errors.common, 2 * kLeastCommonCause) << "seed " << seed;
    EXPECT_LT(errors.damage, 1.1 * kLeastProbability) << "seed " << seed;
    EXPECT_LT(errors.candidate, kLeastProbability) << "seed " << seed;
  }
}

TEST(Diagnose, TheSearchOfLargeNetworksIsNearTheTruthOnSmallOnes) {
  double common = 0;
  double damage = 0;
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, kMostNodesHere);
    world.question.bounds.exhaustive = 0;
    const Errors errors = errors_of(world, diagnosed(world), brute_force(world));
    common += errors.common;
    damage += errors.damage;
    EXPECT_LT(errors.common, kMostError) << "seed " << seed;
    EXPECT_LT(errors.damage, kMostError) << "seed " << seed;
    EXPECT_LT(errors.candidate, kMostError) << "seed " << seed;
  }
  EXPECT_LT(common / kSeeds, kMeanError);
  EXPECT_LT(damage / kSeeds, kMeanError);
}

// Up to 28 nodes that need any of two, or one, of those before them; mostly a group of two, or of
// two that only together bring it down, has fallen. Three rounds of good probes.
World redundant_world(Random& random) {
  const std::uint32_t count = 24 + pick(random, 5);
  std::vector<NodeSpec> specs(count);
  std::vector<std::vector<Node>> twos;
  for (Node node = 0; node < count; ++node) {
    specs[node].prior = std::exp(std::log(1e-4) * (1 + uniform(random)) / 2);
    if (node < 4) continue;
    for (std::uint32_t left = 1 + pick(random, 2); left > 0; --left) {
      auto& group = specs[node].needs.emplace_back();
      group.push_back(pick(random, std::min(node, 18U)));
      if (chance(random, 0.7)) group.push_back(pick(random, std::min(node, 18U)));
      if (group.size() == 2) twos.push_back(group);
    }
  }
  std::uint32_t damages = 1U << pick(random, count);
  if (chance(random, 0.7) && !twos.empty()) {
    damages = 0;
    for (const Node node : twos[pick(random, static_cast<std::uint32_t>(twos.size()))])
      damages |= 1U << node;
  }
  WeighQuestion question;
  const std::vector<bool> up = ups(specs, damages);
  for (Node node = 0; node < count; ++node) {
    double log_ratio = 0;
    const bool probed = chance(random, 0.6);
    for (int round = 0; probed && round < 3; ++round)
      log_ratio += up[node] != chance(random, up[node] ? 0.002 : 0.02) ? std::log(0.02 / 0.998)
                                                                       : std::log(0.98 / 0.002);
    question.seen.log_ratio.push_back(log_ratio);
  }
  Network network = Network::make(specs, {}).value();
  return {std::move(specs), {}, std::move(network), std::move(question)};
}

// By all sets of at most three damages.
std::vector<double> damage_by_threes(const World& world) {
  const auto count = static_cast<std::uint32_t>(world.specs.size());
  std::vector<double> damage(count);
  double sum = 0;
  const auto look_at = [&](std::vector<Node> nodes) {
    std::uint32_t damages = 0;
    for (const Node node : nodes) damages |= 1U << node;
    const std::vector<bool> up = ups(world.specs, damages);
    double log = 0;
    for (Node node = 0; node < count; ++node)
      if (!up[node]) log += world.question.seen.log_ratio[node];
    for (const Node node : nodes) log += log_odds_of(world.specs[node].prior);
    sum += std::exp(log);
    for (const Node node : nodes) damage[node] += std::exp(log);
  };
  look_at({});
  for (Node a = 0; a < count; ++a) {
    look_at({a});
    for (Node b = 0; b < a; ++b) {
      look_at({a, b});
      for (Node c = 0; c < b; ++c) look_at({a, b, c});
    }
  }
  for (double& one : damage) one /= sum;
  return damage;
}

TEST(Diagnose, FindsWhatFallsOnlyTogether) {
  for (std::size_t seed = 0; seed < kSeeds / 4; ++seed) {
    Random random(seed);
    World world = redundant_world(random);
    const std::vector<double> found = by_node(world, diagnosed(world).damage);
    const std::vector<double> truth = damage_by_threes(world);
    for (Node node = 0; node < truth.size(); ++node)
      EXPECT_NEAR(found[node], truth[node], kMostError) << "seed " << seed << " node " << node;
  }
}

// Nodes that others hang on and that reports tell something of.
std::vector<bool> tellable(const World& world) {
  std::vector<bool> tells = told_of(world);
  for (Node node = 0; node < world.specs.size(); ++node)
    if (world.network.uses(node).empty()) tells[node] = false;
  return tells;
}

// By the damaged nodes of these whose needs are met.
std::map<std::vector<Node>, double> classes(const World& world, const Truth& truth) {
  const std::vector<bool> told = tellable(world);
  std::map<std::vector<Node>, double> sums;
  for (std::uint32_t set = 0; set < truth.sets.size(); ++set) {
    std::vector<Node> roots;
    for (Node node = 0; node < world.specs.size(); ++node) {
      const std::vector<bool> without = ups(world.specs, set & ~(1U << node));
      if ((set >> node & 1U) != 0 && told[node] && without[node]) roots.push_back(node);
    }
    sums[roots] += truth.sets[set];
  }
  return sums;
}

TEST(Diagnose, AccountsAreAsLikelyAsAllSetsThatComeToTheSame) {
  std::size_t looked_at = 0;
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, kMostNodesHere);
    const Diagnosis found = diagnosed(world);
    if (found.accounts.size() == kMostAccounts) continue;  // the rest of them is not told
    const std::vector<bool> tells = tellable(world);
    std::map<std::vector<Node>, double> told;
    for (const Account& account : found.accounts) {
      std::vector<Node> roots = account.damaged;
      std::erase_if(roots, [&](Node node) { return !tells[node]; });
      told[roots] += account.probability;
    }
    for (const auto& [roots, probability] : classes(world, brute_force(world))) {
      EXPECT_NEAR(told[roots], probability, kLeastProbability) << "seed " << seed;
    }
    ++looked_at;
  }
  EXPECT_GT(looked_at, kSeeds / 4);
}

TEST(Diagnose, AnAccountHoldsTheLeavesThatAreLikelyDamagedAndNoneThatFellAnyway) {
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, kMostNodesHere);
    const Diagnosis found = diagnosed(world);
    for (const Account& account : found.accounts) {
      std::uint32_t set = 0;
      for (const Node node : account.damaged) set |= 1U << node;
      for (const Node node : account.damaged) {
        EXPECT_TRUE(ups(world.specs, set & ~(1U << node))[node]) << "seed " << seed;
      }
    }
  }
}

TEST(Belief, TheScoreAfterAnyTogglesIsThatOfTheRoots) {
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, 30);
    world.question.network = &world.network;
    Belief belief(world.question);
    for (int step = 0; step < 60; ++step) {
      const Node node = pick(random, world.network.node_count());
      if (belief.suspect(node)) belief.toggle(node);
      if (step % 10 == 9) {
        const std::uint32_t count = world.network.common_count();
        belief.suppose(step % 20 == 9 ? pick(random, count) : kNone);
      }
    }
    Belief fresh(world.question);
    fresh.suppose(belief.common());
    for (const Node node : world.network.order())
      if (belief.root(node)) fresh.toggle(node);
    EXPECT_NEAR(belief.score(), fresh.score(), 1e-9) << "seed " << seed;
    EXPECT_EQ(belief.seen_key(), fresh.seen_key());
  }
}

TEST(Search, GainsThatShareTheWayDownAreThoseOfTheBelief) {
  for (std::size_t seed = 0; seed < kSeeds; ++seed) {
    Random random(seed);
    World world = random_world(random, 30);
    world.question.network = &world.network;
    Belief belief(world.question);
    Search search(belief, world.network, world.question.bounds);
    for (int step = 0; step < 5; ++step) {
      std::vector<Node> roots;
      for (Node node = 0; node < world.specs.size(); ++node)
        if (belief.suspect(node) && chance(random, 0.1)) roots.push_back(node);
      search.put(roots);
      for (Node node = 0; node < world.specs.size(); ++node) {
        if (!belief.suspect(node)) continue;
        EXPECT_NEAR(search.gain(node), belief.gain(node), 1e-9) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace dienstbereit::core::cause
