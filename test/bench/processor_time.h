// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sys/resource.h>

// Time of the processor, so that what else the machine does meanwhile does not count.
namespace dienstbereit::bench {

// Used so far, in milliseconds; `who` as getrusage(2) takes it.
inline double processor_ms(int who = RUSAGE_SELF) {
  rusage usage{};
  getrusage(who, &usage);
  const auto ms = [](const timeval& time) {
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
  };
  return ms(usage.ru_utime) + ms(usage.ru_stime);
}

}  // namespace dienstbereit::bench
