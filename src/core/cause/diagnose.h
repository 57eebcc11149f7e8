// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <vector>

#include "base/stop.h"
#include "core/cause/network.h"

// How likely is what, given what is seen: single damages, several at once, and one common cause
// that damages some of its members (docs/formats/cause.md has the model and its limits). A pure
// decider: the same question has the same answer.
namespace dienstbereit::core::cause {

// What was seen. All logarithms are natural.
struct Observations {
  // By node: log P(its reports | down) - log P(its reports | up); 0 where there are none.
  std::vector<double> log_ratio;
  // By common cause: log P(evidence | it was) - log P(evidence | it was not). Empty: none.
  std::vector<double> common_log_ratio;
};

// Of one more report; see Test.
struct ProbeErrors {
  double false_negative = 0;  // says up though down
  double false_positive = 0;  // says down though up
  double missing = 0;
};

// How far the search goes. A search that ends at a bound still answers, with `complete` false.
struct Bounds {
  // Nodes that are looked at while hypotheses are scored: so many, and so many more a node. That is
  // what a core does in a twentieth of a second, and with 50,000 nodes in less than two.
  std::uint64_t visits = 4'000'000;
  std::uint64_t visits_a_node = 400;
  std::uint64_t visits_of(std::size_t nodes) const { return visits + visits_a_node * nodes; }
  std::size_t hypotheses = 4'000;  // that are expanded for one common cause
  std::size_t commons = 32;  // that are searched in depth, the likeliest first; see exhaustive
  double depth = 10;  // nats below the best: what is less likely is not looked at
  // With at most so many nodes that can be told to be damaged, all their sets are looked at, under
  // all common causes that have to do with what is seen, as long as visits are left.
  std::size_t exhaustive = 12;
  const StopFlag* stop = nullptr;
};

struct WeighQuestion {
  const Network* network = nullptr;  // borrowed
  Observations seen;
  ProbeErrors probe;
  Bounds bounds;
};

// Nodes that no observation can tell apart: each in place of another, next to the same other
// damages, would bring down the same of the nodes that have reports.
struct Candidate {
  std::vector<Node> nodes;  // in ascending order
  double probability = 0;  // that at least one of them is damaged
};

struct CommonCause {
  std::uint32_t common = kNone;  // its number in the network; kNone: no common cause
  double probability = 0;
};

struct Damage {
  Node node = 0;
  double probability = 0;
};

// One more report of `node`: what it is expected to tell about the hypotheses, in bits of mutual
// information; with the given errors, and nothing if it is missing.
struct Test {
  Node node = 0;
  double gain_bits = 0;
};

// Damages that together explain what is seen, none of which another brings down: one account of
// what happened. A leaf is in it if its damage is likelier than not.
struct Account {
  std::vector<Node> damaged;  // in ascending order; none: the reports are wrong
  double probability = 0;  // of exactly these, the common causes summed
};

inline constexpr std::size_t kMostAccounts = 200;
inline constexpr std::size_t kMostCandidates = 100;
inline constexpr std::size_t kMostDamages = 1'000;
inline constexpr std::size_t kMostTests = 20;
inline constexpr double kLeastProbability = 0.001;  // of what is handed back, but for common causes
inline constexpr double kLeastCommonCause = 0.0001;

// All lists best first, then by number. The probabilities of `common_causes` sum to 1: what is
// below kLeastCommonCause is shared out among the others; "none" is always there.
struct Diagnosis {
  std::vector<Candidate> candidates;
  std::vector<CommonCause> common_causes;
  std::vector<Damage> damage;
  std::vector<Test> tests;
  std::vector<Account> accounts;
  bool complete = true;  // false: a bound of visits or hypotheses, or the stop flag, ended it
  std::uint64_t visits = 0;
};

// `seen.log_ratio` has one finite number a node, `common_log_ratio` one a common cause or
// none.
Diagnosis diagnose(const WeighQuestion& question);

}  // namespace dienstbereit::core::cause
