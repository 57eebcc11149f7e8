// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/interim/interim.h"

namespace dienstbereit::core::interim {

inline constexpr Instant kStart{std::chrono::hours(24 * 20'000)};

// A district with one fallback "web" for node N by the plans "on" and "off", looked at from outside
// by "N/outside"; and what the engine does around the decider.
class House final : public World {
 public:
  House() {
    auto made = std::make_shared<District>();
    made->plans.push_back(plan("on", {step("fence"), step("serve")}));
    made->plans.push_back(plan("off", {step("stop")}));
    Fallback fallback;
    fallback.id = FallbackId("web");
    fallback.stands_in_for = {NodeId("N")};
    fallback.on = PlanId("on");
    fallback.off = PlanId("off");
    fallback.switched_by = Switcher::Rule;
    fallback.back_by = Switcher::Rule;
    fallback.expires = std::chrono::hours(24);
    made->fallbacks.push_back(fallback);
    district = made;
  }

  static Step step(const std::string& id) {
    Step step;
    step.id = id;
    step.doing.command = "do-" + id;
    step.undo.command = "undo-" + id;
    step.timeout = std::chrono::seconds(30);
    return step;
  }
  static Plan plan(const std::string& id, std::vector<Step> steps) {
    Plan plan;
    plan.id = PlanId(id);
    plan.steps = std::move(steps);
    return plan;
  }

  void open() { interim.use(district); }
  Fallback& fallback() { return district->fallbacks[0]; }
  Plan& on() { return district->plans[0]; }

  Sight probe(const ProbeId& id) const override {
    const auto found = sights.find(id);
    return found == sights.end() ? Sight::Unknown : found->second;
  }
  Interval node(const NodeId&) const override { return state; }
  std::optional<Instant> since(const NodeId&) const override { return state_since; }

  void set(Interval to) {
    if (state != to) state_since = now;
    state = to;
    turn();
  }
  void see(const std::string& id, Sight seen) {
    sights[ProbeId(id)] = seen;
    ProbeResult result;
    result.probe = ProbeId(id);
    result.began = now;
    result.outcome = seen == Sight::Success ? ProbeOutcome::Success : ProbeOutcome::Failure;
    interim.saw(result);
    turn();
  }
  void pass(Duration time) {
    now += time;
    turn();
  }
  // What the engine does once a batch.
  void turn() {
    for (int i = 0; i < 1000; ++i) {
      auto event = interim.next(*this, now);
      if (!event) break;
      fold(*event, "observer");
    }
    for (Action& action : interim.take_actions()) asked.push_back(std::move(action));
  }
  void fold(const InterimEvent& event, const std::string& by) {
    interim.apply(event, {now, by});
    events.push_back(event);
  }
  bool wish(const Interim::Decision& decision, const std::string& by = "user:u-1") {
    if (!decision) return false;
    for (const InterimEvent& event : *decision) fold(event, by);
    turn();
    return true;
  }
  bool start(const std::string& plan, bool dry = false) {
    return wish(interim.start({PlanId(plan), dry, "why"}, *this));
  }
  // The last action that was asked for ends so.
  void end(ActionOutcome outcome, const std::string& detail = {}) {
    const Action last = asked.back();
    const auto event = interim.result({last.key, last.mode, outcome, detail});
    if (event) fold(*event, "helper");
    turn();
  }
  std::vector<std::string> commands() const {
    std::vector<std::string> names;
    for (const Action& action : asked) names.push_back(action.command);
    return names;
  }
  RunSituation run() const { return interim.board(*this, now).runs.at(0); }
  FallbackState web() const { return interim.board(*this, now).fallbacks.at(0).state; }
  template <class Event>
  std::size_t count() const {
    std::size_t found = 0;
    for (const InterimEvent& event : events) found += std::holds_alternative<Event>(event);
    return found;
  }

  std::shared_ptr<District> district;
  Interim interim;
  Instant now = kStart;
  Interval state = kOperational;
  std::optional<Instant> state_since = kStart;
  std::map<ProbeId, Sight> sights;
  std::vector<Action> asked;
  std::vector<InterimEvent> events;
};

}  // namespace dienstbereit::core::interim
