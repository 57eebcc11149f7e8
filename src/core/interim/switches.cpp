// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// When fallbacks go on and off, and what people may do to runs.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "core/interim/interim.h"
#include "core/interim/words.h"

namespace dienstbereit::core::interim {
namespace {

constexpr std::size_t kLongestReason = 600;  // bytes

Result<void> check_reason(const std::string& reason) {
  if (reason.size() <= kLongestReason && is_utf8(reason)) return {};
  return fail(Errc::InvalidInput,
              fmt::format("the reason must be UTF-8 of at most {} bytes", kLongestReason));
}

}  // namespace

// ---- the rule -----------------------------------------------------------------------------------

std::vector<Look> Interim::looks(const Fallback& fallback, const World& world) const {
  std::vector<Look> all;
  for (const ProbeId& probe : fallback.look) all.push_back({probe, world.probe(probe)});
  return all;
}

std::optional<Interim::Rule> Interim::rule_for(const Fallback& fallback, const World& world,
                                               Instant now) const {
  const auto found = fallbacks_.find(fallback.id);
  static const Kept kNever;
  const Kept& kept = found == fallbacks_.end() ? kNever : found->second;
  const FallbackState state = kept.shown.state;
  Rule rule;
  rule.on = state == FallbackState::Off;
  if (!rule.on && state != FallbackState::On) return std::nullopt;
  if ((rule.on ? fallback.switched_by : fallback.back_by) != Switcher::Rule) return std::nullopt;
  // On: one of them is down for certain. Off: all are back for certain.
  std::optional<Instant> since;
  for (const NodeId& node : fallback.stands_in_for) {
    const auto at = world.since(node);
    const bool is_so = world.node(node) == (rule.on ? kDown : kOperational) && at;
    if (rule.on && is_so && (!since || *at < *since)) {
      since = at;
      rule.reason = fmt::format("'{}' is down", node.str());
    } else if (!rule.on && !is_so) {
      return std::nullopt;
    } else if (!rule.on && (!since || *at > *since)) {
      since = at;
      rule.reason = "what it stands in for is back";
    }
  }
  if (!since) return std::nullopt;
  rule.reason += fmt::format(" for {}", dienstbereit::to_text(fallback.after));
  const Instant earliest = *since + fallback.after;
  if (now < earliest) {
    rule.due = earliest;
    rule.held = "not for long enough yet";
  } else if (kept.decided && now < *kept.decided + fallback.hold_down) {
    rule.due = *kept.decided + fallback.hold_down;
    rule.held =
        fmt::format("it was switched less than {} ago", dienstbereit::to_text(fallback.hold_down));
  } else if (rule.on && kept.tries >= kMostTries) {
    rule.held = fmt::format("{} tries came to nothing; a person has to look", kMostTries);
  }
  for (const Look& look : looks(fallback, world)) {
    if (!rule.on || look.seen == Sight::Failure || !rule.held.empty()) continue;
    rule.held =
        fmt::format("from outside, probe '{}' does not say that it fails", look.probe.str());
  }
  return rule;
}

std::optional<InterimEvent> Interim::follow(const Fallback& fallback, const World& world,
                                            Instant now) const {
  const auto kept = fallbacks_.find(fallback.id);
  if (kept != fallbacks_.end() && kept->second.wanted) {
    const bool on = *kept->second.wanted;
    const Plan* plan = find_plan(*district_, on ? fallback.on : fallback.off);
    if (!plan) return std::nullopt;
    auto run = new_run(*plan, &fallback, on, false, kept->second.shown.reason);
    if (!run) return std::nullopt;
    return *run;
  }
  const auto rule = rule_for(fallback, world, now);
  if (!rule || !rule->held.empty()) return std::nullopt;
  const Plan* plan = find_plan(*district_, rule->on ? fallback.on : fallback.off);
  if (!plan || !new_run(*plan, &fallback, rule->on, false, "")) return std::nullopt;
  return SwitchDecided{fallback.id, rule->on, rule->reason, looks(fallback, world)};
}

// ---- people -------------------------------------------------------------------------------------

const Interim::Run* Interim::find(const RunId& id) const {
  const auto found = std::find_if(runs_.begin(), runs_.end(),
                                  [&](const Run& run) { return run.start().id == id; });
  return found == runs_.end() ? nullptr : &*found;
}

const Interim::Run* Interim::open_run_of(const PlanId& plan) const {
  const auto found = std::find_if(runs_.begin(), runs_.end(), [&](const Run& run) {
    return run.shown.open() && run.start().plan == plan;
  });
  return found == runs_.end() ? nullptr : &*found;
}

const Fallback* Interim::fallback_of(const PlanId& plan) const {
  for (const Fallback& fallback : district_->fallbacks) {
    if (fallback.on == plan || fallback.off == plan) return &fallback;
  }
  return nullptr;
}

// A plan, and a fallback, has one run at a time.
Result<RunStarted> Interim::new_run(const Plan& plan, const Fallback* fallback, bool on, bool dry,
                                    const std::string& reason) const {
  for (const Run& run : runs_) {
    const bool same =
        run.start().plan == plan.id || (fallback && !dry && run.start().fallback == fallback->id);
    if (!run.shown.open() || !same) continue;
    return fail(Errc::Conflict,
                fmt::format("'{}' is under way already as {}; wait for its end, or abort it",
                            run.start().plan.str(), run.start().id.str()));
  }
  RunStarted start;
  start.id = RunId(fmt::format("run-{}", made_ + 1));
  start.plan = plan.id;
  start.kind = plan.kind;
  start.title = plan.title;
  if (fallback) start.fallback = fallback->id;
  start.on = on;
  start.dry = dry;
  start.approval = plan.four_eyes && !dry;
  start.reason = reason;
  start.needs = plan.needs;
  start.steps = plan.steps;
  if (fallback && !dry) start.look = fallback->look;
  return start;
}

Interim::Decision Interim::start(const StartPlan& wish, const World& world) const {
  if (auto good = check_reason(wish.reason); !good) return tl::unexpected(good.error());
  const Plan* plan = find_plan(*district_, wish.plan);
  if (!plan) {
    return fail(Errc::NotFound, fmt::format("there is no plan '{}'; 'dienstbereit plan list' lists "
                                            "them",
                                            clean(wish.plan.str(), 40)));
  }
  const Fallback* fallback = fallback_of(plan->id);
  if (fallback && !wish.dry)
    return turn({fallback->id, fallback->on == plan->id, wish.reason}, world);
  auto run = new_run(*plan, fallback, !fallback || fallback->on == plan->id, wish.dry, wish.reason);
  if (!run) return tl::unexpected(run.error());
  return std::vector<InterimEvent>{std::move(*run)};
}

Interim::Decision Interim::turn(const SwitchFallback& wish, const World& world) const {
  if (auto good = check_reason(wish.reason); !good) return tl::unexpected(good.error());
  const Fallback* fallback = find_fallback(*district_, wish.fallback);
  if (!fallback) {
    return fail(Errc::NotFound, fmt::format("there is no fallback '{}'; 'dienstbereit switch list' "
                                            "lists them",
                                            clean(wish.fallback.str(), 40)));
  }
  const auto kept = fallbacks_.find(fallback->id);
  const FallbackState state =
      kept == fallbacks_.end() ? FallbackState::Off : kept->second.shown.state;
  if (state == (wish.on ? FallbackState::On : FallbackState::Off)) {
    return fail(Errc::Conflict,
                fmt::format("'{}' is {} already", fallback->id.str(), name_of(state)));
  }
  const Plan* plan = find_plan(*district_, wish.on ? fallback->on : fallback->off);
  if (!plan) return fail(Errc::NotFound, "the district has no plan for this switch");
  auto run = new_run(*plan, fallback, wish.on, false, wish.reason);
  if (!run) return tl::unexpected(run.error());
  return std::vector<InterimEvent>{
      SwitchDecided{fallback->id, wish.on, wish.reason, looks(*fallback, world)}, std::move(*run)};
}

namespace {

tl::unexpected<Error> no_run(const RunId& id) {
  return fail(Errc::NotFound,
              fmt::format("no run '{}' is under way; 'dienstbereit plan list' lists "
                          "them",
                          clean(id.str(), 40)));
}

}  // namespace

Interim::Decision Interim::approve(const RunId& id, const std::string& by) const {
  const Run* run = find(id);
  if (!run || !run->shown.open()) return no_run(id);
  if (!run->shown.awaits_approval()) {
    return fail(Errc::Conflict, fmt::format("{} waits for no approval", id.str()));
  }
  if (run->shown.by == by) {
    return fail(Errc::Denied, fmt::format("{} has to be approved by another person than the one "
                                          "who started it",
                                          id.str()));
  }
  return std::vector<InterimEvent>{RunApproved{id}};
}

Interim::Decision Interim::confirm(const ConfirmStep& answer) const {
  if (auto good = check_reason(answer.text); !good) return tl::unexpected(good.error());
  const Run* run = find(answer.run);
  if (!run || !run->shown.open()) return no_run(answer.run);
  const RunStarted& start = run->start();
  for (unsigned i = 0; i < start.steps.size(); ++i) {
    const Step& step = start.steps[i];
    if (step.id != answer.step || start.dry) continue;
    const StepState state = run->shown.steps[i].state;
    const bool asked = state == StepState::Asked && step.doing.command.empty();
    const bool undoing = state == StepState::Undoing && step.undo.command.empty();
    StepMoved event{start.id, i, StepState::Done, 0, false, answer.text};
    if (undoing) {
      event.state = answer.done ? StepState::Undone : StepState::UndoFailed;
    } else if (asked || state == StepState::Unsure) {
      const bool look = asked && !step.check.empty();
      event.state = !answer.done ? StepState::Refused
                    : look       ? StepState::Checking
                                 : StepState::Done;
    } else {
      break;
    }
    return std::vector<InterimEvent>{event};
  }
  return fail(Errc::Conflict, fmt::format("step '{}' of {} waits for nobody's word now",
                                          clean(answer.step, 40), start.id.str()));
}

Interim::Decision Interim::abort(const AbortRun& wish) const {
  if (auto good = check_reason(wish.reason); !good) return tl::unexpected(good.error());
  const Run* run = find(wish.run);
  if (!run || !run->shown.open()) return no_run(wish.run);
  if (run->shown.aborted) return fail(Errc::Conflict, "it is being aborted already");
  const std::string reason = wish.reason.empty() ? "aborted" : "aborted: " + wish.reason;
  return std::vector<InterimEvent>{RunAborted{wish.run, reason}};
}

}  // namespace dienstbereit::core::interim
