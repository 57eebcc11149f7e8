// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/impact/topology.h"
#include "graph/evaluation.h"
#include "model/offer_state.h"
#include "model/situation.h"

namespace dienstbereit::core::impact {

// The probes of a node as core/health sees them; for reasons only.
using ProbesOf = std::function<std::vector<ProbeSituation>(const NodeId&)>;

// What one settle did, in ids.
struct Changes {
  std::vector<NodeId> states;
  std::vector<NodeId> dropped;  // probe these again at once
  struct Lapsed {
    WordId word;
    NodeId node;
    WordStatus status;
  };
  std::vector<Lapsed> words;  // doubted or unrenewed since
};

// Node and service states of one district. A value: copies are cheap (docs/formats/impact.md,
// "Future slots"), and share only what never changes. One thread.
class Impact {
 public:
  explicit Impact(std::shared_ptr<const Topology> topology);

  struct Spoken {
    std::shared_ptr<const WordSet> word;
    Instant set_at;
    Interval known{};  // what was calculated of the node when it was set
  };

  // Takes over what another evaluation remembers of the nodes and needs that this district still
  // has, by id: last falls, buffers that run, cold loops, words and what became of them. On nodes
  // that are new, `words` (oldest first) speak from now on. Before the first settle.
  void adopt(const Impact& old, const std::vector<Spoken>& words);

  // Ignores nodes the district does not have.
  void set_evidence(const NodeId& node, const Evidence& evidence);
  // The newest word that covers a node counts until it ends or is withdrawn; then the one before,
  // unless it has run out meanwhile, or a fault has come up since that it did not know of.
  void add_word(std::shared_ptr<const WordSet> word, Instant set_at);
  void withdraw(const WordId& word);
  bool covers_anything(const Scope& scope) const;
  // False once it has ended on every node it spoke of.
  bool speaks(const WordId& word) const;

  Changes settle(Instant now);
  std::optional<Instant> next_due() const { return evaluation_.next_due(); }

  OfferState offer(std::size_t index) const;
  NodeSituation node(const NodeId& id) const;
  // Fresh observations under a word in force that say otherwise.
  bool probes_disagree(const NodeId& id) const;
  // The worst status over the nodes it covers.
  WordStatus status_of(const WordId& word) const;

  const Topology& topology() const { return *topology_; }
  const graph::Evaluation& evaluation() const { return evaluation_; }
  const WordSet* word_on(graph::NodeIndex node) const;

 private:
  using Stack = std::vector<Spoken>;  // oldest first

  std::vector<graph::NodeIndex> covered(const Scope& scope) const;
  void speak(graph::NodeIndex node, const Spoken& spoken);
  void show_top(graph::NodeIndex node);
  bool overtaken(graph::NodeIndex node, const Spoken& spoken) const;
  bool collect(const graph::Settlement& settlement, Instant now, Changes& changes);

  std::shared_ptr<const Topology> topology_;
  graph::Evaluation evaluation_;
  std::unordered_map<graph::NodeIndex, Stack> words_;
};

}  // namespace dienstbereit::core::impact
