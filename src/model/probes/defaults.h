// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

// What the kinds of probes hold to, in a district as on the command line. Ports where none is named
// are those that IANA has assigned.
namespace dienstbereit {

inline constexpr std::uint16_t kSmtpPort = 25;
inline constexpr std::uint16_t kDnsPort = 53;
inline constexpr std::uint16_t kNutPort = 3493;
inline constexpr std::uint16_t kSnmpPort = 161;
inline constexpr std::uint16_t kNtpPort = 123;
inline constexpr std::uint16_t kImapPort = 143;
inline constexpr std::uint16_t kLdapPort = 389;
inline constexpr std::uint16_t kSubmissionPort = 587;
inline constexpr std::uint16_t kImapsPort = 993;
inline constexpr std::uint16_t kLdapsPort = 636;
inline constexpr std::uint16_t kHttpsPort = 443;
inline constexpr std::uint16_t kPostgresPort = 5432;

inline constexpr unsigned kMostTolerance = 50;  // percent, of NutProbe::tolerance

}  // namespace dienstbereit
