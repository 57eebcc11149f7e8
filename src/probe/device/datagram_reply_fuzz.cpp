// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdint>

#include "base/assert.h"
#include "base/text.h"
#include "probe/device/icmp_reply.h"
#include "probe/device/ntp_reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const bool header : {false, true}) {
    probe::is_echo_reply(bytes, {probe::IcmpFamily::V4, header, 7, 1});
    probe::is_echo_reply(bytes, {probe::IcmpFamily::V6, header, 7, 1});
  }
  const auto answer = probe::parse_ntp(bytes, 0x0123456789abcdef);
  if (!answer) return 0;
  dienstbereit_assert(answer->reference.size() <= 4 && is_utf8(answer->reference + "."));
  probe::ntp_failure(*answer);
  const auto reading =
      probe::read_ntp(*answer, Instant(Duration(1'795'417'800'000)), std::chrono::microseconds(7));
  dienstbereit_assert(reading.round_trip >= Duration(0));
  return 0;
}
