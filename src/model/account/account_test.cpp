// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/account/account.h"

#include <gtest/gtest.h>

#include "model/account/command.h"

namespace dienstbereit {

TEST(Roles, AreReadAndWrittenByTheirNames) {
  EXPECT_EQ(to_text(RoleSet{Role::Press, Role::Operate}), "operate,press");
  EXPECT_EQ(to_text(RoleSet::all()), "view,operate,lead,press,personal_data,administer");
  EXPECT_EQ(parse_roles("operate, press").value(), (RoleSet{Role::Operate, Role::Press}));
  EXPECT_TRUE(parse_roles("").value().empty());
  const auto wrong = parse_roles("operate,boss");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("'boss'"), std::string::npos);
  EXPECT_NE(wrong.error().message.find("administer"), std::string::npos);
}

TEST(Roles, EachIncludesSeeingAndNothingElse) {
  const RoleSet press{Role::Press};
  EXPECT_TRUE(press.allows(Role::View));
  EXPECT_TRUE(press.allows(Role::Press));
  EXPECT_FALSE(press.allows(Role::Operate));
  EXPECT_FALSE(RoleSet().allows(Role::View));
}

TEST(Roles, ScopesAreBoundedByTheRolesTheyComeFrom) {
  const RoleSet both{Role::Operate, Role::Press};
  EXPECT_TRUE((RoleSet{Role::Press}).within(both));
  EXPECT_FALSE((RoleSet{Role::Press, Role::Lead}).within(both));
  EXPECT_EQ((RoleSet{Role::Press, Role::Lead} & both), RoleSet{Role::Press});
}

}  // namespace dienstbereit
