// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/secrets.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/hash.h"

namespace dienstbereit::accounts {
namespace {

// Crockford's base 32: no I, L, O, U.
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kIdLetters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kIdLength = 8;
constexpr std::size_t kGroupLength = 5;
constexpr std::size_t kTokenBytes = 32;

char random_letter(std::string_view letters) {
  return letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
}

}  // namespace

bool prepare_secrets() { return sodium_init() >= 0; }

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_token() {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<unsigned char, kTokenBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(sodium_base64_ENCODED_LEN(kTokenBytes, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  text.pop_back();  // the terminating zero
  return text;
}

std::string random_id(std::string_view prefix) {
  std::string id(prefix);
  for (std::size_t i = 0; i < kIdLength; ++i) id += random_letter(kIdLetters);
  return id;
}

std::string random_code(std::size_t groups) {
  std::string code;
  for (std::size_t i = 0; i < groups * kGroupLength; ++i) {
    if (i > 0 && i % kGroupLength == 0) code += '-';
    code += random_letter(kLetters);
  }
  return code;
}

std::string normal_code(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (kLetters.find(c) != std::string_view::npos) code += c;
  }
  return code;
}

std::string stored_form(std::string_view secret) { return to_hex(sha256(secret)); }

}  // namespace dienstbereit::accounts
