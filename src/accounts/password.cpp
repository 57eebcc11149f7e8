// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/password.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/text.h"

namespace dienstbereit::accounts {
namespace {

// Of those long enough to pass: what is tried first against German and English accounts.
constexpr std::array kCommonest{
    std::string_view("000000000000"),     std::string_view("111111111111"),
    std::string_view("112233445566"),     std::string_view("121212121212"),
    std::string_view("123123123123"),     std::string_view("123412341234"),
    std::string_view("123456123456"),     std::string_view("1234567890"),
    std::string_view("123456789012"),     std::string_view("1234567890123"),
    std::string_view("12345678901234"),   std::string_view("1234567890ab"),
    std::string_view("1234567890qwe"),    std::string_view("1q2w3e4r5t6y"),
    std::string_view("1q2w3e4r5t6z"),     std::string_view("1qaz2wsx3edc"),
    std::string_view("987654321098"),     std::string_view("abc123abc123"),
    std::string_view("abcdefghijkl"),     std::string_view("abcd12345678"),
    std::string_view("administrator"),    std::string_view("administrator1"),
    std::string_view("admin1234567"),     std::string_view("adminadminadmin"),
    std::string_view("asdfghjkl123"),     std::string_view("aaaaaaaaaaaa"),
    std::string_view("buergeramt123"),    std::string_view("bürgeramt123"),
    std::string_view("changemechangeme"), std::string_view("changeme1234"),
    std::string_view("dienstbereit"),     std::string_view("dienstbereit1"),
    std::string_view("dienstbereit123"),  std::string_view("fußball12345"),
    std::string_view("geheimgeheim"),     std::string_view("geheimgeheimgeheim"),
    std::string_view("hallohallohallo"),  std::string_view("hallowelt123"),
    std::string_view("iloveyou1234"),     std::string_view("ichliebedich"),
    std::string_view("kennwort1234"),     std::string_view("kennwort12345"),
    std::string_view("kennwortkennwort"), std::string_view("kreisverwaltung"),
    std::string_view("landratsamt1"),     std::string_view("letmeinletmein"),
    std::string_view("masterpassword"),   std::string_view("p@ssw0rd1234"),
    std::string_view("passw0rd1234"),     std::string_view("password1234"),
    std::string_view("password12345"),    std::string_view("password123456"),
    std::string_view("passwordpassword"), std::string_view("passwort1234"),
    std::string_view("passwort12345"),    std::string_view("passwort123456"),
    std::string_view("passwort2024"),     std::string_view("passwort2025"),
    std::string_view("passwort2026"),     std::string_view("passwortpasswort"),
    std::string_view("qwertyuiop12"),     std::string_view("qwertyuiop123"),
    std::string_view("qwertzuiop12"),     std::string_view("qwertzuiop123"),
    std::string_view("qwertzuiopü+"),     std::string_view("rathaus12345"),
    std::string_view("schalke04schalke"), std::string_view("superpasswort"),
    std::string_view("verwaltung12"),     std::string_view("verwaltung123"),
    std::string_view("welcome12345"),     std::string_view("willkommen12"),
    std::string_view("willkommen123"),    std::string_view("willkommen2026")};

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;  // all but continuation bytes
  }));
}

}  // namespace

Refusal judge_password(std::string_view password, std::string_view login) {
  if (password.size() > kPasswordBytesMax) return Refusal::PasswordLong;
  if (characters(password) < kPasswordCharactersMin) return Refusal::PasswordShort;
  const std::string lower = to_lower_ascii(password);
  if (!login.empty() && lower.find(to_lower_ascii(login)) != std::string::npos) {
    return Refusal::PasswordHasLogin;
  }
  const bool one_letter = lower.find_first_not_of(lower.front()) == std::string::npos;
  const bool common = std::find(kCommonest.begin(), kCommonest.end(), lower) != kCommonest.end();
  return common || one_letter ? Refusal::PasswordCommon : Refusal::None;
}

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes, cost.bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(Errc::LimitExceeded, "no memory is left to hash a password; free some");
  }
  return std::string(text.data());
}

bool verify_password(std::string_view password, const std::string& hash) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool is_outdated(const std::string& hash, const PasswordCost& cost) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.bytes) != 0;
}

}  // namespace dienstbereit::accounts
