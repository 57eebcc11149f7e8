// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/api/plans.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "model/interim/order.h"
#include "web/json.h"

namespace dienstbereit::web {
namespace {

constexpr std::size_t kTextMax = 2'000;  // bytes; the engine takes fewer

Json steps_json(const std::vector<Step>& steps, const std::vector<StepSituation>& states) {
  Json out = Json::array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    Json one{{"id", step.id},
             {"title", to_json(step.title)},
             {"does", !step.doing.command.empty()  ? "command"
                      : !step.doing.person.empty() ? "person"
                                                   : "wait"}};
    if (i < states.size()) {
      one["state"] = dienstbereit::name_of(states[i].state);
      one["since"] = time_or_null(states[i].since);
      one["detail"] = states[i].detail;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Json fallback_json(const Fallback& fallback, const FallbackSituation& now) {
  return {{"id", fallback.id.str()},
          {"title", to_json(fallback.title)},
          {"state", dienstbereit::name_of(now.state)},
          {"since", time_or_null(now.since)},
          {"switched_by", dienstbereit::name_of(fallback.switched_by)},
          {"owner", fallback.owner},
          {"risk", to_json(fallback.risk)},
          {"restores", to_json(fallback.restores)},
          {"reason", now.reason},
          {"run", now.run.str()},
          {"incident", now.incident.str()},
          {"fix", now.fix.str()},
          {"held", now.held}};
}

Json plan_json(const Plan& plan) {
  return {{"id", plan.id.str()},
          {"kind", dienstbereit::name_of(plan.kind)},
          {"title", to_json(plan.title)},
          {"owner", plan.owner},
          {"deputy", plan.deputy},
          {"four_eyes", plan.four_eyes},
          {"steps", steps_json(plan.steps, {})}};
}

Json run_json(const RunSituation& run) {
  const RunStarted& start = *run.start;
  return {{"id", start.id.str()},
          {"plan", start.plan.str()},
          {"title", to_json(start.title)},
          {"fallback", start.fallback.str()},
          {"on", start.on},
          {"dry", start.dry},
          {"started", to_rfc3339(run.started)},
          {"by", run.by},
          {"reason", start.reason},
          {"awaits_approval", run.awaits_approval()},
          {"approved_by", run.approved_by},
          {"result", run.result ? Json(dienstbereit::name_of(*run.result)) : Json(nullptr)},
          {"ended", time_or_null(run.ended)},
          {"detail", run.detail},
          {"steps", steps_json(start.steps, run.steps)}};
}

Result<Json> parse_object(std::string_view body, std::initializer_list<std::string_view> keys) {
  Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) {
    return fail(Errc::InvalidInput, "the body is not a JSON object; send application/json");
  }
  for (const auto& [key, value] : json.items()) {
    const bool text = key != "dry" && key != "on" && key != "done";
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      return fail(Errc::InvalidInput, fmt::format("unknown key '{}'", clean(key, 40)));
    }
    if (text ? !value.is_string() || value.get_ref<const std::string&>().size() > kTextMax
             : !value.is_boolean()) {
      return fail(Errc::InvalidInput,
                  fmt::format("'{}' must be {}", key, text ? "a text" : "true or false"));
    }
  }
  return json;
}

}  // namespace

std::string plans_json(const Situation& situation) {
  const District& district = *situation.district;
  Json out{{"fallbacks", Json::array()}, {"plans", Json::array()}, {"runs", Json::array()}};
  for (const FallbackSituation& now : situation.interim.fallbacks) {
    const Fallback* fallback = find_fallback(district, now.id);
    if (fallback) out["fallbacks"].push_back(fallback_json(*fallback, now));
  }
  for (const Plan& plan : district.plans) out["plans"].push_back(plan_json(plan));
  for (const RunSituation& run : situation.interim.runs) out["runs"].push_back(run_json(run));
  return dump(out);
}

Result<std::string> restart_order_json(const District& district, std::string_view kind) {
  const auto wanted = plan_kind_of(kind);
  if (wanted != PlanKind::Restart && wanted != PlanKind::Restoration) {
    return fail(Errc::NotFound, "the order is there of 'restart' and 'restoration'");
  }
  Json order = Json::array();
  for (const RestartPlace& place : restart_order(district, components_for(district, *wanted))) {
    Json after = Json::array();
    for (const NodeId& node : place.after) after.push_back(node.str());
    const Component* component = find_component(district, place.node);
    order.push_back({{"node", place.node.str()},
                     {"name", to_json(component ? component->name : Wording())},
                     {"stage", place.stage},
                     {"takes", to_text(place.takes)},
                     {"ready", to_text(place.ready)},
                     {"after", std::move(after)},
                     {"in_loop", place.in_loop}});
  }
  return dump({{"kind", std::string(kind)}, {"order", std::move(order)}});
}

Result<StartPlan> parse_start_request(std::string_view body) {
  const auto json = parse_object(body, {"plan", "dry", "reason"});
  if (!json) return tl::unexpected(json.error());
  return StartPlan{PlanId(json->value("plan", "")), json->value("dry", false),
                   json->value("reason", "")};
}

Result<SwitchFallback> parse_switch_request(std::string_view fallback, std::string_view body) {
  const auto json = parse_object(body, {"on", "reason"});
  if (!json) return tl::unexpected(json.error());
  if (!json->contains("on")) return fail(Errc::InvalidInput, "'on' is missing");
  return SwitchFallback{FallbackId(std::string(fallback)), json->value("on", true),
                        json->value("reason", "")};
}

Result<PlanCommand> parse_run_request(std::string_view run, std::string_view body) {
  const auto json = parse_object(body, {"do", "step", "done", "text"});
  if (!json) return tl::unexpected(json.error());
  const RunId id{std::string(run)};
  const std::string what = json->value("do", "");
  const std::string text = json->value("text", "");
  if (what == "approve") return ApproveRun{id};
  if (what == "abort") return AbortRun{id, text};
  if (what == "confirm") {
    return ConfirmStep{id, json->value("step", ""), json->value("done", true), text};
  }
  return fail(Errc::InvalidInput, "'do' is 'approve', 'confirm' or 'abort'");
}

Role role_for(const PlanCommand& command) {
  return std::holds_alternative<ApproveRun>(command) ? Role::Lead : Role::Operate;
}

}  // namespace dienstbereit::web
