// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/impact/impact.h"

#include <algorithm>

#include "base/assert.h"

namespace dienstbereit::core::impact {
namespace {

Interval interval_of(Said said) {
  switch (said) {
    case Said::Normal:
      return kOperational;
    case Said::Limited:
      return kDegraded;
    case Said::Closed:
      return kDown;
    case Said::Unknown:
      return kUnknown;
  }
  return kUnknown;
}

}  // namespace

Impact::Impact(std::shared_ptr<const Topology> topology)
    : topology_(std::move(topology)), evaluation_(topology_->graph) {}

void Impact::adopt(const Impact& old, const std::vector<Spoken>& words) {
  const std::size_t count = topology_->ids.size();
  std::unordered_map<NodeId, graph::NodeIndex> known;  // groups and links too
  for (std::uint32_t i = 0; i < old.topology_->ids.size(); ++i) {
    known.emplace(old.topology_->ids[i], graph::NodeIndex(i));
  }
  std::vector<std::optional<graph::NodeIndex>> old_of_new(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto found = known.find(topology_->ids[i]);
    if (found != known.end()) old_of_new[i] = found->second;
  }
  evaluation_.adopt(old.evaluation_, old_of_new);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!old_of_new[i]) continue;
    const auto stack = old.words_.find(*old_of_new[i]);
    if (stack != old.words_.end()) words_[graph::NodeIndex(i)] = stack->second;
  }
  for (const Spoken& spoken : words) {
    for (graph::NodeIndex node : covered(spoken.word->scope)) {
      if (!old_of_new[node.value()]) speak(node, spoken);
    }
  }
}

void Impact::set_evidence(const NodeId& node, const Evidence& evidence) {
  if (const auto index = topology_->find(node)) evaluation_.set_evidence(*index, evidence);
}

std::vector<graph::NodeIndex> Impact::covered(const Scope& scope) const {
  if (!scope.node.empty()) {
    const auto index = topology_->find(scope.node);
    return index ? std::vector{*index} : std::vector<graph::NodeIndex>();
  }
  std::vector<graph::NodeIndex> nodes;
  std::size_t next = 0;
  for (const Service& service : topology_->district->services) {
    for (const Offer& offer : service.offers) {
      const OfferNodes& entry = topology_->offers[next++];
      if (covers(scope, service, offer)) nodes.push_back(entry.offer);
    }
  }
  return nodes;
}

void Impact::add_word(std::shared_ptr<const WordSet> word, Instant set_at) {
  for (graph::NodeIndex node : covered(word->scope)) {
    speak(node, {word, set_at, evaluation_.calculated(node)});
  }
}

void Impact::speak(graph::NodeIndex node, const Spoken& spoken) {
  words_[node].push_back(spoken);
  show_top(node);
}

bool Impact::covers_anything(const Scope& scope) const { return !covered(scope).empty(); }

void Impact::withdraw(const WordId& word) {
  for (auto& [node, stack] : words_) {
    const bool was_top = !stack.empty() && stack.back().word->id == word;
    std::erase_if(stack, [&](const Spoken& spoken) { return spoken.word->id == word; });
    if (!was_top) continue;
    while (!stack.empty() && overtaken(node, stack.back())) stack.pop_back();
    show_top(node);
  }
}

bool Impact::speaks(const WordId& word) const {
  return std::any_of(words_.begin(), words_.end(), [&](const auto& entry) {
    return std::any_of(entry.second.begin(), entry.second.end(),
                       [&](const Spoken& spoken) { return spoken.word->id == word; });
  });
}

// A word that comes to light again covers only the faults that were known when it was set.
bool Impact::overtaken(graph::NodeIndex node, const Spoken& spoken) const {
  const Interval now = evaluation_.calculated(node);
  const Interval said = interval_of(spoken.word->said);
  return now.best > spoken.known.best && (said.best < now.best || said.worst < now.worst);
}

void Impact::show_top(graph::NodeIndex node) {
  const Stack& stack = words_[node];
  if (stack.empty()) {
    evaluation_.set_word(node, std::nullopt);
    return;
  }
  const Spoken& top = stack.back();
  evaluation_.set_word(node, graph::Word{interval_of(top.word->said), top.set_at, top.word->until});
}

// Takes over what a settle said; true if an older word came to light and must be settled too.
bool Impact::collect(const graph::Settlement& settlement, Instant now, Changes& changes) {
  const auto id = [&](graph::NodeIndex node) { return topology_->ids[node.value()]; };
  for (graph::NodeIndex node : settlement.changed) changes.states.push_back(id(node));
  for (graph::NodeIndex node : settlement.dropped) changes.dropped.push_back(id(node));
  bool again = false;
  for (const graph::WordChange& change : settlement.words) {
    Stack& stack = words_[change.node];
    if (stack.empty()) continue;
    if (change.status != WordStatus::None) {
      if (change.status != WordStatus::InForce) {
        changes.words.push_back({stack.back().word->id, id(change.node), change.status});
      }
      continue;
    }
    stack.pop_back();
    while (!stack.empty() &&
           (stack.back().word->until <= now || overtaken(change.node, stack.back()))) {
      stack.pop_back();
    }
    show_top(change.node);
    again = again || !stack.empty();
  }
  return again;
}

Changes Impact::settle(Instant now) {
  Changes changes;
  // Each round takes at least one word off a stack, so this ends.
  while (collect(evaluation_.settle(now), now, changes)) {
  }
  return changes;
}

const WordSet* Impact::word_on(graph::NodeIndex node) const {
  const auto found = words_.find(node);
  if (found == words_.end() || found->second.empty()) return nullptr;
  return found->second.back().word.get();
}

OfferState Impact::offer(std::size_t index) const {
  const OfferNodes& nodes = topology_->offers[index];
  OfferState state;
  state.offer = evaluation_.state(nodes.offer);
  state.site = nodes.site ? evaluation_.state(*nodes.site) : kOperational;
  state.offline = evaluation_.state(nodes.offline);
  state.measured =
      std::any_of(nodes.measured_by.begin(), nodes.measured_by.end(),
                  [&](graph::NodeIndex node) { return evaluation_.works_fresh(node); });
  state.word.status = evaluation_.word_status(nodes.offer);
  if (state.word.status != WordStatus::None) state.word.said = word_on(nodes.offer);
  return state;
}

NodeSituation Impact::node(const NodeId& id) const {
  NodeSituation situation;
  situation.id = id;
  const auto index = topology_->find(id);
  if (!index) return situation;
  situation.state = evaluation_.state(*index);
  situation.calculated = evaluation_.calculated(*index);
  situation.own = evaluation_.own(*index);
  situation.works_fresh = evaluation_.works_fresh(*index);
  situation.contradiction = evaluation_.contradiction(*index) != graph::Contradiction::None;
  situation.word = evaluation_.word_status(*index);
  return situation;
}

bool Impact::probes_disagree(const NodeId& id) const {
  const auto index = topology_->find(id);
  return index && evaluation_.probes_disagree(*index);
}

WordStatus Impact::status_of(const WordId& word) const {
  WordStatus worst = WordStatus::None;
  for (const auto& [node, stack] : words_) {
    if (stack.empty() || stack.back().word->id != word) continue;
    worst = std::max(worst, evaluation_.word_status(node));
  }
  return worst;
}

}  // namespace dienstbereit::core::impact
