// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/icmp_reply.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

std::string reply_to(const Echo& echo) {
  std::string packet = echo_request(echo);
  packet[0] = static_cast<char>(echo.family == IcmpFamily::V4 ? 0 : 129);
  return packet;
}

TEST(Icmp, TheReplyToARequestIsKnownByItsCookieAndSequence) {
  for (const auto family : {IcmpFamily::V4, IcmpFamily::V6}) {
    const Echo echo{family, false, 0x0123456789abcdef, 3};
    std::string reply = reply_to(echo);
    EXPECT_TRUE(is_echo_reply(reply, echo));
    reply[4] = 'x';  // the kernel's own identifier
    EXPECT_TRUE(is_echo_reply(reply, echo));
    EXPECT_FALSE(is_echo_reply(reply, {family, false, 0x0123456789abcdee, 3}));
    EXPECT_FALSE(is_echo_reply(reply, {family, false, 0x0123456789abcdef, 4}));
    EXPECT_FALSE(is_echo_reply(reply.substr(0, 15), echo));
    EXPECT_FALSE(is_echo_reply(echo_request(echo), echo));  // of ourselves, on loopback
  }
}

TEST(Icmp, AnIpHeaderIsSteppedOver) {
  const Echo echo{IcmpFamily::V4, true, 42, 1};
  std::string header(20, '\0');
  header[0] = 0x45;
  EXPECT_TRUE(is_echo_reply(header + reply_to(echo), echo));
  header[0] = 0x46;  // with options of four bytes
  EXPECT_TRUE(is_echo_reply(header + "abcd" + reply_to(echo), echo));
  header[0] = 0x4F;
  EXPECT_FALSE(is_echo_reply(header, echo));
  header[0] = 0x41;
  EXPECT_FALSE(is_echo_reply(header + reply_to(echo), echo));
  EXPECT_FALSE(is_echo_reply("", echo));
}

TEST(Icmp, TheChecksumOfARequestIsTheOneOfRfc1071) {
  const std::string packet = echo_request({IcmpFamily::V4, false, 0x0102030405060708, 1});
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < packet.size(); i += 2) {
    sum += static_cast<std::uint32_t>(static_cast<std::uint8_t>(packet[i]) << 8 |
                                      static_cast<std::uint8_t>(packet[i + 1]));
  }
  while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
  EXPECT_EQ(sum, 0xFFFFu);
}

}  // namespace
}  // namespace dienstbereit::probe
