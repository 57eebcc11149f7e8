// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/cause/search.h"

namespace dienstbereit::core::cause {

// A hypothesis near the likeliest one, by what differs.
struct Variant {
  std::vector<Node> toggled;  // in or out of the likeliest roots; ascending
  double gain = 0;            // of the score
  double share = 0;           // of its part's probability
  std::uint64_t seen_key = 0;
};

// Suspects whose states have to do with each other, given the likeliest roots; different parts
// change different nodes, so that the probabilities of their variants multiply.
struct Part {
  std::vector<Node> suspects;
  std::vector<Variant> variants;  // likeliest first; the present roots are one of them
  double log_sum = 0;             // of e^gain over the variants
};

// Finds the probable hypotheses around the roots that `belief` holds, and leaves these as they are.
// Best first: of each that is likely enough, all that one suspect more or less, or one in place of
// another, makes of it.
class Spread {
 public:
  Spread(Belief& belief, const Network& network, const Bounds& bounds, std::vector<Node> roots);

  // `depth`: variants so many nats below the best one are dropped. `others` are looked at besides.
  std::vector<Part> run(std::vector<Search::Active> active, std::vector<std::vector<Node>> others,
                        double depth);
  bool complete() const { return complete_; }

  // Toggles nodes until the belief stands at this variant; {} is where it began.
  void stand_at(const std::vector<Node>& toggled);

 private:
  struct Open {
    double gain;
    std::uint32_t at;
    bool operator<(const Open& other) const {
      return gain != other.gain ? gain < other.gain : at > other.at;
    }
  };
  std::uint32_t top(std::uint32_t active);
  void join(std::uint32_t a, std::uint32_t b) { parent_[top(a)] = top(b); }
  std::size_t touch_alone(const std::vector<Search::Active>& active);
  void claim(std::uint32_t owner, bool counts);
  void enumerate(Part& part, std::uint32_t owner, double depth);
  bool can_look_at_all(const Part& part) const;
  void look_at_all(Part& part);
  void look_at_likely(Part& part, std::uint32_t owner);
  void add_up(double gain);
  void add_others(Part& part);
  void drop_masked(const Part& part, std::vector<Node>& toggled) const;
  void expand(Part& part, const Variant& from, std::uint32_t owner);
  void consider(Part& part, const Variant& from, Node first, Node second, std::uint32_t owner);
  bool over() const;
  bool goes_on();

  Belief& belief_;
  const Bounds& bounds_;
  std::vector<Node> roots_;
  double base_ = 0;  // score of the roots where it began
  std::vector<Node> standing_;
  bool complete_ = true;
  std::size_t expanded_ = 0;
  std::uint64_t touching_ = 0;  // visits that toggling each active suspect twice took

  std::vector<std::uint32_t> parent_;  // a forest over the active suspects: its trees are the parts
  std::vector<std::uint32_t> claimed_;  // by node: an active suspect whose part changes it
  std::vector<Node> touched_;
  std::vector<std::vector<Node>> others_;

  // Of the part at work.
  std::unordered_map<std::uint64_t, std::uint32_t> found_;
  std::vector<Open> open_;
  double best_ = 0;
  double sum_ = 0;  // of e^(gain - best_)
  double depth_ = 0;
};

}  // namespace dienstbereit::core::cause
