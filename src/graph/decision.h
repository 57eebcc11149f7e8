// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "graph/graph.h"
#include "model/health.h"

// What an evaluation answers, beside plain states.
namespace dienstbereit::graph {

// What a person says of a node. In force from the settle it is given to.
struct Word {
  Interval value;
  Instant set_at;  // covers faults up to here
  Instant until;

  friend bool operator==(const Word&, const Word&) = default;
};

// Worth showing: the model has drifted, or a redundancy is not modelled.
enum class Contradiction : std::uint8_t {
  None,
  WorksAgainstNeeds,  // a counted `works` success while the needs are certainly down
  AliveAgainstNeeds,  // something answers while the needs are certainly down; it changes nothing
};

// At which ends a loop is cold: all its members were down together, and it is not restarted yet.
struct Cold {
  bool best = false;
  bool worst = false;
  friend bool operator==(const Cold&, const Cold&) = default;
};

// When each end of a buffered need stops showing its old value; empty where nothing is held.
struct Held {
  std::optional<Instant> best;
  std::optional<Instant> worst;
};

struct WordChange {
  NodeIndex node;
  WordStatus status;  // None: it has ended, by its time or by a `works` observation
};

struct LoopChange {
  LoopIndex loop;
  Cold cold;
};

// What one settle did, in time and then in the order of the graph. A node whose state changed
// stands in `changed` once, also when it came back to its old state within the settle.
struct Settlement {
  std::vector<NodeIndex> changed;
  std::vector<NodeIndex> dropped;  // the `works` success no longer counts: probe again at once
  std::vector<WordChange> words;
  std::vector<LoopChange> loops;
};

// What decided one end of a state. Several may be true: a dead machine without power is both.
// All false: nothing is known to be wrong.
struct EndDecision {
  Health value = Health::Operational;
  bool by_word = false;  // also a doubted or unrenewed one; then nothing else is true
  bool by_own = false;
  bool by_needs = false;
  bool by_cold = false;  // by_needs, and the loop has not been restarted at this end
  // With by_needs: the needs without which this end would be better.
  std::vector<NeedIndex> needs;
  // With by_needs, AtLeast and Share: how many, or how much of the whole share, reach the next
  // better value, and how much it takes. Otherwise 0.
  double have = 0;
  double need = 0;
};

struct Decision {
  EndDecision best;
  EndDecision worst;
  Interval state;
  Interval calculated;  // without the word on the node itself
  Interval own;
  Interval needs;
  WordStatus word = WordStatus::None;
  Contradiction contradiction = Contradiction::None;
  bool works_counts = false;    // a `works` success replaces what the needs say
  std::vector<NeedIndex> held;  // needs that a buffer shows better than they are
};

}  // namespace dienstbereit::graph
