// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/account/account.h"

// When a login is locked, a session over, a failure worth an event. Pure: time is an argument.
namespace dienstbereit::accounts {

// ---- lock-out ---------------------------------------------------------------------------------
// After a few free failures each one more doubles the wait, up to a quarter of an hour: at most
// about 10 attempts in the first hour and 4 in each that follows, far below the 100 an hour of
// OWASP ASVS 2.2.1; and nobody can shut a person out for longer than the last wait.
struct Attempts {
  std::uint32_t failed = 0;
  Instant last;
};
inline constexpr std::uint32_t kFreeFailures = 5;
inline constexpr std::uint32_t kFreeFailuresOfAddress = 20;  // an office may share one address
inline constexpr Duration kFirstWait = std::chrono::seconds(30);
inline constexpr Duration kLongestWait = std::chrono::minutes(15);
inline constexpr Duration kForgottenAfter = std::chrono::hours(24);

// Until when no attempt counts; nothing if one may be made at `now`.
std::optional<Instant> locked_until(const Attempts& attempts, std::uint32_t free, Instant now);
// `attempts` with one more failure.
Attempts failed_again(const Attempts& attempts, Instant now);

// Failures by a key from outside, such as an address. Holds at most kMostAddresses; then those
// whose last failure is longest ago are forgotten.
class Failures {
 public:
  explicit Failures(std::uint32_t free) : free_(free) {}

  bool locked(const std::string& key, Instant now) const;
  void add(const std::string& key, Instant now);
  void clear(const std::string& key) { attempts_.erase(key); }
  std::size_t size() const { return attempts_.size(); }

 private:
  std::uint32_t free_;
  std::map<std::string, Attempts> attempts_;
};
inline constexpr std::size_t kMostAddresses = 10'000;

// At most one event per minute and key: an attacker cannot fill the disk.
class EventThrottle {
 public:
  // How many failures the event to write now stands for; nothing if none is to be written.
  std::optional<std::uint64_t> note(const std::string& key, Instant now);

 private:
  struct Last {
    Instant at;
    std::uint64_t silent = 0;  // since then
  };
  std::map<std::string, Last> last_;
};
inline constexpr Duration kEventEvery = std::chrono::minutes(1);

// ---- sessions ---------------------------------------------------------------------------------
inline constexpr Duration kIdleEnd = std::chrono::hours(8);  // a shift's longest pause
inline constexpr Duration kAbsoluteEnd = std::chrono::hours(24);  // a login a day
inline constexpr Duration kSecondStepEnd = std::chrono::minutes(5);
inline constexpr Duration kEmergencyEnd = std::chrono::hours(4);

// When it ends if it is not used any more.
Instant end_of(const SessionEntry& session);
bool is_over(const SessionEntry& session, Instant now);

// ---- the rest ---------------------------------------------------------------------------------
inline constexpr Duration kLinkLife = std::chrono::hours(24);
inline constexpr Duration kTokenLifeMax = std::chrono::hours(24 * 366);
inline constexpr RoleSet kEmergencyRoles{Role::Operate, Role::Lead, Role::Press};

inline constexpr std::size_t kAccountsMax = 500;
inline constexpr std::size_t kSessionsMax = 20;  // of one account; the longest unused gives way
inline constexpr std::size_t kTokensMax = 20;  // of one account
inline constexpr std::size_t kLoginBytesMax = 40;
inline constexpr std::size_t kNameBytesMax = 120;
inline constexpr std::size_t kContactBytesMax = 200;
inline constexpr std::size_t kAgentBytesMax = 160;

// 2 to 40 of a-z, 0-9, '.', '-', '_', the first a letter.
bool is_login(std::string_view login);

}  // namespace dienstbereit::accounts
