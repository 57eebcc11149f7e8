// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "words/words.h"

// Times as they are read aloud, without a figure or a sign.
namespace dienstbereit::words::drafts {

// 0 to 99: "siebenundzwanzig".
std::string spoken_number(Language language, unsigned n);
// "sieben Uhr zehn"; "seven ten in the morning".
std::string spoken_clock(const Voice& voice, Instant t);
// "Montag, der dreiundzwanzigste November"; "Monday, the twenty-third of November".
std::string spoken_day(const Voice& voice, Day day);

}  // namespace dienstbereit::words::drafts
