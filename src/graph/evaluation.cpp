// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/evaluation.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "graph/loop_pass.h"
#include "graph/marks.h"
#include "graph/operators.h"

namespace dienstbereit::graph {

namespace {

std::uint8_t packed_evidence(const Evidence& evidence) {
  std::uint8_t bits = packed(evidence.own);
  if (evidence.probed) bits |= kProbed;
  if (evidence.works_fresh) bits |= kWorksFresh;
  if (evidence.alive_success) bits |= kAliveSuccess;
  if (evidence.works_success_began) bits |= kWorksSuccess;
  return bits;
}

// Of several inputs for one place the last one counts, so none before it is ever seen.
template <class Input>
void keep_last_by_place(std::vector<Input>& inputs) {
  std::ranges::sort(inputs, std::greater(),
                    [](const Input& input) { return std::pair(input.place, input.order); });
  const auto rest = std::ranges::unique(inputs, {}, &Input::place);
  inputs.erase(rest.begin(), rest.end());
}

}  // namespace

Evaluation::Evaluation(const Graph& graph)
    : graph_(&graph),
      state_(graph.node_count(), 0),
      needs_(graph.node_count(), 0),
      own_(graph.node_count(), 0),
      marks_(graph.node_count(), 0),
      began_(graph.node_count()),
      fell_at_(graph.node_count(), Instant::min()),
      sure_own_(graph.node_count(), 0),
      sure_state_(graph.node_count(), 0),
      buffers_(tables().buffers.size()),
      cold_(tables().loops.size()),
      work_(graph.node_count()) {
  for (Place at = 0; at < graph.node_count(); ++at) work_.insert(at);
}

bool Evaluation::has_word(Place place) const { return (marks_[place] & kHasWord) != 0; }

bool Evaluation::works_counts(Place place) const {
  return (own_[place] & kWorksSuccess) != 0 && began_[place] > fell_at_[place];
}

Packed Evaluation::own_at(Place place) const { return own_[place] & kOwnBits; }

Packed Evaluation::calculated_at(Place place) const {
  return works_counts(place) ? own_at(place) : own_at(place) | needs_[place];
}

Packed Evaluation::seen_by_need(std::uint32_t need) const {
  const std::uint32_t row = tables().buffer_of(need);
  if (row == Tables::npos || !buffers_[row].best.seen()) return state_[tables().target[need]];
  return buffers_[row].shown();
}

void Evaluation::set_evidence(NodeIndex node, const Evidence& evidence) {
  new_evidence_.push_back({place(node), new_evidence_.size(), evidence});
}

void Evaluation::set_word(NodeIndex node, std::optional<Word> word) {
  new_words_.push_back({place(node), new_words_.size(), word});
}

const Settlement& Evaluation::settle(Instant now) {
  now = std::max(now, now_);
  begin_settle();
  run_dues(now);
  apply_inputs();
  propagate(now);
  finish_settle(now);
  return settlement_;
}

const Settlement& Evaluation::settle_all(Instant now) {
  now = std::max(now, now_);
  begin_settle();
  run_dues(now);
  apply_inputs();
  const auto nodes = static_cast<Place>(state_.size());
  for (Place at = 0; at < nodes; ++at) {
    settle_place(at, now);
    // The rest of a loop is settled with its first member.
    if (tables().nodes[at].in_loop) at = tables().loops[tables().loop_at(at)].end - 1;
  }
  while (!work_.empty()) work_.pop();
  finish_settle(now);
  return settlement_;
}

void Evaluation::begin_settle() {
  settlement_.changed.clear();
  settlement_.dropped.clear();
  settlement_.words.clear();
  settlement_.loops.clear();
  changed_.clear();
}

void Evaluation::finish_settle(Instant now) {
  now_ = now;
  if (std::ranges::adjacent_find(changed_, std::greater_equal()) != changed_.end()) {
    std::ranges::sort(changed_);
    const auto rest = std::ranges::unique(changed_);
    changed_.erase(rest.begin(), rest.end());
  }
  for (const Place at : changed_) settlement_.changed.push_back(node(at));
  prune_dues();
}

// --- due times

std::optional<Instant> Evaluation::next_due() const {
  if (dues_.empty()) return std::nullopt;
  return dues_.front().at;
}

void Evaluation::add_due(const Due& due) {
  dues_.push_back(due);
  std::ranges::push_heap(dues_, std::greater());
}

bool Evaluation::valid(const Due& due) const {
  if (due.kind == DueKind::BufferBest) return buffers_[due.row].best.holds_until() == due.at;
  if (due.kind == DueKind::BufferWorst) return buffers_[due.row].worst.holds_until() == due.at;
  const auto found = words_.find(due.row);
  return found != words_.end() && found->second.status != WordStatus::Unrenewed &&
         found->second.word.until == due.at;
}

void Evaluation::mark_due(const Due& due) {
  if (!valid(due)) return;
  work_.insert(due.kind == DueKind::Word ? due.row : tables().buffers[due.row].of);
}

void Evaluation::run_dues(Instant now) {
  while (!dues_.empty() && dues_.front().at <= now) {
    const Instant at = dues_.front().at;
    while (!dues_.empty() && dues_.front().at == at) {
      mark_due(dues_.front());
      std::ranges::pop_heap(dues_, std::greater());
      dues_.pop_back();
    }
    propagate(at);
  }
}

void Evaluation::prune_dues() {
  while (!dues_.empty() && !valid(dues_.front())) {
    std::ranges::pop_heap(dues_, std::greater());
    dues_.pop_back();
  }
}

// --- inputs

void Evaluation::apply_inputs() {
  keep_last_by_place(new_words_);
  for (const auto& input : new_words_) apply_word(input.place, input.value);
  new_words_.clear();
  keep_last_by_place(new_evidence_);
  for (const auto& input : new_evidence_) apply_evidence(input.place, input.value);
  new_evidence_.clear();
}

void Evaluation::apply_word(Place place, const std::optional<Word>& word) {
  if (!word) {
    if (words_.erase(place) > 0) work_.insert(place);
    marks_[place] = 0;
    return;
  }
  const auto found = words_.find(place);
  if (found != words_.end() && found->second.word == *word) return;
  words_[place] = {*word, WordStatus::InForce};
  marks_[place] = kHasWord;
  add_due({word->until, DueKind::Word, place});
  work_.insert(place);
}

void Evaluation::apply_evidence(Place place, const Evidence& evidence) {
  const std::uint8_t bits = packed_evidence(evidence);
  const Instant began = evidence.works_success_began.value_or(Instant());
  if (own_[place] == bits && began_[place] == began) return;
  if (has_fallen(own_[place], bits, sure_own_[place]) && has_word(place)) marks_[place] |= kFell;
  if (is_certain(bits)) sure_own_[place] = bits;
  own_[place] = bits;
  began_[place] = began;
  work_.insert(place);
}

// --- evaluation

void Evaluation::propagate(Instant now) {
  while (!work_.empty()) settle_place(work_.pop(), now);
}

void Evaluation::settle_place(Place place, Instant now) {
  if (tables().nodes[place].in_loop)
    LoopPass(*this, tables().loop_at(place), now).run();
  else
    settle_node(place, now);
}

void Evaluation::settle_node(Place place, Instant now) {
  const Tables& graph = tables();
  Packed needs = 0;
  if (graph.nodes[place].has_buffers) {
    advance_buffers(place, now);
    needs = combine(graph, place, [&](std::uint32_t need) { return seen_by_need(need); });
  } else {
    needs = combine(graph, place, [&](std::uint32_t need) { return state_[graph.target[need]]; });
  }
  const bool fell = best(needs) > best(needs_[place]);
  needs_[place] = needs;
  if (fell) note_fall(place, now);
  Packed state = calculated_at(place);
  if (has_word(place)) {
    judge_word(place, state, (marks_[place] & kFell) != 0, now);
    marks_[place] &= static_cast<std::uint8_t>(~kFell);
    state = with_word(place, state);
  }
  if (state == state_[place]) return;
  const Packed before = state_[place];
  state_[place] = state;
  publish(place, before, state);
}

void Evaluation::advance_buffers(Place place, Instant now) {
  const Tables& graph = tables();
  auto row =
      std::ranges::lower_bound(graph.buffers, graph.first_need[place], {}, &Tables::Buffer::need);
  for (; row != graph.buffers.end() && row->of == place; ++row) {
    const auto index = static_cast<std::uint32_t>(row - graph.buffers.begin());
    BufferPair& buffer = buffers_[index];
    const BufferPair before = buffer;
    buffer.advance(state_[graph.target[row->need]], now, *row);
    if (has_fallen(before.shown(), buffer.shown(), before.sure) && has_word(place)) {
      marks_[place] |= kFell;
    }
    const auto best_ends = buffer.best.holds_until();
    if (best_ends && best_ends != before.best.holds_until())
      add_due({*best_ends, DueKind::BufferBest, index});
    const auto worst_ends = buffer.worst.holds_until();
    if (worst_ends && worst_ends != before.worst.holds_until())
      add_due({*worst_ends, DueKind::BufferWorst, index});
  }
}

void Evaluation::note_fall(Place place, Instant now) {
  const bool counted = works_counts(place);
  fell_at_[place] = now;
  if (counted && !works_counts(place)) settlement_.dropped.push_back(node(place));
}

void Evaluation::publish(Place place, Packed before, Packed after) {
  changed_.push_back(place);
  const bool fell = has_fallen(before, after, sure_state_[place]);
  if (is_certain(after)) sure_state_[place] = after;
  const Tables& graph = tables();
  for (std::uint32_t at = graph.first_dependent[place]; at < graph.first_dependent[place + 1]; ++at)
    notify(graph.dependent[at], fell);
}

void Evaluation::notify(Place dependent, bool fell) {
  work_.insert(dependent);
  if (fell && has_word(dependent)) marks_[dependent] |= kFell;
}

}  // namespace dienstbereit::graph
