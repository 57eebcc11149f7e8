// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/ntp_reply.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kPacket = 48;  // bytes; more are extensions
constexpr char kVersion4Client = 0x23;
constexpr int kServerMode = 4;
constexpr int kNotSynchronised = 3;
constexpr int kHighestStratum = 15;
constexpr std::size_t kReferenceAt = 12;
constexpr std::size_t kOriginateAt = 24;
constexpr std::size_t kReceiveAt = 32;
constexpr std::size_t kTransmitAt = 40;
constexpr std::int64_t kUnixEpoch = 2'208'988'800;  // seconds from 1900 to 1970
constexpr std::int64_t kMillisecondsPerSecond = 1000;

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + 8; ++i) {
    value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  }
  return value;
}

// 32.32 bits of seconds since 1900, modulo its era of 136 years.
std::uint64_t to_ntp(Instant at) {
  const std::int64_t ms = at.time_since_epoch().count() + kUnixEpoch * kMillisecondsPerSecond;
  const auto seconds = static_cast<std::uint64_t>(ms / kMillisecondsPerSecond);
  const auto rest = static_cast<std::uint64_t>(ms % kMillisecondsPerSecond);
  return seconds << 32 | (rest << 32) / kMillisecondsPerSecond;
}

// A difference within 68 years, in microseconds.
std::int64_t microseconds(std::uint64_t difference) {
  const auto signed_difference = static_cast<std::int64_t>(difference);
  constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;
  const std::int64_t seconds = signed_difference >> 32;
  const std::int64_t fraction = signed_difference & 0xFFFF'FFFF;
  return seconds * kMicrosecondsPerSecond + (fraction * kMicrosecondsPerSecond >> 32);
}

// Other names at stratum 0, or none, are those of servers that are not synchronised yet.
bool refuses(const NtpAnswer& answer) {
  return answer.stratum == 0 && (answer.reference == "DENY" || answer.reference == "RSTR");
}

}  // namespace

std::string ntp_question(std::uint64_t cookie) {
  std::string packet(kPacket, '\0');
  packet[0] = kVersion4Client;
  for (std::size_t i = 0; i < 8; ++i) {
    packet[kTransmitAt + i] = static_cast<char>(cookie >> (56 - 8 * i) & 0xFF);
  }
  return packet;
}

std::optional<NtpAnswer> parse_ntp(std::string_view bytes, std::uint64_t cookie) {
  if (bytes.size() < kPacket || (bytes[0] & 7) != kServerMode) return std::nullopt;
  if (number_at(bytes, kOriginateAt) != cookie) return std::nullopt;
  NtpAnswer answer;
  answer.leap = static_cast<std::uint8_t>(bytes[0]) >> 6;
  answer.stratum = static_cast<std::uint8_t>(bytes[1]);
  if (answer.stratum <= 1) {
    const std::string_view name = bytes.substr(kReferenceAt, 4);
    answer.reference = clean(name.substr(0, name.find('\0')), 4);
  }
  answer.received = number_at(bytes, kReceiveAt);
  answer.transmitted = number_at(bytes, kTransmitAt);
  return answer;
}

bool is_too_often(const NtpAnswer& answer) {
  return answer.stratum == 0 && answer.reference == "RATE";
}

bool tells_time(const NtpAnswer& answer) {
  return answer.transmitted != 0 && answer.received != 0 && !refuses(answer) &&
         !is_too_often(answer);
}

std::string ntp_failure(const NtpAnswer& answer) {
  if (refuses(answer)) {
    return fmt::format("it refuses to tell the time (kiss-o'-death '{}')", answer.reference);
  }
  if (answer.leap == kNotSynchronised || answer.stratum == 0 || answer.stratum > kHighestStratum) {
    return fmt::format("its clock is not synchronised (stratum {})", answer.stratum);
  }
  if (answer.transmitted == 0 || answer.received == 0) return "its answer holds no time";
  return {};
}

NtpReading read_ntp(const NtpAnswer& answer, Instant sent, std::chrono::microseconds took) {
  const std::int64_t there = microseconds(answer.received - to_ntp(sent));
  const std::int64_t held = microseconds(answer.transmitted - answer.received);
  // ((T2 - T1) + (T3 - T4)) / 2 with T3 = T2 + held and T4 = T1 + took.
  const std::int64_t offset = there + (held - took.count()) / 2;
  const auto to_duration = [](std::int64_t us) {
    return std::chrono::round<Duration>(std::chrono::microseconds(us));
  };
  return {to_duration(offset), to_duration(std::max<std::int64_t>(0, took.count() - held))};
}

}  // namespace dienstbereit::probe
