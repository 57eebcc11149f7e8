// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/boot.h"

#include <algorithm>
#include <ctime>

#include "base/file.h"
#include "base/text.h"
#include "runtime/clock.h"

namespace dienstbereit::runtime {
namespace {

std::string boot_id() {
  constexpr std::size_t kMost = 64;
  const auto text = read_file("/proc/sys/kernel/random/boot_id", kMost);
  return text ? std::string(trim(*text)) : std::string();
}

}  // namespace

Moment moment_now() {
  static const std::string boot = boot_id();
  timespec uptime{};
  ::clock_gettime(CLOCK_BOOTTIME, &uptime);
  return {boot,
          std::chrono::seconds(uptime.tv_sec) +
              std::chrono::duration_cast<Duration>(std::chrono::nanoseconds(uptime.tv_nsec)),
          Clock::wall()};
}

Age age_of(const Moment& then, const Moment& now) {
  const bool same = !then.boot.empty() && then.boot == now.boot && now.uptime >= then.uptime;
  if (same) return {now.uptime - then.uptime, false};
  return {std::max(Duration(0), now.wall - then.wall), true};
}

}  // namespace dienstbereit::runtime
