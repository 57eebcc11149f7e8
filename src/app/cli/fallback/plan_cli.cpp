// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/fallback/plan_cli.h"

namespace dienstbereit::app {
namespace {

constexpr const char* kTeachPlans =
    "A plan stands in the district. A run of it is a record: it goes on step by step, and back "
    "where\n"
    "one fails.\n\n"
    "  dienstbereit plan dry-run db-take-over      could it go, and what would it do\n"
    "  dienstbereit plan start db-take-over --reason 'DB-1 is dead'\n"
    "  dienstbereit plan confirm run-1 call        what a person was asked for is done";
constexpr const char* kTeachHelper =
    "The helper is the only part that runs with privileges. It carries out what its signed list "
    "names,\nand nothing else.\n\n"
    "  dienstbereit helper keygen ~/helper-key                   once; the key stays off the "
    "server\n"
    "  dienstbereit helper sign commands.yaml --key ~/helper-key   after each change\n"
    "  dienstbereit helper verify commands.yaml --key helper-key.pub\n"
    "  dienstbereit helper run --list commands.yaml --key helper-key.pub";

}  // namespace

void PlanCli::add(CLI::App& parent, const Adder& add_command, const Adder& add_talk) {
  const Command command = [add_command, add_talk](CLI::App& to, const char* name, const char* about,
                                                  std::function<int()> run) {
    CLI::App* made = to.add_subcommand(name, about);
    add_command(*made, std::move(run));
    add_talk(*made, {});
    return made;
  };
  add_plan(parent, command);
  add_switch(parent, command);
  add_helper(parent, add_command);
}

void PlanCli::add_plan(CLI::App& parent, const Command& command) {
  CLI::App* plan = parent.add_subcommand("plan", "Take-over, restart and restoration plans");
  plan->require_subcommand(1);
  plan->footer(kTeachPlans);
  const auto with_plan = [this](CLI::App* to) {
    to->add_option("plan", options_.id, "Its id")->required();
    return to;
  };
  const auto with_reason = [this](CLI::App* to) {
    to->add_option("--reason", options_.reason, "Why: kept with the run");
  };
  command(*plan, "list", "Plans, fallbacks, and what is under way",
          [this] { return plan_list(talk_); });
  CLI::App* shown = command(*plan, "show", "The steps of a plan, or how a run goes",
                            [this] { return plan_show(talk_, options_.id); });
  shown->add_option("id", options_.id, "Of a plan, or of a run")->required();
  with_reason(with_plan(command(*plan, "dry-run", "Say whether it could go; carry out nothing",
                                [this] { return plan_start(talk_, options_, true); })));
  with_reason(with_plan(command(*plan, "start", "Carry it out",
                                [this] { return plan_start(talk_, options_, false); })));
  CLI::App* order = command(*plan, "order", "In which order components come back",
                            [this] { return plan_order(talk_, options_.id); });
  order->add_option("kind", options_.id, "restart (to the emergency level) or restoration (all)")
      ->required();
  add_run(*plan, command);
}

void PlanCli::add_run(CLI::App& plan, const Command& command) {
  const auto with_run = [this](CLI::App* to) {
    to->add_option("run", options_.id, "Its id: run-...")->required();
    return to;
  };
  with_run(command(plan, "approve", "As a second person",
                   [this] { return run_do(talk_, options_, "approve"); }));
  CLI::App* confirm = with_run(command(plan, "confirm", "Say that a step is done, or is not",
                                       [this] { return run_do(talk_, options_, "confirm"); }));
  confirm->add_option("step", options_.step, "Its id")->required();
  confirm->add_flag("--not-done", options_.not_done, "It is not done: the run goes back");
  confirm->add_option("--text", options_.reason, "What was seen");
  with_run(command(plan, "abort", "End it: it goes back as far as it can", [this] {
    return run_do(talk_, options_, "abort");
  }))->add_option("--reason", options_.reason, "Why: kept with the run");
}

void PlanCli::add_switch(CLI::App& parent, const Command& command) {
  CLI::App* all = parent.add_subcommand("switch", "Turn a fallback on or off");
  all->require_subcommand(1);
  command(*all, "list", "The fallbacks, and how they stand", [this] { return plan_list(talk_); });
  for (const auto& [name, on, about] :
       {std::tuple("on", true, "By its plan, as an interim fix with an end"),
        std::tuple("off", false, "By its plan: back to what it stands in for")}) {
    CLI::App* turn = command(*all, name, about,
                             [this, to = on] { return switch_fallback(talk_, options_, to); });
    turn->add_option("fallback", options_.id, "Its id")->required();
    turn->add_option("--reason", options_.reason, "Why: kept with the switch");
  }
}

void PlanCli::add_helper(CLI::App& parent, const Adder& add_command) {
  CLI::App* helper = parent.add_subcommand("helper", "The privileged helper and its signed list");
  helper->require_subcommand(1);
  helper->footer(kTeachHelper);
  const auto command = [&](const char* name, const char* about, std::function<int()> run) {
    CLI::App* made = helper->add_subcommand(name, about);
    add_command(*made, std::move(run));
    return made;
  };
  CLI::App* run = command("run", "Carry out what the list names, for one user",
                          [this] { return helper_run(helper_); });
  run->add_option("--list", helper_.list, "YAML (docs/formats/plans.md)")->required();
  run->add_option("--key", helper_.key, "The public key")->required();
  run->add_option("--socket", helper_.socket, "Where it listens")->capture_default_str();
  run->add_option("--memory", helper_.memory, "Folder where it remembers what it has done")
      ->capture_default_str();
  run->add_option("--peer", helper_.peer, "The only user who may ask")->capture_default_str();
  command("keygen", "Make a pair of keys", [this] { return helper_keygen(helper_); })
      ->add_option("file", helper_.key, "Becomes the secret key; the public one in FILE.pub")
      ->required();
  CLI::App* sign =
      command("sign", "Sign a list, into LIST.sig", [this] { return helper_sign(helper_); });
  sign->add_option("list", helper_.list, "YAML")->required();
  sign->add_option("--key", helper_.key, "The secret key")->required();
  CLI::App* verify = command("verify", "Check a list and its signature",
                             [this] { return helper_verify(helper_); });
  verify->add_option("list", helper_.list, "YAML")->required();
  verify->add_option("--key", helper_.key, "The public key")->required();
}

}  // namespace dienstbereit::app
