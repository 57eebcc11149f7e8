// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "graph/graph.h"

// Where an outage may come from: the smallest sets of faults that explain what is down
// (docs/formats/suspects.md). A pure decider; what it finds are suspicions, never causes.
namespace dienstbereit::core::cause {

// What is known of a node itself, whatever it needs.
enum class Seen : std::uint8_t {
  Nothing,
  Works,  // a transaction succeeded, or a person says so: no suspect, and speaks against others
  Answers,  // something answers: may be at fault all the same, but speaks against others
  Down,
  WasDown,  // works again, perhaps repaired: to be explained, speaks against nobody
};

struct Sighting {
  Seen seen = Seen::Nothing;
  Instant since;  // Down, WasDown: when it fell
};

inline constexpr std::size_t kMostFaults = 3;  // in one set
inline constexpr std::size_t kMostCauses = 20;  // sets that are handed back
inline constexpr std::size_t kMostToExplain = 200;  // nodes
inline constexpr std::size_t kMostEvaluations = 2000;  // sets that are looked at
inline constexpr std::size_t kMostSteps = 20'000'000;  // evaluations times nodes of the graph

// `graph` is borrowed, `sightings` and `may_fail` go by node.
struct Question {
  const graph::Graph* graph = nullptr;
  std::vector<Sighting> sightings;
  std::vector<bool> may_fail;  // people can look after it, so it may be a suspect
  // Down or WasDown, each of which may be at fault itself; of more than kMostToExplain, those that
  // fell first.
  std::vector<graph::NodeIndex> to_explain;
  Instant now;
  std::size_t evaluations = kMostEvaluations;
};

// When the first of what is to be explained fell; now, if there is nothing.
Instant first_fall(const Question& question);

struct Cause {
  std::vector<graph::NodeIndex> faults;  // in the order of the graph's numbers
  std::vector<graph::NodeIndex> missed;  // of what is to be explained, what stays unexplained
  std::vector<graph::NodeIndex> against;  // would be down with it by now, and works or answers
  std::size_t brings_down = 0;  // nodes in all: the fewer, the more specific
  friend bool operator==(const Cause&, const Cause&) = default;
};

struct Found {
  std::vector<graph::NodeIndex> explained;  // what was to be explained, within the bound
  std::vector<Cause> causes;  // the likeliest first
  bool complete = true;  // false: a bound ended the search
  // When a buffer runs out and the answer may be another, though nothing new was seen.
  std::optional<Instant> look_again;
};

// The sets of at most kMostFaults nodes that explain all and of which no node can be left out:
// first those of one node, and larger ones only as long as something speaks against every smaller
// one. If none explains all, those that explain most of what was looked at. Nothing to explain:
// none.
Found find_causes(const Question& question);

// A set of faults that the weighing supposes (diagnose.h).
struct Supposed {
  std::vector<graph::NodeIndex> faults;  // in the order of the graph's numbers
  double probability = 0;
};

// What these sets explain and what speaks against them, the likeliest first; alike ones in the
// order of likelier(). Left out are sets with a node that works; that leave open what the likeliest
// explains; that hold another one which explains as much; and that are larger than a likelier one
// which explains as much and which nothing speaks against.
Found judge_causes(const Question& question, const std::vector<Supposed>& supposed);

// The order of two causes: explains more; fewer speak against it; fewer faults; more specific; its
// first fault fell earlier; then by the graph's numbers.
bool likelier(const Cause& a, const Cause& b, const std::vector<Sighting>& sightings);

// The nodes of `among` that have to do with these faults: they need one, or one needs them.
std::vector<graph::NodeIndex> related(const graph::Graph& graph,
                                      const std::vector<graph::NodeIndex>& faults,
                                      const std::vector<graph::NodeIndex>& among);

}  // namespace dienstbereit::core::cause
