// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "probe/relay/reply.h"

// A relay's answer with the right signature may still say anything.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto answer = probe::parse_relay_answer(body, probe::signature_of("secret", body), "secret",
                                                "0123456789abcdef");
  if (answer) probe::judge_relay(HttpProbe{}, *answer);
  return 0;
}
