// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdint>

#include "base/assert.h"
#include "probe/ber/ber.h"
#include "probe/ldap/message.h"

// The same bytes as responses in two pieces, and as a filter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::probe;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  LdapReader reader;
  for (const auto piece : {bytes.substr(0, size / 2), bytes.substr(size / 2)}) {
    reader.feed(piece);
    for (auto response = reader.next(); response && *response; response = reader.next()) {
      dienstbereit_assert((*response)->id >= 0);
    }
  }
  if (const auto filter = ldap_filter(bytes)) {
    BerReader whole(*filter);
    dienstbereit_assert(whole.next() && whole.empty());
  }
  return 0;
}
