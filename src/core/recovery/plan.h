// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "core/recovery/calendar.h"
#include "core/recovery/effort.h"
#include "core/recovery/sickness.h"
#include "model/ids.h"

// A recovery as plain input of the calculation: who works when, what is to be done, what it brings
// back (docs/formats/forecast.md, "Plan"). Times are logical.
namespace dienstbereit::core::recovery {

struct PlannedCrew {
  CrewId id;
  unsigned size = 1;
  std::vector<std::string> skills;
  Calendar calendar;
};

// An empty skill is one that all have.
bool has_skill(const std::vector<std::string>& skills, const std::string& skill);

// A part that must arrive. Carriers work by no calendar of ours.
struct Delivery {
  Instant ordered_at;
  Estimate takes;
};

struct PlannedTask {
  std::string id;
  Effort effort;
  // The quantile that every run takes, in (0, 1), instead of a random one: for "what if".
  std::optional<double> pinned = {};
  bool repair = true;  // false: an interim fix or the like, which "all repairs" do not wait for
  CrewId crew;        // empty: any
  std::string skill;  // empty: none
  std::vector<std::string> after;  // ids of tasks that must be done
  std::optional<Instant> not_before;
  std::optional<Delivery> delivery;
  std::optional<Instant> started_at;
  std::optional<Instant> done_at;
  // Nodes that it repairs for good, by place in Plan::nodes. Where several tasks name a node, any
  // of them is enough: of steps that are all needed, only the last names it.
  std::vector<std::size_t> restores;
};

// An interim fix: what a task brings back for a while, or what has been brought back already.
struct Interim {
  std::string task;  // it is in force when this is done; empty: it is, since `since`
  std::vector<std::size_t> restores;
  std::optional<Instant> expires;  // from then on it holds no longer
  // False: it carries a part of the usual load. While nothing else repairs a node of its, what
  // needs that node is limited at best.
  bool full = true;
  // Chance that it fails of itself before `expires`, at a constant rate; then it is over. From 0
  // to below 1, and 0 where it does not expire.
  double relapse = 0;
  std::optional<Instant> since = {};  // only without a task, and not after the plan's start
  std::string id = {};  // of its random numbers; empty: the task's
};

// A node that is down now: by a fault of its own, or because what it needs was down and it has to
// be started anew.
struct DownNode {
  NodeId id;
  bool faulty = true;  // somebody must repair it
  Duration restart_time{0};
  std::vector<std::size_t> restart_after;  // places of nodes that must be up first
};

// What numbers of one run have in common, each as a share of their spread: from 0, where they are
// independent, to below 1. Assumptions (docs/formats/forecast.md, "What is wrong together").
struct SharedRisk {
  double effort = 0.2;  // it is worse than thought
  double delivery = 0.3;  // one supplier, one shortage
  double sickness = 0.2;  // one wave goes through a house
};

struct Plan {
  Instant start;  // now
  std::vector<PlannedCrew> crews;
  std::vector<PlannedTask> tasks;  // the more urgent first
  std::vector<Interim> interims;
  std::vector<DownNode> nodes;
  SharedRisk shared;
  Sickness sickness;
};

inline constexpr std::size_t kMostTasks = 1'000;
inline constexpr std::size_t kMostDownNodes = 4'096;
inline constexpr std::size_t kMostInterims = 1'000;
inline constexpr Duration kLongestRestart = std::chrono::hours(24 * 30);

// InvalidInput: an estimate that cannot be, an id that is not there or there twice, tasks or
// restarts that wait for each other (with their path), a task that nobody can do (with its name),
// times out of order. LimitExceeded: a bound above.
Result<void> check(const Plan& plan);

}  // namespace dienstbereit::core::recovery
