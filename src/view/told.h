// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "model/situation.h"

namespace dienstbereit::view {

// A statement as it stands published.
struct ToldStatement {
  StatementId id;
  StatementKind kind = StatementKind::Short;
  IncidentId incident;
  Wording title;
  Wording text;
  Instant at;
  std::optional<Instant> next_information;
};

// Of the kinds that visitors read on pages: the newest published version of each that has not been
// withdrawn; newest first. Times are civil.
std::vector<ToldStatement> told(const Situation& situation);

// What belongs at the top of the first page: the newest holding or short statement whose incident,
// if it has one, is not closed.
std::optional<ToldStatement> first_told(const Situation& situation);

}  // namespace dienstbereit::view
