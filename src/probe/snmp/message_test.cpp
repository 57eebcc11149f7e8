// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/snmp/message.h"

#include <gtest/gtest.h>

#include "probe/snmp/usm.h"

namespace dienstbereit::probe {
namespace {

const Oid kUptime{1, 3, 6, 1, 2, 1, 1, 3, 0};

std::string hex(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    constexpr const char* kDigits = "0123456789abcdef";
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

// A response with one value of any type.
std::string response(std::int32_t request, std::uint8_t tag, const std::string& value) {
  const std::string binding = to_ber(kBerSequence, to_ber_oid(kUptime) + to_ber(tag, value));
  return to_ber(0xA2, to_ber_integer(request) + to_ber_integer(0) + to_ber_integer(0) +
                          to_ber(kBerSequence, binding));
}
std::string v2c(const std::string& pdu) {
  return to_ber(kBerSequence, to_ber_integer(1) + to_ber(kBerOctets, "public") + pdu);
}

TEST(Snmp, AQuestionIsTheOneThatNetSnmpSends) {
  // snmpget -v2c -c public, request 5, sysUpTime.0; taken from the wire.
  EXPECT_EQ(hex(snmp_v2c("public", snmp_get(5, {kUptime}))),
            "302602010104067075626c6963a019020105020100020100300e300c06082b060102010103000500");
}

TEST(Snmp, EachTypeOfValueIsRead) {
  const auto number = [](std::uint8_t tag, const std::string& value) {
    const auto pdu = parse_snmp_v2c(v2c(response(5, tag, value)));
    return pdu ? pdu->bindings.at(0).number : std::nullopt;
  };
  EXPECT_EQ(number(0x43, std::string("\x00\xff\xff\xff\xff", 5)), 4294967295);
  EXPECT_EQ(number(0x02, "\xff"), -1);
  EXPECT_EQ(number(0x46, std::string("\x00\xff\xff\xff\xff\xff\xff\xff\xff", 9)),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_snmp_v2c(v2c(response(5, 0x04, "eth0")))->bindings.at(0).text, "eth0");
  for (const std::uint8_t tag : {0x80, 0x81, 0x82, 0x05}) {
    EXPECT_FALSE(parse_snmp_v2c(v2c(response(5, tag, "")))->bindings.at(0).there);
  }
}

TEST(Snmp, WhatIsNoResponseIsNothing) {
  const std::string good = v2c(response(5, 0x43, "\x01"));
  ASSERT_TRUE(parse_snmp_v2c(good));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(parse_snmp_v2c(good.substr(0, size))) << size;
  }
  EXPECT_FALSE(parse_snmp_v2c(good + "x"));
  EXPECT_FALSE(parse_snmp_v2c(v2c(response(5, 0x60, "x"))));
}

TEST(Usm, KeysAreThoseOfRfc3414) {
  const std::string engine("\0\0\0\0\0\0\0\0\0\0\0\x02", 12);
  EXPECT_EQ(hex(usm_key(SnmpAuth::Md5, "maplesyrup", engine)), "526f5eed9fcce26f8964c2930787d82b");
  EXPECT_EQ(hex(usm_key(SnmpAuth::Sha1, "maplesyrup", engine)),
            "6695febc9288e36282235fc7151f128497b38f3f");
  EXPECT_EQ(usm_key(SnmpAuth::Sha256, "", engine), "");
}

struct UsmMessages : testing::Test {
  UsmMessages() {
    engine.id = "engine-of-test";
    engine.boots = 7;
    engine.time = 1234;
    user.name = "observer";
    user.auth_key = usm_key(user.auth, "authentication", engine.id);
    user.privacy_key = usm_key(user.auth, "encryption", engine.id);
  }
  UsmEngine engine;
  UsmUser user;
};

TEST_F(UsmMessages, ComeBackWithTheSameKeysOnly) {
  for (const bool encrypted : {false, true}) {
    if (!encrypted) user.privacy_key.clear();
    if (encrypted) user.privacy_key = usm_key(user.auth, "encryption", engine.id);
    const std::string bytes = snmp_v3(engine, user, 42, 99, snmp_get(42, {kUptime}));
    const auto back = parse_snmp_v3(bytes, user);
    ASSERT_TRUE(back) << encrypted;
    EXPECT_TRUE(back->authenticated);
    EXPECT_EQ(back->message, 42);
    EXPECT_EQ(back->engine.boots, 7);
    EXPECT_EQ(back->pdu.bindings.at(0).oid, kUptime);
    EXPECT_EQ(bytes.find(to_ber_oid(kUptime)) == std::string::npos, encrypted);
    UsmUser other = user;
    other.auth_key = usm_key(user.auth, "something else", engine.id);
    EXPECT_FALSE(parse_snmp_v3(bytes, other));
  }
}

TEST_F(UsmMessages, AChangedByteIsNoticed) {
  const std::string good = snmp_v3(engine, user, 42, 99, snmp_get(42, {kUptime}));
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    const auto back = parse_snmp_v3(bad, user);
    // The bits of its flags say whether it is authenticated at all.
    EXPECT_FALSE(back && back->authenticated) << at;
  }
}

TEST_F(UsmMessages, WhatWasAskedInSecretIsNotAnsweredInTheOpen) {
  UsmUser open = user;
  open.privacy_key.clear();
  const std::string bytes = snmp_v3(engine, open, 42, 99, snmp_get(42, {kUptime}));
  EXPECT_TRUE(parse_snmp_v3(bytes, open));
  EXPECT_FALSE(parse_snmp_v3(bytes, user));
}

TEST(Usm, ReportsAreKnownByTheirCounters) {
  SnmpPdu pdu;
  pdu.type = SnmpType::Report;
  EXPECT_EQ(usm_report(pdu), UsmReport::None);
  pdu.bindings.push_back({{1, 3, 6, 1, 6, 3, 15, 1, 1, 2, 0}, true, 1, {}});
  EXPECT_EQ(usm_report(pdu), UsmReport::TimeWindow);
  pdu.type = SnmpType::Response;
  EXPECT_EQ(usm_report(pdu), UsmReport::None);
}

}  // namespace
}  // namespace dienstbereit::probe
