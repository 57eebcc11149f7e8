// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/store.h"

#include <algorithm>

#include "accounts/secrets.h"
#include "accounts/work.h"
#include "base/log.h"

namespace dienstbereit::accounts {
namespace {

// Uses are written in steps: a crash makes a session seem idle for this much longer, no more.
constexpr Duration kUseStep = std::chrono::minutes(5);

Actor actor_of(const SessionEntry& session) {
  return {session.emergency.empty() ? "user:" + session.account.str()
                                    : "emergency:" + session.emergency,
          ""};
}

}  // namespace

Store::Store(Records records, Audit audit, PasswordCost cost, std::string dummy)
    : records_(std::move(records)),
      audit_(std::move(audit)),
      cost_(cost),
      dummy_(std::move(dummy)) {}

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& data, Audit audit,
                                           PasswordCost cost) {
  if (!prepare_secrets()) return fail(Errc::Io, "the system gives no random numbers");
  auto records = Records::open(data / kAccountsFile, "the accounts");
  if (!records) return tl::unexpected(records.error());
  auto dummy = hash_password(random_token(), cost);
  if (!dummy) return tl::unexpected(dummy.error());
  std::unique_ptr<Store> store(
      new Store(std::move(*records), std::move(audit), cost, std::move(*dummy)));
  const auto read = store->records_.read(
      [&](auto kind, auto id, auto body) { return read_record(store->book_, kind, id, body); });
  if (!read) return tl::unexpected(read.error());
  return store;
}

Result<AccountAnswer> Store::handle(const AccountCommand& command, const Identity& by, Moment now) {
  Work work{by, now, {}, {}, {}, false};
  return std::visit([&](const auto& one) { return on(work, one); }, command);
}

Result<AccountAnswer> Store::commit(Work& work, AccountAnswer answer) {
  if (!work.changes.empty()) {
    if (auto written = records_.write(work.changes); !written) {
      return fail(written.error().code, "nothing was changed, the accounts cannot be written: " +
                                            written.error().message);
    }
    if (work.erases) {
      if (auto folded = records_.fold_log(); !folded) {
        log::warning("what was erased may still be found in the accounts' log: {}",
                     folded.error().message);
      }
    }
  }
  {
    const std::lock_guard lock(mutex_);
    for (const auto& step : work.steps) step(book_);
  }
  for (const auto& [actor, entry] : work.entries) audit_(actor, entry);
  return answer;
}

// All sessions of an account but the one with the id `except`.
void Store::end_sessions(Work& work, const AccountId& account, std::string_view except) {
  for (const auto& [token, session] : book_.sessions) {
    if (session.entry.account == account && session.entry.id != except) work.remove(session);
  }
}

void Store::drop_old(Work& work) {
  for (const auto& [token, session] : book_.sessions) {
    if (is_over(session.entry, work.now.logical)) work.remove(session);
  }
  for (const auto& [token, link] : book_.links) {
    if (work.now.logical >= link.expires_at) work.remove(link);
  }
}

// ---- questions ---------------------------------------------------------------------------------

std::optional<Visitor> Store::visitor(std::string_view token, Instant now) {
  if (token.empty()) return std::nullopt;
  const std::string stored = stored_form(token);
  const std::lock_guard lock(mutex_);
  const auto found = book_.sessions.find(stored);
  if (found == book_.sessions.end() || is_over(found->second.entry, now)) return std::nullopt;
  SessionEntry& session = found->second.entry;
  Visitor visitor;
  visitor.stage = session.stage;
  visitor.identity = {actor_of(session), kEmergencyRoles, session.account, session.id};
  if (session.emergency.empty()) {
    const Account* account = book_.find(session.account);
    if (account == nullptr || account->profile.disabled) return std::nullopt;
    visitor.identity.roles = account->profile.roles;
    visitor.name = account->profile.name;
    visitor.language = account->profile.language;
  }
  if (session.stage == SessionStage::SecondStep) visitor.identity.roles = {};
  if (now - session.used_at >= kUseStep) {
    session.used_at = now;
    used_.insert(stored);
  }
  return visitor;
}

