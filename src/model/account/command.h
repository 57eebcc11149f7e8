// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "model/account/account.h"

namespace dienstbereit {

// What can be asked of the accounts. Secrets in here are as typed.
struct LogIn {
  std::string login;
  std::string password;
  Caller from;
};
// The second step: a code of the authenticator, or a recovery code.
struct EnterCode {
  std::string session_token;
  std::string code;
  Caller from;
};
struct UseEmergencyCode {
  std::string code;
  Caller from;
};
// Sets a password by a one-time link; the set-up link makes the first administrator.
struct UseLink {
  std::string token;
  std::string login;  // set-up link only, as name
  std::string name;
  std::string password;
  std::string language = "de";
};
// Of the caller's own account; `current` is the password, asked again.
struct ChangePassword {
  std::string current;
  std::string fresh;
};
struct BeginTotp {
  std::string current;
};
struct ConfirmTotp {
  std::string code;
};
struct DropTotp {
  std::string current;
};
struct RenewRecoveryCodes {
  std::string current;
};
struct EditProfile {
  std::string name;
  std::string language;
  std::string mail;
  std::string mobile;
};
struct SetLanguage {
  std::string language;
};
// One's own, or any with Administer.
struct EndSession {
  std::string id;
};
struct EndSessionsOf {
  AccountId account;
};
struct MakeToken {
  AccountId account;
  std::string name;
  RoleSet scopes;
  Duration lifetime{0};
  OutpostId outpost = {};  // instead of scopes; with Administer
};
struct RevokeToken {
  std::string id;
};
// With Administer.
struct MakeAccount {
  std::string login;
  std::string name;
  RoleSet roles;
  std::string language = "de";
};
struct SetRoles {
  AccountId account;
  RoleSet roles;
};
struct SetDisabled {
  AccountId account;
  bool disabled = true;
};
// Login, name and contact go; the id stays in the journal.
struct EraseAccount {
  AccountId account;
};
struct MakeResetLink {
  AccountId account;
  bool clears_totp = false;
};
struct MakeSetupLink {};
struct MakeEmergencyCode {};

using AccountCommand =
    std::variant<LogIn, EnterCode, UseEmergencyCode, UseLink, ChangePassword, BeginTotp,
                 ConfirmTotp, DropTotp, RenewRecoveryCodes, EditProfile, SetLanguage, EndSession,
                 EndSessionsOf, MakeToken, RevokeToken, MakeAccount, SetRoles, SetDisabled,
                 EraseAccount, MakeResetLink, MakeSetupLink, MakeEmergencyCode>;

// Why something was not done, for the person who asked: "operate.refusal.<name>" is its text.
enum class Refusal : std::uint8_t {
  None,
  WrongLogin,       // name, password, locked or unknown: never told apart
  TooManyAttempts,  // of this address
  WrongCode,
  WrongPassword,  // the current one, asked again
  PasswordShort,
  PasswordLong,
  PasswordHasLogin,
  PasswordCommon,
  LoginInvalid,
  LoginTaken,
  NameInvalid,
  ContactInvalid,
  LanguageUnknown,
  LinkInvalid,
  NotAllowed,
  NoSuchAccount,
  NoSuchSession,
  NoSuchToken,
  NoRoles,
  ScopesTooWide,
  LifetimeInvalid,
  LastAdministrator,
  AdministratorExists,
  NothingBegun,  // TOTP is confirmed before it was begun
  TooMany,       // accounts, tokens
};
const char* name_of(Refusal refusal);

struct AccountAnswer {
  Refusal refused = Refusal::None;
  std::string secret;  // session token, link token, API token, TOTP secret or emergency code
  std::string id;      // of what was made
  SessionStage stage = SessionStage::Full;  // LogIn
  std::string address;                      // BeginTotp: otpauth://...
  std::vector<std::string> codes;           // recovery codes
};
// Errors are those of the machine: a disk that does not write, too much waiting.
using AccountReply = std::function<void(Result<AccountAnswer>)>;

}  // namespace dienstbereit
