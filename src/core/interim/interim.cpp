// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/interim/interim.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/interim/words.h"

namespace dienstbereit::core::interim {

std::string to_text(const Condition& condition) {
  return condition.probe.empty()
             ? fmt::format("'{}': {}", condition.node.str(), name_of(condition.is))
             : fmt::format("probe '{}': {}", condition.probe.str(), name_of(condition.is));
}

// The start's time, since another journal counts its runs anew.
std::string key_of(const RunId& run, Instant started, unsigned step, bool undo) {
  return fmt::format("{}.{}.{}.{}", run.str(), started.time_since_epoch().count(), step,
                     undo ? "undo" : "do");
}

bool leaves_nothing(const Step& step) {
  return step.undo.nothing || (step.doing.command.empty() && step.doing.person.empty());
}

// ---- folding ------------------------------------------------------------------------------------

void Interim::apply(const InterimEvent& event, const Written& written) {
  std::visit([&](const auto& one) { on(one, written); }, event);
}

void Interim::use(std::shared_ptr<const District> district) { district_ = std::move(district); }

void Interim::restarted(Instant at, bool exercise) {
  exercise_ = exercise;
  handed_.clear();
  samples_.clear();
  asked_.clear();
  for (Run& run : runs_) {
    if (run.shown.open()) run.since = at;
  }
}

void Interim::on(const SwitchDecided& event, const Written& written) {
  Kept& kept = fallbacks_[event.fallback];
  kept.shown.id = event.fallback;
  if (kept.shown.state != FallbackState::Moving) kept.before = kept.shown.state;
  kept.shown.state = FallbackState::Moving;
  kept.shown.since = written.at;
  kept.shown.by = written.by;
  kept.shown.reason = event.reason;
  kept.decided = written.at;
  kept.wanted = event.on;
}

void Interim::on(const RunStarted& event, const Written& written) {
  ++made_;
  Run run;
  run.shown.start = std::make_shared<const RunStarted>(event);
  run.shown.started = written.at;
  run.shown.by = written.by;
  run.shown.steps.resize(event.steps.size());
  run.attempts.resize(event.steps.size());
  run.doubtful.resize(event.steps.size());
  run.since = written.at;
  runs_.push_back(std::move(run));
  if (event.dry || event.fallback.empty()) return;
  Kept& kept = fallbacks_[event.fallback];
  kept.shown.run = event.id;
  kept.wanted.reset();
}

void Interim::on(const RunApproved& event, const Written& written) {
  for (Run& run : runs_) {
    if (run.start().id != event.run) continue;
    run.shown.approved_by = written.by;
    run.since = written.at;
  }
}

void Interim::on(const RunAborted& event, const Written&) {
  for (Run& run : runs_) {
    if (run.start().id != event.run) continue;
    run.shown.aborted = true;
    run.abort_reason = event.reason;
  }
}

void Interim::on(const StepMoved& event, const Written& written) {
  for (Run& run : runs_) {
    if (run.start().id != event.run || event.step >= run.shown.steps.size()) continue;
    StepSituation& step = run.shown.steps[event.step];
    step.state = event.state;
    step.since = written.at;
    step.by = written.by;
    if (!event.detail.empty()) step.detail = event.detail;
    run.attempts[event.step] = event.attempt;
    run.doubtful[event.step] = event.doubtful;
    const bool fails = event.state == StepState::Refused || event.state == StepState::Failed;
    if (fails && run.why.empty()) {
      run.why = fmt::format("step '{}': {}", run.start().steps[event.step].id, event.detail);
    }
    run.since = written.at;
  }
}

void Interim::on(const RunEnded& event, const Written& written) {
  for (Run& run : runs_) {
    if (run.start().id != event.run) continue;
    run.shown.result = event.result;
    run.shown.ended = written.at;
    run.shown.detail = event.detail;
    run.shown.after = event.after;
    const RunStarted& start = run.start();
    if (start.dry || start.fallback.empty()) continue;
    Kept& kept = fallbacks_[start.fallback];
    const FallbackState wanted = start.on ? FallbackState::On : FallbackState::Off;
    kept.shown.state = event.result == RunResult::Partial ? FallbackState::Stuck
                       : event.result == RunResult::Done  ? wanted
                                                          : kept.before;
    kept.shown.since = written.at;
    kept.tries =
        event.result == RunResult::Undone && run.shown.by == "observer" ? kept.tries + 1 : 0;
  }
  trim();
}

void Interim::on(const FallbackRecorded& event, const Written&) {
  Kept& kept = fallbacks_[event.fallback];
  kept.shown.incident = event.incident;
  kept.shown.fix = event.fix;
}

void Interim::trim() {
  auto ended =
      std::count_if(runs_.begin(), runs_.end(), [](const Run& run) { return !run.shown.open(); });
  for (auto run = runs_.begin(); run != runs_.end() && ended > static_cast<long>(kMostKept);) {
    if (run->shown.open()) {
      ++run;
      continue;
    }
    run = runs_.erase(run);
    --ended;
  }
}

// ---- what is no part of the record --------------------------------------------------------------

void Interim::saw(const ProbeResult& result) {
  if (idle()) return;
  const bool good = result.outcome == ProbeOutcome::Success || result.outcome == ProbeOutcome::Slow;
  const bool bad = result.outcome == ProbeOutcome::Failure;
  samples_[result.probe] = {result.began, good  ? Sight::Success
                                          : bad ? Sight::Failure
                                                : Sight::Unknown};
}

std::vector<ProbeId> Interim::take_questions(const World& world, Instant now) {
  std::vector<ProbeId> questions;
  for (const Run& run : runs_) {
    if (!run.shown.open()) continue;
    for (ProbeId& probe : awaited(run, world)) {
      const auto before = asked_.find(probe);
      if (before != asked_.end() && now < before->second + kAskEvery) continue;
      asked_[probe] = now;
      questions.push_back(std::move(probe));
    }
  }
  return questions;
}

std::vector<Action> Interim::take_actions() {
  std::vector<Action> actions;
  for (const Run& run : runs_) {
    auto action = action_of(run);
    if (!action) continue;
    if (handed_.emplace(action->key, action->attempt).second) {
      actions.push_back(std::move(*action));
    }
  }
  return actions;
}

bool Interim::idle() const {
  return (!district_ || (district_->fallbacks.empty() && district_->plans.empty())) &&
         std::none_of(runs_.begin(), runs_.end(), [](const Run& run) { return run.shown.open(); });
}

// ---- what is shown ------------------------------------------------------------------------------

InterimBoard Interim::board(const World& world, Instant now) const {
  InterimBoard board;
  if (!district_) return board;
  for (const Fallback& fallback : district_->fallbacks) {
    const auto kept = fallbacks_.find(fallback.id);
    FallbackSituation shown = kept == fallbacks_.end() ? FallbackSituation() : kept->second.shown;
    shown.id = fallback.id;
    if (const auto rule = rule_for(fallback, world, now)) shown.held = rule->held;
    board.fallbacks.push_back(std::move(shown));
  }
  for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
    if (board.runs.size() == InterimBoard::kMostShown) break;
    board.runs.push_back(run->shown);
    if (run->shown.open()) board.runs.back().detail = waits_for(*run, world);
  }
  return board;
}

