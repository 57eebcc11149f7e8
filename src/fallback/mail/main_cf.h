// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dienstbereit::fallback::mail {

inline constexpr std::size_t kLargestPostfixFile = 4u << 20;  // bytes

// The settings of a main.cf (postconf(5)): comments left out, continued lines joined, the last of a
// name wins. Values as written. Pure; any bytes.
using Settings = std::map<std::string, std::string>;
Settings parse_settings(std::string_view text);

// "a, b c" -> a b c: what a setting lists, at commas and spaces.
std::vector<std::string> items_of(std::string_view value);

// The rows of a texthash table: key, and the rest of the line. Keys in lower case.
std::vector<std::pair<std::string, std::string>> parse_table(std::string_view text);

}  // namespace dienstbereit::fallback::mail
