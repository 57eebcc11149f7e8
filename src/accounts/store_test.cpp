// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "accounts/store.h"

#include "accounts/store_fixture.h"

namespace dienstbereit::accounts {

using std::chrono::hours;

TEST_F(StoreTest, OnlyAdministratorsManageAccounts) {
  const AccountId anna = add("anna", {Role::Operate, Role::Lead});
  const Identity operator_ = entered("anna");
  const std::vector<AccountCommand> commands{MakeSetupLink{},
                                             MakeEmergencyCode{},
                                             SetRoles{anna, RoleSet::all()},
                                             SetDisabled{anna, true},
                                             EraseAccount{anna},
                                             MakeResetLink{anna, true},
                                             MakeAccount{"ben", "Ben", {Role::View}, "de"}};
  for (const AccountCommand& command : commands) {
    EXPECT_EQ(refusal(command, operator_), Refusal::NotAllowed) << command.index();
    EXPECT_EQ(refusal(command, Identity()), Refusal::NotAllowed) << command.index();
  }
}

TEST_F(StoreTest, TheLastAdministratorStays) {
  const AccountId anna = add("anna", RoleSet::all());
  EXPECT_EQ(refusal(SetRoles{anna, {Role::Operate}}, cli_), Refusal::LastAdministrator);
  EXPECT_EQ(refusal(SetDisabled{anna, true}, cli_), Refusal::LastAdministrator);
  EXPECT_EQ(refusal(EraseAccount{anna}, cli_), Refusal::LastAdministrator);
  ask(MakeAccount{"ben", "Ben", {Role::Administer}, "de"}, cli_);
  EXPECT_EQ(refusal(SetDisabled{anna, true}, cli_), Refusal::LastAdministrator)
      << "ben has no password yet";
  add("cora", {Role::Administer});
  EXPECT_EQ(refusal(SetDisabled{anna, true}, cli_), Refusal::None);
}

TEST_F(StoreTest, RolesTakenAwayAreGoneAtOnceAndADisabledAccountIsOut) {
  const AccountId anna = add("anna", {Role::Operate, Role::Press});
  const std::string token = log_in("anna").secret;
  ask(SetRoles{anna, {Role::Press}}, cli_);
  EXPECT_EQ(store_->visitor(token, now_)->identity.roles, RoleSet{Role::Press});
  ask(SetDisabled{anna, true}, cli_);
  EXPECT_FALSE(store_->visitor(token, now_));
  ask(SetDisabled{anna, false}, cli_);
  EXPECT_FALSE(store_->visitor(token, now_)) << "the session does not come back";
  EXPECT_EQ(log_in("anna").refused, Refusal::None);
}

TEST_F(StoreTest, LoginsAreUniqueAndWellFormed) {
  add("anna", {Role::View});
  EXPECT_EQ(refusal(MakeAccount{"ANNA", "Anna", {Role::View}, "de"}, cli_), Refusal::LoginTaken);
  EXPECT_EQ(refusal(MakeAccount{"a b", "Anna", {Role::View}, "de"}, cli_), Refusal::LoginInvalid);
  EXPECT_EQ(refusal(MakeAccount{"ben", " ", {Role::View}, "de"}, cli_), Refusal::NameInvalid);
  EXPECT_EQ(refusal(MakeAccount{"ben", "Ben", {}, "de"}, cli_), Refusal::NoRoles);
}

TEST_F(StoreTest, AChangedPasswordEndsTheOtherSessions) {
  add("anna", {Role::View});
  const std::string other = log_in("anna").secret;
  const Identity here = entered("anna");
  EXPECT_EQ(refusal(ChangePassword{"falsch", "ein ganz neues kennwort"}, here),
            Refusal::WrongPassword);
  EXPECT_TRUE(store_->visitor(other, now_));
  EXPECT_EQ(refusal(ChangePassword{kPassword, "kurz"}, here), Refusal::PasswordShort);
  EXPECT_EQ(refusal(ChangePassword{kPassword, "ein ganz neues kennwort"}, here), Refusal::None);
  EXPECT_FALSE(store_->visitor(other, now_));
  EXPECT_EQ(store_->sessions(here.account, now_).size(), 1u);
  EXPECT_EQ(log_in("anna").refused, Refusal::WrongLogin);
  EXPECT_EQ(log_in("anna", "ein ganz neues kennwort").refused, Refusal::None);
}

TEST_F(StoreTest, GuessingThePasswordFromWithinLocksToo) {
  add("anna", {Role::View});
  const Identity here = entered("anna");
  for (std::uint32_t i = 0; i < kFreeFailures; ++i) {
    EXPECT_EQ(refusal(DropTotp{"falsch"}, here), Refusal::WrongPassword);
  }
  EXPECT_EQ(refusal(DropTotp{kPassword}, here), Refusal::WrongPassword);
}

TEST_F(StoreTest, AResetLinkMayTakeTheSecondFactorAway) {
  const AccountId anna = add("anna", {Role::View});
  with_totp(entered("anna"));
  const AccountAnswer keeps = ask(MakeResetLink{anna, false}, cli_);
  ask(UseLink{keeps.secret, "", "", "ein ganz neues kennwort", ""});
  EXPECT_TRUE(store_->profile(anna)->has_totp);
  const AccountAnswer clears = ask(MakeResetLink{anna, true}, cli_);
  ask(UseLink{clears.secret, "", "", "noch ein neues kennwort", ""});
  EXPECT_FALSE(store_->profile(anna)->has_totp);
  EXPECT_EQ(log_in("anna", "noch ein neues kennwort").stage, SessionStage::Full);
}

TEST_F(StoreTest, SessionsAreListedAndEndedByTheirOwnerAndAdministratorsAlone) {
  const AccountId anna = add("anna", {Role::View});
  add("ben", {Role::View});
  const Identity ben = entered("ben");
  const std::string token = log_in("anna").secret;
  const auto listed = store_->sessions(anna, now_);
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].address, "192.0.2.7");
  EXPECT_EQ(listed[0].agent, "Mozilla/5.0");
  EXPECT_EQ(refusal(EndSession{listed[0].id}, ben), Refusal::NoSuchSession);
  EXPECT_TRUE(store_->visitor(token, now_));
  EXPECT_EQ(refusal(EndSession{listed[0].id}, cli_), Refusal::None);
  EXPECT_FALSE(store_->visitor(token, now_));
  EXPECT_EQ(audits_.back(), "session_ended");
  EXPECT_EQ(refusal(EndSession{ben.session}, ben), Refusal::None);
  EXPECT_EQ(audits_.back(), "logout");
}

