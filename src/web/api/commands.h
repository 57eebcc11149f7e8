// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/input.h"

namespace dienstbereit::web {

// {"scope": "AMT@HAUS", "said": "limited", "text": {"de": ..., "en": ...}, "until": ..., ...}
// the last three may be absent, and text may be one German string. Unknown keys and texts longer
// than kWordTextBytesMax are errors.
struct WordRequest {
  SetWord word;
  std::string role;
};
Result<WordRequest> parse_word_request(std::string_view body, const District& district);

// {"incident": "incident-1", "reason": "..."}; the reason may be absent.
Result<MakeForecast> parse_forecast_request(std::string_view body);
Result<ProposeOrder> parse_order_request(std::string_view body);

// {"nodes": ["USV1"], "from": "2026-11-24T18:00+01:00", "to": ...}; all are needed.
Result<WhatIf> parse_what_if_request(std::string_view body);

// {"mode": "dark", "reason": "..."}, both needed.
Result<SetHomepageMode> parse_homepage_mode(std::string_view body);
// {"anew": true}; it may be absent, and the body empty.
Result<bool> parse_homepage_fetch(std::string_view body);
// {"keep": 3}, 1 to kCopiesKeptMax.
Result<unsigned> parse_homepage_prune(std::string_view body);

// {"file": "/var/lib/..."}, an absolute path.
Result<std::string> parse_backup_request(std::string_view body);

inline constexpr unsigned kCopiesKeptMax = 100;
inline constexpr std::size_t kNodesMax = 200;  // of one question; the engine takes fewer
inline constexpr std::size_t kWordTextBytesMax = 2000;
inline constexpr std::size_t kRoleBytesMax = 200;

// The answer to a command, as openapi.json's CommandAnswer. With the situation it was asked in, a
// word's changes and end are told in sentences too.
std::string command_json(const Answer& answer);
std::string word_json(const Answer& answer, const Situation& situation, Instant now);
// openapi.json's WhyAnswer; names and times are those of `situation`.
std::string why_json(const Answer& answer, const Situation& situation, Instant now);
// openapi.json's WhatIfAnswer.
std::string what_if_json(const WhatIf& question, const Answer& answer, const Situation& situation,
                         Instant now);
// openapi.json's Suspects: what the rule suspects of an incident, in sentences too.
std::string suspects_json(const Incident& incident, const Situation& situation, Instant now);
// openapi.json's Outlook: the newest proposed order of an incident, what matters most by its newest
// forecast, and its scores, in sentences.
std::string outlook_json(const Incident& incident, const Situation& situation, Instant now);
// {"error": {"code": ..., "message": ...}}
std::string error_json(std::string_view code, std::string_view message);
// For a request that the server turns away before or instead of an answer, by its status.
std::string refusal_json(int status);

// The status that fits an error of the engine.
int status_of(Errc code);

}  // namespace dienstbereit::web
