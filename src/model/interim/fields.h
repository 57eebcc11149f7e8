// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/codec.h"
#include "model/interim/events.h"

// The fields of switches and runs, as codec.h wants them. Included by the sources of model only.
namespace dienstbereit {

template <class A>
void fields(A& a, Condition& e) {
  a("probe", e.probe);
  a("node", e.node);
  a("is", e.is, expected_of);
}
template <class A>
void fields(A& a, Argument& e) {
  a("name", e.name);
  a("value", e.value);
}
template <class A>
void fields(A& a, Doing& e) {
  a("command", e.command);
  a("with", e.with);
  a("person", e.person);
  a("wait", e.wait);
}
template <class A>
void fields(A& a, Undoing& e) {
  a("command", e.command);
  a("with", e.with);
  a("person", e.person);
  a("nothing", e.nothing);
}
template <class A>
void fields(A& a, Step& e) {
  a("id", e.id);
  a("title", e.title);
  a("node", e.node);
  a("do", e.doing);
  a("needs", e.needs);
  a("check", e.check);
  a("undo", e.undo);
  a("timeout_ms", e.timeout);
  a("fence", e.fence);
  a("promote", e.promote);
  a("repeatable", e.repeatable);
  a("takes_ms", e.takes);
}
template <class A>
void fields(A& a, Look& e) {
  a("probe", e.probe);
  a("seen", e.seen, sight_of);
}
template <class A>
void fields(A& a, SwitchDecided& e) {
  a("fallback", e.fallback);
  a("on", e.on);
  a("reason", e.reason);
  a("before", e.before);
}
template <class A>
void fields(A& a, RunStarted& e) {
  a("id", e.id);
  a("plan", e.plan);
  a("kind", e.kind, plan_kind_of);
  a("title", e.title);
  a("fallback", e.fallback);
  a("on", e.on);
  a("dry", e.dry);
  a("approval", e.approval);
  a("reason", e.reason);
  a("needs", e.needs);
  a("steps", e.steps);
  a("look", e.look);
}
template <class A>
void fields(A& a, RunApproved& e) {
  a("run", e.run);
}
template <class A>
void fields(A& a, RunAborted& e) {
  a("run", e.run);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, StepMoved& e) {
  a("run", e.run);
  a("step", e.step);
  a("state", e.state, step_state_of);
  a("attempt", e.attempt);
  a("doubtful", e.doubtful);
  a("detail", e.detail);
}
template <class A>
void fields(A& a, RunEnded& e) {
  a("run", e.run);
  a("result", e.result, run_result_of);
  a("detail", e.detail);
  a("after", e.after);
}
template <class A>
void fields(A& a, FallbackRecorded& e) {
  a("fallback", e.fallback);
  a("incident", e.incident);
  a("fix", e.fix);
}

}  // namespace dienstbereit
