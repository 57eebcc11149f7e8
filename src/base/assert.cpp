// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace dienstbereit {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "dienstbereit: bug: '%s' does not hold (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace dienstbereit
