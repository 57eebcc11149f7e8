// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/intake/backlog.h"

#include <algorithm>

namespace dienstbereit {
namespace {

constexpr Duration kDay = std::chrono::hours(24);
constexpr double kFarthestDays = 366;

double days(Duration d) {
  return static_cast<double>(d.count()) / static_cast<double>(kDay.count());
}

}  // namespace

void forecast(const BacklogFigures& figures, Instant now, ServiceBacklog& backlog) {
  backlog.waiting = figures.waiting;
  backlog.oldest = figures.waiting > 0 ? figures.oldest : std::nullopt;
  backlog.per_day = 0;
  backlog.expected_end.reset();
  if (figures.entered == 0 || !figures.first_entered) return;
  const Duration span = std::clamp(now - *figures.first_entered, kDay, kRateWindow);
  backlog.per_day = static_cast<double>(figures.entered) / days(span);
  if (figures.waiting == 0) return;
  const double net = backlog.per_day - static_cast<double>(figures.arrived) / days(kArrivalWindow);
  const double left = net > 0 ? static_cast<double>(figures.waiting) / net : kFarthestDays;
  if (left >= kFarthestDays) return;
  backlog.expected_end =
      now + Duration(static_cast<Duration::rep>(left * static_cast<double>(kDay.count())));
}

}  // namespace dienstbereit
