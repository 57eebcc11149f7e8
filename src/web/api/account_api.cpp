// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/api/account_api.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "web/answers.h"
#include "web/api/body.h"
#include "web/api/commands.h"
#include "web/json.h"
#include "web/operate/desk.h"
#include "words/words.h"

namespace dienstbereit::web {
namespace {

constexpr std::int64_t kDaysMax = 366;

Response json_response(bool tls, int status, const Json& json) {
  return {status, make_payload(kAnswer, tls, dump(json))};
}

// The same sentence that the pages say.
Response json_refusal(bool tls, Refusal refusal) {
  const std::string text =
      words::label(words::Language::En, fmt::format("operate.refusal.{}", name_of(refusal)));
  return {operate::status_of(refusal),
          make_payload(kAnswer, tls, error_json(name_of(refusal), text))};
}

Json names_of(RoleSet roles) {
  Json names = Json::array();
  for (const Role role : kRoles) {
    if (roles.has(role)) names.push_back(name_of(role));
  }
  return names;
}

Json to_json(const Profile& profile) {
  return {{"id", profile.id.str()},
          {"login", profile.login},
          {"name", profile.name},
          {"roles", names_of(profile.roles)},
          {"language", profile.language},
          {"disabled", profile.disabled},
          {"has_password", profile.has_password},
          {"has_totp", profile.has_totp},
          {"recovery_left", profile.recovery_left},
          {"made_at", to_rfc3339(profile.made_at)}};
}

std::string login_of(const Gatekeeper& gatekeeper, const AccountId& account) {
  const auto profile = gatekeeper.profile(account);
  return profile ? profile->login : std::string();
}

Json to_json(const Gatekeeper& gatekeeper, const SessionEntry& session) {
  return {{"id", session.id},
          {"account", session.account.str()},
          {"login", login_of(gatekeeper, session.account)},
          {"emergency", !session.emergency.empty()},
          {"made_at", to_rfc3339(session.made_at)},
          {"used_at", to_rfc3339(session.used_at)},
          {"address", session.address},
          {"agent", session.agent}};
}

Json to_json(const Gatekeeper& gatekeeper, const TokenEntry& token) {
  const bool used = token.used_at != Instant();
  return {{"id", token.id},
          {"account", token.account.str()},
          {"login", login_of(gatekeeper, token.account)},
          {"name", token.name},
          {"scopes", names_of(token.scopes)},
          {"outpost", token.outpost.empty() ? Json(nullptr) : Json(token.outpost.str())},
          {"made_at", to_rfc3339(token.made_at)},
          {"used_at", used ? Json(to_rfc3339(token.used_at)) : Json(nullptr)},
          {"expires_at", to_rfc3339(token.expires_at)}};
}

Outcome list(Gatekeeper& gatekeeper, bool tls, std::string_view path) {
  Json items = Json::array();
  if (path == "/api/v1/sessions") {
    for (const SessionEntry& one : gatekeeper.sessions(AccountId())) {
      items.push_back(to_json(gatekeeper, one));
    }
    return json_response(tls, 200, {{"sessions", items}});
  }
  if (path == "/api/v1/tokens") {
    for (const TokenEntry& one : gatekeeper.tokens(AccountId())) {
      items.push_back(to_json(gatekeeper, one));
    }
    return json_response(tls, 200, {{"tokens", items}});
  }
  for (const Profile& one : gatekeeper.profiles()) items.push_back(to_json(one));
  return json_response(tls, 200, {{"accounts", items}});
}

// An account by its login name or its id.
AccountId account_of(const Gatekeeper& gatekeeper, const std::string& named) {
  const auto profile = gatekeeper.profile_of_login(to_lower_ascii(named));
  return profile ? profile->id : AccountId(named);
}

Result<AccountCommand> command_of(const Gatekeeper& gatekeeper, std::string_view path,
                                  const Body& body) {
  const auto roles = parse_roles(body.text("roles"));
  if (!roles) return tl::unexpected(roles.error());
  const std::string login = body.text("login");
  const AccountId account = account_of(gatekeeper, login);
  if (path == "/api/v1/accounts") {
    return MakeAccount{login, body.text("name"), *roles, body.text("language")};
  }
  if (path == "/api/v1/accounts/roles") return SetRoles{account, *roles};
  if (path == "/api/v1/accounts/disable") return SetDisabled{account, !body.flag("enable")};
  if (path == "/api/v1/accounts/erase") return EraseAccount{account};
  if (path == "/api/v1/accounts/reset-link") {
    return MakeResetLink{account, body.flag("without_totp")};
  }
  if (path == "/api/v1/accounts/setup-link") return MakeSetupLink{};
  if (path == "/api/v1/accounts/emergency-code") return MakeEmergencyCode{};
  const std::int64_t days = body.number("days", 0);
  if (days < 1 || days > kDaysMax) {
    return fail(Errc::InvalidInput, fmt::format("'days' must be from 1 to {}", kDaysMax));
  }
  return MakeToken{account, body.text("name"), *roles, std::chrono::hours(24) * days,
                   OutpostId(body.text("outpost"))};
}

// A link's secret is told as the path it is used at.
Json done_json(const AccountCommand& command, const AccountAnswer& answer) {
  const bool link = std::holds_alternative<MakeAccount>(command) ||
                    std::holds_alternative<MakeResetLink>(command) ||
                    std::holds_alternative<MakeSetupLink>(command);
  const bool secret = !link && !answer.secret.empty();
  return {{"id", answer.id.empty() ? Json(nullptr) : Json(answer.id)},
          {"link", link ? Json("/operate/link/" + answer.secret) : Json(nullptr)},
          {"secret", secret ? Json(answer.secret) : Json(nullptr)}};
}

Deferred submit(Gatekeeper& gatekeeper, bool tls, const Request& request, AccountCommand command) {
  const Identity by = request.by;
  return Deferred{
      [&gatekeeper, tls, by, command = std::move(command)](std::function<void(Response)> done) {
        gatekeeper.submit(command, by, [tls, command, done](Result<AccountAnswer> answer) {
          done(!answer ? json_error(tls, answer.error())
               : answer->refused != Refusal::None
                   ? json_refusal(tls, answer->refused)
                   : json_response(tls, 200, done_json(command, *answer)));
        });
      }};
}

}  // namespace

Outcome account_answer(Gatekeeper& gatekeeper, bool tls, const Request& request,
                       std::string_view rest) {
  const std::string path = percent_decoded(request.path).value_or("");
  if (request.method == Method::Delete) {
    const std::string id(rest);
    return submit(gatekeeper, tls, request,
                  path.starts_with("/api/v1/sessions/") ? AccountCommand(EndSession{id})
                                                        : AccountCommand(RevokeToken{id}));
  }
  if (request.method != Method::Post) return list(gatekeeper, tls, path);
  const auto body = Body::parse(request.body, {"login", "name", "roles", "language", "enable",
                                               "without_totp", "days", "outpost"});
  if (!body) return json_error(tls, body.error());
  auto command = command_of(gatekeeper, path, *body);
  if (!command) return json_error(tls, command.error());
  return submit(gatekeeper, tls, request, std::move(*command));
}

}  // namespace dienstbereit::web
