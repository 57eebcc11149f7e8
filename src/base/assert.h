// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace dienstbereit {

// Prints the broken condition with its place to standard error and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace dienstbereit

// Always on, in every build: a broken invariant is a bug, and going on would publish a guess.
#define dienstbereit_assert(condition) \
  (static_cast<bool>(condition)        \
       ? void(0)                       \
       : ::dienstbereit::assertion_failed(#condition, __FILE__, __LINE__))
