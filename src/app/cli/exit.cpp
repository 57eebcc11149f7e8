// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "app/cli/commands.h"

namespace dienstbereit::app {

int exit_code(const Error& error) {
  switch (error.code) {
    case Errc::InvalidInput:
    case Errc::NotFound:
    case Errc::LimitExceeded:
    case Errc::Conflict:
      return kExitBadInput;
    case Errc::Denied:
    case Errc::TimedOut:
    case Errc::Unreachable:
    case Errc::Io:
    case Errc::Corrupt:
    case Errc::Unavailable:
      return kExitFailed;
  }
  return kExitFailed;
}

int complain(const Error& error) {
  fmt::print(stderr, "dienstbereit: {}\n", error.message);
  return exit_code(error);
}

}  // namespace dienstbereit::app
