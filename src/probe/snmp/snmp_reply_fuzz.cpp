// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdint>

#include "base/assert.h"
#include "probe/snmp/usm.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto plain = probe::parse_snmp_v2c(bytes);
  if (plain) dienstbereit_assert(plain->bindings.size() <= probe::kMostBindings);
  const probe::UsmUser nobody;
  probe::UsmUser user;
  user.name = "observer";
  user.auth_key = std::string(32, 'k');
  user.privacy_key = std::string(32, 'p');
  for (const probe::UsmUser& one : {nobody, user}) {
    const auto answer = probe::parse_snmp_v3(bytes, one);
    if (answer) probe::usm_report(answer->pdu);
  }
  return 0;
}
