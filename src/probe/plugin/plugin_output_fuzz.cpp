// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cmath>
#include <cstdint>

#include "base/assert.h"
#include "base/text.h"
#include "probe/plugin/output.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto output = probe::parse_plugin_output(bytes);
  dienstbereit_assert(output.values.size() <= probe::kMostPluginValues && is_utf8(output.text));
  for (const auto& value : output.values) {
    dienstbereit_assert(!value.label.empty() && std::isfinite(value.value));
  }
  return 0;
}
