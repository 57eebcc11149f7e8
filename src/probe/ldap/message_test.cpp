// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/ldap/message.h"

#include <gtest/gtest.h>

#include "probe/ber/ber.h"

namespace dienstbereit::probe {
namespace {

std::string message(int id, std::uint8_t op, const std::string& body) {
  return to_ber(kBerSequence, to_ber_integer(id) + to_ber(op, body));
}
std::string result(int code, const std::string& diagnostic) {
  return to_ber_integer(code, kBerEnumerated) + to_ber(kBerOctets, "") +
         to_ber(kBerOctets, diagnostic);
}

TEST(Ldap, ABindIsTheOneOfTheStandard) {
  EXPECT_EQ(ldap_bind(1, "", ""), std::string("\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\x00"
                                              "\x80\x00",
                                              14));
}

TEST(Ldap, ResponsesArePutTogetherFromPieces) {
  const std::string text =
      message(2, 0x64, to_ber(kBerOctets, "dc=example") + to_ber(kBerSequence, "")) +
      message(2, 0x65, result(4, "more than you wanted"));
  LdapReader reader;
  std::vector<LdapResponse> got;
  for (const char c : text) {
    reader.feed({&c, 1});
    while (auto response = *reader.next()) got.push_back(*response);
  }
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].op, LdapOp::Entry);
  EXPECT_EQ(got[1].op, LdapOp::SearchDone);
  EXPECT_EQ(got[1].result, kLdapSizeLimit);
  EXPECT_EQ(got[1].diagnostic, "more than you wanted");
  EXPECT_TRUE(reader.empty());
}

TEST(Ldap, WhatIsNoResponseIsRefused) {
  for (const std::string& text :
       {std::string("HTTP/1.1 400 Bad Request\r\n\r\n"), std::string("220 mail ESMTP\r\n"),
        to_ber(kBerSequence, ""), to_ber(kBerSequence, to_ber_integer(-1) + to_ber(0x61, "")),
        message(1, 0x61, ""), message(1, 0x65, to_ber_integer(0))}) {
    LdapReader reader;
    reader.feed(text);
    EXPECT_FALSE(reader.next()) << text;
  }
  LdapReader huge;
  huge.feed("\x30\x84\x7f\xff\xff\xff");
  EXPECT_EQ(huge.next().error().code, Errc::LimitExceeded);
}

TEST(LdapFilter, EachSortOfItemHasItsTag) {
  const auto tag = [](const char* text) {
    const auto filter = ldap_filter(text);
    return filter ? static_cast<std::uint8_t>(filter->front()) : 0;
  };
  EXPECT_EQ(tag("(uid=a)"), 0xA3);
  EXPECT_EQ(tag("(uid=*)"), 0x87);
  EXPECT_EQ(tag("(uid=a*b)"), 0xA4);
  EXPECT_EQ(tag("(n>=5)"), 0xA5);
  EXPECT_EQ(tag("(n<=5)"), 0xA6);
  EXPECT_EQ(tag("(n~=5)"), 0xA8);
  EXPECT_EQ(tag("(&(a=1)(|(b=2)(!(c=3))))"), 0xA0);
  EXPECT_EQ(tag("(&)"), 0xA0);  // absolute true (RFC 4526)
}

TEST(LdapFilter, IsTheBytesOfTheStandard) {
  EXPECT_EQ(*ldap_filter("(cn=a\\2ab)"), "\xa3\x09\x04\x02"
                                         "cn"
                                         "\x04\x03"
                                         "a*b");
  EXPECT_EQ(*ldap_filter("(cn=a*b*c)"), "\xa4\x0f\x04\x02"
                                        "cn"
                                        "\x30\x09\x80\x01"
                                        "a"
                                        "\x81\x01"
                                        "b"
                                        "\x82\x01"
                                        "c");
}

TEST(LdapFilter, WhatIsWrongIsSaid) {
  for (const char* text : {"", "uid=a", "(uid=a", "(uid)", "(=a)", "(u d=a)", "(uid=a)(b=c)",
                           "(uid=\\2)", "(uid=\\zz)", "(n>=5*)", "(a=**)", "(!)", "(a:=b)"}) {
    const auto filter = ldap_filter(text);
    ASSERT_FALSE(filter) << text;
    EXPECT_EQ(filter.error().message.find("the filter is wrong: "), 0u) << text;
  }
  std::string deep;
  for (int i = 0; i <= kDeepestLdapFilter; ++i) deep += "(!";
  EXPECT_FALSE(ldap_filter(deep));
  EXPECT_FALSE(ldap_filter("(a=" + std::string(kLongestLdapFilter, 'x') + ")"));
}

}  // namespace
}  // namespace dienstbereit::probe
