// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "runtime/asio.h"

namespace dienstbereit::runtime {

// A program to run, found on the usual path and in sbin, without a shell, in a plain environment.
struct Program {
  std::vector<std::string> arguments;
  std::string input;  // its standard input; a file in memory
};

struct ProgramEnd {
  int status = 0;      // what it exited with; 128 + the signal that ended it
  std::string errors;  // the beginning of what it said on standard error, cleaned, one line
};

// Gets each piece of standard output as it comes; false: enough, the program is ended.
using TakeOutput = std::function<bool(std::string_view)>;

// Runs it to its end on the loop of the root that awaits. When that root's time is over, or `take`
// has enough, it is killed. Its children are, however it ends, and nobody waits for one that cannot
// be killed. It has none of our files and sockets. TimedOut, LimitExceeded; NotFound: it is not
// installed; Io: it cannot be started. Any exit is an end.
Async<Result<ProgramEnd>> run_program(Program program, TakeOutput take);

// The same on the caller's thread, for commands. At most `limit`.
Result<ProgramEnd> run_program_now(Program program, TakeOutput take, Duration limit);

// Takes up to `limit` bytes into `text`, which outlives the result; more is too much.
TakeOutput into_text(std::string& text, std::size_t limit);

}  // namespace dienstbereit::runtime
