// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "base/time.h"

namespace dienstbereit::runtime {

// A moment by three clocks, to tell later how long ago it was: the machine's uptime is right as
// long as the machine has not been started anew, whatever happened to its clock.
struct Moment {
  std::string boot;  // random, of this start of the machine; empty: the kernel does not tell
  Duration uptime{0};
  Instant wall;
};
Moment moment_now();

struct Age {
  Duration age{0};
  bool by_clock = false;  // the machine was started anew in between: by its clock
};
Age age_of(const Moment& then, const Moment& now);

}  // namespace dienstbereit::runtime
