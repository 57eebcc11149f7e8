// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/icmp_reply.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kHeader = 8;  // type, code, checksum, identifier, sequence
constexpr std::size_t kCookie = 8;
constexpr std::size_t kShortestIpHeader = 20;
constexpr std::size_t kWord = 4;
constexpr int kEcho4 = 8;
constexpr int kEchoReply4 = 0;
constexpr int kEcho6 = 128;
constexpr int kEchoReply6 = 129;

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

// RFC 1071.
std::uint16_t checksum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    sum += static_cast<std::uint32_t>(byte_at(bytes, i) << 8 | byte_at(bytes, i + 1));
  }
  while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

std::string cookie_of(const Echo& echo) {
  std::string text;
  for (std::size_t i = 0; i < kCookie; ++i) {
    text += static_cast<char>(echo.cookie >> (56 - 8 * i) & 0xFF);
  }
  return text;
}

}  // namespace

std::string echo_request(const Echo& echo) {
  std::string packet(kHeader, '\0');
  packet[0] = static_cast<char>(echo.family == IcmpFamily::V4 ? kEcho4 : kEcho6);
  packet[4] = static_cast<char>(echo.cookie >> 8 & 0xFF);
  packet[5] = static_cast<char>(echo.cookie & 0xFF);
  packet[6] = static_cast<char>(echo.sequence >> 8);
  packet[7] = static_cast<char>(echo.sequence & 0xFF);
  packet += cookie_of(echo);
  if (echo.family == IcmpFamily::V6) return packet;  // the kernel knows the addresses it covers
  const std::uint16_t sum = checksum(packet);
  packet[2] = static_cast<char>(sum >> 8);
  packet[3] = static_cast<char>(sum & 0xFF);
  return packet;
}

bool is_echo_reply(std::string_view bytes, const Echo& echo) {
  if (echo.ip_header) {
    if (bytes.empty()) return false;
    const std::size_t size = (byte_at(bytes, 0) & 15) * kWord;
    if (size < kShortestIpHeader || bytes.size() < size) return false;
    bytes.remove_prefix(size);
  }
  if (bytes.size() < kHeader + kCookie) return false;
  const int type = echo.family == IcmpFamily::V4 ? kEchoReply4 : kEchoReply6;
  const int sequence = byte_at(bytes, 6) << 8 | byte_at(bytes, 7);
  return byte_at(bytes, 0) == type && byte_at(bytes, 1) == 0 && sequence == echo.sequence &&
         bytes.substr(kHeader, kCookie) == cookie_of(echo);
}

}  // namespace dienstbereit::probe
