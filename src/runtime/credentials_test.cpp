// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/credentials.h"

#include <stdlib.h>

#include <fstream>

#include <gtest/gtest.h>

namespace dienstbereit::runtime {
namespace {

namespace fs = std::filesystem;

struct CredentialsFile : testing::Test {
  CredentialsFile() { fs::create_directories(folder); }
  ~CredentialsFile() override { fs::remove_all(folder); }

  void put(const std::string& name, const std::string& text, unsigned mode) const {
    std::ofstream(folder / name) << text;
    fs::permissions(folder / name, fs::perms(mode));
  }

  fs::path folder = fs::path(testing::TempDir()) / "dienstbereit-credentials-test";
  Credentials credentials{folder};
};

}  // namespace

TEST_F(CredentialsFile, IsReadWithoutItsLineEnd) {
  put("sql", "geheim\n", 0400);
  EXPECT_EQ(*credentials.find("sql"), "geheim");
}

TEST_F(CredentialsFile, ThatOthersMayReadIsRefused) {
  put("sql", "geheim", 0404);
  EXPECT_EQ(credentials.find("sql").error().code, Errc::Denied);
  put("sql2", "geheim", 0620);
  EXPECT_EQ(credentials.find("sql2").error().code, Errc::Denied);
}

TEST_F(CredentialsFile, IsNeverLookedForOutsideTheFolder) {
  EXPECT_EQ(credentials.find("../passwd").error().code, Errc::InvalidInput);
  EXPECT_EQ(credentials.find(".hidden").error().code, Errc::InvalidInput);
  EXPECT_EQ(credentials.find("").error().code, Errc::InvalidInput);
}

TEST_F(CredentialsFile, MissingSaysWhereItWasLookedFor) {
  const auto missing = credentials.find("ldap-bind");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::NotFound);
  EXPECT_NE(missing.error().message.find("DIENSTBEREIT_CREDENTIAL_LDAP_BIND"), std::string::npos);
}

TEST_F(CredentialsFile, ComesFromTheEnvironmentWhereNoFileIs) {
  setenv("DIENSTBEREIT_CREDENTIAL_SMTP_1", "wort", 1);
  EXPECT_EQ(*credentials.find("smtp-1"), "wort");
  EXPECT_EQ(*Credentials({}).find("smtp-1"), "wort");
  unsetenv("DIENSTBEREIT_CREDENTIAL_SMTP_1");
}

}  // namespace dienstbereit::runtime
