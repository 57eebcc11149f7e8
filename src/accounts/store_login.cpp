// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "accounts/secrets.h"
#include "accounts/totp.h"
#include "accounts/work.h"
#include "base/log.h"
#include "base/text.h"

// Logging in, in its three ways.
namespace dienstbereit::accounts {
namespace {

constexpr std::size_t kTotpDigits = 6;
// Where failures of names that are no account's are written to: as much work as for a known one.
constexpr const char* kNobody = "nobody";

bool is_locked(const Account& account, Instant now) {
  return locked_until(account.attempts, kFreeFailures, now).has_value();
}

std::string from_where(const Caller& from) {
  return from.address.empty() ? "the Unix socket" : from.address;
}

// Digits only, as typed with or without spaces; empty if it is no authenticator's code.
std::string totp_digits(std::string_view typed) {
  std::string digits;
  for (const char c : typed) {
    if (c == ' ') continue;
    if (c < '0' || c > '9') return {};
    digits += c;
  }
  return digits.size() == kTotpDigits ? digits : std::string();
}

}  // namespace

Result<AccountAnswer> Store::on(Work& work, const LogIn& command) {
  const Instant now = work.now.logical;
  if (failures_.locked(command.from.group, now)) return refused(Refusal::TooManyAttempts);
  const Account* account = book_.by_login(to_lower_ascii(trim(command.login)));
  const bool usable = account != nullptr && !account->profile.disabled &&
                      account->profile.has_password && !is_locked(*account, now);
  // Always one hash of the same cost: the time taken tells nothing.
  const bool right = command.password.size() <= kPasswordBytesMax &&
                     verify_password(command.password, usable ? account->password : dummy_);
  if (!usable || !right) return refuse_login(work, account, command.from, Refusal::WrongLogin);
  Account fresh = *account;
  if (is_outdated(fresh.password, cost_)) {
    auto again = hash_password(command.password, cost_);
    if (!again) return tl::unexpected(again.error());
    fresh.password = std::move(*again);
  }
  if (fresh.profile.has_totp) {
    // Failures are forgotten only once the second step is done: else guessing codes is free.
    work.put(fresh);
    return open_session(work, fresh, command.from, SessionStage::SecondStep);
  }
  failures_.clear(command.from.group);
  fresh.attempts = {};
  work.put(fresh);
  work.audit_as("user:" + fresh.profile.id.str(), AuditKind::Login, fresh.profile.id,
                "from " + from_where(command.from));
  return open_session(work, fresh, command.from, SessionStage::Full);
}

Result<AccountAnswer> Store::refuse_login(Work& work, const Account* account, const Caller& from,
                                          Refusal refusal) {
  const Instant now = work.now.logical;
  if (!from.group.empty()) failures_.add(from.group, now);
  AccountId id;
  if (account != nullptr) id = account->profile.id;
  const bool counts = account != nullptr && !is_locked(*account, now);
  if (counts) {
    Account failed = *account;
    failed.attempts = failed_again(failed.attempts, now);
    if (is_locked(failed, now)) {
      work.audit(AuditKind::LockedOut, id,
                 fmt::format("until {} after {} failures",
                             to_rfc3339(*locked_until(failed.attempts, kFreeFailures, now)),
                             failed.attempts.failed));
    }
    work.put(std::move(failed));
  } else {
    // As much work on disk as for an account that counts.
    work.changes.push_back({kNobody, kNobody, std::to_string(now.time_since_epoch().count())});
  }
  if (const auto count = throttle_.note(id.str(), now)) {
    work.audit(AuditKind::LoginFailed, id,
               fmt::format("{} {}, the last from {}{}", *count, *count == 1 ? "time" : "times",
                           from_where(from), id.empty() ? "; no account of that name" : ""));
  }
  return commit(work, refused(refusal));
}

Result<AccountAnswer> Store::open_session(Work& work, const Account& account, const Caller& from,
                                          SessionStage stage) {
  drop_old(work);
  std::vector<const Session*> open;
  for (const auto& [token, session] : book_.sessions) {
    if (session.entry.account == account.profile.id) open.push_back(&session);
  }
  if (open.size() >= kSessionsMax) {
    work.remove(**std::min_element(open.begin(), open.end(), [](const auto* a, const auto* b) {
      return a->entry.used_at < b->entry.used_at;
    }));
  }
  AccountAnswer answer;
  answer.secret = random_token();
  answer.id = random_id("s-");
  answer.stage = stage;
  const Instant now = work.now.logical;
  work.put(Session{{answer.id, account.profile.id, "", stage, now, now, from.address,
                    clean(from.agent, kAgentBytesMax)},
                   stored_form(answer.secret)});
  return commit(work, std::move(answer));
}

Result<AccountAnswer> Store::on(Work& work, const EnterCode& command) {
  const Instant now = work.now.logical;
  if (failures_.locked(command.from.group, now)) return refused(Refusal::TooManyAttempts);
  const auto found = book_.sessions.find(stored_form(command.session_token));
  if (found == book_.sessions.end() || is_over(found->second.entry, now) ||
      found->second.entry.stage != SessionStage::SecondStep) {
    return refused(Refusal::NothingBegun);
  }
  const Account* account = book_.find(found->second.entry.account);
  if (account == nullptr || account->profile.disabled || is_locked(*account, now)) {
    return refuse_login(work, account, command.from, Refusal::WrongCode);
  }
  Account fresh = *account;
  const std::string actor = "user:" + fresh.profile.id.str();
  const std::string digits = totp_digits(command.code);
  const auto step = find_step(fresh.totp_secret, digits, work.now.wall, fresh.totp_step);
  const auto code = std::find(fresh.recovery.begin(), fresh.recovery.end(),
                              stored_form(normal_code(command.code)));
  if (!digits.empty() && step) {
    fresh.totp_step = *step;
  } else if (code != fresh.recovery.end()) {
    fresh.recovery.erase(code);
    work.audit_as(actor, AuditKind::RecoveryCodeUsed, fresh.profile.id,
                  fmt::format("{} are left", fresh.recovery.size()));
  } else {
    return refuse_login(work, account, command.from, Refusal::WrongCode);
  }
  fresh.attempts = {};
  failures_.clear(command.from.group);
  work.remove(found->second);
  work.put(fresh);
  work.audit_as(actor, AuditKind::Login, fresh.profile.id,
                fmt::format("with a second factor, from {}", from_where(command.from)));
  return open_session(work, fresh, command.from, SessionStage::Full);
}

Result<AccountAnswer> Store::on(Work& work, const UseEmergencyCode& command) {
  const Instant now = work.now.logical;
  if (failures_.locked(command.from.group, now)) return refused(Refusal::TooManyAttempts);
  const auto found = book_.codes.find(stored_form(normal_code(command.code)));
  if (found == book_.codes.end()) {
    return refuse_login(work, nullptr, command.from, Refusal::WrongCode);
  }
  drop_old(work);
  AccountAnswer answer;
  answer.secret = random_token();
  answer.id = random_id("s-");
  work.put(Session{{answer.id, AccountId(), found->second.id, SessionStage::Full, now, now,
                    command.from.address, clean(command.from.agent, kAgentBytesMax)},
                   stored_form(answer.secret)});
  work.audit_as("emergency:" + found->second.id, AuditKind::EmergencyLogin, AccountId(),
                fmt::format("the emergency code on paper was used from {}; it may {} until {}",
                            from_where(command.from), to_text(kEmergencyRoles),
                            to_rfc3339(now + kEmergencyEnd)));
  log::warning("EMERGENCY LOGIN: the code on paper ({}) was used from {}", found->second.id,
               from_where(command.from));
  return commit(work, std::move(answer));
}

Result<AccountAnswer> Store::on(Work& work, const EndSession& command) {
  const auto found =
      std::find_if(book_.sessions.begin(), book_.sessions.end(),
                   [&](const auto& one) { return one.second.entry.id == command.id; });
  if (found == book_.sessions.end()) return refused(Refusal::NoSuchSession);
  const SessionEntry& entry = found->second.entry;
  const bool own =
      entry.id == work.by.session || (!work.by.account.empty() && entry.account == work.by.account);
  // Of others' sessions strangers do not even learn that they exist.
  if (!own && !work.administers()) return refused(Refusal::NoSuchSession);
  const bool logout = entry.id == work.by.session;
  work.audit(logout ? AuditKind::Logout : AuditKind::SessionEnded, entry.account,
             "session " + entry.id);
  work.remove(found->second);
  return commit(work, {});
}

Result<AccountAnswer> Store::on(Work& work, const EndSessionsOf& command) {
  const bool own = !command.account.empty() && command.account == work.by.account;
  if (!own && !work.administers()) return refused(Refusal::NotAllowed);
  if (book_.find(command.account) == nullptr) return refused(Refusal::NoSuchAccount);
  end_sessions(work, command.account, own ? work.by.session : "");
  work.audit(AuditKind::SessionEnded, command.account, "all of the account");
  return commit(work, {});
}

}  // namespace dienstbereit::accounts
