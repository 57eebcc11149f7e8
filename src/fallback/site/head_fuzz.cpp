// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdint>
#include <cstdlib>

#include "fallback/site/http.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto asked =
      dienstbereit::fallback::site::parse_head({reinterpret_cast<const char*>(data), size});
  if (asked && !asked->path.starts_with('/')) std::abort();
  return 0;
}
