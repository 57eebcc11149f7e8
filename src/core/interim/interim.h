// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/district.h"
#include "model/health.h"
#include "model/interim/action.h"
#include "model/interim/board.h"
#include "model/probe.h"
#include "model/record/record.h"

// When fallbacks go on and off, and which step of a plan comes next (docs/formats/plans.md). Folded
// from events; deciding takes the world and the time as data.
namespace dienstbereit::core::interim {

inline constexpr Duration kApprovalLasts = std::chrono::hours(1);
inline constexpr Duration kPersonPatience = std::chrono::hours(24);
// Whoever carries out an action answers within its timeout and this; then nobody knows.
inline constexpr Duration kGrace = std::chrono::seconds(15);
inline constexpr Duration kLookFor = std::chrono::minutes(1);
// A probe that a run waits for is asked this often.
inline constexpr Duration kAskEvery = std::chrono::seconds(1);
inline constexpr unsigned kMostAttempts = 3;  // of a step that may be repeated
inline constexpr unsigned kMostTries = 3;  // of a rule in a row that came to nothing
inline constexpr std::size_t kMostKept = 200;  // runs that have ended

// What is asked of the world; the same question twice at one time gives the same answer.
class World {
 public:
  virtual ~World() = default;
  // What the probe says as it has settled; Unknown if that is not fresh.
  virtual Sight probe(const ProbeId& probe) const = 0;
  virtual Interval node(const NodeId& node) const = 0;
  virtual std::optional<Instant> since(const NodeId& node) const = 0;  // of its state
};

class Interim {
 public:
  // ---- folding; the same live and in replay
  void apply(const InterimEvent& event, const Written& written);
  void use(std::shared_ptr<const District> district);
  // The program has started anew: what was asked is asked again under the same key, and what has to
  // be seen gets its whole time again.
  void restarted(Instant at, bool exercise);

  // ---- what is no part of the record
  void saw(const ProbeResult& result);
  // Probes that a run waits for, to be run at once.
  std::vector<ProbeId> take_questions(const World& world, Instant now);
  // What is to be handed to the helper now. Remembers that it was; after a restart all of it is
  // handed over again.
  std::vector<Action> take_actions();

  // ---- deciding
  // The next event that is due, or nothing; fold it and ask again.
  std::optional<InterimEvent> next(const World& world, Instant now) const;
  // When time alone makes next() or take_questions() do something; later than `now`.
  std::optional<Instant> next_due(const World& world, Instant now) const;

  // What a person wants, as events to fold, or why not.
  using Decision = Result<std::vector<InterimEvent>>;
  Decision start(const StartPlan& wish, const World& world) const;
  Decision turn(const SwitchFallback& wish, const World& world) const;
  Decision approve(const RunId& run, const std::string& by) const;
  Decision confirm(const ConfirmStep& answer) const;
  Decision abort(const AbortRun& wish) const;
  // What follows from an action's end; nothing if nobody waits for it.
  std::optional<InterimEvent> result(const ActionResult& result) const;

  InterimBoard board(const World& world, Instant now) const;
  // Fallbacks that are on without a fix in force on record, or off with one: the engine writes it.
  struct Unrecorded {
    const Fallback* fallback = nullptr;
    bool on = true;
    IncidentId incident;  // where the last one stands; may be empty
    FixId fix;
  };
  std::vector<Unrecorded> switched() const;
  bool idle() const;  // neither fallbacks nor open runs

 private:
  struct Run {
    RunSituation shown;
    Instant since;  // of the last movement
    std::vector<unsigned> attempts;
    std::vector<bool> doubtful;
    std::string abort_reason;
    std::string why;  // it goes back
    const RunStarted& start() const { return *shown.start; }
  };
  struct Kept {  // of a fallback
    FallbackSituation shown;
    FallbackState before = FallbackState::Off;  // the last switch
    std::optional<Instant> decided;
    std::optional<bool> wanted;  // a switch that has no run yet
    unsigned tries = 0;
  };
  struct Sample {
    Instant began;
    Sight seen = Sight::Unknown;
  };

  void on(const SwitchDecided& event, const Written& written);
  void on(const RunStarted& event, const Written& written);
  void on(const RunApproved& event, const Written& written);
  void on(const RunAborted& event, const Written& written);
  void on(const StepMoved& event, const Written& written);
  void on(const RunEnded& event, const Written& written);
  void on(const FallbackRecorded& event, const Written& written);
  void trim();

  // runs.cpp
  std::optional<InterimEvent> step(const Run& run, const World& world, Instant now) const;
  std::optional<InterimEvent> rehearse(const Run& run, const World& world) const;
  std::optional<InterimEvent> forward(const Run& run, unsigned index, const World& world,
                                      Instant now) const;
  std::optional<InterimEvent> begin(const Run& run, unsigned index, const World& world,
                                    Instant now) const;
  std::optional<InterimEvent> check(const Run& run, unsigned index, const World& world,
                                    Instant now) const;
  std::optional<InterimEvent> back(const Run& run, Instant now) const;
  std::optional<InterimEvent> finish(const Run& run, const World& world, Instant now) const;
  InterimEvent interrupted(const Run& run, unsigned index, const std::string& detail) const;
  bool seen(const Condition& condition, Instant since, const World& world) const;
  const Condition* unmet(const Run& run, unsigned index, const World& world) const;
  std::vector<ProbeId> awaited(const Run& run, const World& world) const;
  std::string waits_for(const Run& run, const World& world) const;
  std::optional<Instant> due_of(const Run& run) const;
  std::optional<Action> action_of(const Run& run) const;

  // switches.cpp
  const Run* find(const RunId& id) const;
  const Run* open_run_of(const PlanId& plan) const;
  const Fallback* fallback_of(const PlanId& plan) const;
  Result<RunStarted> new_run(const Plan& plan, const Fallback* fallback, bool on, bool dry,
                             const std::string& reason) const;
  std::vector<Look> looks(const Fallback& fallback, const World& world) const;
  struct Rule {
    bool on = true;
    std::string reason;
    std::string held;  // why not now
    std::optional<Instant> due;  // when that may change by time
  };
  // What the rule wants of a fallback; nothing where there is no cause or no rule.
  std::optional<Rule> rule_for(const Fallback& fallback, const World& world, Instant now) const;
  std::optional<InterimEvent> follow(const Fallback& fallback, const World& world,
                                     Instant now) const;

  std::shared_ptr<const District> district_;
  std::vector<Run> runs_;  // oldest first
  std::map<FallbackId, Kept> fallbacks_;  // of those that are gone too
  unsigned made_ = 0;
  bool exercise_ = false;
  // not folded
  std::map<ProbeId, Sample> samples_;
  std::map<ProbeId, Instant> asked_;
  std::set<std::pair<std::string, unsigned>> handed_;  // key and attempt
};

}  // namespace dienstbereit::core::interim
