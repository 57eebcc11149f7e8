// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/time.h"
#include "graph/decision.h"
#include "graph/graph.h"

// A second, deliberately plain reading of docs/formats/impact.md: everything is computed anew for
// every node at every time, in plain numbers, and buffers are replayed from their whole history.
// It shares no code with the evaluation it is held against.
namespace dienstbereit::graph::reference {

using Ends = std::array<int, 2>;  // best, worst: 0 operational, 1 degraded, 2 down

struct RefNeed {
  std::size_t on = 0;
  NeedSpec spec;
};

struct RefNode {
  Rule rule;
  std::vector<RefNeed> needs;
};

struct Model {
  std::vector<RefNode> nodes;
  std::vector<std::vector<std::size_t>> groups;
};

// Values of the needs at one end, with their weights -> value of the node at that end.
using OperatorFunction =
    std::function<int(const Rule&, const std::vector<int>&, const std::vector<double>&)>;
using Operators = std::map<Operator, OperatorFunction>;
Operators true_operators();

struct Step {
  std::set<std::size_t> changed;
  std::set<std::size_t> dropped;
};

class Reference {
 public:
  Reference(Model model, Operators operators);

  void set_evidence(std::size_t node, const Evidence& evidence) { evidence_in_[node] = evidence; }
  void set_word(std::size_t node, std::optional<Word> word) { words_in_[node] = word; }
  Step settle(Instant now);

  Ends state(std::size_t node) const { return state_[node]; }
  Ends needs(std::size_t node) const { return needs_[node]; }
  Ends calculated(std::size_t node) const;
  WordStatus word_status(std::size_t node) const;
  std::array<bool, 2> cold(std::size_t node) const { return cold_[unit_of_[node]]; }
  std::optional<Instant> held(std::size_t node, std::size_t need, int end) const;
  std::optional<Instant> next_due() const;
  const Model& model() const { return model_; }
  bool in_loop(std::size_t node) const { return loop_[unit_of_[node]]; }

 private:
  struct Change {
    Instant at;
    int real;
  };
  struct Replayed {
    int shown;
    std::optional<Instant> until;
  };
  struct WordState {
    Word word;
    WordStatus status = WordStatus::InForce;
  };
  using History = std::vector<Change>;

  void find_units();
  void step(Instant now);
  void settle_unit(const std::vector<std::size_t>& unit, std::size_t index, Instant now);
  void restart(const std::vector<std::size_t>& unit, std::size_t index, Instant now);
  void sweep_to_fixpoint(const std::vector<std::size_t>& unit, std::size_t index, Instant now);
  bool drop(const std::vector<std::size_t>& unit, Instant now);
  bool judge(const std::vector<std::size_t>& unit, Instant now);
  bool judge_one(std::size_t node, Instant now);
  void remember(const std::vector<std::size_t>& unit, Instant now);
  bool fell(std::size_t node, Instant now) const;
  bool counts(std::size_t node) const;
  Ends value_of(std::size_t node, Instant now) const;
  Ends calculate(std::size_t node, Instant now) const;
  Ends needs_now(std::size_t node, Instant now) const;
  int seen(std::size_t node, std::size_t need, int end, Instant now) const;
  static Replayed replay(const History& history, Instant now, const NeedSpec& spec);

  Model model_;
  Operators operators_;
  std::vector<std::vector<std::size_t>> units_;  // in order of evaluation
  std::vector<std::size_t> unit_of_;
  std::vector<bool> loop_;                       // by unit
  std::vector<std::array<bool, 2>> cold_;        // by unit

  Instant now_ = Instant::min();
  std::vector<Evidence> evidence_;
  std::vector<bool> own_fell_;
  std::vector<int> sure_own_, sure_state_;  // when last certain
  std::map<std::size_t, WordState> words_;
  std::vector<Ends> state_;
  std::vector<Ends> before_;
  std::vector<Ends> needs_;
  std::vector<Instant> fell_at_;
  std::map<std::array<std::size_t, 3>, History> histories_;  // node, need, end
  std::map<std::array<std::size_t, 2>, int> sure_seen_;      // node, need; when last certain
  std::map<std::size_t, Evidence> evidence_in_;
  std::map<std::size_t, std::optional<Word>> words_in_;
  Step out_;
};

}  // namespace dienstbereit::graph::reference
