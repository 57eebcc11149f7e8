// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/recovery.h"

#include <fmt/format.h>

namespace dienstbereit {

Result<void> check_estimate(const Estimate& estimate, std::string_view of) {
  const auto wrong = [&](std::string_view what) {
    return fail(Errc::InvalidInput, fmt::format("{}: {}", of, what));
  };
  const auto text = [](Duration duration) { return to_text(duration); };
  if (estimate.best <= Duration(0)) {
    return wrong("the best case is zero or less; give at least some minutes");
  }
  if (estimate.best > estimate.likely) {
    return wrong(fmt::format("the best case ({}) is longer than the likely one ({}); correct one",
                             text(estimate.best), text(estimate.likely)));
  }
  if (estimate.likely > estimate.worst) {
    return wrong(fmt::format("the likely case ({}) is longer than the worst one ({}); correct one",
                             text(estimate.likely), text(estimate.worst)));
  }
  if (estimate.worst > kLongestEstimate) {
    return wrong(fmt::format("the worst case ({}) is longer than a year; split it, or plan an "
                             "interim fix",
                             text(estimate.worst)));
  }
  return {};
}

}  // namespace dienstbereit
