// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "model/input.h"
#include "words/words.h"

namespace dienstbereit::words {

inline constexpr std::size_t kMostSlotsTold = 50;  // lines; what is left is counted

// What planned work touches: one sentence, and a line for each slot of a place and for each
// continuous service. Times are civil.
std::vector<std::string> what_if_sentences(const Voice& voice, const WhatIf& question,
                                           const std::vector<TouchedTime>& touched);

}  // namespace dienstbereit::words
