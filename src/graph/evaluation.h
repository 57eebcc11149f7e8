// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "graph/buffer.h"
#include "graph/decision.h"
#include "graph/graph.h"
#include "graph/packed.h"
#include "graph/place_set.h"
#include "model/health.h"

namespace dienstbereit::graph {

// The states of all nodes of one graph, with all that the algebra remembers. A value: a copy is a
// handful of plain vector copies (about 25 bytes a node), made for previews and future slots.
// Borrows the graph, which must outlive it. One thread.
//
// Inputs are collected and take effect together at the next settle(), so no node ever shows a
// value between them. The same calls with the same times give the same states, on every machine.
class Evaluation {
 public:
  // Nothing is probed, no word is given, and every node is due for the first settle.
  explicit Evaluation(const Graph& graph);

  // For a reload: takes over what `old` remembers of the nodes that are the same (by new node, the
  // old one): states, last falls, words, buffers that run, cold loops. Before the first settle.
  using OldOfNew = std::span<const std::optional<NodeIndex>>;
  void adopt(const Evaluation& old, OldOfNew old_of_new);

  void set_evidence(NodeIndex node, const Evidence& evidence);
  // nullopt withdraws. A word equal to the present one changes nothing; any other is a new one.
  void set_word(NodeIndex node, std::optional<Word> word);

  // Handles every due time up to `now` at its own time and in order, then the inputs at `now`.
  // A `now` before the last one counts as the last one. The answer is valid until the next call.
  const Settlement& settle(Instant now);
  // The same, but computes every node anew; for tests and measurements.
  const Settlement& settle_all(Instant now);
  // The earliest time at which settle() has something to do without new input.
  std::optional<Instant> next_due() const;

  // All reads answer as of the last settle.
  Interval state(NodeIndex node) const;
  Interval calculated(NodeIndex node) const;  // without the word on the node itself
  Interval needs(NodeIndex node) const;
  Interval own(NodeIndex node) const;
  // The node itself has a fresh `works` observation.
  bool works_fresh(NodeIndex node) const;
  // Measured: the node or one of its direct needs has a fresh `works` observation.
  Grade grade(NodeIndex node) const;
  Contradiction contradiction(NodeIndex node) const;

  WordStatus word_status(NodeIndex node) const;
  const Word* word(NodeIndex node) const;  // nullptr where word_status is None
  // A word is in force, and what probes see of the node lies outside it.
  bool probes_disagree(NodeIndex node) const;

  Held held(NeedIndex need) const;
  // The interval in which the node sees this need: its state, or what a buffer still holds.
  Interval seen(NeedIndex need) const;
  Cold cold(LoopIndex loop) const;

  Decision decide(NodeIndex node) const;
  const Graph& graph() const { return *graph_; }

 private:
  friend class LoopPass;

  struct WordRecord {
    Word word;
    WordStatus status = WordStatus::InForce;
  };
  enum class DueKind : std::uint8_t { BufferBest, BufferWorst, Word };
  struct Due {
    Instant at;
    DueKind kind;
    std::uint32_t row;  // of the buffer, or the place of the word
    friend auto operator<=>(const Due&, const Due&) = default;
  };

  template <class Value>
  struct Input {
    Place place;
    std::size_t order;
    Value value;
  };

  const Tables& tables() const { return graph_->tables_; }
  Place place(NodeIndex node) const { return tables().place_of[node.value()]; }
  NodeIndex node(Place place) const { return NodeIndex(tables().node_at[place]); }
  bool has_word(Place place) const;
  bool works_counts(Place place) const;
  Packed own_at(Place place) const;
  Packed calculated_at(Place place) const;
  Packed seen_by_need(std::uint32_t need) const;

  void adopt_node(Place here, const Evaluation& old, Place there);
  void adopt_buffers(const Evaluation& old, OldOfNew old_of_new);
  void adopt_loops(const Evaluation& old, OldOfNew old_of_new);
  void begin_settle();
  void finish_settle(Instant now);
  void run_dues(Instant now);
  void mark_due(const Due& due);
  bool valid(const Due& due) const;
  void add_due(const Due& due);
  void prune_dues();
  void apply_inputs();
  void apply_word(Place place, const std::optional<Word>& word);
  void apply_evidence(Place place, const Evidence& evidence);

  void propagate(Instant now);
  void settle_place(Place place, Instant now);
  void settle_node(Place place, Instant now);
  void advance_buffers(Place place, Instant now);
  void note_fall(Place place, Instant now);
  bool judge_word(Place place, Packed calculated, bool fell, Instant now);
  bool works_seen_after(Place place, Instant end) const;
  Packed with_word(Place place, Packed calculated) const;
  void publish(Place place, Packed before, Packed after);
  void notify(Place dependent, bool fell);

  void decide_end(Place place, bool worst_end, Decision& decision) const;
  void blame_needs(Place place, bool worst_end, EndDecision& out) const;

  const Graph* graph_;
  Instant now_ = Instant::min();

  // By place.
  std::vector<Packed> state_;
  std::vector<Packed> needs_;
  std::vector<std::uint8_t> own_;  // own and the facts behind it (evaluation.cpp)
  std::vector<std::uint8_t> marks_;  // passing facts (evaluation.cpp)
  std::vector<Instant> began_;  // of the `works` success, where there is one
  std::vector<Instant> fell_at_;  // last fall of the needs' best end
  // When it was last certain; unknown between two failures is no fall. Of own and state.
  std::vector<Packed> sure_own_, sure_state_;

  std::unordered_map<Place, WordRecord> words_;
  std::vector<BufferPair> buffers_;
  std::vector<Cold> cold_;
  std::vector<Due> dues_;  // a heap, earliest first; may hold outdated ones but never on top
  PlaceSet work_;

  std::vector<Input<Evidence>> new_evidence_;
  std::vector<Input<std::optional<Word>>> new_words_;
  std::vector<Place> changed_;
  Settlement settlement_;
};

}  // namespace dienstbereit::graph
