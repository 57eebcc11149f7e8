// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/courier.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dienstbereit::outpost {
namespace {

constexpr std::size_t kShown = 300;  // bytes of a server's words

using Json = nlohmann::json;

// The server's own sentence, where it sent one.
Error refusal(const std::string& url, const publish::Answer& answer) {
  const Json json = Json::parse(answer.body, nullptr, false);
  std::string why = fmt::format("status {}", answer.status);
  if (json.is_object() && json.contains("error") && json["error"].is_object()) {
    why = json["error"].value("message", why);
  }
  const bool ours = answer.status == 401 || answer.status == 403;
  return Error(ours ? Errc::Denied : Errc::Unavailable,
               fmt::format("{} refuses: {}", url, clean(why, kShown)));
}

}  // namespace

Courier::Courier(const Settings& settings, const runtime::Credentials& credentials)
    : settings_(settings), credentials_(credentials) {}

Result<std::string> Courier::ask(const char* method, const char* what, const std::string& body,
                                 const runtime::Limit& limit) {
  auto token = credentials_.find(settings_.credential);
  if (!token) return tl::unexpected(token.error());
  publish::Way way;
  way.connect_to = settings_.connect_to;
  way.ca_file = settings_.ca_file;
  way.secret = std::move(*token);
  publish::Connection connection(std::move(way));
  const std::string url = fmt::format("{}/api/v1/outposts/{}/{}", settings_.server,
                                      percent_encoded(settings_.outpost.str()), what);
  const auto answer =
      connection.ask({method, url, {"Content-Type: application/json"}, body}, limit);
  if (!answer) return tl::unexpected(answer.error());
  constexpr int kOk = 200;
  if (answer->status != kOk) return tl::unexpected(refusal(url, *answer));
  return answer->body;
}

Result<std::string> Courier::fetch_orders(const runtime::Limit& limit) {
  return ask("GET", "probes", "", limit);
}

Result<Courier::Accepted> Courier::deliver(const OutpostReport& report,
                                           const runtime::Limit& limit) {
  const auto answer = ask("POST", "reports", to_json(report), limit);
  if (!answer) return tl::unexpected(answer.error());
  const Json json = Json::parse(*answer, nullptr, false);
  const bool whole = json.is_object() && json.contains("accepted") &&
                     json["accepted"].is_number_unsigned() && json.contains("orders") &&
                     json["orders"].is_string();
  if (!whole) {
    return fail(Errc::Corrupt,
                fmt::format("{} does not answer as a Dienstbereit server does", settings_.server));
  }
  Accepted accepted{json["accepted"].get<std::uint64_t>(), json["orders"].get<std::string>(), {}};
  for (const Json& probe : json.value("tell_again", Json::array())) {
    if (probe.is_string()) accepted.tell_again.emplace_back(probe.get<std::string>());
  }
  return accepted;
}

}  // namespace dienstbereit::outpost
