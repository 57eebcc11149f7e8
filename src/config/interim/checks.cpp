// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "config/interim/interim.h"
#include "config/limits.h"
#include "model/interim/order.h"

namespace dienstbereit::config {
namespace {

constexpr std::size_t kMostPlans = 200;
constexpr std::size_t kMostSteps = 100;  // of one plan
constexpr std::size_t kMostNamed = 20;   // conditions, probes or nodes in one place
constexpr Duration kShortestTimeoutOfStep = std::chrono::seconds(1);
constexpr Duration kLongestTimeoutOfStep = std::chrono::hours(12);
constexpr Duration kShortestHoldDown = std::chrono::minutes(1);
constexpr Duration kLongestExpiry = std::chrono::hours(24 * 90);

bool is_ordered(PlanKind kind) {
  return kind == PlanKind::Restart || kind == PlanKind::Restoration;
}

class PlanCheck {
 public:
  PlanCheck(const District& district, Reader& reader) : district_(district), reader_(reader) {
    for (const ProbeSpec& probe : district.probes) probes_.push_back(probe.id.str());
  }

  void probe(const ProbeId& id, Mark mark) const {
    if (id.empty() || find_probe(district_, id)) return;
    const auto near = nearest(id.str(), probes_);
    reader_.report.error(mark, fmt::format("there is no probe '{}'{}", id.str(),
                                           near ? fmt::format("; did you mean '{}'?", *near) : ""));
  }

  void conditions(const std::vector<Condition>& all, Mark mark) const {
    for (const Condition& condition : all) probe(condition.probe, mark);
    if (all.size() > kMostNamed) {
      reader_.report.error(mark, fmt::format("at most {} conditions in one place", kMostNamed));
    }
  }

  void run(const PlanDraft& plan) const {
    conditions(plan.needs, plan.mark);
    if (plan.drafts.empty() || plan.drafts.size() > kMostSteps) {
      reader_.report.error(plan.mark, fmt::format("plan '{}' has {} steps; write 1 to {}",
                                                  plan.id.str(), plan.drafts.size(), kMostSteps));
    }
    std::set<std::string> ids;
    bool fenced = false;
    for (const StepDraft& step : plan.drafts) {
      if (!ids.insert(step.id).second) {
        reader_.report.error(step.mark,
                             fmt::format("a second step '{}'; give it an id of its own", step.id));
      }
      check_step(plan, step);
      fenced = fenced || step.fence;
      if (!step.promote || fenced) continue;
      reader_.report.error(
          step.mark, fmt::format("step '{}' promotes, but no step before it fences the old one: "
                                 "both could write then; add one with 'fence: true' before it",
                                 step.id));
    }
    if (plan.kind == PlanKind::TakeOver && !fenced) {
      reader_.report.warning(plan.mark, fmt::format("take-over plan '{}' has no step with 'fence: "
                                                    "true': if the old one comes back, both work",
                                                    plan.id.str()));
    }
  }

 private:
  void check_step(const PlanDraft& plan, const StepDraft& step) const {
    conditions(step.needs, step.mark);
    probe(step.check.probe, step.mark);
    probe(step.doing.wait.probe, step.mark);
    if (step.timeout < kShortestTimeoutOfStep || step.timeout > kLongestTimeoutOfStep) {
      reader_.report.error(
          step.mark, fmt::format("the timeout of step '{}' lies between {} and {}", step.id,
                                 to_text(kShortestTimeoutOfStep), to_text(kLongestTimeoutOfStep)));
    }
    if (is_ordered(plan.kind) && !find_component(district_, step.node)) {
      reader_.report.error(
          step.mark, fmt::format("step '{}' of a {} plan names no component as its 'node'; its "
                                 "place in the order follows from it",
                                 step.id, name_of(plan.kind)));
    }
    if (step.fence && step.check.empty() && step.doing.wait.empty()) {
      reader_.report.warning(step.mark, fmt::format("nothing checks that step '{}' really fences; "
                                                    "add a 'check'",
                                                    step.id));
    }
  }

  const District& district_;
  Reader& reader_;
  std::vector<std::string> probes_;
};

void check_plan_of(const FallbackDraft& fallback, const PlanId& id, const District& district,
                   std::map<std::string, std::string>& taken, Reader& reader) {
  if (id.empty()) return;
  if (!find_plan(district, id)) {
    reader.report.error(fallback.mark, fmt::format("there is no plan '{}'", id.str()));
  }
  const auto [first, fresh] = taken.emplace(id.str(), fallback.id.str());
  if (fresh) return;
  reader.report.error(
      fallback.mark, fmt::format("plan '{}' switches '{}' already; each plan switches one fallback "
                                 "one way",
                                 id.str(), first->second));
}

void check_fallback(const FallbackDraft& fallback, const PlanCheck& check, Reader& reader) {
  const auto error = [&](const std::string& text) {
    reader.report.error(fallback.mark, fmt::format("fallback '{}': {}", fallback.id.str(), text));
  };
  for (const ProbeId& probe : fallback.look) check.probe(probe, fallback.mark);
  if (fallback.look.size() > kMostNamed || fallback.stands_in_for.size() > kMostNamed) {
    error(fmt::format("at most {} probes and nodes", kMostNamed));
  }
  if (fallback.stands_in_for.empty()) error("say what it stands in for");
  if (fallback.expires <= Duration(0) || fallback.expires > kLongestExpiry) {
    error(fmt::format("'expires' lies between 1 ms and {}: nothing interim stays for good",
                      to_text(kLongestExpiry)));
  }
  if (fallback.hold_down < kShortestHoldDown) {
    error(fmt::format("'hold_down' is at least {}", to_text(kShortestHoldDown)));
  }
  const bool by_rule = fallback.switched_by == Switcher::Rule || fallback.back_by == Switcher::Rule;
  if (by_rule && fallback.look.empty()) {
    reader.report.warning(fallback.mark,
                          fmt::format("fallback '{}' is switched by rule, and nothing looks from "
                                      "outside before and after; add 'look'",
                                      fallback.id.str()));
  }
}

}  // namespace

Plan compile_plan(const PlanDraft& draft, const District& district) {
  Plan plan = draft;
  plan.steps.assign(draft.drafts.begin(), draft.drafts.end());
  if (!is_ordered(plan.kind)) return plan;
  std::set<NodeId> wanted;
  for (const Step& step : plan.steps) wanted.insert(step.node);
  std::vector<Step> ordered;
  for (const RestartPlace& place : restart_order(district, wanted)) {
    for (const Step& step : plan.steps) {
      if (step.node == place.node) ordered.push_back(step);
    }
  }
  // What names no component is an error; it stays where it can be seen.
  if (ordered.size() == plan.steps.size()) plan.steps = std::move(ordered);
  return plan;
}

void check_plans(const District& district, const DistrictDraft& draft, Reader& reader) {
  const PlanCheck check(district, reader);
  for (const PlanDraft& plan : draft.plans) check.run(plan);
  std::map<std::string, std::string> taken;
  for (const FallbackDraft& fallback : draft.fallbacks) {
    check_fallback(fallback, check, reader);
    check_plan_of(fallback, fallback.on, district, taken, reader);
    check_plan_of(fallback, fallback.off, district, taken, reader);
  }
  if (draft.plans.size() > kMostPlans) {
    reader.report.error(draft.plans[kMostPlans].mark, fmt::format("at most {} plans", kMostPlans));
  }
  if (draft.fallbacks.size() > kMostPlans) {
    reader.report.error(draft.fallbacks[kMostPlans].mark,
                        fmt::format("at most {} fallbacks", kMostPlans));
  }
}

}  // namespace dienstbereit::config
