// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/situation.h"
#include "web/poster/poster.h"
#include "words/draft/draft.h"

namespace dienstbereit::web {

struct DraftAnswer {
  StatementKind kind = StatementKind::Holding;
  IncidentId incident;  // that it tells of; empty: none
  words::Draft draft;
};

// `kind` as in the record, and of the query `incident` (an id, or "none"; default: the newest that
// is not closed) and `next` (when more will be told: "08:00" for the next time the clock says so,
// or RFC 3339). `now` is civil. NotFound: no such kind or incident. InvalidInput: `next`.
Result<DraftAnswer> parse_draft_request(std::string_view kind, std::string_view query,
                                        const Situation& situation, Instant now);
std::string draft_json(const DraftAnswer& answer);

// "ID/poster.pdf" and of the query `lang` ("de", "en"). NotFound: no such poster.
Result<PosterText> parse_poster_request(std::string_view rest, std::string_view query,
                                        const Situation& situation);

}  // namespace dienstbereit::web
