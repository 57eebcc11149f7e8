// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/ntp_reply.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace dienstbereit::probe {
namespace {

constexpr std::uint64_t kCookie = 0x0123456789abcdef;

void put(std::string& packet, std::size_t at, std::uint64_t value) {
  for (std::size_t i = 0; i < 8; ++i) packet[at + i] = static_cast<char>(value >> (56 - 8 * i));
}

std::uint64_t ntp(double unix_seconds) {
  return static_cast<std::uint64_t>((unix_seconds + 2208988800.0) * 4294967296.0);
}

std::string answer(int leap, int stratum, const std::string& reference, double received,
                   double transmitted) {
  std::string packet(48, '\0');
  packet[0] = static_cast<char>(leap << 6 | 4 << 3 | 4);
  packet[1] = static_cast<char>(stratum);
  packet.replace(12, reference.size(), reference);
  put(packet, 24, kCookie);
  put(packet, 32, ntp(received));
  put(packet, 40, ntp(transmitted));
  return packet;
}

TEST(Ntp, TheQuestionCarriesACookieAndNotOurTime) {
  const std::string question = ntp_question(kCookie);
  ASSERT_EQ(question.size(), 48u);
  EXPECT_EQ(question[0], 0x23);
  EXPECT_EQ(question.substr(40), "\x01\x23\x45\x67\x89\xab\xcd\xef");
  EXPECT_EQ(question.substr(1, 39), std::string(39, '\0'));
}

TEST(Ntp, OffsetAndRoundTripFollowFromTheFourTimes) {
  const Instant sent{Duration(1'795'417'800'000)};
  const auto taken = parse_ntp(answer(0, 2, "", 1795417802.510, 1795417802.520), kCookie);
  ASSERT_TRUE(taken);
  EXPECT_EQ(ntp_failure(*taken), "");
  const NtpReading reading = read_ntp(*taken, sent, std::chrono::milliseconds(30));
  EXPECT_EQ(reading.offset, Duration(2500));
  EXPECT_EQ(reading.round_trip, Duration(20));
}

TEST(Ntp, TheEraAfter2036IsTheSameTime) {
  const Instant sent{std::chrono::seconds(2'100'000'000)};  // 2036-07
  NtpAnswer taken;
  taken.received = taken.transmitted =
      static_cast<std::uint64_t>((2'100'000'000LL + 2'208'988'800LL + 5) & 0xFFFF'FFFF) << 32;
  EXPECT_EQ(read_ntp(taken, sent, std::chrono::microseconds(0)).offset, Duration(5000));
}

TEST(Ntp, NotSynchronisedAndKissesAreFailures) {
  EXPECT_EQ(ntp_failure(*parse_ntp(answer(3, 2, "", 1, 1), kCookie)),
            "its clock is not synchronised (stratum 2)");
  EXPECT_NE(ntp_failure(*parse_ntp(answer(0, 16, "", 1, 1), kCookie)), "");
  EXPECT_NE(ntp_failure(*parse_ntp(answer(0, 0, "DENY", 1, 1), kCookie)).find("'DENY'"),
            std::string::npos);
  EXPECT_TRUE(is_too_often(*parse_ntp(answer(0, 0, "RATE", 1, 1), kCookie)));
  EXPECT_EQ(ntp_failure(*parse_ntp(answer(3, 0, "INIT", 1, 1), kCookie)),
            "its clock is not synchronised (stratum 0)");
  EXPECT_EQ(ntp_failure(*parse_ntp(answer(3, 0, "", 1, 1), kCookie)),
            "its clock is not synchronised (stratum 0)");
  NtpAnswer empty;
  empty.stratum = 1;
  EXPECT_FALSE(tells_time(empty));
  EXPECT_TRUE(tells_time(*parse_ntp(answer(3, 0, "INIT", 1, 1), kCookie)));
  EXPECT_FALSE(tells_time(*parse_ntp(answer(0, 0, "DENY", 1, 1), kCookie)));
  EXPECT_EQ(ntp_failure(empty), "its answer holds no time");
}

TEST(Ntp, WhatAnswersNoQuestionOfOursIsPassedOver) {
  std::string good = answer(0, 2, "", 1, 1);
  EXPECT_TRUE(parse_ntp(good, kCookie));
  EXPECT_FALSE(parse_ntp(good, kCookie + 1));
  EXPECT_FALSE(parse_ntp(good.substr(0, 47), kCookie));
  good[0] = 0x23;  // our own question, sent back
  EXPECT_FALSE(parse_ntp(good, kCookie));
}

TEST(Ntp, AnyOffsetWithinYearsComesOutAsItWent) {
  EXPECT_TRUE(rc::check([](std::int32_t ms) {
    const Instant sent{Duration(1'795'417'800'000)};
    NtpAnswer taken;
    taken.received = taken.transmitted = ntp(1795417800.0 + ms / 1000.0);
    const auto off = read_ntp(taken, sent, std::chrono::microseconds(0)).offset.count();
    RC_ASSERT(std::abs(off - ms) <= 1);
  }));
}

}  // namespace
}  // namespace dienstbereit::probe
