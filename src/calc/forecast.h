// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "calc/kinds.h"

// When offices open, of a plan of repairs with identical crews (docs/formats/calc.md, "forecast").
namespace dienstbereit::calc {

Result<std::string> forecast(std::string_view text, const Setting& setting);

inline constexpr std::size_t kMostOffices = 20'000;
inline constexpr std::size_t kMostDeadlines = 200;
inline constexpr double kLatestMinute = 100.0 * 366 * 24 * 60;

inline constexpr Kind kForecast{
    "forecast", "When offices open: a plan of repairs, played many times",
    "A file:\n"
    "  {\"start\": 6240, \"crews\": 3, \"windows\": [[420, 1020], [1860, 2460]],\n"
    "   \"deadlines\": {\"mon 07:30\": 10530},\n"
    "   \"tasks\": [{\"id\": 0, \"minutes\": [60, 120, 480], \"prob\": [0.2, 0.6, 0.2], \"after\": "
    "[]}],\n"
    "   \"priority\": [0],\n"
    "   \"offices\": [{\"id\": 0, \"needs_all_of_any\": [[0]]}]}\n"
    "Minute 0 is Monday 00:00 of the week of 'start'; 'windows' are the working hours of every\n"
    "week; 'minutes' are the possible efforts of a task and 'prob' their chances. An office opens\n"
    "when every one of its groups has a task that is done. See docs/formats/calc.md.",
    true, forecast};

}  // namespace dienstbereit::calc
