// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdint>
#include <cstdlib>

#include "fallback/site/rewrite_property.h"

using namespace dienstbereit::fallback::site;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  RewriteOptions options;
  options.own_hosts = {"www.kreis.example"};
  options.de = {"a", "b"};
  options.en = {"c", "d"};
  options.holds = [](std::string_view path) { return path.size() % 2 == 0; };
  const auto page = rewrite({reinterpret_cast<const char*>(data), size}, options);
  if (page && !broken_rule(page->html).empty()) std::abort();
  return 0;
}
