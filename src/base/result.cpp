// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/result.h"

namespace dienstbereit {

const char* name_of(Errc code) {
  switch (code) {
    case Errc::InvalidInput:
      return "invalid_input";
    case Errc::NotFound:
      return "not_found";
    case Errc::Conflict:
      return "conflict";
    case Errc::Denied:
      return "denied";
    case Errc::TimedOut:
      return "timed_out";
    case Errc::Unreachable:
      return "unreachable";
    case Errc::LimitExceeded:
      return "limit_exceeded";
    case Errc::Io:
      return "io";
    case Errc::Corrupt:
      return "corrupt";
    case Errc::Unavailable:
      return "unavailable";
  }
  return "unknown";
}

}  // namespace dienstbereit
