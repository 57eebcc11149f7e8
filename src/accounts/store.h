// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/book.h"
#include "accounts/password.h"
#include "accounts/policy.h"
#include "model/account/audit.h"
#include "model/account/command.h"

namespace dienstbereit::accounts {

// A point of time on both scales.
struct Moment {
  Instant logical;  // sessions, locks, links: never runs back
  Instant wall;     // the machine's clock: authenticators are compared with it
};

// The local accounts: who may log in, who is, and what happened. Everything is in memory and on
// disk; a change is durable before it is answered or seen.
//
// handle() and save_uses() belong to one thread: they hash passwords and wait for the disk. All
// else is thread-safe, quick and touches no disk.
class Store {
 public:
  // Gets every event, in order, on the thread of handle().
  using Audit = std::function<void(const Actor& by, const Audited& entry)>;

  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& data, Audit audit,
                                             PasswordCost cost = {});

  // Who may ask for what is checked here; refusals are answers, errors are the machine's.
  Result<AccountAnswer> handle(const AccountCommand& command, const Identity& by, Moment now);

  // The owner of the session that `token` opens; counts as use of it.
  std::optional<Visitor> visitor(std::string_view token, Instant now);
  // Who an API token speaks for. Denied: none, over, or revoked; LimitExceeded: too many wrong ones
  // came from there.
  Result<Identity> bearer(std::string_view token, const Caller& from, Instant now);
  // True if a one-time link may still be used; `setup`: it makes the first administrator.
  struct LinkState {
    bool setup = false;
    std::string login;  // of the account; empty for the set-up link
  };
  std::optional<LinkState> link(std::string_view token, Instant now) const;

  bool has_administrator() const;
  std::optional<Profile> profile(const AccountId& id) const;
  std::optional<Profile> profile_of_login(std::string_view login) const;
  std::vector<Profile> profiles() const;  // by login
  // Those not over; of one account, or of all if `account` is empty. Newest first.
  std::vector<SessionEntry> sessions(const AccountId& account, Instant now) const;
  std::vector<TokenEntry> tokens(const AccountId& account) const;
  // When the emergency code in force was made; nothing if there is none.
  std::optional<Instant> emergency_code_made() const;

  // True if uses of sessions and tokens wait to be written.
  bool has_unsaved_uses() const;
  Result<void> save_uses();

 private:
  struct Work;  // one handle() under way

  Store(Records records, Audit audit, PasswordCost cost, std::string dummy);

  Result<AccountAnswer> on(Work& work, const LogIn& command);
  Result<AccountAnswer> on(Work& work, const EnterCode& command);
  Result<AccountAnswer> on(Work& work, const UseEmergencyCode& command);
  Result<AccountAnswer> on(Work& work, const UseLink& command);
  Result<AccountAnswer> on(Work& work, const ChangePassword& command);
  Result<AccountAnswer> on(Work& work, const BeginTotp& command);
  Result<AccountAnswer> on(Work& work, const ConfirmTotp& command);
  Result<AccountAnswer> on(Work& work, const DropTotp& command);
  Result<AccountAnswer> on(Work& work, const RenewRecoveryCodes& command);
  Result<AccountAnswer> on(Work& work, const EditProfile& command);
  Result<AccountAnswer> on(Work& work, const SetLanguage& command);
  Result<AccountAnswer> on(Work& work, const EndSession& command);
  Result<AccountAnswer> on(Work& work, const EndSessionsOf& command);
  Result<AccountAnswer> on(Work& work, const MakeToken& command);
  Result<AccountAnswer> on(Work& work, const RevokeToken& command);
  Result<AccountAnswer> on(Work& work, const MakeAccount& command);
  Result<AccountAnswer> on(Work& work, const SetRoles& command);
  Result<AccountAnswer> on(Work& work, const SetDisabled& command);
  Result<AccountAnswer> on(Work& work, const EraseAccount& command);
  Result<AccountAnswer> on(Work& work, const MakeResetLink& command);
  Result<AccountAnswer> on(Work& work, const MakeSetupLink& command);
  Result<AccountAnswer> on(Work& work, const MakeEmergencyCode& command);

  // store_login.cpp
  Result<AccountAnswer> refuse_login(Work& work, const Account* account, const Caller& from,
                                     Refusal refusal);
  Result<AccountAnswer> open_session(Work& work, const Account& account, const Caller& from,
                                     SessionStage stage);
  // The caller's own account, if the password asked again is right.
  Result<std::optional<Account>> own_account(Work& work, const std::string& current);
  Result<AccountAnswer> set_password(Work& work, Account account, const std::string& password);

  // Makes the work's changes durable, then visible, then audited.
  Result<AccountAnswer> commit(Work& work, AccountAnswer answer);
  void end_sessions(Work& work, const AccountId& account, std::string_view except = {});
  void drop_old(Work& work);

  Records records_;
  Audit audit_;
  PasswordCost cost_;
  std::string dummy_;  // a hash that no password fits: unknown accounts take as long as known ones
  mutable std::mutex mutex_;
  Book book_;  // written by handle()'s thread alone, under mutex_
  std::set<std::string> used_;  // stored tokens whose use is not yet on disk; under mutex_
  Failures failures_{kFreeFailuresOfAddress};  // of logins; handle()'s thread
  Failures token_failures_{kFreeFailuresOfAddress};  // of API tokens; under mutex_
  EventThrottle throttle_;
  std::map<AccountId, std::string> totp_begun_;  // raw secrets that are not confirmed yet
};

}  // namespace dienstbereit::accounts
