// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/verdict.h"

#include <algorithm>
#include <cmath>

namespace dienstbereit::core::cause {
namespace {

constexpr double kTraceOfShare = 1e-4;  // less of a probability names no group
constexpr double kEnoughOfPart = 1e-5;  // variants below this share are left out of the sums

// Entropy of a yes-or-no with this chance, in bits.
double entropy(double chance) {
  if (chance <= 0 || chance >= 1) return 0;
  return -chance * std::log2(chance) - (1 - chance) * std::log2(1 - chance);
}

}  // namespace

Verdict::Verdict(const WeighQuestion& question, Belief& belief, Search& search,
                 const std::vector<Posterior>& posteriors)
    : question_(question), belief_(belief), search_(search), posteriors_(posteriors) {
  const std::uint32_t count = question.network->node_count();
  damage_.assign(count, 0);
  down_.assign(count, 0);
  row_prior_.assign(count, 0);
  alone_.assign(count, 0);
  untold_down_.assign(count, 0);
  base_damage_.assign(count, 0);
  base_down_.assign(count, 0);
  mark_.assign(count, 0);
  group_of_.assign(count, kNone);
}

void Verdict::stand_at(const Posterior& posterior) {
  search_.stand_at(posterior.common, posterior.roots);
  for (const Node node : question_.network->order()) {
    const Node before = belief_.before(node);
    const double other = before == kNone ? 0 : row_prior_[before];
    row_prior_[node] = other + (1 - other) * belief_.prior(node);
  }
  set_alone(posterior);
}

void Verdict::set_alone(const Posterior& posterior) {
  for (Node node = 0; node < alone_.size(); ++node)
    alone_[node] = belief_.suspect(node) && !belief_.met(node) ? row_prior_[node] : 0;
  for (const auto& [node, chance] : posterior.alone) alone_[node] = chance;
  for (const Part& part : posterior.parts)
    for (const Node node : part.suspects) alone_[node] = 0;
}

// Chance, in the hypothesis that the belief holds, that a node of the row of this head is damaged;
// what the search did not look at is taken to first order, alone beside the roots.
double Verdict::row_damage(Node head) const {
  if (!belief_.met(head) || !belief_.relevant(head)) return row_prior_[head];
  if (belief_.root(head)) return 1;
  return belief_.leaf(head) ? belief_.leaf_damage(head) : alone_[head];
}

// Of one node: what is seen tells of its row only whether any of it is damaged.
double Verdict::damage(Node node) const {
  const Node head = belief_.head(node);
  const double whole = row_prior_[head];
  if (head == node && belief_.before(node) == kNone) return row_damage(node);
  return whole == 0 ? 0 : row_damage(head) * belief_.prior(node) / whole;
}

double Verdict::down(Node node) const {
  const Node head = belief_.head(node);
  if (!belief_.met(node)) return 1;
  if (!belief_.relevant(node)) return untold_down(node);
  if (head == node) return row_damage(node);
  const double whole = row_prior_[head];
  return whole == 0 ? 0 : row_damage(head) * row_prior_[node] / whole;
}

// Of what has no reports on or below it: its needs are taken as independent of each other beside
// the roots.
double Verdict::untold_down(Node node) const {
  const Network& network = *question_.network;
  double up = 1 - row_prior_[node];
  for (std::uint32_t group = network.first_group(node); group < network.end_group(node); ++group) {
    double all_down = 1;
    for (const Node need : network.members(group))
      if (!belief_.down(need)) all_down *= belief_.relevant(need) ? down(need) : untold_down_[need];
    up *= 1 - all_down;
  }
  return 1 - up;
}

void Verdict::name(Node node, Key key) {
  if (group_of_[node] != kNone) return;
  const auto [at, fresh] =
      group_of_key_.try_emplace(key, static_cast<std::uint32_t>(groups_.size()));
  if (fresh) groups_.emplace_back();
  groups_[at->second].push_back(node);
  group_of_[node] = at->second;
}

// Whether anything with reports falls with this root.
bool Verdict::is_seen(Node root) {
  const std::uint64_t fallen = belief_.seen_key();
  belief_.toggle(root);
  const bool seen = belief_.seen_key() != fallen;
  belief_.toggle(root);
  return seen;
}

void Verdict::sum(const Posterior& posterior) {
  stand_at(posterior);
  const std::uint64_t roots = Belief::key_of(posterior.roots);
  for (const Node node : question_.network->order()) {
    base_damage_[node] = damage(node);
    base_down_[node] = down(node);
    untold_down_[node] = belief_.met(node) ? base_down_[node] : row_prior_[node];
    damage_[node] += posterior.share * base_damage_[node];
    down_[node] += posterior.share * base_down_[node];
    if (belief_.leaf(node) && belief_.met(node) &&
        posterior.share * base_damage_[node] > kTraceOfShare)
      name(node, {roots, belief_.seen_key() ^ belief_.sight_of(node)});
  }
  for (const Part& part : posterior.parts) sum_part(posterior, part, roots);
}

void Verdict::sum_part(const Posterior& posterior, const Part& part, std::uint64_t roots) {
  Spread place(belief_, *question_.network, question_.bounds, posterior.roots);
  std::vector<Node> touched;
  for (const Variant& variant : part.variants) {
    if (variant.share < kEnoughOfPart || search_.stopped()) break;
    touched.clear();
    place.stand_at({});
    belief_.record(&touched);
    place.stand_at(variant.toggled);
    belief_.record(nullptr);
    const std::uint64_t others = roots ^ Belief::key_of(variant.toggled);
    const bool counts = variant.share * posterior.share > kTraceOfShare;
    if (counts)
      for (const Node node : part.suspects)
        if (belief_.root(node) && belief_.met(node) && is_seen(node))
          name(node, {others ^ Belief::key_of(node), belief_.seen_key()});
    ++round_;
    for (const Node node : touched) {
      if (mark_[node] == round_) continue;
      mark_[node] = round_;
      const double weight = posterior.share * variant.share;
      sum_change(node, weight);
      if (belief_.leaf(node) && belief_.met(node) && weight * damage(node) > kTraceOfShare)
        name(node, {others, belief_.seen_key() ^ belief_.sight_of(node)});
      if (belief_.head(node) != node) continue;
      for (Node row = belief_.before(node); row != kNone; row = belief_.before(row)) {
        if (mark_[row] == round_) continue;
        mark_[row] = round_;
        sum_change(row, weight);
      }
    }
  }
  place.stand_at({});
}

void Verdict::sum_change(Node node, double weight) {
  damage_[node] += weight * (damage(node) - base_damage_[node]);
  down_[node] += weight * (down(node) - base_down_[node]);
}

// Chance that no member of the group is damaged, in the hypothesis that the belief holds.
double Verdict::undamaged(std::uint32_t group) const {
  double chance = 1;
  for (const Node head : groups_[group]) chance *= 1 - row_damage(head);
  return chance;
}

void Verdict::sum_groups(const Posterior& posterior) {
  stand_at(posterior);
  std::vector<std::uint8_t> done(groups_.size(), 0);
  for (const Part& part : posterior.parts) sum_groups_of(posterior, part, done);
  for (std::uint32_t group = 0; group < groups_.size(); ++group)
    if (done[group] == 0) group_damage_[group] += posterior.share * (1 - undamaged(group));
}

void Verdict::sum_groups_of(const Posterior& posterior, const Part& part,
                            std::vector<std::uint8_t>& done) {
  std::vector<std::uint32_t> groups;
  for (const Node node : part.suspects) {
    const std::uint32_t group = group_of_[node];
    if (group == kNone || done[group] != 0) continue;
    done[group] = 1;
    groups.push_back(group);
  }
  if (groups.empty()) return;
  Spread place(belief_, *question_.network, question_.bounds, posterior.roots);
  for (const Variant& variant : part.variants) {
    if (variant.share < kEnoughOfPart || search_.stopped()) break;
    place.stand_at(variant.toggled);
    for (const std::uint32_t group : groups)
      group_damage_[group] += posterior.share * variant.share * (1 - undamaged(group));
  }
  place.stand_at({});
}

// In ascending order.
std::vector<Node> Verdict::nodes_of(std::uint32_t group) const {
  std::vector<Node> nodes;
  for (const Node head : groups_[group])
    for (Node node = head; node != kNone; node = belief_.before(node))
      if (belief_.can_be_damaged(node)) nodes.push_back(node);
  std::ranges::sort(nodes);
  return nodes;
}

void Verdict::write(Diagnosis& diagnosis) {
  for (const Posterior& posterior : posteriors_)
    if (!search_.stopped()) sum(posterior);
  group_damage_.assign(groups_.size(), 0);
  for (const Posterior& posterior : posteriors_)
    if (!search_.stopped()) sum_groups(posterior);
  for (std::uint32_t group = 0; group < groups_.size(); ++group) {
    std::vector<Node> nodes = nodes_of(group);
    const double chance = nodes.size() == 1 ? damage_[nodes[0]] : group_damage_[group];
    if (chance >= kLeastProbability)
      diagnosis.candidates.push_back({std::move(nodes), std::min(chance, 1.0)});
  }
  std::ranges::sort(diagnosis.candidates, [](const Candidate& a, const Candidate& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.nodes < b.nodes;
  });
  if (diagnosis.candidates.size() > kMostCandidates) diagnosis.candidates.resize(kMostCandidates);
  for (Node node = 0; node < damage_.size(); ++node)
    if (damage_[node] >= kLeastProbability)
      diagnosis.damage.push_back({node, std::clamp(damage_[node], 0.0, 1.0)});
  std::ranges::sort(diagnosis.damage, [](const Damage& a, const Damage& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.node < b.node;
  });
  if (diagnosis.damage.size() > kMostDamages) diagnosis.damage.resize(kMostDamages);
  write_tests(diagnosis);
}

// A report depends on the hypothesis only by whether the node is down, so what it tells about the
// one it tells about the other: I = h(P(says down)) - the entropy of the probe's errors (Cover and
// Thomas: Elements of Information Theory, 2006, 2.4).
void Verdict::write_tests(Diagnosis& diagnosis) const {
  const ProbeErrors& probe = question_.probe;
  for (Node node = 0; node < down_.size(); ++node) {
    const double down = std::clamp(down_[node], 0.0, 1.0);
    const double says_down = down * (1 - probe.false_negative) + (1 - down) * probe.false_positive;
    const double told = entropy(says_down) - down * entropy(probe.false_negative) -
                        (1 - down) * entropy(probe.false_positive);
    const double gain = (1 - probe.missing) * told;
    if (gain >= kLeastProbability) diagnosis.tests.push_back({node, gain});
  }
  std::ranges::sort(diagnosis.tests, [](const Test& a, const Test& b) {
    return a.gain_bits != b.gain_bits ? a.gain_bits > b.gain_bits : a.node < b.node;
  });
  if (diagnosis.tests.size() > kMostTests) diagnosis.tests.resize(kMostTests);
}

}  // namespace dienstbereit::core::cause