TEST_F(StoreTest, TheLongestUnusedSessionGivesWay) {
  const AccountId anna = add("anna", {Role::View});
  const std::string first = log_in("anna").secret;
  for (std::size_t i = 0; i < kSessionsMax; ++i) {
    now_ += Duration(1);
    log_in("anna");
  }
  EXPECT_EQ(store_->sessions(anna, now_).size(), kSessionsMax);
  EXPECT_FALSE(store_->visitor(first, now_));
}

TEST_F(StoreTest, ATokenHasItsScopesAtMostTheRolesOfItsOwnerAndAnEnd) {
  const AccountId anna = add("anna", {Role::Operate, Role::Press});
  const Identity here = entered("anna");
  const auto make = [&](RoleSet scopes, Duration life) {
    return ask(MakeToken{anna, "Skript", scopes, life}, here);
  };
  EXPECT_EQ(make({Role::Lead}, hours(1)).refused, Refusal::ScopesTooWide);
  EXPECT_EQ(make({}, hours(1)).refused, Refusal::NoRoles);
  EXPECT_EQ(make({Role::Operate}, hours(24 * 400)).refused, Refusal::LifetimeInvalid);
  const AccountAnswer made = make({Role::Operate, Role::Press}, hours(1));
  ASSERT_EQ(made.refused, Refusal::None);
  EXPECT_TRUE(made.secret.starts_with("db_"));
  open();
  const auto who = store_->bearer(made.secret, from_, now_);
  ASSERT_TRUE(who) << who.error().message;
  EXPECT_EQ(who->actor.id, "token:" + made.id);
  EXPECT_EQ(who->roles, (RoleSet{Role::Operate, Role::Press}));
  ask(SetRoles{anna, {Role::Press}}, cli_);
  EXPECT_EQ(store_->bearer(made.secret, from_, now_)->roles, RoleSet{Role::Press});
  EXPECT_EQ(store_->bearer(made.secret, from_, now_ + hours(1)).error().code, Errc::Denied);
  EXPECT_EQ(store_->bearer(made.secret + "x", from_, now_).error().code, Errc::Denied);
  EXPECT_EQ(refusal(RevokeToken{made.id}, Identity()), Refusal::NoSuchToken);
  EXPECT_EQ(refusal(RevokeToken{made.id}, here), Refusal::None);
  EXPECT_FALSE(store_->bearer(made.secret, from_, now_));
}

TEST_F(StoreTest, GuessingTokensIsStoppedByAddress) {
  for (std::uint32_t i = 0; i < kFreeFailuresOfAddress; ++i) {
    EXPECT_EQ(store_->bearer("db_guess", from_, now_).error().code, Errc::Denied);
  }
  EXPECT_EQ(store_->bearer("db_guess", from_, now_).error().code, Errc::LimitExceeded);
}

TEST_F(StoreTest, AnErasedAccountLeavesItsIdAndNoWordOfThePerson) {
  const AccountId anna = add("anna", {Role::Operate});
  const Identity here = entered("anna");
  ask(EditProfile{"Anna Unverwechselbar", "en", "anna@example.org", "+49 170 1"}, here);
  EXPECT_EQ(store_->profile(anna)->mail, "anna@example.org");
  ask(EraseAccount{anna}, cli_);
  EXPECT_EQ(store_->profile(anna)->name, "");
  EXPECT_TRUE(store_->profile(anna)->disabled);
  EXPECT_FALSE(store_->profile_of_login("anna"));
  EXPECT_EQ(log_in("anna").refused, Refusal::WrongLogin);
  EXPECT_EQ(refusal(MakeResetLink{anna, false}, cli_), Refusal::NoSuchAccount);
  for (const std::string& detail : details_) {
    EXPECT_EQ(detail.find("Unverwechselbar"), std::string::npos);
    EXPECT_EQ(detail.find("anna"), std::string::npos) << detail;
  }
  // While the store is open: its log holds no old copy either.
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    const std::string bytes = read_file(file.path(), 10u << 20).value();
    EXPECT_EQ(bytes.find("Unverwechselbar"), std::string::npos) << file.path();
  }
}

TEST_F(StoreTest, ADamagedFileIsSaidAndNotOpened) {
  add("anna", {Role::View});
  store_.reset();
  auto records = Records::open(folder_ / kAccountsFile, "the accounts");
  ASSERT_TRUE(records);
  const std::vector<Change> change{{"account", "u-broken", "{\"login\": 7}"}};
  ASSERT_TRUE(records->write(change));
  const auto opened = Store::open(folder_, [](const Actor&, const Audited&) {}, {1, 8192});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::Corrupt);
  EXPECT_NE(opened.error().message.find("u-broken"), std::string::npos) << opened.error().message;
}

}  // namespace dienstbereit::accounts
