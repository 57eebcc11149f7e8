// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/cause/diagnose.h"

namespace dienstbereit::core::cause {

// One hypothesis and its score: a common cause, or none, and a set of roots, which are damaged
// though their needs are met. What the needs of a node do not meet is down either way, so its own
// damage is summed out: it adds a factor of 1. So is that of a leaf (reports, and nothing needs it)
// whose needs are met: (1 - p) + p e^l with the log ratio l of its reports. Hence each pair of
// common cause and set of roots with their needs met stands for a class of damages, the classes are
// disjoint, and their probabilities sum to 1.
//
// A root whose needs fell is kept, does not count, and is up again when they return.
//
// Nodes in a row that reports cannot tell apart, whatever else is damaged, are one suspect: each
// but the last has no reports, and is all that the next one needs and needed by nothing else. The
// last of the row, its head, is a root if any of them is damaged; the others are none.
class Belief {
 public:
  explicit Belief(const WeighQuestion& question);

  // log of the joint probability of hypothesis and observations, up to a constant of the question.
  double score() const { return score_; }
  // Puts a node into the roots, or out. Twice is never.
  void toggle(Node node);
  // What toggling would add to the score; the hypothesis stays.
  double gain(Node node);
  // Of a node that is up: what all below it would add if it fell.
  double gain_below(Node node);
  // The one node through which alone it would bring down anything with reports, if there is one.
  Node falls_through(Node node) const;
  void suppose(std::uint32_t common);  // kNone: no common cause

  std::uint32_t common() const { return common_; }
  bool root(Node node) const { return root_[node]; }
  bool met(Node node) const { return unmet_[node] == 0; }
  bool down(Node node) const { return !met(node) || root(node); }
  bool leaf(Node node) const { return leaf_[node]; }
  // Its damage can be told at all: it or something that hangs on it has reports.
  bool relevant(Node node) const { return relevant_[node]; }
  // Its own reports say rather that it is down.
  bool told_down(Node node) const { return log_ratio_[node] > 0; }
  // Can be a root.
  bool suspect(Node node) const { return suspect_[node]; }
  // Of the row that the node stands in; and the one before it, or kNone.
  Node head(Node node) const { return head_[node]; }
  Node before(Node node) const { return before_[node]; }
  bool can_be_damaged(Node node) const;
  // Probability of damage, under the common cause supposed, before anything is seen.
  double prior(Node node) const { return prior(node, common_); }
  double prior(Node node, std::uint32_t common) const;
  // The heads of all that a common cause can damage, ascending, each once.
  std::vector<Node> exposed_heads(std::uint32_t common) const;
  bool is_exposed(Node head, std::uint32_t common) const;
  // Of a leaf whose needs are met, after its reports.
  double leaf_damage(Node node) const;
  // By how much the score changes at most where this node, root or not as it is, falls or rises.
  double range(Node node) const;
  // By how much it changes where the node, with its needs met, becomes a root or none.
  double own_range(Node node) const;
  // log of the factors of the node with its needs met: as root, and as none.
  struct Terms {
    double damaged = 0;
    double up = 0;
  };
  Terms terms(Node node) const { return {damaged_[node], up_[node]}; }
  Terms terms(Node node, std::uint32_t common) const;  // under another common cause
  // What the reports of the node add if it falls from being up.
  double fall(Node node) const { return cut_[node] - up_[node]; }
  // What the score would gain if the needs of the node, now met, fell, but for what hangs on it.
  double cut_off(Node node) const {
    return cut_[node] - (root_[node] != 0 ? damaged_[node] : up_[node]);
  }
  // Of this common cause against none, its own evidence counted.
  double log_odds(std::uint32_t common) const;

  // Differs, but for chance, where sets of fallen nodes with reports differ. A leaf counts as
  // fallen only by its needs.
  std::uint64_t seen_key() const { return seen_key_; }
  std::uint64_t sight_of(Node node) const;
  static std::uint64_t key_of(Node node);
  static std::uint64_t key_of(const std::vector<Node>& nodes);  // in any order

  // While set, every node whose needs change in number is added, perhaps more than once.
  void record(std::vector<Node>* touched) { touched_ = touched; }
  std::uint64_t visits() const { return visits_; }
  bool exhausted(const Bounds& bounds) const {
    return visits_ > bounds.visits_of(network_.node_count());
  }
  std::uint64_t left(const Bounds& bounds) const {
    const std::uint64_t all = bounds.visits_of(network_.node_count());
    return all - std::min(all, visits_);
  }
  void count_visits(std::uint64_t visits) { visits_ += visits; }

 private:
  double term(Node node) const {
    return !met(node) ? cut_[node] : root_[node] ? damaged_[node] : up_[node];
  }
  void find_rows();
  void never_meet(Node node);
  double log_undamaged(Node head, std::uint32_t common) const;  // of all of its row
  void set_terms(Node node);
  // Tells all above a node that has fallen, or that is up again.
  void pass_on(Node node, bool falls);

  const Network& network_;
  const std::vector<double>& log_ratio_;
  const std::vector<double>& common_log_ratio_;
  std::uint32_t common_ = kNone;
  double score_ = 0;
  std::uint64_t seen_key_ = 0;
  std::uint64_t visits_ = 0;
  std::vector<Node>* touched_ = nullptr;

  std::vector<double> up_;  // the log factor of a node that is up,
  std::vector<double> cut_;  // whose needs are not met,
  std::vector<double> damaged_;  // that is a root
  std::vector<std::uint32_t> members_up_;  // by group
  std::vector<std::uint32_t> unmet_;  // by node: groups without a member that is up
  std::vector<std::uint8_t> root_;
  std::vector<std::uint8_t> leaf_;
  std::vector<std::uint8_t> relevant_;
  std::vector<std::uint8_t> suspect_;
  std::vector<Node> head_;
  std::vector<Node> before_;
  std::vector<Node> stack_;
};

}  // namespace dienstbereit::core::cause
