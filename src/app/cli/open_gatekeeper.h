// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <mutex>
#include <string>

#include "web/gatekeeper.h"

namespace dienstbereit::app {

// Lets everybody in who reaches the staff area of an exercise, as one person with every role. There
// are no accounts: nothing of an exercise is real, and its staff area opens on this machine alone.
class OpenGatekeeper final : public web::Gatekeeper {
 public:
  std::optional<Visitor> visitor(std::string_view) override {
    const Profile profile = person();
    return Visitor{{{"user:" + profile.id.str(), ""}, profile.roles, profile.id, "s-exercise"},
                   SessionStage::Full,
                   profile.name,
                   profile.language};
  }
  Result<Identity> bearer(std::string_view, const Caller&) override {
    return fail(Errc::Denied, "an exercise has no tokens; use its Unix socket");
  }
  std::optional<LinkState> link(std::string_view) const override { return std::nullopt; }
  bool has_administrator() const override { return true; }
  std::optional<Profile> profile(const AccountId& id) const override {
    const Profile one = person();
    return id == one.id ? std::optional(one) : std::nullopt;
  }
  std::optional<Profile> profile_of_login(std::string_view) const override { return std::nullopt; }
  std::vector<Profile> profiles() const override { return {person()}; }
  std::vector<SessionEntry> sessions(const AccountId&) const override { return {}; }
  std::vector<TokenEntry> tokens(const AccountId&) const override { return {}; }
  std::optional<Instant> emergency_code_made() const override { return std::nullopt; }
  std::vector<web::AuditLine> audit_trail() const override { return {}; }
  void submit(AccountCommand command, Identity, AccountReply reply) override {
    if (const auto* choice = std::get_if<SetLanguage>(&command)) {
      const std::lock_guard lock(mutex_);
      language_ = choice->language;
    } else {
      reply(fail(Errc::Unavailable, "an exercise has no accounts"));
      return;
    }
    reply(AccountAnswer());
  }

 private:
  Profile person() const {
    Profile profile;
    profile.id = AccountId("u-exercise");
    profile.login = "exercise";
    profile.name = "Übung / Exercise";
    profile.roles = RoleSet::all();
    profile.has_password = true;
    profile.has_totp = true;
    const std::lock_guard lock(mutex_);
    profile.language = language_;
    return profile;
  }

  mutable std::mutex mutex_;
  std::string language_ = "de";
};

}  // namespace dienstbereit::app
