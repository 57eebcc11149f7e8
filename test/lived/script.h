// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "story/story.h"

namespace dienstbereit::lived {

// What comes in by a story file, in the form in which people put it into the real program. Servers
// that fail and work again are named by the component they are.
struct Act {
  enum class Kind : std::uint8_t { Fails, Works, Word, Withdraw, Record, Forecast };
  Instant at;
  Kind kind = Kind::Record;
  std::string note;     // empty, or what happens
  nlohmann::json what;  // Fails, Works: a list of components; else as the API takes it
};

// In the order of time. `story`: the same file, loaded. Throws std::runtime_error if it cannot be
// read.
std::vector<Act> read_script(const std::filesystem::path& file, const story::Story& story);

}  // namespace dienstbereit::lived
