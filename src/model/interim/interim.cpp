// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "model/interim/board.h"
#include "model/names.h"

namespace dienstbereit {
namespace {

constexpr NameTable<PlanKind, 4> kKinds{{{PlanKind::TakeOver, "take_over"},
                                         {PlanKind::Restart, "restart"},
                                         {PlanKind::Restoration, "restoration"},
                                         {PlanKind::Switch, "switch"}}};
constexpr NameTable<Expected, 4> kExpected{{{Expected::Success, "success"},
                                            {Expected::Failure, "failure"},
                                            {Expected::Operational, "operational"},
                                            {Expected::Down, "down"}}};
constexpr NameTable<Switcher, 2> kSwitchers{
    {{Switcher::Person, "person"}, {Switcher::Rule, "rule"}}};
constexpr NameTable<Sight, 3> kSights{
    {{Sight::Unknown, "unknown"}, {Sight::Success, "success"}, {Sight::Failure, "failure"}}};
constexpr NameTable<StepState, 10> kSteps{{{StepState::Planned, "planned"},
                                           {StepState::Asked, "asked"},
                                           {StepState::Checking, "checking"},
                                           {StepState::Unsure, "unsure"},
                                           {StepState::Done, "done"},
                                           {StepState::Refused, "refused"},
                                           {StepState::Failed, "failed"},
                                           {StepState::Undoing, "undoing"},
                                           {StepState::Undone, "undone"},
                                           {StepState::UndoFailed, "undo_failed"}}};
constexpr NameTable<RunResult, 3> kResults{
    {{RunResult::Done, "done"}, {RunResult::Undone, "undone"}, {RunResult::Partial, "partial"}}};
constexpr NameTable<FallbackState, 4> kStates{{{FallbackState::Off, "off"},
                                               {FallbackState::On, "on"},
                                               {FallbackState::Moving, "moving"},
                                               {FallbackState::Stuck, "stuck"}}};

}  // namespace

const char* name_of(PlanKind kind) { return find_name(kKinds, kind); }
std::optional<PlanKind> plan_kind_of(std::string_view name) { return find_value(kKinds, name); }
const char* name_of(Expected is) { return find_name(kExpected, is); }
std::optional<Expected> expected_of(std::string_view name) { return find_value(kExpected, name); }
const char* name_of(Switcher by) { return find_name(kSwitchers, by); }
const char* name_of(Sight seen) { return find_name(kSights, seen); }
std::optional<Sight> sight_of(std::string_view name) { return find_value(kSights, name); }
const char* name_of(StepState state) { return find_name(kSteps, state); }
std::optional<StepState> step_state_of(std::string_view name) { return find_value(kSteps, name); }
const char* name_of(RunResult result) { return find_name(kResults, result); }
std::optional<RunResult> run_result_of(std::string_view name) { return find_value(kResults, name); }
const char* name_of(FallbackState state) { return find_name(kStates, state); }

const RunSituation* find_run(const InterimBoard& board, const RunId& id) {
  const auto found = std::find_if(board.runs.begin(), board.runs.end(),
                                  [&](const RunSituation& run) { return run.start->id == id; });
  return found == board.runs.end() ? nullptr : &*found;
}

}  // namespace dienstbereit
