// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

// One-time codes of an authenticator: RFC 6238 over RFC 4226, with what every authenticator knows:
// SHA-1, six digits, 30 seconds.
namespace dienstbereit::accounts {

inline constexpr std::int64_t kStepSeconds = 30;
inline constexpr std::int64_t kStepsAround = 1;  // phones are a little wrong
inline constexpr std::size_t kTotpSecretBytes = 20;  // SHA-1's own length (RFC 4226 4)

// The number of steps since 1970 at `wall`, the machine's clock: the phone's is compared with it.
std::int64_t step_at(Instant wall);
// "287082". `secret` is raw bytes.
std::string code_at(std::string_view secret, std::int64_t step);
// The step that `code` belongs to, if it is within kStepsAround and later than `last_used`.
std::optional<std::int64_t> find_step(std::string_view secret, std::string_view code, Instant wall,
                                      std::int64_t last_used);

// RFC 4648 6, upper case, no padding; reading takes lower case, spaces and '-' too.
std::string to_base32(std::string_view bytes);
std::optional<std::string> from_base32(std::string_view text);
// What a QR code carries: "otpauth://totp/Dienstbereit:anna?secret=...".
std::string otpauth_address(std::string_view login, std::string_view base32_secret);

}  // namespace dienstbereit::accounts
