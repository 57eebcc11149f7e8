// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "web/gatekeeper.h"

namespace dienstbereit::web::test {

// Knows the sessions and tokens it is given, answers every command with `answer`, and remembers.
class FakeGatekeeper : public Gatekeeper {
 public:
  std::map<std::string, Visitor> open;      // by session token
  std::map<std::string, Identity> bearers;  // by API token
  std::map<std::string, LinkState> links;
  std::vector<Profile> known;
  std::vector<SessionEntry> listed;
  std::vector<TokenEntry> made;
  std::vector<AuditLine> trail;
  AccountAnswer answer;
  std::optional<Errc> broken;  // answers every command with it
  bool limited = false;
  std::vector<AccountCommand> commands;
  std::vector<Identity> askers;

  // A session of an account with these roles, opened by `token`.
  void let_in(const std::string& token, const std::string& id, RoleSet roles,
              const std::string& language = "de") {
    Visitor visitor;
    visitor.identity = {{"user:" + id, ""}, roles, AccountId(id), "s-" + id};
    visitor.name = "Frau " + id;
    visitor.language = language;
    open[token] = visitor;
    Profile profile;
    profile.id = AccountId(id);
    profile.login = "login-" + id;
    profile.name = visitor.name;
    profile.roles = roles;
    profile.language = language;
    profile.has_password = true;
    known.push_back(profile);
  }

  std::optional<Visitor> visitor(std::string_view token) override {
    const auto found = open.find(std::string(token));
    return found == open.end() ? std::nullopt : std::optional(found->second);
  }
  Result<Identity> bearer(std::string_view token, const Caller&) override {
    if (limited) return fail(Errc::LimitExceeded, "too many");
    const auto found = bearers.find(std::string(token));
    if (found == bearers.end()) return fail(Errc::Denied, "a valid token is needed");
    return found->second;
  }
  std::optional<LinkState> link(std::string_view token) const override {
    const auto found = links.find(std::string(token));
    return found == links.end() ? std::nullopt : std::optional(found->second);
  }
  bool has_administrator() const override { return !known.empty(); }
  std::optional<Profile> profile(const AccountId& id) const override {
    for (const Profile& one : known) {
      if (one.id == id) return one;
    }
    return std::nullopt;
  }
  std::optional<Profile> profile_of_login(std::string_view login) const override {
    for (const Profile& one : known) {
      if (one.login == login) return one;
    }
    return std::nullopt;
  }
  std::vector<Profile> profiles() const override { return known; }
  std::vector<SessionEntry> sessions(const AccountId&) const override { return listed; }
  std::vector<TokenEntry> tokens(const AccountId&) const override { return made; }
  std::optional<Instant> emergency_code_made() const override { return std::nullopt; }
  std::vector<AuditLine> audit_trail() const override { return trail; }
  void submit(AccountCommand command, Identity by, AccountReply reply) override {
    commands.push_back(command);
    askers.push_back(by);
    if (broken) {
      reply(fail(*broken, "disk full"));
    } else {
      reply(answer);
    }
  }
};

}  // namespace dienstbereit::web::test
