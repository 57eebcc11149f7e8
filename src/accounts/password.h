// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/account/command.h"

namespace dienstbereit::accounts {

// Length decides, not the kinds of characters (NIST SP 800-63B 5.1.1, OWASP ASVS 2.1). The upper
// bound is what a stranger may make us hash.
inline constexpr std::size_t kPasswordCharactersMin = 12;
inline constexpr std::size_t kPasswordBytesMax = 128;

// None if it may be used. `login` must not stand in it; the commonest are refused.
Refusal judge_password(std::string_view password, std::string_view login);

// Argon2id. Three passes over 64 MiB take about a seventh of a second on a small server: above
// OWASP's least (two passes over 19 MiB), and the one thread that hashes still does six a second.
struct PasswordCost {
  std::uint64_t passes = 3;
  std::size_t bytes = 64u << 20;
};

// Argon2's own text, with salt and cost. Fails only without memory.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost);
bool verify_password(std::string_view password, const std::string& hash);
// True if `hash` was made at another cost and is to be made again.
bool is_outdated(const std::string& hash, const PasswordCost& cost);

}  // namespace dienstbereit::accounts
