// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <source_location>
#include <string>
#include <tl/expected.hpp>

namespace dienstbereit {

// What kind of expected failure this is; the CLI derives its exit code from it.
enum class Errc {
  InvalidInput,   // a file, argument, request or answer that breaks its rules
  NotFound,       // a name, file or address that does not exist
  Conflict,       // already there, already running, or changed meanwhile
  Denied,         // missing permission, token or credential
  TimedOut,       // no answer within the deadline
  Unreachable,    // refused, no route, connection lost
  LimitExceeded,  // a documented bound on size, depth, count or rate
  Io,             // the operating system refused to read or write
  Corrupt,        // stored data that does not verify
  Unavailable,    // a part of this program has stopped or is full
};

// An expected failure. `message` is one English sentence for a person: what happened, where, and
// what to do. `where` is the line of code that raised it, for logs only.
struct Error {
  Errc code;
  std::string message;
  std::source_location where;

  Error(Errc c, std::string m, std::source_location w = std::source_location::current())
      : code(c), message(std::move(m)), where(w) {}
};

template <class T>
using Result = tl::expected<T, Error>;

// return fail(Errc::NotFound, "no office 'A99' in the district; 'check' lists the offices");
inline tl::unexpected<Error> fail(Errc code, std::string message,
                                  std::source_location where = std::source_location::current()) {
  return tl::unexpected<Error>(Error(code, std::move(message), where));
}

// A short stable name for JSON and logs: "invalid_input", "not_found", ...
const char* name_of(Errc code);

}  // namespace dienstbereit
