// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/answers.h"

#include "web/api/commands.h"
#include "web/pages/pages.h"

namespace dienstbereit::web {

Response json_error(bool tls, int status, std::string_view code, std::string_view message,
                    std::string_view extra) {
  return {status, make_payload(kAnswer, tls, error_json(code, message), Encoding::Identity, extra)};
}

Response json_error(bool tls, const Error& error) {
  return json_error(tls, status_of(error.code), name_of(error.code), error.message);
}

Response html_error(bool tls, int status, words::Language language, std::string_view extra) {
  return {status,
          make_payload(kPlainHtml, tls, error_html(status, language), Encoding::Identity, extra)};
}

Response command_answer(bool tls, const Result<Answer>& answer) {
  if (!answer) {
    return json_error(tls, answer.error());
  }
  return {200, make_payload(kAnswer, tls, command_json(*answer))};
}

}  // namespace dienstbereit::web
