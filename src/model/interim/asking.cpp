// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/interim/asking.h"

namespace dienstbereit {

const char* wish_of(const Step& step, StepState state) {
  switch (state) {
    case StepState::Unsure:
      return "unsure";
    case StepState::Asked:
      return step.doing.command.empty() ? "by_hand" : nullptr;
    case StepState::Undoing:
      return step.undo.command.empty() ? "undo_by_hand" : nullptr;
    default:
      return nullptr;
  }
}

bool waits_for_person(const RunSituation& run) {
  if (!run.open() || run.start->dry) return false;
  if (run.awaits_approval()) return true;
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    if (wish_of(run.start->steps[i], run.steps[i].state)) return true;
  }
  return false;
}

}  // namespace dienstbereit
