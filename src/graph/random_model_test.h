// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <random>
#include <vector>

#include "graph/reference_test.h"
#include "model/health.h"

// Random graphs and inputs, drawn from one generator so that a seed names the whole history.
namespace dienstbereit::graph::reference {

using Random = std::mt19937_64;

inline std::size_t pick(Random& random, std::size_t below) { return random() % below; }
inline bool chance(Random& random, unsigned percent) { return pick(random, 100) < percent; }

inline Interval random_interval(Random& random) {
  const auto best = static_cast<Health>(pick(random, 3));
  const auto worst = static_cast<Health>(pick(random, 3));
  return {better(best, worst), worse(best, worst)};
}

inline Rule random_rule(Random& random, std::size_t needs) {
  constexpr Operator kOperators[] = {Operator::All, Operator::Any, Operator::AtLeast,
                                     Operator::Degrades, Operator::Share};
  Rule rule{.op = kOperators[needs == 0 ? 0 : pick(random, 5)]};
  if (rule.op == Operator::AtLeast)
    rule.at_least = 1 + static_cast<std::uint32_t>(pick(random, needs));
  if (rule.op == Operator::Share) {
    rule.full = static_cast<double>(5 + pick(random, 6)) / 10;
    rule.limited = static_cast<double>(1 + pick(random, 5)) / 10;
  }
  return rule;
}

inline NeedSpec random_spec(Random& random) {
  NeedSpec spec{.weight = 0.1 * static_cast<double>(1 + pick(random, 10))};
  if (!chance(random, 25)) return spec;
  spec.buffer = Duration(1 + pick(random, 40));
  if (chance(random, 60)) spec.recharge = Duration(1 + pick(random, 100));
  return spec;
}

// Nodes in random numbering; each needs some earlier ones, and loops stand among them.
inline Model random_model(Random& random) {
  const std::size_t count = 4 + pick(random, 26);
  std::vector<std::size_t> name(count);
  for (std::size_t at = 0; at < count; ++at) name[at] = at;
  std::shuffle(name.begin(), name.end(), random);
  Model model;
  model.nodes.resize(count);
  const auto connect = [&](std::size_t of, std::size_t on) {
    model.nodes[name[of]].needs.push_back({name[on], random_spec(random)});
  };
  std::size_t at = 0;
  while (at < count) {
    std::size_t size = chance(random, 12) ? 1 + pick(random, 4) : 0;
    size = std::min(size, count - at);
    for (std::size_t of = at; of < at + std::max<std::size_t>(size, 1); ++of)
      for (std::size_t left = at == 0 ? 0 : pick(random, 4); left > 0; --left)
        connect(of, pick(random, at));
    if (size > 0) model.groups.emplace_back();
    for (std::size_t of = at; of < at + size; ++of) {
      model.groups.back().push_back(name[of]);
      connect(of, of + 1 < at + size ? of + 1 : at);
      if (chance(random, 30)) connect(of, at + pick(random, size));
    }
    at += std::max<std::size_t>(size, 1);
  }
  for (RefNode& node : model.nodes) node.rule = random_rule(random, node.needs.size());
  return model;
}

inline Evidence random_evidence(Random& random, Instant now) {
  const Instant began = now - Duration(pick(random, 8)) + Duration(1);
  switch (pick(random, 8)) {
    case 0:
    case 1:
      return {kOperational, true, true, chance(random, 50), began};
    case 2:
      return {kDegraded, true, true, true, began};
    case 3:
      return {kDown, true, true, chance(random, 50), std::nullopt};
    case 4:
      return {kOperational, true, false, true, std::nullopt};
    case 5:
      return {kDown, true, false, false, std::nullopt};
    case 6:
      return {kUnknown, true, false, false, std::nullopt};
    default:
      return {};
  }
}

inline Word random_word(Random& random, Instant now) {
  return {random_interval(random), now - Duration(pick(random, 4)),
          now + Duration(pick(random, 60)) - Duration(5)};
}

inline Graph compile(const Model& model) {
  GraphBuilder builder;
  for (const RefNode& node : model.nodes) builder.add_node(node.rule);
  for (std::size_t node = 0; node < model.nodes.size(); ++node)
    for (const RefNeed& need : model.nodes[node].needs)
      builder.add_need(NodeIndex(static_cast<std::uint32_t>(node)),
                       NodeIndex(static_cast<std::uint32_t>(need.on)), need.spec);
  for (const auto& group : model.groups) {
    std::vector<NodeIndex> members;
    for (const std::size_t node : group) members.emplace_back(static_cast<std::uint32_t>(node));
    builder.add_loop_group(members);
  }
  return builder.build().value();
}

}  // namespace dienstbereit::graph::reference
