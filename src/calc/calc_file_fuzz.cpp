// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "calc/input.h"
#include "calc/kinds.h"

using namespace dienstbereit;
using namespace dienstbereit::calc;

// Any file, given to every kind: an answer or a message, within the time of one fuzz input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const StopFlag stop;
  double clock = 0;
  const Setting setting{3, 1, &stop, [&clock] { return ++clock; }, 100'000};
  for (const Kind& kind : kinds()) {
    const auto answer = kind.calculate(text, setting);
    if (answer) {
      dienstbereit_assert(Input::parse(*answer).has_value());
    } else {
      dienstbereit_assert(!answer.error().message.empty());
    }
  }
  return 0;
}
