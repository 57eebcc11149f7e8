// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/stop.h"

// The kinds of calculation that `dienstbereit calc` runs on a file (docs/formats/calc.md).
namespace dienstbereit::calc {

// What a calculation is given besides its file.
struct Setting {
  unsigned runs = 10'000;  // only kinds that simulate look at these two
  std::uint64_t seed = 1;
  const StopFlag* stop = nullptr;  // never null while a calculation runs
  // Since any moment: calculations read no clock themselves.
  std::function<double()> milliseconds{};
  // Only kinds that search: when they end with the best that they have.
  std::size_t search_steps = 300'000'000;
};

// One kind. `calculate` takes the text of the file and hands back the answer: JSON, without a line
// end. InvalidInput and LimitExceeded say what of the file is wrong, and where; stopped() if it was
// asked to stop.
struct Kind {
  const char* name;
  const char* about;  // for the list of commands
  const char* example;  // a small file and what it means, shown by --help
  bool simulates;  // takes --runs and --seed
  Result<std::string> (*calculate)(std::string_view text, const Setting& setting);
};

// In the order of --help. A new kind is one line in kinds.cpp.
std::span<const Kind> kinds();

// What a calculation that was asked to stop hands back.
Error stopped();

}  // namespace dienstbereit::calc
