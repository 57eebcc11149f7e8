// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace dienstbereit::app {

// Parses the arguments and runs one command; returns the exit code (commands.h).
int run_command_line(int argc, char** argv);

}  // namespace dienstbereit::app
