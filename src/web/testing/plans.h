// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "view/testing/world.h"

// A fallback, its plans, and runs in every state that a page tells apart.
namespace dienstbereit::web::test {

inline Step a_step(const std::string& id) {
  Step step;
  step.id = id;
  step.title = {"<script>alert(1)</script> " + id, "Step " + id};
  step.doing.command = "do-" + id;
  return step;
}

inline RunSituation a_run(const std::string& id, const Plan& plan, Instant now) {
  RunStarted start;
  start.id = RunId(id);
  start.plan = plan.id;
  start.title = plan.title;
  start.steps = plan.steps;
  start.reason = "<script>alert(1)</script>";
  RunSituation run;
  run.start = std::make_shared<const RunStarted>(start);
  run.started = now - std::chrono::minutes(5);
  run.by = "user:u-de";
  run.steps.resize(start.steps.size());
  run.steps[0] = {StepState::Done, now, "<script>alert(1)</script>", "helper"};
  return run;
}

inline void add_plans(dienstbereit::test::World& world) {
  Plan plan;
  plan.id = PlanId("over");
  plan.kind = PlanKind::TakeOver;
  plan.title = {"Übernahme", "Take-over"};
  plan.owner = "IT";
  plan.four_eyes = true;
  plan.steps = {a_step("fence"), a_step("call"), a_step("wait")};
  plan.steps[1].doing = {"", {}, {"Ruf an", "Call"}, {}};
  plan.steps[2].doing = {"", {}, {}, {ProbeId("DB/sql"), NodeId(), Expected::Success}};
  Fallback fallback;
  fallback.id = FallbackId("spare");
  fallback.title = {"Ersatz", "Spare"};
  fallback.stands_in_for = {NodeId("DB")};
  fallback.on = plan.id;
  fallback.owner = "IT";
  fallback.risk = {"langsamer", "slower"};
  fallback.restores = {"alles", "all"};
  world.district->plans = {plan};
  world.district->fallbacks = {fallback};

  RunSituation asking = a_run("run-3", plan, world.now);
  asking.steps[1] = {StepState::Asked, world.now, "", "observer"};
  RunSituation waiting = a_run("run-2", plan, world.now);
  auto start = std::make_shared<RunStarted>(*waiting.start);
  start->approval = true;
  waiting.start = start;
  waiting.detail = "a second person has to approve it";
  RunSituation half = a_run("run-1", plan, world.now);
  half.result = RunResult::Partial;
  half.ended = world.now;
  half.detail = "step 'call': no; what stays as these steps left it: fence";
  world.situation.interim.runs = {asking, waiting, half};
  FallbackSituation stuck;
  stuck.id = fallback.id;
  stuck.state = FallbackState::Stuck;
  stuck.since = world.now;
  stuck.by = "observer";
  stuck.run = RunId("run-1");
  world.situation.interim.fallbacks = {stuck};
}

}  // namespace dienstbereit::web::test
