// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

#include "base/time.h"

// Chances and times of a forecast as people are told them (docs/formats/forecast.md, "For people").
namespace dienstbereit {

// Whole percent, never 0 and never 100.
int shown_percent(double chance);

// The chance in a word, for where a number would feign precision.
enum class Chance : std::uint8_t { VeryUnlikely, Unlikely, Open, Likely, VeryLikely };
Chance chance_of(double chance);
const char* name_of(Chance chance);  // very_unlikely unlikely open likely very_likely

// A time that is safe to tell: `t` rounded up to what people say so far ahead of `now`. Both are
// civil. Never before `t`; a later `t` never gives an earlier answer.
Instant public_bound(Instant t, Instant now, const TimeZone& zone);

}  // namespace dienstbereit
