// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/intake_cli.h"

namespace dienstbereit::app {
namespace {

constexpr const char* kTeach =
    "Counters take cases in while the business applications are down. These commands speak to the\n"
    "running server over the Unix socket in its data directory.\n\n"
    "First steps:\n"
    "  dienstbereit check --counters DISTRICT          would a counter trust the page's address?\n"
    "  dienstbereit intake device S3 2 'Schalter 2'    the code that makes a browser a counter\n"
    "  dienstbereit intake backlog                     what waits, and until when";

}  // namespace

void IntakeCli::add(CLI::App& parent, const Adder& add_command, const Adder& add_talk) {
  CLI::App* intake = parent.add_subcommand("intake", "Emergency intake at the counters");
  intake->require_subcommand(1);
  intake->footer(kTeach);
  const auto command = [&](const char* name, const char* about, std::function<int()> run) {
    CLI::App* made = intake->add_subcommand(name, about);
    add_command(*made, std::move(run));
    add_talk(*made, {});
    return made;
  };
  command("backlog", "What waits for its back-entry, and at the counters",
          [this] { return intake_backlog(talk_); });
  command("devices", "List the counters", [this] { return intake_devices(talk_); });
  CLI::App* device = command("device", "Print the code that makes a browser a counter, once",
                             [this] { return intake_device(talk_, options_); });
  device->add_option("site", options_.site, "Id of its site")->required();
  device->add_option("counter", options_.counter, "Its number, 1 to 99; never used there before")
      ->required();
  device->add_option("label", options_.label, "What people call it");
  CLI::App* remove = command("remove", "Make a counter's token worthless",
                             [this] { return intake_remove(talk_, options_); });
  remove->add_option("device", options_.device, "As 'devices' prints it: d-...")->required();
  remove->add_option("--reason", options_.reason, "Although it holds cases that have not come in");
  command("keys", "List the offices' keys", [this] { return intake_keys(talk_); });
}

}  // namespace dienstbereit::app
