// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/dns_reply.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dienstbereit::probe {
namespace {

std::string word(unsigned value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)};
}

// A message with the question "a.example" and one answer that points back to it.
std::string message(unsigned type, const std::string& data) {
  const std::string name("\x01"
                         "a\x07"
                         "example\0",
                         11);
  return word(7) + word(0x8180) + word(1) + word(1) + word(0) + word(0) + name + word(type) +
         word(1) + "\xC0\x0C" + word(type) + word(1) + word(0) + word(60) + word(data.size()) +
         data;
}

std::string only_record(const char* type, const std::string& data) {
  const auto number = *dns_type(type);
  const auto records = dns_records(message(number, data), number);
  return records && records->size() == 1 ? records->front() : "(none)";
}

}  // namespace

TEST(DnsReply, ReadsEveryTypeAsPeopleWriteIt) {
  EXPECT_EQ(only_record("A", "\x7f\x01\x02\x03"), "127.1.2.3");
  EXPECT_EQ(only_record("AAAA", std::string(15, '\0') + "\x01"), "::1");
  EXPECT_EQ(only_record("MX", word(10) + "\x04mail\xC0\x0E"), "10 mail.example");
  EXPECT_EQ(only_record("NS", "\x02ns\xC0\x0E"), "ns.example");
  EXPECT_EQ(only_record("TXT", "\x02"
                               "v=\x04spf1"),
            "v=spf1");
  EXPECT_EQ(only_record("SRV", word(0) + word(5) + word(389) + "\xC0\x0E"), "0 5 389 example");
  EXPECT_EQ(only_record("SOA",
                        "\xC0\x0E\xC0\x0C" + std::string(3, '\0') + "\x09" + std::string(16, '\0')),
            "example a.example 9 0 0 0 0");
}

TEST(DnsReply, CutOffMessagesAreErrors) {
  const auto whole = message(*dns_type("MX"), word(10) + "\x04mail\xC0\x0E");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(dns_records(whole.substr(0, size), *dns_type("MX"))) << size;
  }
}

TEST(DnsReply, NamesThatPointInACircleAreErrors) {
  const auto self = message(*dns_type("NS"), "\xC0\x27");  // points to itself
  EXPECT_FALSE(dns_records(self, *dns_type("NS")));
}

TEST(DnsReply, ComparisonForgivesCaseAndLastDotButNotInText) {
  EXPECT_TRUE(dns_record_is("10 mail.example", "10 Mail.Example.", *dns_type("MX")));
  EXPECT_TRUE(dns_record_is("::1", "0:0:0:0:0:0:0:1", *dns_type("AAAA")));
  EXPECT_FALSE(dns_record_is("v=spf1", "V=spf1", *dns_type("TXT")));
}

TEST(DnsReply, ReverseNames) {
  EXPECT_EQ(reverse_name("192.0.2.7"), "7.2.0.192.in-addr.arpa");
  EXPECT_EQ(reverse_name("::1"), "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
                                 "ip6.arpa");
  EXPECT_EQ(reverse_name("host.example"), "host.example");
}

RC_GTEST_PROP(DnsReply, AnyBytesAreAnAnswerOrAnError, (const std::string& data)) {
  for (const char* type : {"A", "MX", "TXT", "SOA", "SRV"}) {
    dns_records(message(*dns_type(type), data), *dns_type(type)).has_value();
  }
}

}  // namespace dienstbereit::probe
