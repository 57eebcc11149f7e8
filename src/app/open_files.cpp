// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/open_files.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/log.h"
#include "probe/prober.h"
#include "web/limits.h"

namespace dienstbereit::app {
namespace {

constexpr std::size_t kPerProbe = 2;  // its connection, and one to a name server
constexpr std::size_t kOthers = 100;  // journal, figures, loops, listeners, files being read

// RLIM_INFINITY is the largest of all.
std::size_t bounded(rlim_t limit) {
  return static_cast<std::size_t>(std::min<rlim_t>(limit, kMostOpenFiles));
}

}  // namespace

std::size_t raise_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const rlim_t wanted = bounded(limit.rlim_max);
  if (limit.rlim_cur >= wanted) return bounded(limit.rlim_cur);
  const rlimit raised{wanted, limit.rlim_max};
  return bounded(::setrlimit(RLIMIT_NOFILE, &raised) == 0 ? wanted : limit.rlim_cur);
}

std::size_t open_files_needed(const District& district) {
  const std::size_t running = std::min(district.probes.size(), probe::Prober::kMostRunning);
  return running * kPerProbe + web::Limits().connections + kOthers;
}

void check_open_files(const District& district) {
  const std::size_t allowed = raise_open_files();
  const std::size_t needed = open_files_needed(district);
  if (allowed >= needed) return;
  log::warning(
      "only {} open files are allowed, and this district could need {}: readers would be turned "
      "away, probes would fail without a fault; raise the hard limit to {} or more "
      "(LimitNOFILE= of the unit, 'ulimit -Hn' of a shell)",
      allowed, needed, needed);
}

}  // namespace dienstbereit::app
