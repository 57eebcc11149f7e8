// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "core/cause/cause.h"
#include "graph/evaluation.h"

namespace dienstbereit::core::cause {

// A set of faults by the graph's numbers, sorted.
using FaultSet = std::vector<graph::NodeIndex>;

// What would follow if exactly some nodes were at fault, all else being well: by the graph's own
// evaluation. The faults begin when the first of what is to be explained fell. What is told of
// `against` counts the buffers as the model has them; what is told of `missed` counts them as run
// out, since a battery may be weaker than the model says. Borrows the question.
class Hypotheses {
 public:
  explicit Hypotheses(const Question& question);

  struct Outcome {
    Cause cause;
    std::optional<Instant> next_due;  // when a buffer runs out next
  };
  Outcome of(const FaultSet& faults) const;

 private:
  const Question& question_;
  graph::Evaluation well_;
  Instant began_;
  std::vector<graph::NodeIndex> working_;
};

}  // namespace dienstbereit::core::cause
