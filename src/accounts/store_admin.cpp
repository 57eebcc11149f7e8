// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "accounts/secrets.h"
#include "accounts/work.h"
#include "base/log.h"
#include "base/text.h"

// What administrators do with everyone's.
namespace dienstbereit::accounts {

Result<AccountAnswer> Store::on(Work& work, const MakeSetupLink&) {
  if (!work.administers()) return refused(Refusal::NotAllowed);
  if (book_.has_administrator()) return refused(Refusal::AdministratorExists);
  for (const auto& [token, link] : book_.links) {
    if (link.account.empty()) work.remove(link);
  }
  AccountAnswer answer;
  answer.secret = random_token();
  work.put(Link{stored_form(answer.secret), AccountId(), work.now.logical + kLinkLife, false});
  work.audit(AuditKind::SetupLinkMade, AccountId(), "for the first administrator, 24 hours");
  return commit(work, std::move(answer));
}

Result<AccountAnswer> Store::on(Work& work, const MakeAccount& command) {
  if (!work.administers()) return refused(Refusal::NotAllowed);
  const std::string login = to_lower_ascii(trim(command.login));
  const std::string_view name = trim(command.name);
  if (!is_login(login)) return refused(Refusal::LoginInvalid);
  if (book_.by_login(login) != nullptr) return refused(Refusal::LoginTaken);
  if (name.empty() || name.size() > kNameBytesMax || clean(name, kNameBytesMax) != name) {
    return refused(Refusal::NameInvalid);
  }
  if (command.roles.empty()) return refused(Refusal::NoRoles);
  if (book_.accounts.size() >= kAccountsMax) return refused(Refusal::TooMany);
  Account account;
  account.profile.id = AccountId(random_id("u-"));
  account.profile.login = login;
  account.profile.name = name;
  account.profile.roles = command.roles;
  account.profile.language = command.language == "en" ? "en" : "de";
  account.profile.made_at = work.now.logical;
  AccountAnswer answer;
  answer.secret = random_token();
  answer.id = account.profile.id.str();
  work.audit(AuditKind::AccountMade, account.profile.id, to_text(command.roles));
  work.put(
      Link{stored_form(answer.secret), account.profile.id, work.now.logical + kLinkLife, false});
  work.put(std::move(account));
  return commit(work, std::move(answer));
}

Result<AccountAnswer> Store::on(Work& work, const SetRoles& command) {
  if (!work.administers()) return refused(Refusal::NotAllowed);
  const Account* known = book_.find(command.account);
  if (known == nullptr) return refused(Refusal::NoSuchAccount);
  if (command.roles.empty()) return refused(Refusal::NoRoles);
  const bool steps_down =
      known->profile.roles.has(Role::Administer) && !command.roles.has(Role::Administer);
  if (steps_down && !book_.has_administrator(command.account)) {
    return refused(Refusal::LastAdministrator);
  }
  Account account = *known;
  work.audit(AuditKind::RolesChanged, command.account,
             fmt::format("from {} to {}", to_text(account.profile.roles), to_text(command.roles)));
  account.profile.roles = command.roles;
  work.put(std::move(account));
  return commit(work, {});
}

Result<AccountAnswer> Store::on(Work& work, const SetDisabled& command) {
  if (!work.administers()) return refused(Refusal::NotAllowed);
  const Account* known = book_.find(command.account);
  if (known == nullptr) return refused(Refusal::NoSuchAccount);
  if (command.disabled && known->profile.roles.has(Role::Administer) &&
      !book_.has_administrator(command.account)) {
    return refused(Refusal::LastAdministrator);
  }
  Account account = *known;
  account.profile.disabled = command.disabled;
  account.attempts = {};
  work.put(std::move(account));
  if (command.disabled) end_sessions(work, command.account);
  work.audit(command.disabled ? AuditKind::AccountDisabled : AuditKind::AccountChanged,
             command.account, command.disabled ? "" : "enabled again");
  return commit(work, {});
}

Result<AccountAnswer> Store::on(Work& work, const EraseAccount& command) {
  if (!work.administers()) return refused(Refusal::NotAllowed);
  const Account* known = book_.find(command.account);
  if (known == nullptr) return refused(Refusal::NoSuchAccount);
  if (known->profile.roles.has(Role::Administer) && !book_.has_administrator(command.account)) {
    return refused(Refusal::LastAdministrator);
  }
  work.erases = true;
  Account empty;
  empty.profile.id = command.account;
  empty.profile.made_at = known->profile.made_at;
  empty.profile.disabled = true;
  work.put(std::move(empty));
  end_sessions(work, command.account);
  for (const auto& [key, token] : book_.tokens) {
    if (token.entry.account == command.account) work.remove(token);
  }
  for (const auto& [key, link] : book_.links) {
    if (link.account == command.account) work.remove(link);
  }
  work.audit(AuditKind::AccountChanged, command.account, "name and contact erased");
  return commit(work, {});
}

Result<AccountAnswer> Store::on(Work& work, const MakeResetLink& command) {
  if (!work.administers()) return refused(Refusal::NotAllowed);
  const Account* account = book_.find(command.account);
  if (account == nullptr || account->profile.login.empty()) return refused(Refusal::NoSuchAccount);
  for (const auto& [token, link] : book_.links) {
    if (link.account == command.account) work.remove(link);
  }
  AccountAnswer answer;
  answer.secret = random_token();
  answer.id = command.account.str();
  work.put(Link{stored_form(answer.secret), command.account, work.now.logical + kLinkLife,
                command.clears_totp});
  work.audit(AuditKind::AccountChanged, command.account,
             command.clears_totp ? "one-time link for a new password, without the second factor"
                                 : "one-time link for a new password");
  return commit(work, std::move(answer));
}

Result<AccountAnswer> Store::on(Work& work, const MakeEmergencyCode&) {
  if (!work.administers()) return refused(Refusal::NotAllowed);
  for (const auto& [key, code] : book_.codes) work.remove(code);
  AccountAnswer answer;
  answer.secret = random_code(kEmergencyGroups);
  answer.id = random_id("e-");
  work.put(EmergencyCode{answer.id, stored_form(normal_code(answer.secret)), work.now.logical});
  work.audit(AuditKind::EmergencyCodeMade, AccountId(),
             answer.id + "; the one before it is worth nothing now");
  log::warning("a new emergency code ({}) was made by {}", answer.id, work.by.actor.id);
  return commit(work, std::move(answer));
}

}  // namespace dienstbereit::accounts
