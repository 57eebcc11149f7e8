// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/input.h"
#include "web/response.h"
#include "words/language.h"

// Whole answers that more than one part of the server gives.
namespace dienstbereit::web {

inline constexpr PayloadKind kPlainHtml{"text/html; charset=utf-8", true, false};
inline constexpr PayloadKind kAnswer{"application/json", false, false};

inline constexpr PayloadKind kPdf{"application/pdf", false, false};
inline constexpr std::string_view kRetrySoon = "Retry-After: 5\r\n";

// {"error": ...} with this status; `extra` as for make_payload().
Response json_error(bool tls, int status, std::string_view code, std::string_view message,
                    std::string_view extra = {});
Response json_error(bool tls, const Error& error);
// A page that says what a status means.
Response html_error(bool tls, int status, words::Language language, std::string_view extra = {});
// What a command came to, as openapi.json's CommandAnswer.
Response command_answer(bool tls, const Result<Answer>& answer);

}  // namespace dienstbereit::web
