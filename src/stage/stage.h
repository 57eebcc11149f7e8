// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>

#include "base/result.h"

// The stage is a process of its own: a supervisor that runs each server of a stage file in a child
// process, so that killing one by hand is what it is for a real server. Nothing in Dienstbereit
// knows of it; `serve` only knows addresses. Commands reach the supervisor over a Unix socket.
namespace dienstbereit::stage {

// $XDG_RUNTIME_DIR/dienstbereit-stage.sock, or /tmp/dienstbereit-stage-<uid>.sock without it.
std::filesystem::path default_control();

// Starts every server of `file`, prints one line each and then "stage ready" to `out`, and serves
// until SIGINT or SIGTERM; then every child has ended. Blocks; call it from a process with a single
// thread. InvalidInput: the file's problems, one a line; Conflict: a stage already listens on
// `control`; Unreachable: a server's address cannot be used.
Result<void> run(const std::filesystem::path& file, const std::filesystem::path& control,
                 std::ostream& out);

// Sends one command and returns the supervisor's text, which ends in a line feed:
//   status          one line a server: id, kind, address, "up" or why it is not, process id
//   stop ID         ends that server at once (SIGKILL), as a power cut would
//   start ID|all    starts what does not run
//   scenario NAME   stops the servers of that scenario of the file at once
// Fails with Unreachable if no stage answers, with NotFound or another code as the command does.
Result<std::string> send_command(const std::filesystem::path& control, std::string_view command);

}  // namespace dienstbereit::stage
