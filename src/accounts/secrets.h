// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dienstbereit::accounts {

// Once, before anything else here. False: the system gives no random numbers.
bool prepare_secrets();

// 256 random bits as 43 characters of base64url.
std::string random_token();
// "u-7f3k2m9q": 40 random bits behind a prefix; ids, not secrets.
std::string random_id(std::string_view prefix);
std::string random_bytes(std::size_t count);
// "7F3K2-M9QXA-...": groups of five letters and digits that are not mistaken for each other, five
// bits each.
std::string random_code(std::size_t groups);

// What people typed of such a code: case, spaces and dashes do not matter, O is 0, I and L are 1.
std::string normal_code(std::string_view typed);

// How a secret of at least 80 random bits is stored: SHA-256. A slow hash would add nothing to it.
std::string stored_form(std::string_view secret);

inline constexpr std::size_t kRecoveryCodes = 10;
inline constexpr std::size_t kRecoveryGroups = 4;   // 100 bits
inline constexpr std::size_t kEmergencyGroups = 5;  // 125 bits
inline constexpr std::string_view kApiTokenPrefix = "db_";

}  // namespace dienstbereit::accounts
