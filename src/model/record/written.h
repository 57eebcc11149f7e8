// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "base/time.h"

namespace dienstbereit {

// Who wrote something, and when.
struct Written {
  Instant at;
  std::string by;  // an actor id: "user:u-7f3k", "observer", "cli:uid=1000"
};

}  // namespace dienstbereit
