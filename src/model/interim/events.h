// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/interim/plan.h"

namespace dienstbereit {

// What was switched, and how each run of a plan went: each run is a record of its own.

// What a probe from outside said when it was looked at.
enum class Sight : std::uint8_t { Unknown, Success, Failure };
struct Look {
  ProbeId probe;
  Sight seen = Sight::Unknown;
};

// Who decided is the event's actor; "observer" is the rule.
struct SwitchDecided {
  FallbackId fallback;
  bool on = true;
  std::string reason;
  std::vector<Look> before;
};

// The steps are the run's own: a district that is loaded meanwhile changes none of them.
struct RunStarted {
  RunId id;
  PlanId plan;
  PlanKind kind = PlanKind::Switch;
  Wording title;
  FallbackId fallback;  // that it switches; may be empty
  bool on = true;
  bool dry = false;       // carries out nothing
  bool approval = false;  // waits for a second person
  std::string reason;
  std::vector<Condition> needs;
  std::vector<Step> steps;
  std::vector<ProbeId> look;  // after the last step
};

// By another than who started it.
struct RunApproved {
  RunId run;
};

// A person wants it to end: it goes back as far as it can once the step that runs has ended.
struct RunAborted {
  RunId run;
  std::string reason;
};

// Planned: not begun. Asked: the helper or a person was asked. Checking: done, and waiting to be
// seen. Unsure: nobody knows whether it was done; a person looks. Refused: failed before it began.
enum class StepState : std::uint8_t {
  Planned,
  Asked,
  Checking,
  Unsure,
  Done,
  Refused,
  Failed,
  Undoing,
  Undone,
  UndoFailed
};
struct StepMoved {
  RunId run;
  unsigned step = 0;  // from 0 on
  StepState state = StepState::Asked;
  unsigned attempt = 0;  // Asked: how often before
  bool doubtful = false;  // Checking: nobody knows whether it was done; the check tells
  std::string detail;
};

// Done: all steps, and seen from outside. Undone: as before. Partial: neither; `detail` says what
// is left. Of a dry run: Done, it could go; Undone, it could not.
enum class RunResult : std::uint8_t { Done, Undone, Partial };
struct RunEnded {
  RunId run;
  RunResult result = RunResult::Done;
  std::string detail;
  std::vector<Look> after;
};

// The interim fix on record that stands for a fallback.
struct FallbackRecorded {
  FallbackId fallback;
  IncidentId incident;
  FixId fix;
};

using InterimEvent = std::variant<SwitchDecided, RunStarted, RunApproved, RunAborted, StepMoved,
                                  RunEnded, FallbackRecorded>;

const char* name_of(Sight seen);  // unknown success failure
std::optional<Sight> sight_of(std::string_view name);
const char* name_of(StepState state);  // planned asked checking unsure done refused failed ...
std::optional<StepState> step_state_of(std::string_view name);
const char* name_of(RunResult result);  // done undone partial
std::optional<RunResult> run_result_of(std::string_view name);

}  // namespace dienstbereit
