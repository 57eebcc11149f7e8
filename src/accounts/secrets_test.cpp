// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/secrets.h"

#include <gtest/gtest.h>

#include <set>

#include "accounts/password.h"
#include "accounts/totp.h"

namespace dienstbereit::accounts {
namespace {

constexpr std::string_view kRfcSecret = "12345678901234567890";
constexpr PasswordCost kCheap{1, 8192};

Instant at_second(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

}  // namespace

// The last six digits of RFC 6238, Appendix B, column SHA1.
TEST(Totp, GivesTheCodesOfTheRfc) {
  EXPECT_EQ(code_at(kRfcSecret, step_at(at_second(59))), "287082");
  EXPECT_EQ(code_at(kRfcSecret, step_at(at_second(1111111109))), "081804");
  EXPECT_EQ(code_at(kRfcSecret, step_at(at_second(1111111111))), "050471");
  EXPECT_EQ(code_at(kRfcSecret, step_at(at_second(1234567890))), "005924");
  EXPECT_EQ(code_at(kRfcSecret, step_at(at_second(2000000000))), "279037");
  EXPECT_EQ(code_at(kRfcSecret, step_at(at_second(20000000000))), "353130");
}

TEST(Totp, TakesTheCodeBeforeAndAfterAndNoOther) {
  const Instant now = at_second(1234567890);
  const std::int64_t step = step_at(now);
  for (const std::int64_t near : {step - 1, step, step + 1}) {
    EXPECT_EQ(find_step(kRfcSecret, code_at(kRfcSecret, near), now, 0), near);
  }
  EXPECT_FALSE(find_step(kRfcSecret, code_at(kRfcSecret, step - 2), now, 0));
  EXPECT_FALSE(find_step(kRfcSecret, code_at(kRfcSecret, step + 2), now, 0));
  EXPECT_FALSE(find_step(kRfcSecret, "", now, 0));
}

TEST(Totp, TakesNoCodeTwiceNorOneBeforeTheLast) {
  const Instant now = at_second(1234567890);
  const std::int64_t step = step_at(now);
  EXPECT_FALSE(find_step(kRfcSecret, code_at(kRfcSecret, step), now, step));
  EXPECT_FALSE(find_step(kRfcSecret, code_at(kRfcSecret, step - 1), now, step));
  EXPECT_EQ(find_step(kRfcSecret, code_at(kRfcSecret, step + 1), now, step), step + 1);
}

// RFC 4648, section 10.
TEST(Base32, IsThatOfTheRfc) {
  EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(to_base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(to_base32("f"), "MY");
  EXPECT_EQ(from_base32("mzxw 6ytb-oi"), "foobar");
  EXPECT_FALSE(from_base32("MZXW6YT1"));
}

TEST(Totp, TheAddressCarriesWhatAnAuthenticatorNeeds) {
  EXPECT_EQ(otpauth_address("anna", "ABC"),
            "otpauth://totp/Dienstbereit:anna?secret=ABC&issuer=Dienstbereit&algorithm=SHA1"
            "&digits=6&period=30");
}

TEST(Password, IsJudgedByLengthNameAndCommonness) {
  EXPECT_EQ(judge_password("kurz", "anna"), Refusal::PasswordShort);
  EXPECT_EQ(judge_password("elf zeichen", "anna"), Refusal::PasswordShort);
  EXPECT_EQ(judge_password("öäüöäüöäüöä", "anna"), Refusal::PasswordShort) << "eleven, 22 bytes";
  EXPECT_EQ(judge_password(std::string(129, 'x'), "anna"), Refusal::PasswordLong);
  EXPECT_EQ(judge_password("das ist ANNAS kennwort", "anna"), Refusal::PasswordHasLogin);
  EXPECT_EQ(judge_password("Passwort1234", "anna"), Refusal::PasswordCommon);
  EXPECT_EQ(judge_password("zzzzzzzzzzzzzz", "anna"), Refusal::PasswordCommon);
  EXPECT_EQ(judge_password("vier alte grüne kannen", "anna"), Refusal::None);
}

TEST(Password, IsKnownAgainByItsHashAlone) {
  ASSERT_TRUE(prepare_secrets());
  const std::string hash = hash_password("vier alte grüne kannen", kCheap).value();
  EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
  EXPECT_NE(hash, hash_password("vier alte grüne kannen", kCheap).value()) << "salted";
  EXPECT_TRUE(verify_password("vier alte grüne kannen", hash));
  EXPECT_FALSE(verify_password("vier alte grüne kanne", hash));
  EXPECT_FALSE(verify_password("anything", "no hash"));
  EXPECT_FALSE(is_outdated(hash, kCheap));
  EXPECT_TRUE(is_outdated(hash, PasswordCost{2, 16384}));
}

TEST(Codes, AreReadAsPeopleTypeThem) {
  ASSERT_TRUE(prepare_secrets());
  const std::string code = random_code(kEmergencyGroups);
  EXPECT_EQ(code.size(), 5 * 5 + 4u);
  EXPECT_EQ(normal_code(code).size(), 25u);
  EXPECT_EQ(normal_code(" 7f3k2-m9qxa"), "7F3K2M9QXA");
  EXPECT_EQ(normal_code("OIL"), "011");
}

TEST(Codes, AndTokensDoNotRepeat) {
  ASSERT_TRUE(prepare_secrets());
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(random_token().size(), 43u);
    seen.insert(random_token());
    seen.insert(random_code(kRecoveryGroups));
    seen.insert(random_id("u-"));
  }
  EXPECT_EQ(seen.size(), 300u);
}

}  // namespace dienstbereit::accounts
