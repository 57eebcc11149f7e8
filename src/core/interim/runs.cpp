// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What comes next in a run: forward step by step, and back again where one fails.
#include <algorithm>

#include <fmt/format.h>

#include "core/interim/interim.h"
#include "core/interim/words.h"

namespace dienstbereit::core::interim {
namespace {

bool is_command(const Step& step) { return !step.doing.command.empty(); }
bool is_person(const Step& step) { return !is_command(step) && !step.doing.person.empty(); }

bool has_failed(StepState state) {
  return state == StepState::Refused || state == StepState::Failed || state == StepState::Undoing ||
         state == StepState::Undone || state == StepState::UndoFailed;
}

// Whether the step has left something behind.
bool stands(const Step& step, StepState state) {
  return !leaves_nothing(step) &&
         (state == StepState::Done || state == StepState::Failed || state == StepState::UndoFailed);
}

bool holds(Interval state, Expected is) {
  return state == (is == Expected::Down ? kDown : kOperational);
}

Sight wanted(Expected is) { return is == Expected::Failure ? Sight::Failure : Sight::Success; }

bool holds_now(const Condition& condition, const World& world) {
  return condition.probe.empty() ? holds(world.node(condition.node), condition.is)
                                 : world.probe(condition.probe) == wanted(condition.is);
}

StepMoved moved(const RunStarted& start, unsigned step, StepState state, std::string detail = {}) {
  return {start.id, step, state, 0, false, std::move(detail)};
}

// "fence, promote"
std::string names(const RunStarted& start, const std::vector<unsigned>& steps) {
  std::string text;
  for (const unsigned step : steps) text += (text.empty() ? "" : ", ") + start.steps[step].id;
  return text;
}

}  // namespace

std::optional<InterimEvent> Interim::step(const Run& run, const World& world, Instant now) const {
  const RunStarted& start = run.start();
  if (run.shown.awaits_approval()) {
    if (run.shown.aborted) return RunEnded{start.id, RunResult::Undone, run.abort_reason, {}};
    if (now < run.since + kApprovalLasts) return std::nullopt;
    return RunEnded{start.id, RunResult::Undone, "nobody approved it in time", {}};
  }
  if (start.dry) return rehearse(run, world);
  const auto& steps = run.shown.steps;
  for (unsigned i = 0; i < steps.size(); ++i) {
    if (has_failed(steps[i].state)) return back(run, now);
    if (steps[i].state != StepState::Done) return forward(run, i, world, now);
  }
  return finish(run, world, now);
}

// ---- forward ------------------------------------------------------------------------------------

std::optional<InterimEvent> Interim::forward(const Run& run, unsigned index, const World& world,
                                             Instant now) const {
  const Step& step = run.start().steps[index];
  const StepState state = run.shown.steps[index].state;
  if (state == StepState::Planned) return begin(run, index, world, now);
  if (state == StepState::Checking) return check(run, index, world, now);
  const bool person = state == StepState::Unsure || is_person(step);
  if (!person) {
    if (exercise_) return moved(run.start(), index, StepState::Done, "exercise: not carried out");
    if (now < run.since + step.timeout + kGrace) return std::nullopt;
    return interrupted(run, index, "there was no answer in time");
  }
  if (run.shown.aborted) return moved(run.start(), index, StepState::Failed, run.abort_reason);
  if (now < run.since + kPersonPatience) return std::nullopt;
  return moved(run.start(), index, StepState::Failed, "nobody confirmed it in time");
}

std::optional<InterimEvent> Interim::begin(const Run& run, unsigned index, const World& world,
                                           Instant now) const {
  const Step& step = run.start().steps[index];
  if (run.shown.aborted) return moved(run.start(), index, StepState::Refused, run.abort_reason);
  if (const Condition* missing = unmet(run, index, world)) {
    if (now < run.since + step.timeout) return std::nullopt;
    return moved(run.start(), index, StepState::Refused,
                 fmt::format("a precondition does not hold: {}", to_text(*missing)));
  }
  const bool waits = !is_command(step) && !is_person(step);
  return moved(run.start(), index, waits ? StepState::Checking : StepState::Asked);
}

std::optional<InterimEvent> Interim::check(const Run& run, unsigned index, const World& world,
                                           Instant now) const {
  const Step& step = run.start().steps[index];
  const Condition& condition = step.check.empty() ? step.doing.wait : step.check;
  if (exercise_) return moved(run.start(), index, StepState::Done, "exercise: not looked at");
  if (seen(condition, run.since, world)) return moved(run.start(), index, StepState::Done);
  if (run.shown.aborted) return moved(run.start(), index, StepState::Failed, run.abort_reason);
  if (now < run.since + step.timeout) return std::nullopt;
  const std::string detail = fmt::format("it was not seen in time: {}", to_text(condition));
  // Where nobody knows whether it was done, not seeing it proves nothing.
  const StepState state = run.doubtful[index] ? StepState::Unsure : StepState::Failed;
  return moved(run.start(), index, state, detail);
}

bool Interim::seen(const Condition& condition, Instant since, const World& world) const {
  if (condition.probe.empty()) return holds(world.node(condition.node), condition.is);
  const auto sample = samples_.find(condition.probe);
  if (sample == samples_.end() || sample->second.began < since) return false;
  if (sample->second.seen != wanted(condition.is)) return false;
  // A failure may be one of the way there; what has settled knows of that.
  return condition.is != Expected::Failure || world.probe(condition.probe) == Sight::Failure;
}

const Condition* Interim::unmet(const Run& run, unsigned index, const World& world) const {
  const RunStarted& start = run.start();
  if (index == 0) {
    for (const Condition& condition : start.needs) {
      if (!holds_now(condition, world)) return &condition;
    }
  }
  for (const Condition& condition : start.steps[index].needs) {
    if (!holds_now(condition, world)) return &condition;
  }
  return nullptr;
}

// All is done; now it is looked at from outside.
std::optional<InterimEvent> Interim::finish(const Run& run, const World&, Instant now) const {
  const RunStarted& start = run.start();
  RunEnded end{start.id, RunResult::Done, "", {}};
  std::string missing;
  for (const ProbeId& probe : start.look) {
    const auto sample = samples_.find(probe);
    const bool fresh = sample != samples_.end() && sample->second.began >= run.since;
    end.after.push_back({probe, fresh ? sample->second.seen : Sight::Unknown});
    if (end.after.back().seen != Sight::Success) {
      missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ", probe.str());
    }
  }
  if (missing.empty() || exercise_) return end;
  if (now < run.since + kLookFor) return std::nullopt;
  end.result = RunResult::Partial;
  end.detail =
      fmt::format("all steps are done, but from outside it is not seen working: {}", missing);
  return end;
}

// ---- when an action has ended -------------------------------------------------------------------

std::optional<InterimEvent> Interim::result(const ActionResult& result) const {
  for (const Run& run : runs_) {
    const auto asked = run.shown.open() ? action_of(run) : std::nullopt;
    if (!asked || asked->key != result.key || asked->mode != result.mode) continue;
    const auto& steps = run.shown.steps;
    const auto at = std::find_if(steps.begin(), steps.end(), [](const StepSituation& step) {
      return step.state == StepState::Asked || step.state == StepState::Undoing;
    });
    const auto index = static_cast<unsigned>(at - steps.begin());
    const bool undo = at->state == StepState::Undoing;
    const Step& step = run.start().steps[index];
    switch (result.outcome) {
      case ActionOutcome::Done:
        if (undo) return moved(run.start(), index, StepState::Undone, result.detail);
        return moved(run.start(), index,
                     step.check.empty() || run.start().dry ? StepState::Done : StepState::Checking,
                     result.detail);
      case ActionOutcome::Refused:
        return moved(run.start(), index, undo ? StepState::UndoFailed : StepState::Refused,
                     result.detail);
      case ActionOutcome::Failed:
        return moved(run.start(), index, undo ? StepState::UndoFailed : StepState::Failed,
                     result.detail);
      case ActionOutcome::Interrupted:
        if (undo) return moved(run.start(), index, StepState::UndoFailed, result.detail);
        return interrupted(run, index, result.detail);
    }
  }
  return std::nullopt;
}

// Nobody knows whether it was done: again where that does no harm, else its check tells, else a
// person.
InterimEvent Interim::interrupted(const Run& run, unsigned index, const std::string& detail) const {
  const Step& step = run.start().steps[index];
  StepMoved event = moved(run.start(), index, StepState::Unsure, detail);
  if (run.start().dry) {
    event.state = StepState::Refused;
  } else if (step.repeatable && run.attempts[index] + 1 < kMostAttempts) {
    event.state = StepState::Asked;
    event.attempt = run.attempts[index] + 1;
  } else if (!step.check.empty()) {
    event.state = StepState::Checking;
    event.doubtful = true;
  }
  return event;
}

// ---- back ---------------------------------------------------------------------------------------

// The last first, until one that cannot be taken back: what came before it may rest on it.
std::optional<InterimEvent> Interim::back(const Run& run, Instant now) const {
  const RunStarted& start = run.start();
  for (auto i = static_cast<unsigned>(start.steps.size()); i-- > 0;) {
    const Step& step = start.steps[i];
    const StepState state = run.shown.steps[i].state;
    if (state == StepState::Undoing) {
      const bool person = step.undo.command.empty();
      const Duration patience = person ? kPersonPatience : step.timeout + kGrace;
      if (exercise_ && !person) return moved(start, i, StepState::Undone, "exercise");
      if (now < run.since + patience) return std::nullopt;
      return moved(start, i, StepState::UndoFailed, "there was no answer in time");
    }
    if (!stands(step, state)) continue;
    if (!step.undo.possible() || state == StepState::UndoFailed) break;
    return moved(start, i, StepState::Undoing);
  }
  std::vector<unsigned> left;
  for (unsigned i = 0; i < start.steps.size(); ++i) {
    if (stands(start.steps[i], run.shown.steps[i].state)) left.push_back(i);
  }
  if (left.empty()) return RunEnded{start.id, RunResult::Undone, run.why, {}};
  return RunEnded{
      start.id,
      RunResult::Partial,
      fmt::format("{}; what stays as these steps left it: {}", run.why, names(start, left)),
      {}};
}

// ---- dry runs -----------------------------------------------------------------------------------

std::optional<InterimEvent> Interim::rehearse(const Run& run, const World& world) const {
  const RunStarted& start = run.start();
  bool good = true;
  for (unsigned i = 0; i < start.steps.size(); ++i) {
    const StepState state = run.shown.steps[i].state;
    if (state == StepState::Asked && !exercise_) return std::nullopt;
    if (state == StepState::Asked) return moved(start, i, StepState::Done, "exercise");
    good = good && state != StepState::Refused;
    if (state != StepState::Planned) continue;
    const Condition* missing = unmet(run, i, world);
    const std::string detail =
        missing ? fmt::format("a precondition does not hold now: {}", to_text(*missing))
                : std::string("every precondition holds now");
    // Those of later steps may come to hold by the steps before.
    if (missing && i == 0) return moved(start, i, StepState::Refused, detail);
    return moved(start, i, is_command(start.steps[i]) ? StepState::Asked : StepState::Done, detail);
  }
  return RunEnded{start.id,
                  good ? RunResult::Done : RunResult::Undone,
                  good ? "it could be carried out" : "it could not be carried out as it is",
                  {}};
}

// ---- what is waited for -------------------------------------------------------------------------

std::optional<Action> Interim::action_of(const Run& run) const {
  if (!run.shown.open() || run.shown.awaits_approval() || exercise_) return std::nullopt;
  const RunStarted& start = run.start();
  for (unsigned i = 0; i < start.steps.size(); ++i) {
    const StepState state = run.shown.steps[i].state;
    const Step& step = start.steps[i];
    const bool undo = state == StepState::Undoing && !step.undo.command.empty();
    if (!undo && !(state == StepState::Asked && is_command(step))) continue;
    Action action;
    action.key = key_of(start.id, run.shown.started, i, undo);
    action.command = undo ? step.undo.command : step.doing.command;
    action.with = undo ? step.undo.with : step.doing.with;
    action.timeout = step.timeout;
    action.attempt = undo ? 0 : run.attempts[i];
    action.mode = start.dry            ? ActionMode::Rehearse
                  : action.attempt > 0 ? ActionMode::Again
                                       : ActionMode::Do;
    return action;
  }
  return std::nullopt;
}

std::vector<ProbeId> Interim::awaited(const Run& run, const World& world) const {
  std::vector<ProbeId> probes;
  if (run.shown.awaits_approval() || run.start().dry || exercise_) return probes;
  const RunStarted& start = run.start();
  for (unsigned i = 0; i < start.steps.size(); ++i) {
    const StepState state = run.shown.steps[i].state;
    if (state == StepState::Done) continue;
    const Step& step = start.steps[i];
    const Condition* missing = state == StepState::Planned ? unmet(run, i, world) : nullptr;
    if (state == StepState::Checking) missing = step.check.empty() ? &step.doing.wait : &step.check;
    if (missing && !missing->probe.empty()) probes.push_back(missing->probe);
    return probes;
  }
  return start.look;
}

std::string Interim::waits_for(const Run& run, const World& world) const {
  if (run.shown.awaits_approval()) return "a second person has to approve it";
  const RunStarted& start = run.start();
  for (unsigned i = 0; i < start.steps.size(); ++i) {
    const StepState state = run.shown.steps[i].state;
    const Step& step = start.steps[i];
    if (state == StepState::Unsure) return "nobody knows whether it was done; look, and say so";
    if (state == StepState::Checking) {
      return fmt::format("waits until seen: {}",
                         to_text(step.check.empty() ? step.doing.wait : step.check));
    }
    if (state == StepState::Planned) {
      const Condition* missing = unmet(run, i, world);
      return missing ? fmt::format("waits until it holds: {}", to_text(*missing)) : "";
    }
    if (state != StepState::Done) return "";
  }
  return "is looked at from outside";
}

std::optional<Instant> Interim::due_of(const Run& run) const {
  if (run.shown.awaits_approval()) return run.since + kApprovalLasts;
  const RunStarted& start = run.start();
  for (unsigned i = 0; i < start.steps.size(); ++i) {
    const StepState state = run.shown.steps[i].state;
    const Step& step = start.steps[i];
    const bool undoing = state == StepState::Undoing;
    if (undoing || state == StepState::Asked || state == StepState::Unsure) {
      const bool command = undoing ? !step.undo.command.empty() : is_command(step);
      const bool acts = command && state != StepState::Unsure;
      return run.since + (acts ? step.timeout + kGrace : kPersonPatience);
    }
    if (state == StepState::Planned || state == StepState::Checking) {
      return run.since + step.timeout;
    }
  }
  return run.since + kLookFor;
}

}  // namespace dienstbereit::core::interim
