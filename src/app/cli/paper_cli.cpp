// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/paper_cli.h"

namespace dienstbereit::app {

void PaperCli::add(CLI::App& parent, const Adder& add_command, const Adder& add_talk) {
  CLI::App* handbook = parent.add_subcommand("handbook", "Write the emergency handbook, to print");
  add_command(*handbook, [this] { return take_handbook(talk_, folder_); });
  handbook->add_option("folder", folder_, "Where to; made if missing. Names people: keep it safe")
      ->required();
  add_talk(*handbook, {});
  CLI::App* packs = parent.add_subcommand("pack", "Make the sealed counter packs now");
  add_command(*packs, [this] { return take_packs(talk_, folder_, site_); });
  packs->add_option("folder", folder_, "Where to, as a memory stick; made if missing")->required();
  packs->add_option("--site", site_, "Of this site alone; default all");
  add_talk(*packs, {});
}

}  // namespace dienstbereit::app
