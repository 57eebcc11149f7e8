// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "helper/protocol.h"

using namespace dienstbereit;
using namespace dienstbereit::helper;

namespace {

// One line and its end, whatever stands in it: the other side reads no further.
void expect_one_line(const std::string& line) {
  dienstbereit_assert(line.ends_with('\n'));
  dienstbereit_assert(std::count(line.begin(), line.end(), '\n') == 1);
}

void request(std::string_view line) {
  const auto action = parse_action(line);
  if (!action) return;
  // The key names a file of the helper's memory.
  dienstbereit_assert(valid_key(action->key) && action->key.find('/') == std::string::npos);
  dienstbereit_assert(action->key != "." && action->key != "..");
  dienstbereit_assert(!action->command.empty() && action->timeout.count() >= 0);
  const std::string said = to_line(*action);
  expect_one_line(said);
  if (said.size() > kLargestLine) return;
  const auto again = parse_action(said);
  dienstbereit_assert(again.has_value() && to_line(*again) == said);
  dienstbereit_assert(again->command == action->command && again->mode == action->mode);
  dienstbereit_assert(again->with.size() == action->with.size());
}

void answer(std::string_view line) {
  const auto result = parse_result(line);
  if (!result) return;
  const std::string said = to_line(*result);
  expect_one_line(said);
  if (said.size() > kLargestLine) return;
  const auto again = parse_result(said);
  dienstbereit_assert(again.has_value() && to_line(*again) == said);
  dienstbereit_assert(again->outcome == result->outcome && again->detail == result->detail);
}

}  // namespace

// What comes over the helper's socket, read as the helper and as the service read it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  request(line);
  answer(line);
  return 0;
}
