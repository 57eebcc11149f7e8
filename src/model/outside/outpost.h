// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.h"
#include "model/ids.h"
#include "model/wording.h"

namespace dienstbereit {

// A machine at another place that runs probes and tells what it sees (docs/formats/outpost.md).
struct Outpost {
  OutpostId id;
  Wording name;
  SiteId site;  // whose counters see what it sees; empty: outside the house
  // Longer without a report, and what it told counts as not known.
  Duration silent_after = std::chrono::minutes(3);
};

// It reports so often within `silent_after`.
inline constexpr int kReportsWithinSilence = 4;

}  // namespace dienstbereit
