// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "model/situation.h"

namespace dienstbereit {

Views views_of(std::span<const ProbeSituation> probes) {
  const auto any = [&](bool outside, bool success) {
    return std::any_of(probes.begin(), probes.end(), [&](const ProbeSituation& probe) {
      const bool failed = probe.outcome == ProbeOutcome::Failure;
      return probe.fresh && probe.works && probe.outside == outside && failed != success;
    });
  };
  if (any(true, false) && any(false, true) && !any(false, false)) return Views::OnlyInside;
  if (any(true, true) && !any(true, false) && any(false, false)) return Views::OnlyOutside;
  return Views::Agree;
}

}  // namespace dienstbereit
