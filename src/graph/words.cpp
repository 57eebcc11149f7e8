// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/evaluation.h"
#include "graph/marks.h"

// People's word (docs/formats/impact.md, "People's word").
namespace dienstbereit::graph {

namespace {

bool better_at_an_end(Packed value, Packed than) {
  return best(value) < best(than) || worst(value) < worst(than);
}

}  // namespace

// Moves the word on as far as it goes at `now`; true if its status changed.
bool Evaluation::judge_word(Place place, Packed calculated, bool fell, Instant now) {
  WordRecord& record = words_.at(place);
  const WordStatus before = record.status;
  const Word& word = record.word;
  const Packed value = packed(word.value);
  bool ended = false;
  if (record.status != WordStatus::Unrenewed && now >= word.until) {
    if (better_at_an_end(calculated, value))
      record.status = WordStatus::Unrenewed;
    else
      ended = true;
  } else if (record.status == WordStatus::InForce && fell && now > word.set_at &&
             better_at_an_end(value, calculated)) {
    record.status = WordStatus::Doubted;
  }
  if (record.status == WordStatus::Unrenewed && works_seen_after(place, word.until)) ended = true;
  if (ended) {
    words_.erase(place);
    marks_[place] = 0;
    settlement_.words.push_back({node(place), WordStatus::None});
    return true;
  }
  if (record.status == before) return false;
  settlement_.words.push_back({node(place), record.status});
  return true;
}

// A failure that stands beside an unrenewed word is always newer than its end: against needs or
// own certainly down no word is worse, so it would have ended instead.
bool Evaluation::works_seen_after(Place place, Instant end) const {
  const bool success = (own_[place] & kWorksSuccess) != 0 && began_[place] > end;
  const bool failure = (own_[place] & kWorksFresh) != 0 && best(own_[place]) == kLevelDown;
  return success || failure;
}

Packed Evaluation::with_word(Place place, Packed calculated) const {
  if (!has_word(place)) return calculated;
  const WordRecord& record = words_.at(place);
  return record.status == WordStatus::InForce ? packed(record.word.value) : kPackedUnknown;
}

WordStatus Evaluation::word_status(NodeIndex node) const {
  const auto found = words_.find(place(node));
  return found == words_.end() ? WordStatus::None : found->second.status;
}

const Word* Evaluation::word(NodeIndex node) const {
  const auto found = words_.find(place(node));
  return found == words_.end() ? nullptr : &found->second.word;
}

bool Evaluation::probes_disagree(NodeIndex node) const {
  if (word_status(node) != WordStatus::InForce) return false;
  const std::uint8_t facts = own_[place(node)];
  const Packed value = packed(word(node)->value);
  if ((facts & kProbed) != 0 && best(facts) > worst(value)) return true;
  // Only a transaction proves that a thing works better than the word says.
  return (facts & kWorksFresh) != 0 && worst(facts) < best(value);
}

}  // namespace dienstbereit::graph
