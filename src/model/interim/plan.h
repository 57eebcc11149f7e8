// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/wording.h"

namespace dienstbereit {

struct PlanTag;
struct FallbackTag;
struct RunTag;
using PlanId = StrongString<PlanTag>;
using FallbackId = StrongString<FallbackTag>;
// One carrying out of a plan: "run-3".
using RunId = StrongString<RunTag>;

// What is prepared for the case that something fails (docs/formats/plans.md).

// TakeOver: another takes the place of what failed. Restart: from the ground to the emergency
// level. Restoration: back to normal. Switch: turns a fallback on or off.
enum class PlanKind : std::uint8_t { TakeOver, Restart, Restoration, Switch };

// What is asked of the world.
enum class Expected : std::uint8_t { Success, Failure, Operational, Down };

// A probe that succeeds or fails, or a node that is operational or down, each for certain.
struct Condition {
  ProbeId probe;
  NodeId node;
  Expected is = Expected::Success;
  bool empty() const { return probe.empty() && node.empty(); }
};

// A value for a parameter that the helper's list declares.
struct Argument {
  std::string name;
  std::string value;
};

// What a step does; one of the three.
struct Doing {
  std::string command;  // of the helper's list
  std::vector<Argument> with;
  Wording person;  // what somebody does, and then confirms
  Condition wait;  // until this holds
  bool empty() const { return command.empty() && person.empty() && wait.empty(); }
};

// How a step is taken back. Neither: what the step did stays, and nothing before it is taken back
// either; with `nothing` it has left nothing behind.
struct Undoing {
  std::string command;
  std::vector<Argument> with;
  Wording person;
  bool nothing = false;
  bool possible() const { return !command.empty() || !person.empty(); }
};

inline constexpr Duration kUsualTimeout = std::chrono::minutes(1);

struct Step {
  std::string id;  // within its plan
  Wording title;
  NodeId node;  // of a restart or restoration: what it brings back
  Doing doing;
  std::vector<Condition> needs;  // must hold before
  Condition check;               // must be seen after, by a measurement that began after
  Undoing undo;
  Duration timeout = kUsualTimeout;  // of the action, and of the check again; a person has a day
  bool fence = false;    // keeps the old one from coming back
  bool promote = false;  // from here on there are two unless the old one is fenced
  bool repeatable = false;  // doing it twice does no harm
  std::optional<Duration> takes;  // as far as one knows
};

struct Plan {
  PlanId id;
  PlanKind kind = PlanKind::Switch;
  Wording title;
  std::string owner;   // a role
  std::string deputy;  // a role
  bool four_eyes = false;  // a second person approves each run
  std::vector<Condition> needs;
  std::vector<Step> steps;
};

enum class Switcher : std::uint8_t { Person, Rule };

// What stands in for a while.
struct Fallback {
  FallbackId id;
  Wording title;                  // public: "Ersatz-Startseite"
  std::vector<NodeId> stands_in_for;
  PlanId on;
  PlanId off;
  Switcher switched_by = Switcher::Person;
  Switcher back_by = Switcher::Person;
  Duration after = std::chrono::minutes(5);       // down, or back, for certain for so long
  Duration hold_down = std::chrono::minutes(30);  // at most one switch by rule in this time
  std::vector<ProbeId> look;  // from outside: failing before it goes on, working after
  std::string owner;          // a role
  Wording risk;
  Wording restores;
  Duration expires{0};  // for so long it is an interim fix
};

const char* name_of(PlanKind kind);  // take_over restart restoration switch
std::optional<PlanKind> plan_kind_of(std::string_view name);
const char* name_of(Expected is);  // success failure operational down
std::optional<Expected> expected_of(std::string_view name);
const char* name_of(Switcher by);  // person rule

}  // namespace dienstbereit
