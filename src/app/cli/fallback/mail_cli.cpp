// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/fallback/mail_cli.h"

namespace dienstbereit::app {
namespace {

constexpr const char* kTeach =
    "A backup MX outside the house takes mail while the house cannot. On that machine:\n"
    "  dienstbereit mail plan kreis.yaml /etc/postfix        write its configuration\n"
    "  dienstbereit mail recipients /etc/postfix --from ldaps://dc.kreis.example/dc=kreis\n"
    "  dienstbereit mail check /etc/postfix                  prove it; then 'postfix reload'\n"
    "When the primary is back:\n"
    "  dienstbereit mail flush --rate 600/min                oldest first\n"
    "  dienstbereit mail report --log /var/log/mail.log      n accepted, n delivered, 0 lost\n\n"
    "No server needs to run for these. docs/operating/mail.md tells all of it.";

int hold(const MailOptions& options) { return mail_hold(options, true); }
int release(const MailOptions& options) { return mail_hold(options, false); }

}  // namespace

CLI::App* MailCli::command(const char* name, const char* about, int (*run)(const MailOptions&)) {
  CLI::App* made = mail_->add_subcommand(name, about);
  made->callback([this, run] {
    run_([this, run] {
      options_.german = language_ == "de";
      return run(options_);
    });
  });
  made->add_option("--lang", language_, "de or en")->check(CLI::IsMember({"de", "en"}));
  return made;
}

void MailCli::add(CLI::App& parent, const Run& run) {
  run_ = run;
  mail_ = parent.add_subcommand("mail", "Keep mail while the house cannot take it");
  mail_->require_subcommand(1);
  mail_->footer(kTeach);
  add_making();
  add_watching();
}

void MailCli::add_making() {
  CLI::App* plan = command("plan", "Write the Postfix configuration of a backup MX", mail_plan);
  plan->add_option("district", options_.district, "YAML file, or folder of them, with 'mail:'")
      ->required();
  plan->add_option("folder", options_.folder, "Where it will lie on the backup: /etc/postfix")
      ->required();
  plan->add_option("--append", options_.append,
                   "File of settings of your own for the end of main.cf; they win");
  CLI::App* check = command("check", "Say what is wrong with a backup MX", mail_check);
  check->add_option("folder", options_.folder, "Its configuration")->required();
  check->add_flag("--json", options_.json, "Print JSON");
  CLI::App* list = command("recipients", "Export the addresses that exist", mail_recipients);
  list->add_option("folder", options_.folder, "The backup's configuration")->required();
  list->add_option("--from", options_.from,
                   "File, one address a line; or ldaps://SERVER/BASE?ATTRIBUTES?SCOPE?FILTER")
      ->required();
  list->add_option("--bind", options_.bind, "LDAP: log in as this DN");
  list->add_option("--credential", options_.credential,
                   "LDAP: name of the secret that holds the password");
  list->add_option("--credentials", options_.credentials, "Folder of secrets, one file each")
      ->envname("CREDENTIALS_DIRECTORY");
  list->add_flag("--accept", options_.accept, "Take a list that has shrunk implausibly");
}

void MailCli::add_watching() {
  const auto config = [this](CLI::App* to) {
    to->add_option("--config", options_.config, "Postfix' configuration")->capture_default_str();
    return to;
  };
  CLI::App* queue = config(command("queue", "How much mail waits, and since when", mail_queue));
  queue->add_flag("--json", options_.json, "Print JSON");
  queue->add_option("--output", options_.output,
                    "Write a report for a mail_queue probe on another machine; numbers only");
  config(command("hold", "Let mail for the primary wait for 'mail flush'", hold));
  config(command("release", "Let mail go to the primary by itself again", release));
  config(command("flush", "Hand the waiting mail over, oldest first", mail_flush))
      ->add_option("--rate", options_.rate, "At most so many: 600/min")
      ->capture_default_str();
  CLI::App* report =
      config(command("report", "What became of the mail that was taken", mail_report));
  report->add_option("--log", options_.logs, "Log of the backup's Postfix; older files first")
      ->required();
  report->add_option("--since", options_.since, "From when: 2026-11-20T12:00+01:00; default all");
  report->add_option("--zone", options_.zone, "Time zone of dates without one (Europe/Berlin)");
  report->add_flag("--json", options_.json, "Print JSON");
}

}  // namespace dienstbereit::app
