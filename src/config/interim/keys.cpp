// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The table of keys of plans and fallbacks.
#include <fmt/format.h>

#include "config/interim/interim.h"
#include "config/limits.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

const Type kPlanKind{"plan_kind", "`take_over`, `restart`, `restoration` or `switch`",
                     R"({"enum":["take_over","restart","restoration","switch"]})"};
const Type kExpected{"expected",
                     "of a probe `success` or `failure`; of a node `operational` or `down`",
                     R"({"enum":["success","failure","operational","down"]})"};
const Type kSwitcher{"switcher", "`person` or `rule`", R"({"enum":["person","rule"]})"};
const Type kProbeRef{"probe_ref", "what is probed, a slash, the probe's name: `DB-1/sql`",
                     R"({"type":"string"})"};
const Type kStepId{"step_id", "letters, digits, `. _ -`; at most 40; unique in its plan",
                   R"({"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"})"};
const Type kCommandName{"command_name", "name of a command of the helper's list",
                        R"({"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"})"};
const Type kConditions{"conditions", "a [condition](#condition), or a list of them",
                       R"({"anyOf":[{"$ref":"#/$defs/condition"},)"
                       R"({"type":"array","items":{"$ref":"#/$defs/condition"}}]})"};
const Type kPlanRef{"plan_ref", "id of a plan", R"({"$ref":"#/$defs/id"})"};

template <class Id>
void read_name(Reader& reader, const Node& node, Id& value) {
  std::string name;
  read_text(reader, node, name);
  if (!valid_id(name)) reader.report.error(node.mark, id_rule(name));
  if constexpr (std::is_same_v<Id, std::string>) {
    value = std::move(name);
  } else {
    value = Id(std::move(name));
  }
}

// Whether there is such a probe is checked once all are known.
void read_probe_ref(Reader& reader, const Node& node, ProbeId& probe) {
  std::string text;
  read_text(reader, node, text);
  probe = ProbeId(std::move(text));
}
void read_probe_refs(Reader& reader, const Node& node, std::vector<ProbeId>& probes) {
  for (const Node* item : one_or_items(node)) read_probe_ref(reader, *item, probes.emplace_back());
}

template <class Enum>
void read_enum(Reader& reader, const Node& node, Enum& value, int last) {
  std::vector<Choice> choices;
  for (int i = 0; i <= last; ++i) choices.push_back({name_of(static_cast<Enum>(i)), i});
  if (const auto chosen = choose(reader, node, choices)) value = static_cast<Enum>(*chosen);
}
void read_kind(Reader& reader, const Node& node, PlanKind& kind) {
  read_enum(reader, node, kind, static_cast<int>(PlanKind::Switch));
}
void read_expected(Reader& reader, const Node& node, Expected& is) {
  read_enum(reader, node, is, static_cast<int>(Expected::Down));
}
void read_switcher(Reader& reader, const Node& node, Switcher& by) {
  read_enum(reader, node, by, static_cast<int>(Switcher::Rule));
}

void read_arguments(Reader& reader, const Node& node, std::vector<Argument>& with) {
  if (node.kind != Node::Kind::Map) {
    reader.report.error(node.mark, "the arguments of a command are a map from name to value");
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    Argument& argument = with.emplace_back();
    argument.name = entry.key;
    read_text(reader, entry.value, argument.value);
  }
}

void read_condition(Reader& reader, const Node& node, Condition& condition) {
  read_shape(reader, node, condition_shape(), &condition);
  const bool of_probe = !condition.probe.empty();
  if (of_probe == !condition.node.empty()) {
    reader.report.error(node.mark, "a condition names either a 'probe' or a 'node'");
    return;
  }
  const bool about_probe = condition.is == Expected::Success || condition.is == Expected::Failure;
  if (of_probe != about_probe) {
    reader.report.error(node.mark, of_probe ? "a probe is 'success' or 'failure'"
                                            : "a node is 'operational' or 'down'");
  }
}
void read_conditions(Reader& reader, const Node& node, std::vector<Condition>& conditions) {
  for (const Node* item : one_or_items(node)) {
    read_condition(reader, *item, conditions.emplace_back());
  }
}

void read_doing(Reader& reader, const Node& node, Doing& doing) {
  read_shape(reader, node, doing_shape(), &doing);
  const int kinds = !doing.command.empty() + !doing.person.empty() + !doing.wait.empty();
  if (kinds != 1) {
    reader.report.error(node.mark, "a step does one thing: 'command', 'person' or 'wait'");
  }
  if (doing.command.empty() && !doing.with.empty()) {
    reader.report.error(node.mark, "'with' belongs to a 'command'");
  }
}

void read_undoing(Reader& reader, const Node& node, Undoing& undoing) {
  read_shape(reader, node, undoing_shape(), &undoing);
  const int kinds = !undoing.command.empty() + !undoing.person.empty() + undoing.nothing;
  if (kinds != 1) {
    reader.report.error(node.mark, "an undo is one of 'command', 'person' or 'nothing: true'");
  }
}

void read_steps(Reader& reader, const Node& node, std::vector<StepDraft>& steps) {
  for (const Node* item : items_of(reader, node)) {
    StepDraft& step = steps.emplace_back();
    step.mark = item->mark;
    read_shape(reader, *item, step_shape(), &step);
  }
}

Key with_shape(Key key, const Shape& (*shape)()) {
  key.type = nullptr;
  key.shape = shape;
  return key;
}

}  // namespace

void read_plans(Reader& reader, const Node& node, std::vector<PlanDraft>& plans) {
  for (const Node* item : items_of(reader, node)) {
    PlanDraft& plan = plans.emplace_back();
    plan.mark = item->mark;
    read_shape(reader, *item, plan_shape(), &plan);
  }
}

void read_fallbacks(Reader& reader, const Node& node, std::vector<FallbackDraft>& fallbacks) {
  for (const Node* item : items_of(reader, node)) {
    FallbackDraft& fallback = fallbacks.emplace_back();
    fallback.mark = item->mark;
    read_shape(reader, *item, fallback_shape(), &fallback);
  }
}

const Shape& condition_shape() {
  using K = Keys<Condition>;
  static const Shape shape{
      "condition",
      "a condition",
      "What must be seen, for certain.",
      {K::as<&Condition::probe, read_probe_ref>("probe", kProbeRef, "whose outcome counts"),
       K::of<&Condition::node>("node", "whose state counts"),
       K::as<&Condition::is, read_expected>("is", kExpected, "what must be so").needed()}};
  return shape;
}

const Shape& doing_shape() {
  using K = Keys<Doing>;
  static const Shape shape{
      "do",
      "what a step does",
      "One of `command`, `person` and `wait`.",
      {K::as<&Doing::command, read_name<std::string>>("command", kCommandName,
                                                      "the helper carries it out"),
       K::as<&Doing::with, read_arguments>("with", kText, "values for its parameters",
                                           Form::Values),
       K::of<&Doing::person>("person", "what a person does and then confirms"),
       with_shape(K::as<&Doing::wait, read_condition>("wait", kText, "until this is seen"),
                  condition_shape)}};
  return shape;
}

const Shape& undoing_shape() {
  using K = Keys<Undoing>;
  static const Shape shape{
      "undo",
      "how a step is taken back",
      "One of `command`, `person` and `nothing`. Without it the step stays, and so do those "
      "before.",
      {K::as<&Undoing::command, read_name<std::string>>("command", kCommandName,
                                                        "the helper carries it out"),
       K::as<&Undoing::with, read_arguments>("with", kText, "values for its parameters",
                                             Form::Values),
       K::of<&Undoing::person>("person", "what a person does and then confirms"),
       K::of<&Undoing::nothing>("nothing", "the step leaves nothing behind")}};
  return shape;
}

const Shape& step_shape() {
  using K = Keys<StepDraft>;
  static const Shape shape{
      "step",
      "a step of a plan",
      "",
      {K::as<&StepDraft::id, read_name<std::string>>("id", kStepId, "short and stable").needed(),
       K::of<&StepDraft::title>("title", "what it comes to").needed(),
       K::of<&StepDraft::node>("node", "of a restart or restoration: what it brings back"),
       with_shape(K::as<&StepDraft::doing, read_doing>("do", kText, "what is done"), doing_shape)
           .needed(),
       K::as<&StepDraft::needs, read_conditions>("needs", kConditions, "must hold before"),
       with_shape(K::as<&StepDraft::check, read_condition>("check", kText, "must be seen after"),
                  condition_shape),
       with_shape(K::as<&StepDraft::undo, read_undoing>("undo", kText, "if a later step fails"),
                  undoing_shape),
       K::of<&StepDraft::timeout>("timeout", "of the action, and of its check; default 1 min"),
       K::of<&StepDraft::fence>("fence", "keeps the old one from coming back; default no"),
       K::of<&StepDraft::promote>("promote",
                                  "makes another the one that counts; needs a fence before it"),
       K::of<&StepDraft::repeatable>("repeatable", "doing it twice does no harm; default no"),
       K::of<&StepDraft::takes>("takes", "as far as one knows")}};
  return shape;
}

const Shape& plan_shape() {
  using K = Keys<PlanDraft>;
  static const Shape shape{
      "plan",
      "a plan",
      "Steps that are carried out one after another ([plans.md](plans.md)).",
      {K::as<&PlanDraft::id, read_own_id<PlanId, IdKind::Plan>>("id", kId, "short and stable")
           .needed(),
       K::as<&PlanDraft::kind, read_kind>("kind", kPlanKind, "what it is for").needed(),
       K::of<&PlanDraft::title>("title", "what it comes to").needed(),
       K::of<&PlanDraft::owner>("owner", "a role").needed(),
       K::of<&PlanDraft::deputy>("deputy", "a role"),
       K::of<&PlanDraft::four_eyes>("four_eyes", "a second person approves each run; default no"),
       K::as<&PlanDraft::needs, read_conditions>("needs", kConditions,
                                                 "must hold before the first step"),
       with_shape(
           K::as<&PlanDraft::drafts, read_steps>("steps", kText, "in their order", Form::List),
           step_shape)
           .needed()}};
  return shape;
}

const Shape& fallback_shape() {
  using K = Keys<FallbackDraft>;
  static const Shape shape{
      "fallback",
      "a fallback",
      "What stands in for a while, and when it does ([plans.md](plans.md)).",
      {K::as<&FallbackDraft::id, read_own_id<FallbackId, IdKind::Fallback>>("id", kId,
                                                                            "short and stable")
           .needed(),
       K::of<&FallbackDraft::title>("title", "as the public reads it").needed(),
       K::of<&FallbackDraft::stands_in_for>("stands_in_for", "whose fault it bridges").needed(),
       K::as<&FallbackDraft::on, read_name<PlanId>>("on", kPlanRef, "turns it on").needed(),
       K::as<&FallbackDraft::off, read_name<PlanId>>("off", kPlanRef, "turns it off").needed(),
       K::as<&FallbackDraft::switched_by, read_switcher>("switched_by", kSwitcher,
                                                         "who turns it on; default person"),
       K::as<&FallbackDraft::back_by, read_switcher>("back_by", kSwitcher,
                                                     "who turns it off; default person"),
       K::of<&FallbackDraft::after>("after", "down, or back, for so long first; default 5 min"),
       K::of<&FallbackDraft::hold_down>("hold_down",
                                        "at most one switch by rule in this time; default 30 min"),
       K::as<&FallbackDraft::look, read_probe_refs>(
           "look", kProbeRef, "probes from outside, before and after", Form::OneOrList),
       K::of<&FallbackDraft::owner>("owner", "who answers for it; a role").needed(),
       K::of<&FallbackDraft::risk>("risk", "what is worse with it").needed(),
       K::of<&FallbackDraft::restores>("restores", "what works again with it").needed(),
       K::of<&FallbackDraft::expires>("expires", "for so long it may stand in").needed()}};
  return shape;
}

}  // namespace dienstbereit::config
