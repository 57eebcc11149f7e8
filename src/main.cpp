// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/cli.h"

int main(int argc, char** argv) { return dienstbereit::app::run_command_line(argc, argv); }