std::vector<Interim::Unrecorded> Interim::switched() const {
  std::vector<Unrecorded> all;
  if (!district_) return all;
  for (const Fallback& fallback : district_->fallbacks) {
    const auto kept = fallbacks_.find(fallback.id);
    if (kept == fallbacks_.end()) continue;
    const FallbackSituation& shown = kept->second.shown;
    if (shown.state != FallbackState::On && shown.state != FallbackState::Off) continue;
    all.push_back({&fallback, shown.state == FallbackState::On, shown.incident, shown.fix});
  }
  return all;
}

// ---- deciding -----------------------------------------------------------------------------------

std::optional<InterimEvent> Interim::next(const World& world, Instant now) const {
  for (const Run& run : runs_) {
    if (!run.shown.open()) continue;
    if (auto event = step(run, world, now)) return event;
  }
  if (!district_) return std::nullopt;
  for (const Fallback& fallback : district_->fallbacks) {
    if (auto event = follow(fallback, world, now)) return event;
  }
  return std::nullopt;
}

std::optional<Instant> Interim::next_due(const World& world, Instant now) const {
  std::optional<Instant> due;
  const auto sooner = [&](std::optional<Instant> t) {
    if (t && *t > now && (!due || *t < *due)) due = t;
  };
  for (const Run& run : runs_) {
    if (!run.shown.open()) continue;
    sooner(due_of(run));
    for (const ProbeId& probe : awaited(run, world)) {
      const auto asked = asked_.find(probe);
      if (asked != asked_.end()) sooner(asked->second + kAskEvery);
    }
  }
  if (!district_) return due;
  for (const Fallback& fallback : district_->fallbacks) {
    if (const auto rule = rule_for(fallback, world, now)) sooner(rule->due);
  }
  return due;
}

}  // namespace dienstbereit::core::interim
