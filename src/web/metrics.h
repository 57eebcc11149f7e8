// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/situation.h"
#include "web/control.h"

namespace dienstbereit::web {

struct ServerCounts;

// Prometheus text format 0.0.4. `situation` may be null: nothing is known yet. `now` is civil
// time, for which day's word of each place is told, and how old what waits is.
std::string metrics_text(const Situation* situation, Instant now, std::string_view version,
                         const ServerCounts& counts, const std::vector<Gauge>& gauges);

}  // namespace dienstbereit::web
