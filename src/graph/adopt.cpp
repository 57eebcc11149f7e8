// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <map>

#include "graph/evaluation.h"
#include "graph/marks.h"

namespace dienstbereit::graph {
namespace {

using NodePair = std::pair<std::uint32_t, std::uint32_t>;

}  // namespace

void Evaluation::adopt(const Evaluation& old, OldOfNew old_of_new) {
  now_ = old.now_;
  for (std::uint32_t n = 0; n < old_of_new.size(); ++n) {
    if (old_of_new[n]) adopt_node(place(NodeIndex(n)), old, old.place(*old_of_new[n]));
  }
  adopt_buffers(old, old_of_new);
  adopt_loops(old, old_of_new);
}

void Evaluation::adopt_node(Place here, const Evaluation& old, Place there) {
  state_[here] = old.state_[there];
  needs_[here] = old.needs_[there];
  own_[here] = old.own_[there];
  began_[here] = old.began_[there];
  fell_at_[here] = old.fell_at_[there];
  sure_own_[here] = old.sure_own_[there];
  sure_state_[here] = old.sure_state_[there];
  const auto word = old.words_.find(there);
  if (word == old.words_.end()) return;
  words_[here] = word->second;
  marks_[here] = kHasWord;
  add_due({word->second.word.until, DueKind::Word, here});
}

// A need is known again by both its nodes; of parallel needs the first is.
void Evaluation::adopt_buffers(const Evaluation& old, OldOfNew old_of_new) {
  std::map<NodePair, std::uint32_t> known;  // (of, on) as old nodes -> row
  for (std::uint32_t row = 0; row < old.buffers_.size(); ++row) {
    const NeedView need = old.graph().need(NeedIndex(old.tables().buffers[row].need));
    known.emplace(NodePair(need.of.value(), need.on.value()), row);
  }
  for (std::uint32_t row = 0; row < buffers_.size(); ++row) {
    const NeedView need = graph().need(NeedIndex(tables().buffers[row].need));
    const auto of = old_of_new[need.of.value()];
    const auto on = old_of_new[need.on.value()];
    if (!of || !on) continue;
    const auto found = known.find(NodePair(of->value(), on->value()));
    if (found == known.end()) continue;
    buffers_[row] = old.buffers_[found->second];
    if (const auto until = buffers_[row].best.holds_until()) {
      add_due({*until, DueKind::BufferBest, row});
    }
    if (const auto until = buffers_[row].worst.holds_until()) {
      add_due({*until, DueKind::BufferWorst, row});
    }
  }
}

// A loop is the same while none of its members came from elsewhere.
void Evaluation::adopt_loops(const Evaluation& old, OldOfNew old_of_new) {
  for (std::uint32_t loop = 0; loop < cold_.size(); ++loop) {
    std::optional<LoopIndex> same;
    bool known = true;
    for (const NodeIndex member : graph().members(LoopIndex(loop))) {
      const auto before = old_of_new[member.value()];
      const auto there = before ? old.graph().loop_of(*before) : std::nullopt;
      known = known && there && (!same || *same == *there);
      same = there;
    }
    if (known && same) cold_[loop] = old.cold_[same->value()];
  }
}

}  // namespace dienstbereit::graph
