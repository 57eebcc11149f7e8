// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/account_cli.h"

namespace dienstbereit::app {
namespace {

constexpr const char* kTeach =
    "Accounts need no directory, no DNS and no mail of the house. These commands speak to the\n"
    "running server over the Unix socket in its data directory; whoever may use that socket may "
    "do\n"
    "everything.\n\n"
    "First steps:\n"
    "  dienstbereit account setup-link                      the link that makes the first "
    "administrator\n"
    "  dienstbereit account add anna --name 'Anna Meier' --roles operate,lead\n"
    "  dienstbereit account emergency-code                  the code on paper for when all else is "
    "dead\n\n"
    "Roles: view (what is not public), operate (states, notes, measures), lead (decide, assign),\n"
    "press (approve, publish), personal_data (contacts), administer (accounts, configuration).\n"
    "Each includes view.";

}  // namespace

void AccountCli::add(CLI::App& parent, const Adder& add_command, const Adder& add_talk) {
  CLI::App* account = parent.add_subcommand("account", "Who may log in, and as what");
  account->require_subcommand(1);
  account->footer(kTeach);
  const auto command = [&](const char* name, const char* about, std::function<int()> run) {
    CLI::App* made = account->add_subcommand(name, about);
    add_command(*made, std::move(run));
    add_talk(*made, {});
    return made;
  };
  const auto login = [this](CLI::App* to) {
    to->add_option("login", options_.login, "Login name, or id of the account")->required();
  };
  const auto roles = [this](CLI::App* to, const char* about) {
    to->add_option("--roles", options_.roles, about)->required();
  };
  command("list", "List the accounts", [this] { return account_list(talk_); });
  command("setup-link", "Print the link that makes the first administrator",
          [this] { return account_setup_link(talk_); });
  CLI::App* made = command("add", "Add an account; prints the link that sets its password",
                           [this] { return account_add(talk_, options_); });
  login(made);
  made->add_option("--name", options_.name, "Name of the person, erasable later")->required();
  roles(made, "Such as operate,lead");
  CLI::App* changed = command("roles", "Set the roles of an account, at once",
                              [this] { return account_roles(talk_, options_); });
  login(changed);
  roles(changed, "All it is to have from now on");
  CLI::App* disabled = command("disable", "Lock an account and end its sessions",
                               [this] { return account_disable(talk_, options_); });
  login(disabled);
  disabled->add_flag("--undo", options_.flag, "Enable it again");
  login(command("erase", "Erase login name, name and contact for good; the id stays",
                [this] { return account_erase(talk_, options_); }));
  CLI::App* reset = command("reset-link", "Print a link that sets a new password",
                            [this] { return account_reset_link(talk_, options_); });
  login(reset);
  reset->add_flag("--without-totp", options_.flag, "Remove the second factor too: phone lost");
  add_sessions(command, login);
}

void AccountCli::add_sessions(const Command& command, const std::function<void(CLI::App*)>& login) {
  command("sessions", "List who is logged in", [this] { return account_sessions(talk_); });
  command("end-session", "End a session", [this] { return account_end_session(talk_, id_); })
      ->add_option("id", id_, "As 'sessions' prints it: s-...")
      ->required();
  CLI::App* token = command("token", "Make a token for a program; printed once",
                            [this] { return account_token(talk_, options_); });
  login(token);
  token->add_option("--name", options_.name, "What for")->required();
  token->add_option("--outpost", options_.outpost,
                    "Good for this outpost's reports and nothing else, instead of roles");
  token->add_option("--roles", options_.roles, "What it may do; at most the account's own roles");
  token->add_option("--days", options_.days, "How long it holds, at most 366")
      ->capture_default_str();
  command("tokens", "List the tokens", [this] { return account_tokens(talk_); });
  command("revoke-token", "Make a token worthless",
          [this] { return account_revoke_token(talk_, id_); })
      ->add_option("id", id_, "As 'tokens' prints it: t-...")
      ->required();
  command("emergency-code", "Print a new emergency code for the sealed envelope",
          [this] { return account_emergency_code(talk_); });
}

}  // namespace dienstbereit::app
