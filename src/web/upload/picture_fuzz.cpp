// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What an upload brings: a form in parts, and the picture in it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "web/upload/multipart.h"
#include "web/upload/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::web;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto form = parse_multipart(bytes, "b")) {
    dienstbereit_assert(form->parts.size() <= kPartsMax);
    for (const auto& [name, value] : form->parts) dienstbereit_assert(value.size() <= size);
  }
  if (const auto bare = bare_picture(bytes)) {
    dienstbereit_assert(bare->size() <= size);
    // What was bared once has nothing left to lose.
    dienstbereit_assert(bare_picture(*bare) == bare);
  }
  return 0;
}
