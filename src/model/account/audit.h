// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/ids.h"

namespace dienstbereit {

// What is written down of accounts and logins; docs/formats/events.md says when.
enum class AuditKind : std::uint8_t {
  SetupLinkMade,
  AccountMade,
  AccountChanged,
  AccountDisabled,
  RolesChanged,
  PasswordChanged,
  TotpSet,
  RecoveryCodeUsed,
  Login,
  LoginFailed,
  LockedOut,
  Logout,
  SessionEnded,
  TokenMade,
  TokenRevoked,
  EmergencyCodeMade,
  EmergencyLogin,
};

const char* name_of(AuditKind kind);
std::optional<AuditKind> audit_kind_of(std::string_view name);

// The event. Never a name of a person: `account` is an id, empty where none is concerned.
struct Audited {
  AccountId account;
  AuditKind what = AuditKind::Login;
  std::string detail;  // English; ids, addresses, counts
};

}  // namespace dienstbereit
