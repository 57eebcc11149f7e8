// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "graph/evaluation.h"

namespace dienstbereit::graph {

// Settles one loop at one time (docs/formats/impact.md, "Loops"). Lives for one call.
class LoopPass {
 public:
  LoopPass(Evaluation& evaluation, std::uint32_t loop, Instant now);
  void run();

 private:
  void restart();
  void iterate();
  void update_dependents(Place place);
  bool drop_fallen();
  bool judge_words();
  void commit();
  void note_cold(Cold before);

  Packed seen(std::uint32_t need) const;
  Packed needs_of(Place place) const;
  Packed calculated(Place place) const;
  bool a_need_fell(Place place) const;
  bool ends_cold(Place place) const;

  Evaluation& evaluation_;
  const Tables& tables_;
  const Tables::Loop loop_;
  const std::uint32_t row_;
  const Instant now_;
  std::vector<Packed> before_;        // states, by place from loop_.begin
  std::vector<Place> queue_;
  std::vector<bool> queued_;
};

}  // namespace dienstbereit::graph
