// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/cause/diagnose.h"

// Small random questions, and the answer by looking at every set of damages under every common
// cause: the model written down anew, without any of the search's shortcuts.
namespace dienstbereit::core::cause::testing {

using Random = std::mt19937_64;

inline double uniform(Random& random) { return static_cast<double>(random() >> 11U) * 0x1.0p-53; }
inline bool chance(Random& random, double p) { return uniform(random) < p; }
inline std::uint32_t pick(Random& random, std::uint32_t below) {
  return static_cast<std::uint32_t>(random() % below);
}

struct World {
  std::vector<NodeSpec> specs;
  std::vector<CommonSpec> commons;
  Network network;
  WeighQuestion question;
};

// States by the definition: up if undamaged and each group has a member that is up. `specs` must
// need only earlier nodes.
inline std::vector<bool> ups(const std::vector<NodeSpec>& specs, std::uint32_t damages) {
  std::vector<bool> up(specs.size());
  for (std::size_t node = 0; node < specs.size(); ++node) {
    up[node] = (damages >> node & 1U) == 0;
    for (const auto& group : specs[node].needs)
      up[node] = up[node] && std::ranges::any_of(group, [&](Node need) { return up[need]; });
  }
  return up;
}

inline std::vector<NodeSpec> random_specs(Random& random, std::uint32_t count) {
  std::vector<NodeSpec> specs(count);
  for (Node node = 0; node < count; ++node) {
    NodeSpec& spec = specs[node];
    spec.prior = std::exp(-1.5 - 5 * uniform(random));
    if (node < 2) continue;
    for (std::uint32_t left = pick(random, 3); left > 0; --left) {
      auto& group = spec.needs.emplace_back();
      for (std::uint32_t more = 1 + pick(random, 2); more > 0; --more)
        group.push_back(pick(random, node));
    }
  }
  return specs;
}

// Surges on the first two nodes, which damage different ones, and up to three causes more that lie
// across these: of members at random, one of them perhaps its own place.
inline std::vector<CommonSpec> random_commons(Random& random, std::uint32_t count) {
  const double odds = log_odds_of(0.01 + 0.2 * uniform(random));
  const double damage = 0.1 + 0.6 * uniform(random);
  std::vector<CommonSpec> commons;
  for (Node feed = 0; feed < 2; ++feed)
    commons.push_back({CommonSort::Surge, odds, damage, {}, feed});
  for (Node node = 2; node < count; ++node)
    if (chance(random, 0.7)) commons[pick(random, 2)].members.push_back(node);
  for (std::uint32_t left = pick(random, 4); left > 0; --left) {
    CommonSpec& spec = commons.emplace_back();
    spec.sort = chance(random, 0.5) ? CommonSort::Room : CommonSort::Change;
    spec.log_prior_odds = log_odds_of(0.01 + 0.3 * uniform(random));
    spec.damage = 0.1 + 0.8 * uniform(random);
    for (Node node = 0; node < count; ++node)
      if (chance(random, 0.5)) spec.members.push_back(node);
    if (spec.sort == CommonSort::Room) spec.at = pick(random, count);
  }
  return commons;
}

inline bool hits(const CommonSpec& common, Node node) {
  return std::ranges::find(common.members, node) != common.members.end();
}

// A truth is drawn, and reports of about half of the nodes are.
inline World random_world(Random& random, std::uint32_t most_nodes) {
  const std::uint32_t count = 3 + pick(random, most_nodes - 2);
  std::vector<NodeSpec> specs = random_specs(random, count);
  std::vector<CommonSpec> commons = random_commons(random, count);
  WeighQuestion question;
  question.probe = {0.1, 0.02, 0.2};
  std::uint32_t damages = 0;
  const std::size_t cause = pick(random, static_cast<std::uint32_t>(2 * commons.size()));
  for (Node node = 0; node < count; ++node)
    if (chance(random, 0.15) ||
        (cause < commons.size() && hits(commons[cause], node) && chance(random, 0.4)))
      damages |= 1U << node;
  const std::vector<bool> up = ups(specs, damages);
  for (Node node = 0; node < count; ++node) {
    double log_ratio = 0;
    if (chance(random, 0.6)) {
      const bool says_up = up[node] != chance(random, 0.05);
      log_ratio = says_up ? -1 - 2 * uniform(random) : 1 + 3 * uniform(random);
    }
    question.seen.log_ratio.push_back(log_ratio);
  }
  if (chance(random, 0.5))
    for (std::size_t at = 0; at < commons.size(); ++at)
      question.seen.common_log_ratio.push_back(4 * uniform(random) - 2);
  Network network = Network::make(specs, commons).value();
  return {std::move(specs), std::move(commons), std::move(network), std::move(question)};
}

struct Truth {
  std::vector<double> common;  // by common cause; the last one: none
  std::vector<double> damage;  // by node
  std::vector<double> down;
  double log_evidence = 0;
  // By set of damages: its probability.
  std::vector<double> sets;
};

// Under a common cause by its number; past the last, under none.
inline double prior_of(const World& world, Node node, std::size_t common) {
  const double own = world.specs[node].prior;
  if (common == world.commons.size() || !hits(world.commons[common], node)) return own;
  return 1 - (1 - own) * (1 - world.commons[common].damage);
}

inline Truth brute_force(const World& world) {
  const auto count = static_cast<std::uint32_t>(world.specs.size());
  const std::size_t commons = world.commons.size();
  const WeighQuestion& question = world.question;
  Truth truth{std::vector<double>(commons + 1), std::vector<double>(count),
              std::vector<double>(count), 0, std::vector<double>(1U << count)};
  double sum = 0;
  for (std::uint32_t damages = 0; damages < 1U << count; ++damages) {
    const std::vector<bool> up = ups(world.specs, damages);
    double reports = 0;
    for (Node node = 0; node < count; ++node)
      if (!up[node]) reports += question.seen.log_ratio[node];
    for (std::size_t common = 0; common <= commons; ++common) {
      double weight = std::exp(reports);
      if (common < commons) {
        weight *= std::exp(world.commons[common].log_prior_odds);
        if (!question.seen.common_log_ratio.empty())
          weight *= std::exp(question.seen.common_log_ratio[common]);
      }
      for (Node node = 0; node < count; ++node) {
        const double p = prior_of(world, node, common);
        weight *= (damages >> node & 1U) != 0 ? p : 1 - p;
      }
      sum += weight;
      truth.common[common] += weight;
      truth.sets[damages] += weight;
      for (Node node = 0; node < count; ++node) {
        if ((damages >> node & 1U) != 0) truth.damage[node] += weight;
        if (!up[node]) truth.down[node] += weight;
      }
    }
  }
  for (auto* list : {&truth.common, &truth.damage, &truth.down, &truth.sets})
    for (double& value : *list) value /= sum;
  return truth;
}

}  // namespace dienstbereit::core::cause::testing
