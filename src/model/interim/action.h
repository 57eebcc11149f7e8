// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/interim/plan.h"

namespace dienstbereit {

// Do: unless it was done under this key before. Again: also where a first try was interrupted.
// Rehearse: say whether it could be done, and do nothing.
enum class ActionMode : std::uint8_t { Do, Again, Rehearse };

// One action on its way to the helper. `key` is the same for every attempt.
struct Action {
  std::string key;  // [A-Za-z0-9.-]{1,100}
  std::string command;
  std::vector<Argument> with;
  ActionMode mode = ActionMode::Do;
  Duration timeout = kUsualTimeout;
  unsigned attempt = 0;  // how often before
};

// Done: it ended well. Refused: it was never begun. Failed: it was begun and did not end well.
// Interrupted: nobody knows.
enum class ActionOutcome : std::uint8_t { Done, Refused, Failed, Interrupted };
struct ActionResult {
  std::string key;
  ActionMode mode = ActionMode::Do;
  ActionOutcome outcome = ActionOutcome::Interrupted;
  std::string detail;  // one sentence, or the last line that the command printed
};

// The way out for actions. Thread-safe, never blocks; every action gets one result, which returns
// as the command ReportAction.
class ActionPort {
 public:
  virtual ~ActionPort() = default;
  virtual void carry_out(Action action) = 0;
};

// ---- commands of people and edges --------------------------------------------------------------

struct StartPlan {
  PlanId plan;
  bool dry = false;
  std::string reason;
};
struct SwitchFallback {
  FallbackId fallback;
  bool on = true;
  std::string reason;
};
struct ApproveRun {
  RunId run;
};
// What a person was asked for is done, or is not; of a step that is Asked, Unsure or Undoing.
struct ConfirmStep {
  RunId run;
  std::string step;
  bool done = true;
  std::string text;
};
struct AbortRun {
  RunId run;
  std::string reason;
};
struct ReportAction {
  ActionResult result;
};
using PlanCommand =
    std::variant<StartPlan, SwitchFallback, ApproveRun, ConfirmStep, AbortRun, ReportAction>;

}  // namespace dienstbereit
