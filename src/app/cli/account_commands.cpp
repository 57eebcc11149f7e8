// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "base/text.h"

namespace dienstbereit::app {
namespace {

std::string roles_of(const Json& names) {
  std::string text;
  for (const Json& name : names) {
    text += (text.empty() ? "" : ",") + name.get<std::string>();
  }
  return text;
}

const char* state_of(const Json& account) {
  if (account.value("login", "").empty()) return "erased";
  if (account.value("disabled", false)) return "disabled";
  if (!account.value("has_password", false)) return "link not used yet";
  return account.value("has_totp", false) ? "second factor" : "password only";
}

void print_link(const Json& answer, const char* what) {
  fmt::print("{}, within 24 hours and once:\n  {}\n"
             "Open it at the server's own address, such as https://STATUS.EXAMPLE{}\n",
             what, answer.value("link", ""), answer.value("link", ""));
}

std::string post(const char* what) { return fmt::format("/api/v1/accounts{}", what); }

int tell(const Talk& talk, const std::string& path, const Json& body, const std::string& done) {
  return show(talk, fetch_json(talk, "POST", path, body.dump()),
              [&](const Json&) { fmt::print("{}\n", done); });
}

}  // namespace

int account_list(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", "/api/v1/accounts"), [](const Json& answer) {
    for (const Json& one : answer["accounts"]) {
      fmt::print("{:<12} {:<20} {:<18} {}  {}\n", one.value("id", ""), one.value("login", ""),
                 state_of(one), roles_of(one["roles"]), one.value("name", ""));
    }
    if (answer["accounts"].empty()) {
      fmt::print(
          "no accounts yet; 'dienstbereit account setup-link' makes the link for the first\n");
    }
  });
}

int account_add(const Talk& talk, const AccountOptions& options) {
  const Json body{{"login", options.login},
                  {"name", options.name},
                  {"roles", options.roles},
                  {"language", talk.german ? "de" : "en"}};
  return show(talk, fetch_json(talk, "POST", post(""), body.dump()), [&](const Json& answer) {
    print_link(answer, "The person sets the password by this link");
  });
}

int account_roles(const Talk& talk, const AccountOptions& options) {
  return tell(talk, post("/roles"), {{"login", options.login}, {"roles", options.roles}},
              fmt::format("{} has the roles {} from now on", options.login, options.roles));
}

int account_disable(const Talk& talk, const AccountOptions& options) {
  return tell(talk, post("/disable"), {{"login", options.login}, {"enable", options.flag}},
              fmt::format("{} is {}", options.login,
                          options.flag ? "enabled again" : "disabled; its sessions have ended"));
}

int account_erase(const Talk& talk, const AccountOptions& options) {
  return tell(talk, post("/erase"), {{"login", options.login}},
              fmt::format("login name, name and contact of {} are erased", options.login));
}

int account_reset_link(const Talk& talk, const AccountOptions& options) {
  const Json body{{"login", options.login}, {"without_totp", options.flag}};
  return show(talk, fetch_json(talk, "POST", post("/reset-link"), body.dump()),
              [](const Json& answer) { print_link(answer, "A new password is set by this link"); });
}

int account_setup_link(const Talk& talk) {
  return show(talk, fetch_json(talk, "POST", post("/setup-link"), "{}"), [](const Json& answer) {
    print_link(answer, "The first administrator is made by this link");
  });
}

int account_sessions(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", "/api/v1/sessions"), [](const Json& answer) {
    for (const Json& one : answer["sessions"]) {
      fmt::print("{:<12} {:<20} since {}  used {}  {} {}\n", one.value("id", ""),
                 one.value("emergency", false) ? "EMERGENCY CODE" : one.value("login", ""),
                 one.value("made_at", ""), one.value("used_at", ""), one.value("address", ""),
                 one.value("agent", ""));
    }
    if (answer["sessions"].empty()) fmt::print("nobody is logged in\n");
  });
}

int account_end_session(const Talk& talk, const std::string& id) {
  return show(talk, fetch_json(talk, "DELETE", "/api/v1/sessions/" + percent_encoded(id)),
              [&](const Json&) { fmt::print("session {} has ended\n", id); });
}

int account_tokens(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", "/api/v1/tokens"), [](const Json& answer) {
    for (const Json& one : answer["tokens"]) {
      fmt::print("{:<12} {:<20} {}  until {}  {}\n", one.value("id", ""), one.value("login", ""),
                 one["outpost"].is_string() ? "outpost " + one.value("outpost", "")
                                            : roles_of(one["scopes"]),
                 one.value("expires_at", ""), one.value("name", ""));
    }
    if (answer["tokens"].empty()) fmt::print("there are no tokens\n");
  });
}

int account_token(const Talk& talk, const AccountOptions& options) {
  const Json body{{"login", options.login},
                  {"name", options.name},
                  {"roles", options.roles},
                  {"outpost", options.outpost},
                  {"days", options.days}};
  return show(talk, fetch_json(talk, "POST", "/api/v1/tokens", body.dump()),
              [](const Json& answer) {
                fmt::print("token {}, shown this once:\n  {}\n", answer.value("id", ""),
                           answer.value("secret", ""));
              });
}

int account_revoke_token(const Talk& talk, const std::string& id) {
  return show(talk, fetch_json(talk, "DELETE", "/api/v1/tokens/" + percent_encoded(id)),
              [&](const Json&) { fmt::print("token {} is revoked\n", id); });
}

int account_emergency_code(const Talk& talk) {
  return show(
      talk, fetch_json(talk, "POST", post("/emergency-code"), "{}"), [](const Json& answer) {
        fmt::print("Emergency code, shown this once; an earlier one no longer holds:\n\n  {}\n\n"
                   "Put it on paper, sealed, where it is found without IT. It opens the roles\n"
                   "operate, lead and press for 4 hours at /operate/emergency. Each use stands in\n"
                   "the journal, in the log and on every operator's page; make a new one then.\n",
                   answer.value("secret", ""));
      });
}

}  // namespace dienstbereit::app
