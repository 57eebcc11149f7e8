// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

#include "base/time.h"
#include "graph/packed.h"
#include "graph/tables.h"

namespace dienstbereit::graph {

// One end of a buffered need: what it really is, what is shown, and what is left of the buffer
// (docs/formats/impact.md, "Buffers"). Rewritten only when the real value changes or the buffer
// runs out, so it does not matter how often it is asked in between.
class BufferEnd {
 public:
  // Takes the real value at `now`; times never go back.
  void advance(Level real, Instant now, const Tables::Buffer& spec);
  // What advance() would show.
  Level peek(Level real, Instant now, const Tables::Buffer& spec) const;
  bool seen() const { return seen_; }
  Level shown() const { return shown_; }
  // When the value that is held now runs out; empty if none is held.
  std::optional<Instant> holds_until() const;

 private:
  bool holding() const { return shown_ < real_; }
  Duration left_at(Instant now, const Tables::Buffer& spec) const;

  Instant since_{};   // of left_
  Duration left_{0};
  Level real_ = kLevelOperational;
  Level shown_ = kLevelOperational;
  bool seen_ = false;
};

struct BufferPair {
  BufferEnd best;
  BufferEnd worst;
  Packed sure = 0;  // what it showed when it was last certain

  void advance(Packed real, Instant now, const Tables::Buffer& spec);
  Packed peek(Packed real, Instant now, const Tables::Buffer& spec) const;
  Packed shown() const { return packed(best.shown(), worst.shown()); }
};

}  // namespace dienstbereit::graph
