// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <vector>

#include "core/cause/belief.h"

namespace dienstbereit::core::cause {

// Finds the likeliest roots for one common cause after the other, and which other suspects are
// worth looking at beside them.
//
// What toggling each suspect would add to the score is remembered and looked up anew only where it
// can matter: a change of the hypothesis changes the gain of a suspect by at most twice the sum of
// the ranges of all that hangs on the changed node, and only if the suspect is above one of these.
class Search {
 public:
  Search(Belief& belief, const Network& network, const Bounds& bounds);

  // Climbs from the present roots: adds or removes the best suspect while that gains, or else adds
  // the best pair of suspects, then tries in turn to do without each root: removes it, bars it,
  // climbs, and keeps what is better; if it is not, bars what took its place too and tries again.
  void climb();
  // The same under a common cause, where none is supposed yet: from the present roots and, if some
  // of them have to do with its members, also without these. Leaves the better one.
  void climb_with(std::uint32_t common);

  const std::vector<Node>& roots() const { return roots_; }
  // Toggles nodes until these are the roots.
  void put(std::vector<Node> roots);

  // What toggling this node would add, exact.
  double gain(Node node);
  // The same if it is remembered exactly, else an upper bound.
  double gain_at_most(Node node) const { return gain_[node] + slack_[node]; }
  bool known(Node node) const { return slack_[node] == 0; }

  // A suspect worth looking at and the roots in whose place it could stand.
  struct Active {
    Node node = 0;
    std::vector<Node> instead_of;
  };
  // Other accounts that climbs met and that cost at most `depth` nats, and pairs of suspects that
  // together cost less than that beside the roots: what to toggle for each.
  std::vector<std::vector<Node>> others(double depth);

  // All roots, all in `others`, each suspect that in place of one root costs at most `depth` nats,
  // and each that beside all roots costs four nats less than that: what is left out there is of
  // little weight and hardly has to do with the rest. The gain of what costs little more, beside
  // the roots, is exact then.
  std::vector<Active> active(double depth, const std::vector<std::vector<Node>>& others);

  // All that the node needs, over whatever, and all with reports that needs it; and itself.
  std::vector<Node> connected(Node node);

  // A search that is over: no more visits are left, or it was asked to stop.
  bool over() const;
  bool stopped() const { return bounds_.stop != nullptr && bounds_.stop->asked(); }
  // False: pairs were left out, for they would have taken too much of the visits.
  bool all_pairs() const { return all_pairs_; }
  // From now on it is over once this share of the visits that are left is spent; 1: of all.
  void allow(double share);

  // The remembered gains and roots, to go on from there later.
  struct Memory {
    std::uint32_t common = kNone;
    std::vector<Node> roots;
    std::vector<double> gain;
    std::vector<double> slack;
  };
  Memory memory() const { return {belief_.common(), roots_, gain_, slack_}; }
  void recall(const Memory& memory);
  // The same without gains: from then on these are wrong.
  void stand_at(std::uint32_t common, const std::vector<Node>& roots);

 private:
  void toggle(Node node);
  void climb_greedily();
  void drop_masked();
  bool do_without_one();
  // Two suspects that together gain more than by themselves, as where each cuts off one of two
  // that something needs any of.
  struct Pair {
    Node first = 0;
    Node second = 0;
    double gain = 0;
  };
  // That gain more than `least`, the best first; `only_best`: at most one.
  std::vector<Pair> pairs(double least, bool only_best);
  static double keep_best(std::vector<Pair>& pairs, std::size_t most);
  bool may_add(Node node) const;
  void hope_for(Node riddle);
  void set_hopes(double least);
  std::vector<Node> hopeful_suspects(double least);
  void gather_left(const std::vector<Node>& touched);
  Node best_suspect();
  double gain_now(Node node);
  void gather_below(std::span<const Node> starts);
  void gather_above();
  double loosen(std::span<const Node> changed);
  void suppose(std::uint32_t common);
  std::vector<Node> roots_near(std::uint32_t common);

  Belief& belief_;
  const Network& network_;
  const Bounds& bounds_;
  std::vector<Node> suspects_;
  std::vector<Node> told_down_;  // nodes, by their own reports
  std::vector<Node> roots_;  // ascending
  std::vector<Node> barred_;  // from a climb
  // Where climbs ended, and their scores, under the present common cause.
  struct End {
    std::vector<Node> roots;
    double score = 0;
  };
  std::vector<End> ends_;
  std::vector<double> gain_;
  std::vector<double> slack_;  // by how much the gain may have changed since; 0: exact
  // What all below a node adds if it falls, where looked up in the present state_.
  std::vector<double> fall_;
  std::vector<std::uint64_t> fall_known_;
  std::uint64_t state_ = 1;  // counts changes of the belief
  // What a pair with the node in it could gain at most by cutting off together; else 0.
  std::vector<double> hope_;
  std::vector<Node> hopeful_;  // where it is not 0
  std::vector<std::uint32_t> rank_;  // among the suspects that could gain most in a pair; 0: none
  std::vector<Node> path_;
  std::vector<Node> below_;  // of the last gather_below
  std::vector<Node> above_;
  std::vector<std::uint32_t> mark_;
  std::uint32_t round_ = 0;
  std::uint64_t visits_most_ = 0;
  bool all_pairs_ = true;
};

}  // namespace dienstbereit::core::cause
