// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

#include "accounts/store.h"
#include "accounts/totp.h"
#include "base/file.h"
#include "base/text.h"

namespace dienstbereit::accounts {

// A store in a folder of its own, on virtual time, with cheap hashes.
class StoreTest : public testing::Test {
 protected:
  static constexpr const char* kPassword = "vier alte grüne kannen";
  const Identity cli_{{"cli:uid=1000", ""}, RoleSet::all(), AccountId(), ""};
  const Caller from_{"192.0.2.7", "192.0.2.7", "Mozilla/5.0"};

  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "accounts-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open() {
    store_.reset();
    auto opened = Store::open(
        folder_,
        [this](const Actor& by, const Audited& entry) {
          audits_.push_back(std::string(name_of(entry.what)));
          details_.push_back(by.id + ": " + entry.detail);
        },
        PasswordCost{1, 8192});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  Moment moment() const { return {now_, now_}; }
  AccountAnswer ask(const AccountCommand& command, const Identity& by) {
    auto answer = store_->handle(command, by, moment());
    EXPECT_TRUE(answer) << answer.error().message;
    return answer.value_or(AccountAnswer());
  }
  Refusal refusal(const AccountCommand& command, const Identity& by) {
    return ask(command, by).refused;
  }
  // What a request without a session is: nobody.
  AccountAnswer ask(const AccountCommand& command) { return ask(command, Identity()); }

  AccountId add(const std::string& login, RoleSet roles) {
    const AccountAnswer made = ask(MakeAccount{login, "Frau " + login, roles, "de"}, cli_);
    EXPECT_EQ(made.refused, Refusal::None) << name_of(made.refused);
    EXPECT_EQ(ask(UseLink{made.secret, "", "", kPassword, ""}).refused, Refusal::None);
    return AccountId(made.id);
  }
  AccountAnswer log_in(const std::string& login, const std::string& password = kPassword) {
    return ask(LogIn{login, password, from_});
  }
  Identity entered(const std::string& login) {
    const AccountAnswer answer = log_in(login);
    const auto visitor = store_->visitor(answer.secret, now_);
    EXPECT_TRUE(visitor) << name_of(answer.refused);
    return visitor ? visitor->identity : Identity();
  }
  // Sets TOTP up; gives its secret, raw, and the recovery codes.
  std::pair<std::string, std::vector<std::string>> with_totp(const Identity& who) {
    const AccountAnswer begun = ask(BeginTotp{kPassword}, who);
    const std::string secret = from_base32(begun.secret).value_or("");
    const AccountAnswer done = ask(ConfirmTotp{code_at(secret, step_at(now_))}, who);
    EXPECT_EQ(done.refused, Refusal::None) << name_of(done.refused);
    return {secret, done.codes};
  }
  bool audited(const char* what) const {
    return std::find(audits_.begin(), audits_.end(), what) != audits_.end();
  }

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  Instant now_{std::chrono::hours(495'000)};
  std::vector<std::string> audits_;
  std::vector<std::string> details_;
};

}  // namespace dienstbereit::accounts
