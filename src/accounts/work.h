// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "accounts/store.h"

namespace dienstbereit::accounts {

// What one command is about to change: on disk, in memory, in the journal.
struct Store::Work {
  const Identity& by;
  Moment now;
  std::vector<Change> changes;
  std::vector<std::function<void(Book&)>> steps;
  std::vector<std::pair<Actor, Audited>> entries;
  bool erases = false;  // what was there before must not be found any more

  void put(Account account) {
    Profile& profile = account.profile;
    profile.has_password = !account.password.empty();
    profile.has_totp = !account.totp_secret.empty();
    profile.recovery_left = account.recovery.size();
    changes.push_back(to_change(account));
    steps.push_back([account = std::move(account)](Book& book) {
      book.accounts[account.profile.id] = account;
    });
  }
  void put(Session session) { put_into(&Book::sessions, std::move(session)); }
  void put(ApiToken token) { put_into(&Book::tokens, std::move(token)); }
  void put(Link link) { put_into(&Book::links, std::move(link)); }
  void put(EmergencyCode code) {
    changes.push_back(to_change(code));
    steps.push_back([code = std::move(code)](Book& book) { book.codes[code.code] = code; });
  }
  void remove(const Session& session) { remove_from(&Book::sessions, session); }
  void remove(const ApiToken& token) { remove_from(&Book::tokens, token); }
  void remove(const Link& link) { remove_from(&Book::links, link); }
  void remove(const EmergencyCode& code) {
    changes.push_back(removal(code));
    steps.push_back([key = code.code](Book& book) { book.codes.erase(key); });
  }

  void audit(AuditKind what, AccountId account, std::string detail = {}) {
    entries.emplace_back(by.actor, Audited{std::move(account), what, std::move(detail)});
  }
  void audit_as(std::string actor, AuditKind what, AccountId account, std::string detail = {}) {
    entries.emplace_back(Actor{std::move(actor), ""},
                         Audited{std::move(account), what, std::move(detail)});
  }
  bool administers() const { return by.roles.has(Role::Administer); }

 private:
  template <class T>
  void put_into(std::map<std::string, T> Book::* where, T one) {
    changes.push_back(to_change(one));
    steps.push_back([where, one = std::move(one)](Book& book) { (book.*where)[one.token] = one; });
  }
  template <class T>
  void remove_from(std::map<std::string, T> Book::* where, const T& one) {
    changes.push_back(removal(one));
    steps.push_back([where, key = one.token](Book& book) { (book.*where).erase(key); });
  }
};

inline AccountAnswer refused(Refusal refusal) {
  AccountAnswer answer;
  answer.refused = refusal;
  return answer;
}

}  // namespace dienstbereit::accounts
