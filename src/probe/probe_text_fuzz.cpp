// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdint>

#include "base/assert.h"
#include "probe/http_reply.h"
#include "probe/url.h"

// Addresses and JSON pointers: text up to the first LF is the one, the rest the document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::probe;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto first = all.substr(0, all.find('\n'));
  const auto rest = all.substr(std::min(all.size(), first.size() + 1));
  json_differs(rest, first, "1");
  const auto url = parse_url(first);
  if (!url) return 0;
  dienstbereit_assert(*parse_url(to_text(*url)) == *url);
  const auto next = resolve_reference(*url, rest);
  if (next) dienstbereit_assert(next->target.front() == '/');
  return 0;
}
