// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <string>

#include "config/bundle.h"
#include "config/load.h"

// Any bytes, as a bundle if they begin like one, else as the one file of a district.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::config;
  std::string text(reinterpret_cast<const char*>(data), size);
  const bool bundle = text.starts_with("# dienstbereit");
  (void)load_bundle(bundle ? text : to_bundle({SourceFile{"fuzz.yaml", text}}));
  return 0;
}
