// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/ids.h"
#include "model/input.h"

namespace dienstbereit {

// What somebody may do. In JSON and YAML: view, operate, lead, press, personal_data, administer.
enum class Role : std::uint8_t {
  View,          // see what the public does not
  Operate,       // say states, write notes, carry out measures
  Lead,          // decide, assign
  Press,         // approve and publish texts
  PersonalData,  // see contacts, subscribers, intake
  Administer,    // accounts, the district's files, the clock
};
inline constexpr std::initializer_list<Role> kRoles{
    Role::View, Role::Operate, Role::Lead, Role::Press, Role::PersonalData, Role::Administer};

const char* name_of(Role role);
std::optional<Role> role_of(std::string_view name);

class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (const Role role : roles) add(role);
  }
  static constexpr RoleSet all() { return RoleSet(kRoles); }

  constexpr void add(Role role) { bits_ |= bit(role); }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  // Every role includes View.
  constexpr bool allows(Role needed) const { return needed == Role::View ? !empty() : has(needed); }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool within(RoleSet other) const { return (bits_ & ~other.bits_) == 0; }
  friend constexpr RoleSet operator&(RoleSet a, RoleSet b) {
    RoleSet both;
    both.bits_ = a.bits_ & b.bits_;
    return both;
  }
  friend constexpr bool operator==(RoleSet, RoleSet) = default;

 private:
  static constexpr std::uint8_t bit(Role role) {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(role));
  }
  std::uint8_t bits_ = 0;
};

std::string to_text(RoleSet roles);                   // "operate,lead"
Result<RoleSet> parse_roles(std::string_view names);  // the same back; the error lists the names

// Who acts: a session's owner, a token, or whoever may use the Unix socket.
struct Identity {
  Actor actor;  // "user:u-...", "token:t-...", "emergency:e-...", "cli:uid=1000"
  RoleSet roles;
  AccountId account;    // empty: command line, emergency code
  std::string session;  // id of the session; empty: none
  OutpostId outpost = {};  // an outpost's token: it may do what that outpost does, nothing else
};

// Where a login comes from.
struct Caller {
  std::string address;  // "192.0.2.7"; empty: the Unix socket
  std::string group;  // what failures are counted by: the address or its IPv6 /64; empty: exempt
  std::string agent;  // the browser's own words, cleaned
};

// What an account tells of itself. Name and contact are erasable and stand in no event.
struct Profile {
  AccountId id;
  std::string login;
  std::string name;
  RoleSet roles;
  std::string language = "de";  // or "en"
  std::string mail;
  std::string mobile;
  bool disabled = false;
  bool has_password = false;  // false: the one-time link has not been used yet
  bool has_totp = false;
  std::size_t recovery_left = 0;
  Instant made_at;
};

enum class SessionStage : std::uint8_t { SecondStep, Full };

struct SessionEntry {
  std::string id;
  AccountId account;
  std::string emergency;  // id of the emergency code that opened it; else empty
  SessionStage stage = SessionStage::Full;
  Instant made_at;
  Instant used_at;
  std::string address;
  std::string agent;
};

struct TokenEntry {
  std::string id;
  AccountId account;  // whose roles bound it
  std::string name;
  RoleSet scopes;
  Instant made_at;
  Instant used_at;  // zero: never
  Instant expires_at;
  OutpostId outpost = {};  // the only thing it is good for, with no scopes; empty: none
};

// The owner of a session, as pages need him.
struct Visitor {
  Identity identity;
  SessionStage stage = SessionStage::Full;
  std::string name;  // empty for an emergency code
  std::string language = "de";
};

}  // namespace dienstbereit
