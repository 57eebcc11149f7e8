// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/policy.h"
#include "model/account/account.h"
#include "sqlite/records.h"

// What the accounts are made of, and its text form: JSON, one record each.
namespace dienstbereit::accounts {

using sqlite::Change;
using sqlite::Records;

inline constexpr const char* kAccountsFile = "accounts.db";

struct Account {
  Profile profile;
  std::string password;               // Argon2's text; empty: none yet
  std::string totp_secret;            // raw bytes; empty: none
  std::int64_t totp_step = 0;         // the last one used
  std::vector<std::string> recovery;  // stored forms of the codes that are left
  Attempts attempts;
};

struct Session {
  SessionEntry entry;
  std::string token;  // stored form
};

struct ApiToken {
  TokenEntry entry;
  std::string token;  // stored form
};

struct Link {
  std::string token;  // stored form, and its id
  AccountId account;  // empty: the set-up link
  Instant expires_at;
  bool clears_totp = false;
};

struct EmergencyCode {
  std::string id;
  std::string code;  // stored form
  Instant made_at;
};

Change to_change(const Account& account);
Change to_change(const Session& session);
Change to_change(const ApiToken& token);
Change to_change(const Link& link);
Change to_change(const EmergencyCode& code);
Change removal(const Session& session);
Change removal(const ApiToken& token);
Change removal(const Link& link);
Change removal(const EmergencyCode& code);

// Everything there is, in memory.
struct Book {
  std::map<AccountId, Account> accounts;
  std::map<std::string, Session> sessions;    // by stored token
  std::map<std::string, ApiToken> tokens;     // by stored token
  std::map<std::string, Link> links;          // by stored token
  std::map<std::string, EmergencyCode> codes;  // by stored code

  const Account* by_login(std::string_view login) const;
  const Account* find(const AccountId& id) const;
  // Enabled, with a password and Administer; `except` left out.
  bool has_administrator(const AccountId& except = {}) const;
};

// Corrupt: names what is wrong.
Result<void> read_record(Book& book, std::string_view kind, std::string_view id,
                         std::string_view body);

}  // namespace dienstbereit::accounts
