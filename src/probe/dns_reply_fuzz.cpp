// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdint>

#include "base/assert.h"
#include "probe/dns_reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::probe;
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"A", "AAAA", "MX", "NS", "TXT", "SOA", "PTR", "CNAME", "SRV"}) {
    const auto type = *dns_type(name);
    const auto records = dns_records(message, type);
    if (!records) continue;
    dienstbereit_assert(records->size() <= kMostDnsRecords);
    for (const auto& record : *records) dns_record_is(record, "example.org.", type);
  }
  return 0;
}
