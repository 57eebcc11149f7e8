// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "model/intake/case.h"

// What counters send, as hostile text: whatever is taken keeps its bounds, and its signed text has
// exactly its fifteen lines.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const auto items = parse_upload(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!items) return 0;
  dienstbereit_assert(items->size() <= kRecordsAtOnceMax);
  for (const UploadItem& item : *items) {
    if (!item.record) continue;
    const std::string text = signed_text(*item.record);
    dienstbereit_assert(std::count(text.begin(), text.end(), '\n') == 14);
    dienstbereit_assert(item.record->sealed.size() <= kSealedBytesMax);
  }
  return 0;
}
