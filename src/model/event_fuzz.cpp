// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "model/event.h"

// First line: the event's type; the rest: its text. What decodes must encode to a fixed point.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const auto event = decode(input.substr(0, line), 1, input.substr(line + 1));
  if (!event) return 0;
  const EncodedPayload first = encode(*event);
  const auto again = decode(first.type, first.version, first.text);
  dienstbereit_assert(again.has_value());
  dienstbereit_assert(encode(*again).text == first.text);
  return 0;
}
