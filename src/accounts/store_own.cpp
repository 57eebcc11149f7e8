// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "accounts/secrets.h"
#include "accounts/totp.h"
#include "accounts/work.h"
#include "base/text.h"

// What people do with their own account.
namespace dienstbereit::accounts {
namespace {

bool is_language(std::string_view language) { return language == "de" || language == "en"; }

bool is_one_line(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

bool is_name(std::string_view name) {
  return !trim(name).empty() && name.size() <= kNameBytesMax && is_one_line(name);
}

bool is_contact(std::string_view text) {
  return text.size() <= kContactBytesMax && is_one_line(text);
}

std::vector<std::string> new_recovery_codes(Account& account) {
  std::vector<std::string> codes;
  account.recovery.clear();
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(random_code(kRecoveryGroups));
    account.recovery.push_back(stored_form(normal_code(codes.back())));
  }
  return codes;
}

}  // namespace

Result<AccountAnswer> Store::on(Work& work, const UseLink& command) {
  const auto found = book_.links.find(stored_form(command.token));
  if (found == book_.links.end() || work.now.logical >= found->second.expires_at) {
    return refused(Refusal::LinkInvalid);
  }
  const Link link = found->second;
  Account account;
  const bool setup = link.account.empty();
  if (setup) {
    if (book_.has_administrator()) return refused(Refusal::LinkInvalid);
    const std::string login = to_lower_ascii(trim(command.login));
    if (!is_login(login)) return refused(Refusal::LoginInvalid);
    if (book_.by_login(login) != nullptr) return refused(Refusal::LoginTaken);
    if (!is_name(command.name)) return refused(Refusal::NameInvalid);
    account.profile.id = AccountId(random_id("u-"));
    account.profile.login = login;
    account.profile.name = trim(command.name);
    account.profile.roles = RoleSet::all();
    account.profile.language = is_language(command.language) ? command.language : "de";
    account.profile.made_at = work.now.logical;
  } else {
    const Account* known = book_.find(link.account);
    if (known == nullptr || known->profile.disabled) return refused(Refusal::LinkInvalid);
    account = *known;
    if (link.clears_totp) {
      account.totp_secret.clear();
      account.recovery.clear();
    }
  }
  const AccountId id = account.profile.id;
  const std::string actor = "user:" + id.str();
  if (setup) work.audit_as(actor, AuditKind::AccountMade, id, "the first administrator, by link");
  for (const auto& [token, other] : book_.links) {
    if (other.account == link.account) work.remove(other);
  }
  work.audit_as(
      actor, AuditKind::PasswordChanged, id,
      link.clears_totp ? "by one-time link; the second factor is gone" : "by one-time link");
  return set_password(work, std::move(account), command.password);
}

// Judges and hashes, ends every other session.
Result<AccountAnswer> Store::set_password(Work& work, Account account,
                                          const std::string& password) {
  const Refusal judged = judge_password(password, account.profile.login);
  if (judged != Refusal::None) return refused(judged);
  auto hash = hash_password(password, cost_);
  if (!hash) return tl::unexpected(hash.error());
  account.password = std::move(*hash);
  account.attempts = {};
  end_sessions(work, account.profile.id, work.by.session);
  AccountAnswer answer;
  answer.id = account.profile.id.str();
  work.put(std::move(account));
  return commit(work, std::move(answer));
}

Result<std::optional<Account>> Store::own_account(Work& work, const std::string& current) {
  const Account* account = book_.find(work.by.account);
  if (account == nullptr || work.by.session.empty()) return std::optional<Account>();
  const Instant now = work.now.logical;
  const bool locked = locked_until(account->attempts, kFreeFailures, now).has_value();
  if (!locked && current.size() <= kPasswordBytesMax &&
      verify_password(current, account->password)) {
    return std::optional(*account);
  }
  // Guessing from a stolen session is bounded like guessing at the door.
  auto counted = refuse_login(work, account, Caller(), Refusal::WrongPassword);
  if (!counted) return tl::unexpected(counted.error());
  return std::optional<Account>();
}

Result<AccountAnswer> Store::on(Work& work, const ChangePassword& command) {
  auto account = own_account(work, command.current);
  if (!account) return tl::unexpected(account.error());
  if (!*account) return refused(Refusal::WrongPassword);
  work.audit(AuditKind::PasswordChanged, work.by.account, "by its owner");
  return set_password(work, std::move(**account), command.fresh);
}

Result<AccountAnswer> Store::on(Work& work, const BeginTotp& command) {
  const auto account = own_account(work, command.current);
  if (!account) return tl::unexpected(account.error());
  if (!*account) return refused(Refusal::WrongPassword);
  const std::string secret = random_bytes(kTotpSecretBytes);
  totp_begun_[work.by.account] = secret;
  AccountAnswer answer;
  answer.secret = to_base32(secret);
  answer.address = otpauth_address((*account)->profile.login, answer.secret);
  return answer;
}

Result<AccountAnswer> Store::on(Work& work, const ConfirmTotp& command) {
  const Account* known = book_.find(work.by.account);
  const auto begun = totp_begun_.find(work.by.account);
  if (known == nullptr || begun == totp_begun_.end()) return refused(Refusal::NothingBegun);
  Account account = *known;
  account.totp_secret = begun->second;
  std::string digits;
  for (const char c : command.code) {
    if (c != ' ') digits += c;
  }
  const auto step = find_step(account.totp_secret, digits, work.now.wall, 0);
  if (!step) {
    AccountAnswer again = refused(Refusal::WrongCode);
    again.secret = to_base32(begun->second);
    again.address = otpauth_address(account.profile.login, again.secret);
    return again;
  }
  account.totp_step = *step;
  AccountAnswer answer;
  answer.codes = new_recovery_codes(account);
  work.put(std::move(account));
  end_sessions(work, work.by.account, work.by.session);
  work.audit(AuditKind::TotpSet, work.by.account, "set up, with new recovery codes");
  auto done = commit(work, std::move(answer));
  if (done) totp_begun_.erase(work.by.account);
  return done;
}

Result<AccountAnswer> Store::on(Work& work, const DropTotp& command) {
  auto account = own_account(work, command.current);
  if (!account) return tl::unexpected(account.error());
  if (!*account) return refused(Refusal::WrongPassword);
  (*account)->totp_secret.clear();
  (*account)->recovery.clear();
  work.put(std::move(**account));
  work.audit(AuditKind::TotpSet, work.by.account, "removed");
  return commit(work, {});
}

Result<AccountAnswer> Store::on(Work& work, const RenewRecoveryCodes& command) {
  auto account = own_account(work, command.current);
  if (!account) return tl::unexpected(account.error());
  if (!*account) return refused(Refusal::WrongPassword);
  if (!(*account)->profile.has_totp) return refused(Refusal::NothingBegun);
  AccountAnswer answer;
  answer.codes = new_recovery_codes(**account);
  work.put(std::move(**account));
  work.audit(AuditKind::TotpSet, work.by.account, "new recovery codes");
  return commit(work, std::move(answer));
}

Result<AccountAnswer> Store::on(Work& work, const EditProfile& command) {
  const Account* known = book_.find(work.by.account);
  if (known == nullptr || work.by.session.empty()) return refused(Refusal::NotAllowed);
  if (!is_name(command.name)) return refused(Refusal::NameInvalid);
  if (!is_language(command.language)) return refused(Refusal::LanguageUnknown);
  if (!is_contact(command.mail) || !is_contact(command.mobile)) {
    return refused(Refusal::ContactInvalid);
  }
  Account account = *known;
  account.profile.name = trim(command.name);
  account.profile.language = command.language;
  account.profile.mail = trim(command.mail);
  account.profile.mobile = trim(command.mobile);
  work.erases = true;  // contact that was taken out
  work.put(std::move(account));
  work.audit(AuditKind::AccountChanged, work.by.account, "name, language or contact");
  return commit(work, {});
}

Result<AccountAnswer> Store::on(Work& work, const SetLanguage& command) {
  const Account* known = book_.find(work.by.account);
  if (known == nullptr || work.by.session.empty()) return refused(Refusal::NotAllowed);
  if (!is_language(command.language)) return refused(Refusal::LanguageUnknown);
  Account account = *known;
  account.profile.language = command.language;
  work.put(std::move(account));
  return commit(work, {});
}

Result<AccountAnswer> Store::on(Work& work, const MakeToken& command) {
  const Account* account = book_.find(command.account);
  const bool own = command.account == work.by.account && !work.by.session.empty();
  if (!own && !work.administers()) return refused(Refusal::NotAllowed);
  if (account == nullptr || account->profile.disabled) return refused(Refusal::NoSuchAccount);
  if (!is_name(command.name)) return refused(Refusal::NameInvalid);
  const bool of_outpost = !command.outpost.empty();
  if (of_outpost && !work.administers()) return refused(Refusal::NotAllowed);
  if (command.scopes.empty() != of_outpost) return refused(Refusal::NoRoles);
  if (!command.scopes.within(account->profile.roles)) return refused(Refusal::ScopesTooWide);
  if (command.lifetime <= Duration(0) || command.lifetime > kTokenLifeMax) {
    return refused(Refusal::LifetimeInvalid);
  }
  const auto held = std::count_if(book_.tokens.begin(), book_.tokens.end(), [&](const auto& one) {
    return one.second.entry.account == command.account;
  });
  if (static_cast<std::size_t>(held) >= kTokensMax) return refused(Refusal::TooMany);
  AccountAnswer answer;
  answer.secret = std::string(kApiTokenPrefix) + random_token();
  answer.id = random_id("t-");
  const Instant expires = work.now.logical + command.lifetime;
  work.put(ApiToken{{answer.id, command.account, std::string(trim(command.name)), command.scopes,
                     work.now.logical, Instant(), expires, command.outpost},
                    stored_form(answer.secret)});
  work.audit(AuditKind::TokenMade, command.account,
             fmt::format("{} may {} until {}", answer.id,
                         of_outpost ? "report as outpost " + command.outpost.str()
                                    : to_text(command.scopes),
                         to_rfc3339(expires)));
  return commit(work, std::move(answer));
}

Result<AccountAnswer> Store::on(Work& work, const RevokeToken& command) {
  const auto found = std::find_if(book_.tokens.begin(), book_.tokens.end(), [&](const auto& one) {
    return one.second.entry.id == command.id;
  });
  const bool mine = found != book_.tokens.end() && !work.by.session.empty() &&
                    found->second.entry.account == work.by.account;
  if (found == book_.tokens.end() || !(mine || work.administers())) {
    return refused(Refusal::NoSuchToken);
  }
  work.audit(AuditKind::TokenRevoked, found->second.entry.account, command.id);
  work.remove(found->second);
  return commit(work, {});
}

}  // namespace dienstbereit::accounts