Result<Identity> Store::bearer(std::string_view token, const Caller& from, Instant now) {
  const std::string stored = stored_form(token);
  const std::lock_guard lock(mutex_);
  if (token_failures_.locked(from.group, now)) {
    return fail(Errc::LimitExceeded, "too many wrong tokens came from this address; wait");
  }
  const auto found = book_.tokens.find(stored);
  const Account* account =
      found == book_.tokens.end() ? nullptr : book_.find(found->second.entry.account);
  if (account == nullptr || account->profile.disabled || now >= found->second.entry.expires_at) {
    if (!from.group.empty()) token_failures_.add(from.group, now);
    return fail(Errc::Denied, "a valid token is needed; a person makes one under /operate/account");
  }
  TokenEntry& entry = found->second.entry;
  if (now - entry.used_at >= kUseStep) {
    entry.used_at = now;
    used_.insert(stored);
  }
  return Identity{{"token:" + entry.id, ""},
                  entry.scopes & account->profile.roles,
                  entry.account,
                  "",
                  entry.outpost};
}

std::optional<Store::LinkState> Store::link(std::string_view token, Instant now) const {
  const std::string stored = stored_form(token);
  const std::lock_guard lock(mutex_);
  const auto found = book_.links.find(stored);
  if (found == book_.links.end() || now >= found->second.expires_at) return std::nullopt;
  if (found->second.account.empty()) {
    if (book_.has_administrator()) return std::nullopt;
    return LinkState{true, ""};
  }
  const Account* account = book_.find(found->second.account);
  if (account == nullptr || account->profile.disabled) return std::nullopt;
  return LinkState{false, account->profile.login};
}

bool Store::has_administrator() const {
  const std::lock_guard lock(mutex_);
  return book_.has_administrator();
}

std::optional<Profile> Store::profile(const AccountId& id) const {
  const std::lock_guard lock(mutex_);
  const Account* account = book_.find(id);
  return account == nullptr ? std::nullopt : std::optional(account->profile);
}

std::optional<Profile> Store::profile_of_login(std::string_view login) const {
  const std::lock_guard lock(mutex_);
  const Account* account = book_.by_login(login);
  return account == nullptr ? std::nullopt : std::optional(account->profile);
}

std::vector<Profile> Store::profiles() const {
  std::vector<Profile> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, account] : book_.accounts) all.push_back(account.profile);
  }
  std::sort(all.begin(), all.end(), [](const Profile& a, const Profile& b) {
    return std::tie(a.login, a.id) < std::tie(b.login, b.id);
  });
  return all;
}

std::vector<SessionEntry> Store::sessions(const AccountId& account, Instant now) const {
  std::vector<SessionEntry> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [token, session] : book_.sessions) {
      const SessionEntry& entry = session.entry;
      if (is_over(entry, now) || entry.stage != SessionStage::Full) continue;
      if (account.empty() || entry.account == account) all.push_back(entry);
    }
  }
  std::sort(all.begin(), all.end(), [](const SessionEntry& a, const SessionEntry& b) {
    return std::tie(b.made_at, b.id) < std::tie(a.made_at, a.id);
  });
  return all;
}

std::vector<TokenEntry> Store::tokens(const AccountId& account) const {
  std::vector<TokenEntry> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [token, stored] : book_.tokens) {
      if (account.empty() || stored.entry.account == account) all.push_back(stored.entry);
    }
  }
  std::sort(all.begin(), all.end(), [](const TokenEntry& a, const TokenEntry& b) {
    return std::tie(b.made_at, b.id) < std::tie(a.made_at, a.id);
  });
  return all;
}

std::optional<Instant> Store::emergency_code_made() const {
  const std::lock_guard lock(mutex_);
  if (book_.codes.empty()) return std::nullopt;
  return book_.codes.begin()->second.made_at;
}

bool Store::has_unsaved_uses() const {
  const std::lock_guard lock(mutex_);
  return !used_.empty();
}

Result<void> Store::save_uses() {
  std::vector<Change> changes;
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& stored : used_) {
      const auto session = book_.sessions.find(stored);
      if (session != book_.sessions.end()) changes.push_back(to_change(session->second));
      const auto token = book_.tokens.find(stored);
      if (token != book_.tokens.end()) changes.push_back(to_change(token->second));
    }
    used_.clear();
  }
  return changes.empty() ? Result<void>() : records_.write(changes);
}

}  // namespace dienstbereit::accounts
