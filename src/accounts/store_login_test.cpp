// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/store_fixture.h"

namespace dienstbereit::accounts {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class LoginTest : public StoreTest {};

TEST_F(LoginTest, TheSetupLinkMakesTheFirstAdministratorOnceAndNoOther) {
  const AccountAnswer link = ask(MakeSetupLink{}, cli_);
  ASSERT_TRUE(store_->link(link.secret, now_));
  EXPECT_TRUE(store_->link(link.secret, now_)->setup);
  EXPECT_EQ(ask(UseLink{link.secret, "Anna", "Anna Meier", "kurz", "de"}).refused,
            Refusal::PasswordShort);
  EXPECT_EQ(ask(UseLink{link.secret, "Anna", "Anna Meier", kPassword, "en"}).refused,
            Refusal::None);
  EXPECT_TRUE(store_->has_administrator());
  EXPECT_FALSE(store_->link(link.secret, now_));
  EXPECT_EQ(ask(UseLink{link.secret, "eve", "Eve", kPassword, "de"}).refused, Refusal::LinkInvalid);
  EXPECT_EQ(ask(MakeSetupLink{}, cli_).refused, Refusal::AdministratorExists);
  const Profile anna = store_->profile_of_login("anna").value();
  EXPECT_EQ(anna.roles, RoleSet::all());
  EXPECT_EQ(anna.language, "en");
  EXPECT_TRUE(anna.id.str().starts_with("u-"));
  EXPECT_TRUE(audited("setup_link_made") && audited("account_made"));
}

TEST_F(LoginTest, ALinkEndsAfterADayAndANewOneReplacesTheOld) {
  const AccountAnswer first = ask(MakeSetupLink{}, cli_);
  const AccountAnswer second = ask(MakeSetupLink{}, cli_);
  EXPECT_FALSE(store_->link(first.secret, now_));
  EXPECT_TRUE(store_->link(second.secret, now_ + hours(23)));
  now_ += hours(24);
  EXPECT_EQ(ask(UseLink{second.secret, "anna", "Anna", kPassword, "de"}).refused,
            Refusal::LinkInvalid);
}

TEST_F(LoginTest, ASessionOutlivesARestartAndEndsInTime) {
  add("anna", {Role::Operate});
  const std::string token = log_in("Anna ").secret;
  ASSERT_TRUE(store_->visitor(token, now_));
  open();
  const auto visitor = store_->visitor(token, now_ + hours(7));
  ASSERT_TRUE(visitor);
  EXPECT_TRUE(visitor->identity.actor.id.starts_with("user:u-"));
  EXPECT_EQ(visitor->identity.roles, RoleSet{Role::Operate});
  EXPECT_EQ(visitor->name, "Frau anna");
  EXPECT_TRUE(store_->has_unsaved_uses());
  ASSERT_TRUE(store_->save_uses());
  open();
  EXPECT_TRUE(store_->visitor(token, now_ + hours(14))) << "its use was kept";
  EXPECT_FALSE(store_->visitor(token, now_ + hours(24)));
  EXPECT_FALSE(store_->visitor("", now_));
  EXPECT_FALSE(store_->visitor("invented", now_));
}

TEST_F(LoginTest, UnknownWrongDisabledAndLockedAreRefusedAlike) {
  const AccountId anna = add("anna", {Role::Operate});
  const AccountId ben = add("ben", {Role::Operate});
  ask(SetDisabled{ben, true}, cli_);
  EXPECT_EQ(log_in("nobody").refused, Refusal::WrongLogin);
  EXPECT_EQ(log_in("anna", "falsch").refused, Refusal::WrongLogin);
  EXPECT_EQ(log_in("ben").refused, Refusal::WrongLogin);
  for (int i = 0; i < 4; ++i) log_in("anna", "falsch");
  EXPECT_EQ(log_in("anna").refused, Refusal::WrongLogin) << "locked, though right";
  EXPECT_TRUE(audited("locked_out"));
  now_ += seconds(30);
  EXPECT_EQ(log_in("anna").refused, Refusal::None);
  EXPECT_TRUE(store_->profile(anna)->has_password);
}

TEST_F(LoginTest, TheLockOutOutlivesARestart) {
  add("anna", {Role::Operate});
  for (int i = 0; i < 5; ++i) log_in("anna", "falsch");
  open();
  EXPECT_EQ(log_in("anna").refused, Refusal::WrongLogin);
  now_ += seconds(30);
  EXPECT_EQ(log_in("anna").refused, Refusal::None);
}

TEST_F(LoginTest, AnAddressThatTriesManyNamesIsStopped) {
  add("anna", {Role::Operate});
  for (std::uint32_t i = 0; i < kFreeFailuresOfAddress; ++i) {
    EXPECT_EQ(log_in("name" + std::to_string(i)).refused, Refusal::WrongLogin);
  }
  EXPECT_EQ(log_in("anna").refused, Refusal::TooManyAttempts);
  EXPECT_EQ(ask(LogIn{"anna", kPassword, {"192.0.2.8", "192.0.2.8", ""}}).refused, Refusal::None);
}

TEST_F(LoginTest, FailuresAreWrittenOnceAMinuteWithTheirNumberAndWithoutTheTypedName) {
  for (int i = 0; i < 4; ++i) log_in("geheim-als-name-getippt", "falsch");
  EXPECT_EQ(std::count(audits_.begin(), audits_.end(), "login_failed"), 1);
  now_ += minutes(1);
  log_in("geheim-als-name-getippt", "falsch");
  EXPECT_EQ(std::count(audits_.begin(), audits_.end(), "login_failed"), 2);
  EXPECT_NE(details_.back().find("4 times, the last from 192.0.2.7"), std::string::npos)
      << details_.back();
  for (const std::string& detail : details_) {
    EXPECT_EQ(detail.find("getippt"), std::string::npos) << detail;
  }
}

TEST_F(LoginTest, WithTotpAPasswordAloneOpensNothing) {
  add("anna", {Role::Operate});
  const auto [secret, codes] = with_totp(entered("anna"));
  now_ += minutes(1);
  const AccountAnswer half = log_in("anna");
  EXPECT_EQ(half.stage, SessionStage::SecondStep);
  const auto visitor = store_->visitor(half.secret, now_);
  ASSERT_TRUE(visitor);
  EXPECT_TRUE(visitor->identity.roles.empty());
  EXPECT_EQ(ask(EnterCode{half.secret, "000000", from_}).refused, Refusal::WrongCode);
  const std::string code = code_at(secret, step_at(now_));
  const AccountAnswer full = ask(EnterCode{half.secret, code, from_});
  EXPECT_EQ(full.refused, Refusal::None);
  EXPECT_NE(full.secret, half.secret) << "a new session, so that a planted one is worth nothing";
  EXPECT_FALSE(store_->visitor(half.secret, now_));
  EXPECT_EQ(store_->visitor(full.secret, now_)->stage, SessionStage::Full);
  const AccountAnswer again = log_in("anna");
  EXPECT_EQ(ask(EnterCode{again.secret, code, from_}).refused, Refusal::WrongCode) << "used";
}

TEST_F(LoginTest, GuessingCodesLocksTheAccountThoughThePasswordIsRight) {
  add("anna", {Role::Operate});
  with_totp(entered("anna"));
  for (std::uint32_t i = 0; i < kFreeFailures; ++i) {
    const AccountAnswer half = log_in("anna");
    ASSERT_EQ(half.refused, Refusal::None) << i;
    EXPECT_EQ(ask(EnterCode{half.secret, "000000", from_}).refused, Refusal::WrongCode);
  }
  EXPECT_EQ(log_in("anna").refused, Refusal::WrongLogin);
}

TEST_F(LoginTest, ARecoveryCodeWorksOnce) {
  add("anna", {Role::Operate});
  const auto [secret, codes] = with_totp(entered("anna"));
  ASSERT_EQ(codes.size(), 10u);
  const AccountAnswer half = log_in("anna");
  EXPECT_EQ(ask(EnterCode{half.secret, to_lower_ascii(codes[3]), from_}).refused, Refusal::None);
  EXPECT_TRUE(audited("recovery_code_used"));
  const AccountAnswer again = log_in("anna");
  EXPECT_EQ(ask(EnterCode{again.secret, codes[3], from_}).refused, Refusal::WrongCode);
  EXPECT_EQ(ask(EnterCode{again.secret, codes[4], from_}).refused, Refusal::None);
  EXPECT_EQ(store_->profile_of_login("anna")->recovery_left, 8u);
}

TEST_F(LoginTest, TheHalfWayLoginEndsAfterFiveMinutes) {
  add("anna", {Role::Operate});
  const auto [secret, codes] = with_totp(entered("anna"));
  const AccountAnswer half = log_in("anna");
  now_ += minutes(5);
  EXPECT_EQ(ask(EnterCode{half.secret, codes[0], from_}).refused, Refusal::NothingBegun);
}

TEST_F(LoginTest, TheEmergencyCodeOpensFourHoursOfThreeRolesUntilANewOneIsMade) {
  EXPECT_FALSE(store_->emergency_code_made());
  const AccountAnswer made = ask(MakeEmergencyCode{}, cli_);
  EXPECT_EQ(store_->emergency_code_made(), now_);
  EXPECT_EQ(ask(UseEmergencyCode{"AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", from_}).refused,
            Refusal::WrongCode);
  const AccountAnswer entry = ask(UseEmergencyCode{to_lower_ascii(made.secret), from_});
  const auto visitor = store_->visitor(entry.secret, now_ + hours(3));
  ASSERT_TRUE(visitor);
  EXPECT_EQ(visitor->identity.actor.id, "emergency:" + made.id);
  EXPECT_EQ(visitor->identity.roles, (RoleSet{Role::Operate, Role::Lead, Role::Press}));
  EXPECT_FALSE(store_->visitor(entry.secret, now_ + hours(4)));
  EXPECT_TRUE(audited("emergency_login"));
  ask(MakeEmergencyCode{}, cli_);
  EXPECT_EQ(ask(UseEmergencyCode{made.secret, from_}).refused, Refusal::WrongCode);
}

TEST_F(LoginTest, NothingSecretIsOnTheDisk) {
  add("anna", {Role::Operate});
  const AccountAnswer session = log_in("anna");
  const AccountAnswer code = ask(MakeEmergencyCode{}, cli_);
  const AccountAnswer link = ask(MakeResetLink{store_->profile_of_login("anna")->id, false}, cli_);
  store_.reset();
  std::string bytes;
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    EXPECT_EQ(std::filesystem::status(file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << file.path();
    bytes += read_file(file.path(), 10u << 20).value();
  }
  for (const std::string& secret :
       {std::string(kPassword), session.secret, code.secret, link.secret}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos);
  }
  EXPECT_NE(bytes.find("$argon2id$"), std::string::npos);
}

}  // namespace dienstbereit::accounts
