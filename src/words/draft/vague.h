// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "words/words.h"

namespace dienstbereit::words::drafts {

// A customary vague phrase for a time to come, and what it stands for: from `begin` until before
// `end` (the table in docs/formats/statements.md).
struct Vague {
  std::string phrase;  // "gegen Mitte der Woche"
  Instant begin;
  Instant end;
};

// The phrase whose span holds `t`; none for what is over. On Saturday and Sunday "the week" is the
// one that comes.
std::optional<Vague> vague(const Voice& voice, Instant t);

}  // namespace dienstbereit::words::drafts
