// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

// SNTP (RFC 4330, RFC 5905 7.3): one packet of 48 bytes each way. Pure; any bytes.
namespace dienstbereit::probe {

// `cookie`: a number nobody can guess, in place of our time; the server gives it back.
std::string ntp_question(std::uint64_t cookie);

struct NtpAnswer {
  int leap = 0;  // 3: its clock is not synchronised
  int stratum = 0;  // 0: a kiss-o'-death, if it has a name
  std::string reference;  // of stratum 0 and 1 four letters, cleaned: "RATE", "GPS"
  std::uint64_t received = 0;     // server's time, 32.32 bits of seconds since 1900
  std::uint64_t transmitted = 0;
};
// Nothing: not the answer to this question.
std::optional<NtpAnswer> parse_ntp(std::string_view bytes, std::uint64_t cookie);

bool is_too_often(const NtpAnswer& answer);  // it asks to be asked less often
// Whether it holds times, be its clock right or wrong.
bool tells_time(const NtpAnswer& answer);
// Why its time is of no use; empty: it is.
std::string ntp_failure(const NtpAnswer& answer);

struct NtpReading {
  Duration offset{0};      // server's clock less ours (RFC 4330, 5)
  Duration round_trip{0};  // twice the largest error of the offset
};
// `sent`: our clock when the question left; `took`: until the answer came, by a steady clock.
NtpReading read_ntp(const NtpAnswer& answer, Instant sent, std::chrono::microseconds took);

}  // namespace dienstbereit::probe
