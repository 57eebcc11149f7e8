// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/fallback/homepage_cli.h"

namespace dienstbereit::app {

void HomepageCli::add(CLI::App& parent, const Runs& runs, const Talks& talks) {
  add_mirror(parent, runs, talks);
  CLI::App* site = parent.add_subcommand(
      "fallback-site", "The homepage that goes on while the real one is away: look, switch");
  site->require_subcommand(1);
  CLI::App* status = site->add_subcommand("status", "What is shown, copied and read");
  runs(*status, [this] { return fallback_status(talk_); });
  talks(*status);
  CLI::App* mode = site->add_subcommand("mode", "Decide what is shown; goes on record");
  mode->add_option("mode", options_.mode, "mirror: the newest copy; dark: the dark site; off")
      ->required()
      ->check(CLI::IsMember({"mirror", "dark", "off"}));
  mode->add_option("--reason", options_.reason, "Why")->required();
  runs(*mode, [this] { return fallback_mode(talk_, options_); });
  talks(*mode);
  add_switching(*site, runs);
}

void HomepageCli::add_mirror(CLI::App& parent, const Runs& runs, const Talks& talks) {
  CLI::App* mirror = parent.add_subcommand("mirror", "Copies of the homepage");
  mirror->require_subcommand(1);
  CLI::App* fetch = mirror->add_subcommand("fetch", "Copy the homepage now, and wait for it");
  fetch->add_flag("--anew", options_.anew, "However small it has become since the last copy");
  runs(*fetch, [this] { return mirror_fetch(talk_, options_); });
  CLI::App* list = mirror->add_subcommand("list", "The copies, newest first");
  runs(*list, [this] { return mirror_list(talk_); });
  CLI::App* prune = mirror->add_subcommand("prune", "Remove old copies");
  prune->add_option("--keep", options_.keep, "How many stay")->capture_default_str();
  runs(*prune, [this] { return mirror_prune(talk_, options_); });
  for (CLI::App* command : {fetch, list, prune}) talks(*command);
}

void HomepageCli::add_switching(CLI::App& site, const Runs& runs) {
  const auto command = [&](const char* name, const char* about, std::function<int()> run) {
    CLI::App* made = site.add_subcommand(name, about);
    made->add_option("district", options_.district, "District file or folder")->required();
    runs(*made, std::move(run));
    return made;
  };
  CLI::App* nginx = command("nginx", "Print what nginx in front of the real server needs",
                            [this] { return fallback_nginx(options_); });
  nginx->add_flag("--location", options_.location, "The part for server {}, else that for http {}");
  nginx->add_option("--at", options_.at, "ADDRESS:PORT where nginx reaches the fallback");
  CLI::App* address =
      command("address", "Print a script that moves the virtual address; it needs root",
              [this] { return fallback_address(options_); });
  address->add_option("direction", options_.direction, "take or give")
      ->required()
      ->check(CLI::IsMember({"take", "give"}));
  CLI::App* dns = command("dns", "Print a script that moves the names by DNS update",
                          [this] { return fallback_dns(options_); });
  dns->add_option("direction", options_.direction, "away or home")
      ->required()
      ->check(CLI::IsMember({"away", "home"}));
}

}  // namespace dienstbereit::app
