// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/account/audit.h"
#include "model/account/command.h"

namespace dienstbereit::web {

struct AuditLine {
  Instant at;
  std::string actor;
  Audited entry;
};

// Who comes in, as the server asks it. Implemented by the app over the accounts. Thread-safe;
// nothing here blocks: what hashes or writes is submitted. Times are civil.
class Gatekeeper {
 public:
  virtual ~Gatekeeper() = default;

  // The owner of the session that `token` opens, if it is not over; counts as use.
  virtual std::optional<Visitor> visitor(std::string_view token) = 0;
  // Who an API token speaks for. Denied: nobody; LimitExceeded: too many wrong ones from there.
  virtual Result<Identity> bearer(std::string_view token, const Caller& from) = 0;

  // A one-time link that may still be used.
  struct LinkState {
    bool setup = false;  // makes the first administrator
    std::string login;   // else: of the account
  };
  virtual std::optional<LinkState> link(std::string_view token) const = 0;

  virtual bool has_administrator() const = 0;
  virtual std::optional<Profile> profile(const AccountId& id) const = 0;
  virtual std::optional<Profile> profile_of_login(std::string_view login) const = 0;
  virtual std::vector<Profile> profiles() const = 0;  // by login
  // Newest first; an empty id: of all.
  virtual std::vector<SessionEntry> sessions(const AccountId& account) const = 0;
  virtual std::vector<TokenEntry> tokens(const AccountId& account) const = 0;
  virtual std::optional<Instant> emergency_code_made() const = 0;
  virtual std::vector<AuditLine> audit_trail() const = 0;  // newest first, bounded

  // `reply` is called once, from any thread, after the change is durable. Too much waiting is
  // Errc::Unavailable at once.
  virtual void submit(AccountCommand command, Identity by, AccountReply reply) = 0;
};

}  // namespace dienstbereit::web
