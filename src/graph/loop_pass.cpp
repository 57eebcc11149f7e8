// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/loop_pass.h"

#include <algorithm>

#include "graph/marks.h"
#include "graph/operators.h"

namespace dienstbereit::graph {

LoopPass::LoopPass(Evaluation& evaluation, std::uint32_t loop, Instant now)
    : evaluation_(evaluation),
      tables_(evaluation.tables()),
      loop_(tables_.loops[loop]),
      row_(loop),
      now_(now),
      before_(evaluation.state_.begin() + loop_.begin, evaluation.state_.begin() + loop_.end),
      queued_(loop_.end - loop_.begin, false) {}

// What changes a member's rule (a dropped success, a word) is found only once the values stand, and
// then they are computed again. Each can happen once a member, so this ends.
void LoopPass::run() {
  const Cold before = evaluation_.cold_[row_];
  do {
    restart();
    do iterate();
    while (drop_fallen());
  } while (judge_words());
  commit();
  note_cold(before);
}

void LoopPass::restart() {
  for (Place place = loop_.begin; place < loop_.end; ++place)
    if (ends_cold(place)) evaluation_.cold_[row_] = {};
}

bool LoopPass::ends_cold(Place place) const {
  if (evaluation_.has_word(place)) {
    const auto& record = evaluation_.words_.at(place);
    return record.status == WordStatus::InForce && now_ < record.word.until &&
           record.word.value.worst != Health::Down;
  }
  return evaluation_.works_counts(place);
}

// To the fixpoint: from operational downwards, at a cold end from down upwards.
void LoopPass::iterate() {
  const Cold cold = evaluation_.cold_[row_];
  const Packed start = packed(cold.best ? kLevelDown : kLevelOperational,
                              cold.worst ? kLevelDown : kLevelOperational);
  for (Place place = loop_.begin; place < loop_.end; ++place) {
    evaluation_.state_[place] = start;
    queue_.push_back(place);
    queued_[place - loop_.begin] = true;
  }
  for (std::size_t at = 0; at < queue_.size(); ++at) {
    const Place place = queue_[at];
    queued_[place - loop_.begin] = false;
    const Packed value = evaluation_.with_word(place, calculated(place));
    if (value == evaluation_.state_[place]) continue;
    evaluation_.state_[place] = value;
    update_dependents(place);
  }
  queue_.clear();
}

void LoopPass::update_dependents(Place place) {
  for (std::uint32_t at = tables_.first_dependent[place]; at < tables_.first_dependent[place + 1];
       ++at) {
    const Place dependent = tables_.dependent[at];
    if (!loop_.contains(dependent) || queued_[dependent - loop_.begin]) continue;
    queued_[dependent - loop_.begin] = true;
    queue_.push_back(dependent);
  }
}

bool LoopPass::drop_fallen() {
  bool dropped = false;
  for (Place place = loop_.begin; place < loop_.end; ++place) {
    if (best(needs_of(place)) <= best(evaluation_.needs_[place])) continue;
    const bool counted = evaluation_.works_counts(place);
    if (evaluation_.fell_at_[place] != now_) evaluation_.note_fall(place, now_);
    dropped |= counted && !evaluation_.works_counts(place);
  }
  return dropped;
}

bool LoopPass::judge_words() {
  bool changed = false;
  for (Place place = loop_.begin; place < loop_.end; ++place) {
    if (!evaluation_.has_word(place)) continue;
    const bool fell = (evaluation_.marks_[place] & kFell) != 0 || a_need_fell(place);
    changed |= evaluation_.judge_word(place, calculated(place), fell, now_);
  }
  return changed;
}

void LoopPass::commit() {
  for (Place place = loop_.begin; place < loop_.end; ++place) {
    if (tables_.nodes[place].has_buffers) evaluation_.advance_buffers(place, now_);
    evaluation_.needs_[place] = needs_of(place);
    evaluation_.marks_[place] &= static_cast<std::uint8_t>(~kFell);
  }
  for (Place place = loop_.begin; place < loop_.end; ++place) {
    const Packed before = before_[place - loop_.begin];
    if (evaluation_.state_[place] != before)
      evaluation_.publish(place, before, evaluation_.state_[place]);
  }
  // The members have told each other already.
  for (Place place = loop_.begin; place < loop_.end; ++place) {
    evaluation_.work_.erase(place);
    evaluation_.marks_[place] &= static_cast<std::uint8_t>(~kFell);
  }
}

void LoopPass::note_cold(Cold before) {
  Packed all = kBothDown;
  for (Place place = loop_.begin; place < loop_.end; ++place) all &= evaluation_.state_[place];
  Cold& cold = evaluation_.cold_[row_];
  cold.best |= best(all) == kLevelDown;
  cold.worst |= worst(all) == kLevelDown;
  if (cold != before) evaluation_.settlement_.loops.push_back({LoopIndex(row_), cold});
}

Packed LoopPass::seen(std::uint32_t need) const {
  const Packed real = evaluation_.state_[tables_.target[need]];
  const std::uint32_t row = tables_.buffer_of(need);
  if (row == Tables::npos) return real;
  return evaluation_.buffers_[row].peek(real, now_, tables_.buffers[row]);
}

Packed LoopPass::needs_of(Place place) const {
  if (tables_.nodes[place].has_buffers)
    return combine(tables_, place, [&](std::uint32_t need) { return seen(need); });
  return combine(tables_, place,
                 [&](std::uint32_t need) { return evaluation_.state_[tables_.target[need]]; });
}

Packed LoopPass::calculated(Place place) const {
  if (evaluation_.works_counts(place)) return evaluation_.own_at(place);
  return evaluation_.own_at(place) | needs_of(place);
}

// Falls of members, and of what a buffer shows of a need; others have marked the place already.
bool LoopPass::a_need_fell(Place place) const {
  for (std::uint32_t need = tables_.first_need[place]; need < tables_.first_need[place + 1];
       ++need) {
    const Place target = tables_.target[need];
    if (loop_.contains(target) &&
        has_fallen(before_[target - loop_.begin], evaluation_.state_[target],
                   evaluation_.sure_state_[target])) {
      return true;
    }
    const std::uint32_t row = tables_.buffer_of(need);
    if (row == Tables::npos || !evaluation_.buffers_[row].best.seen()) continue;
    const BufferPair& buffer = evaluation_.buffers_[row];
    if (has_fallen(buffer.shown(), seen(need), buffer.sure)) return true;
  }
  return false;
}

}  // namespace dienstbereit::graph
