// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/assert.h"

namespace dienstbereit {

// A table of enumerators and the names they have in JSON, YAML and the journal.
template <class Enum, std::size_t N>
using NameTable = std::array<std::pair<Enum, const char*>, N>;

template <class Enum, std::size_t N>
const char* find_name(const NameTable<Enum, N>& table, Enum value) {
  for (const auto& [known, name] : table) {
    if (known == value) return name;
  }
  assertion_failed("an enumerator without a name", __FILE__, __LINE__);
}

template <class Enum, std::size_t N>
std::optional<Enum> find_value(const NameTable<Enum, N>& table, std::string_view name) {
  for (const auto& [value, known] : table) {
    if (name == known) return value;
  }
  return std::nullopt;
}

}  // namespace dienstbereit
