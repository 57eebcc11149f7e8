// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "model/hours.h"

// Whatever parses renders to text that parses to the same, and its calendar can be asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const auto hours = parse_hours({reinterpret_cast<const char*>(data), size});
  if (!hours) {
    dienstbereit_assert(!hours.error().message.empty());
    return 0;
  }
  const std::string text = to_osm(*hours);
  // Canonical text may be longer than what was typed, so it may pass the bound on bytes.
  const auto again = parse_hours(text);
  dienstbereit_assert(again ? *again == *hours : text.size() > kHoursBytesMax);
  const PlaceCalendar calendar(*hours, Land::NW, {});
  const Day first = easter_sunday(2027);
  for (int day = 0; day < 7; ++day) {
    Minutes end{0};
    for (const SlotSpan& slot : calendar.on(first + date::days(day)).slots) {
      dienstbereit_assert(slot.open.begin >= end && slot.open.end > slot.open.begin);
      end = slot.open.end;
    }
  }
  return 0;
}
