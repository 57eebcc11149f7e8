// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/recipients.h"

#include <gtest/gtest.h>

#include "fallback/mail/directory.h"

namespace dienstbereit::fallback::mail {
namespace {

const std::set<std::string> kOurs{"kreis.example"};

Addresses people(int count) {
  Addresses all;
  for (int i = 0; i < count; ++i) all.insert("p" + std::to_string(i) + "@kreis.example");
  return all;
}

TEST(Recipients, AListIsReadWithItsCommentsAndStrangers) {
  const auto list = parse_list("# ours\nA@Kreis.example\nb@kreis.example OK\n\nx@fremd.example\n"
                               "kein\n@kreis.example\n\"a b\"@kreis.example\n",
                               kOurs);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->addresses, (Addresses{"a@kreis.example", "b@kreis.example"}));
  EXPECT_EQ(list->foreign, 1u);
  EXPECT_EQ(list->unreadable, 3u);
}

TEST(Recipients, LdifHasPlainAndEncodedValues) {
  const auto list = parse_ldif("dn: mail=x@kreis.example,dc=kreis\nmail: A@kreis.example\n"
                               "mail:: YkBrcmVpcy5leGFtcGxl\nproxyAddresses: SMTP:c@kreis.example\n"
                               "proxyAddresses: X400:C=de\nproxyAddresses: sip:d@kreis.example\n"
                               "mail:: !!!\n",
                               kOurs);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->addresses, (Addresses{"a@kreis.example", "b@kreis.example", "c@kreis.example"}));
  EXPECT_EQ(list->unreadable, 1u);
}

TEST(Recipients, AnImplausibleListIsDoubted) {
  EXPECT_EQ(doubt_about(people(100), people(100), {}), "");
  EXPECT_EQ(doubt_about(people(90), people(100), {}), "");
  EXPECT_NE(doubt_about(people(89), people(100), {}).find("11 of 100"), std::string::npos);
  EXPECT_EQ(doubt_about(people(5), people(10), {}), "");
  EXPECT_NE(doubt_about({}, people(1), {}), "");
  EXPECT_NE(doubt_about(people(3), {}, {"info@kreis.example"}).find("function addresses"),
            std::string::npos);
  // As many, but other people: the export came from another place.
  Addresses others;
  for (const std::string& one : people(100)) others.insert("x" + one);
  EXPECT_NE(doubt_about(others, people(100), {}), "");
}

TEST(LdapUrl, IsTakenApart) {
  const auto url = parse_ldap_url("ldaps://dc.kreis.example/dc=kreis,dc=example?mail?one?(mail=*)");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->server, "ldaps://dc.kreis.example");
  EXPECT_EQ(url->base, "dc=kreis,dc=example");
  EXPECT_EQ(url->attributes, (std::vector<std::string>{"mail"}));
  EXPECT_EQ(url->scope, "one");
  EXPECT_EQ(parse_ldap_url("ldap://h/dc=x?a,b").value().filter, "(|(a=*)(b=*))");
  for (const char* wrong : {"ldap://h", "ldap://h/", "ldap://h/dc=x?-x", "ldap://h/dc=x??two",
                            "ldap://h/dc=x???mail=*"}) {
    EXPECT_FALSE(parse_ldap_url(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace dienstbereit::fallback::mail
