// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/totp.h"

#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "base/assert.h"

namespace dienstbereit::accounts {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint32_t kSixDigits = 1'000'000;
constexpr std::size_t kSha1Bytes = 20;

// Constant time in what the two hold.
bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::int64_t step_at(Instant wall) {
  return std::chrono::floor<std::chrono::seconds>(wall.time_since_epoch()).count() / kStepSeconds;
}

std::string code_at(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[counter.size() - 1 - i] =
        static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * i));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  const auto* made = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                          counter.data(), counter.size(), mac.data(), &size);
  dienstbereit_assert(made != nullptr && size == kSha1Bytes);
  const std::size_t offset = mac[kSha1Bytes - 1] & 0x0f;  // RFC 4226 5.3
  const std::uint32_t number = (std::uint32_t{mac[offset]} & 0x7f) << 24 |
                               std::uint32_t{mac[offset + 1]} << 16 |
                               std::uint32_t{mac[offset + 2]} << 8 | mac[offset + 3];
  return fmt::format("{:06}", number % kSixDigits);
}

std::optional<std::int64_t> find_step(std::string_view secret, std::string_view code, Instant wall,
                                      std::int64_t last_used) {
  const std::int64_t now = step_at(wall);
  std::optional<std::int64_t> found;
  for (std::int64_t step = now - kStepsAround; step <= now + kStepsAround; ++step) {
    if (same(code_at(secret, step), code) && step > last_used) found = step;
  }
  return found;
}

std::string to_base32(std::string_view bytes) {
  std::string out;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char byte : bytes) {
    pending = pending << 8 | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) out += kAlphabet[pending >> (bits - 5) & 31];
  }
  if (bits > 0) out += kAlphabet[pending << (5 - bits) & 31];
  return out;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string out;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto digit = kAlphabet.find(upper);
    if (digit == std::string_view::npos) return std::nullopt;
    pending = pending << 5 | static_cast<std::uint32_t>(digit);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(pending >> bits & 0xff);
    }
  }
  return out;
}

std::string otpauth_address(std::string_view login, std::string_view base32_secret) {
  return fmt::format(
      "otpauth://totp/Dienstbereit:{}?secret={}&issuer=Dienstbereit&algorithm=SHA1&digits=6"
      "&period={}",
      login, base32_secret, kStepSeconds);
}

}  // namespace dienstbereit::accounts
