// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "core/cause/spread.h"

namespace dienstbereit::core::cause {

// What was found under one common cause.
struct Posterior {
  std::uint32_t common = kNone;
  std::vector<Node> roots;  // the likeliest
  std::vector<Part> parts;
  // Suspects in none of the parts, each with its chance of damage, to first order.
  std::vector<std::pair<Node, double>> alone;
  double log_weight = 0;  // of the common cause, all its hypotheses together
  double share = 0;       // its probability among all posteriors
};

// Sums over what was found: damages, groups, tests. Needs the posteriors likeliest first.
class Verdict {
 public:
  Verdict(const WeighQuestion& question, Belief& belief, Search& search,
          const std::vector<Posterior>& posteriors);

  void write(Diagnosis& diagnosis);

 private:
  // Two damages with the same key bring down the same nodes with reports, beside the same others.
  using Key = std::pair<std::uint64_t, std::uint64_t>;  // of the other roots; of what fell
  void stand_at(const Posterior& posterior);
  void set_alone(const Posterior& posterior);
  void sum(const Posterior& posterior);
  void sum_change(Node node, double weight);
  void sum_part(const Posterior& posterior, const Part& part, std::uint64_t others);
  void name(Node node, Key key);
  bool is_seen(Node root);
  void sum_groups(const Posterior& posterior);
  void sum_groups_of(const Posterior& posterior, const Part& part, std::vector<std::uint8_t>& done);
  std::vector<Node> nodes_of(std::uint32_t group) const;
  double undamaged(std::uint32_t group) const;
  double row_damage(Node head) const;
  double damage(Node node) const;
  double down(Node node) const;
  double untold_down(Node node) const;
  void write_tests(Diagnosis& diagnosis) const;

  const WeighQuestion& question_;
  Belief& belief_;
  Search& search_;
  const std::vector<Posterior>& posteriors_;
  std::vector<double> damage_;  // by node, over all posteriors
  std::vector<double> down_;
  // Under the posterior at work: chance, before anything is seen, that the node is damaged or one
  // before it in its row is.
  std::vector<double> row_prior_;
  // And, to first order, that a suspect in none of its parts is damaged while its needs are met.
  std::vector<double> alone_;
  std::vector<double> untold_down_;  // that what has no reports on or below it is down
  std::vector<double> base_damage_;  // under one posterior, with its likeliest roots
  std::vector<double> base_down_;
  std::vector<std::uint32_t> mark_;
  std::uint32_t round_ = 0;
  std::map<Key, std::uint32_t> group_of_key_;
  std::vector<std::uint32_t> group_of_;  // by head, or kNone
  std::vector<std::vector<Node>> groups_;  // of heads
  std::vector<double> group_damage_;
};

}  // namespace dienstbereit::core::cause
