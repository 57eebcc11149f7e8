// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/talk.h"

#include <fmt/format.h>

namespace dienstbereit::app {
namespace {

Errc code_of(int status) {
  switch (status) {
    case 404:
      return Errc::NotFound;
    case 409:
      return Errc::Conflict;
    case 403:
      return Errc::Denied;
    case 413:
      return Errc::LimitExceeded;
    case 422:
    case 400:
      return Errc::InvalidInput;
    case 504:
      return Errc::TimedOut;
    default:
      return Errc::Unavailable;
  }
}

}  // namespace

Result<std::string> fetch(const Talk& talk, std::string_view method, const std::string& path,
                          const std::string& body) {
  auto reply = ask(talk.data, method, path, body);
  if (!reply) return tl::unexpected(reply.error());
  if (reply->status < 300) return std::move(reply->body);
  const Json json = Json::parse(reply->body, nullptr, false);
  const bool told = json.is_object() && json.contains("error");
  return fail(code_of(reply->status),
              told ? json["error"].value("message", "the server refused")
                   : fmt::format("the server answered with status {}", reply->status));
}

Result<Json> fetch_json(const Talk& talk, std::string_view method, const std::string& path,
                        const std::string& body) {
  const auto text = fetch(talk, method, path, body);
  if (!text) return tl::unexpected(text.error());
  Json json = Json::parse(*text, nullptr, false);
  if (json.is_discarded()) return fail(Errc::Corrupt, "the server's answer is no JSON");
  return json;
}

int show(const Talk& talk, const Result<Json>& answer,
         const std::function<void(const Json&)>& lines) {
  if (!answer) return complain(answer.error());
  if (talk.json) {
    fmt::print("{}\n", answer->dump(2));
  } else {
    lines(*answer);
  }
  return kExitOk;
}

}  // namespace dienstbereit::app
