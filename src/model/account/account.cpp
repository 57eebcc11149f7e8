// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/account/account.h"

#include <fmt/format.h>

#include "base/text.h"
#include "model/account/audit.h"
#include "model/account/command.h"
#include "model/names.h"

namespace dienstbereit {
namespace {

constexpr NameTable<Role, 6> kRoleNames{{{Role::View, "view"},
                                         {Role::Operate, "operate"},
                                         {Role::Lead, "lead"},
                                         {Role::Press, "press"},
                                         {Role::PersonalData, "personal_data"},
                                         {Role::Administer, "administer"}}};

constexpr NameTable<AuditKind, 17> kAudits{{
    {AuditKind::SetupLinkMade, "setup_link_made"},
    {AuditKind::AccountMade, "account_made"},
    {AuditKind::AccountChanged, "account_changed"},
    {AuditKind::AccountDisabled, "account_disabled"},
    {AuditKind::RolesChanged, "roles_changed"},
    {AuditKind::PasswordChanged, "password_changed"},
    {AuditKind::TotpSet, "totp_set"},
    {AuditKind::RecoveryCodeUsed, "recovery_code_used"},
    {AuditKind::Login, "login"},
    {AuditKind::LoginFailed, "login_failed"},
    {AuditKind::LockedOut, "locked_out"},
    {AuditKind::Logout, "logout"},
    {AuditKind::SessionEnded, "session_ended"},
    {AuditKind::TokenMade, "token_made"},
    {AuditKind::TokenRevoked, "token_revoked"},
    {AuditKind::EmergencyCodeMade, "emergency_code_made"},
    {AuditKind::EmergencyLogin, "emergency_login"},
}};

constexpr NameTable<Refusal, 26> kRefusals{{
    {Refusal::None, "none"},
    {Refusal::WrongLogin, "wrong_login"},
    {Refusal::TooManyAttempts, "too_many_attempts"},
    {Refusal::WrongCode, "wrong_code"},
    {Refusal::WrongPassword, "wrong_password"},
    {Refusal::PasswordShort, "password_short"},
    {Refusal::PasswordLong, "password_long"},
    {Refusal::PasswordHasLogin, "password_has_login"},
    {Refusal::PasswordCommon, "password_common"},
    {Refusal::LoginInvalid, "login_invalid"},
    {Refusal::LoginTaken, "login_taken"},
    {Refusal::NameInvalid, "name_invalid"},
    {Refusal::ContactInvalid, "contact_invalid"},
    {Refusal::LanguageUnknown, "language_unknown"},
    {Refusal::LinkInvalid, "link_invalid"},
    {Refusal::NotAllowed, "not_allowed"},
    {Refusal::NoSuchAccount, "no_such_account"},
    {Refusal::NoSuchSession, "no_such_session"},
    {Refusal::NoSuchToken, "no_such_token"},
    {Refusal::NoRoles, "no_roles"},
    {Refusal::ScopesTooWide, "scopes_too_wide"},
    {Refusal::LifetimeInvalid, "lifetime_invalid"},
    {Refusal::LastAdministrator, "last_administrator"},
    {Refusal::AdministratorExists, "administrator_exists"},
    {Refusal::NothingBegun, "nothing_begun"},
    {Refusal::TooMany, "too_many"},
}};

}  // namespace

const char* name_of(Role role) { return find_name(kRoleNames, role); }
std::optional<Role> role_of(std::string_view name) { return find_value(kRoleNames, name); }

const char* name_of(AuditKind kind) { return find_name(kAudits, kind); }
std::optional<AuditKind> audit_kind_of(std::string_view name) { return find_value(kAudits, name); }

const char* name_of(Refusal refusal) { return find_name(kRefusals, refusal); }

std::string to_text(RoleSet roles) {
  std::vector<std::string> names;
  for (const Role role : kRoles) {
    if (roles.has(role)) names.emplace_back(name_of(role));
  }
  return join(names, ",");
}

Result<RoleSet> parse_roles(std::string_view names) {
  RoleSet roles;
  if (trim(names).empty()) return roles;
  for (const std::string_view name : split(names, ',')) {
    const auto role = role_of(trim(name));
    if (!role) {
      return fail(Errc::InvalidInput, fmt::format("'{}' is no role; there are {}", clean(name, 40),
                                                  to_text(RoleSet::all())));
    }
    roles.add(*role);
  }
  return roles;
}

}  // namespace dienstbereit
