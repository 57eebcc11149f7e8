// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/interim/action.h"

namespace dienstbereit::helper {

// What the server and the helper say to each other over a Unix socket: one line of JSON each, then
// the connection ends (docs/formats/plans.md, "What is said on the socket").

inline constexpr std::size_t kLargestLine = 64u << 10;  // bytes
inline constexpr const char* kUsualSocket = "/run/dienstbereit-helper/socket";

// [A-Za-z0-9.-]{1,100}: it names a file.
bool valid_key(std::string_view key);

std::string to_line(const Action& action);
Result<Action> parse_action(std::string_view line);
std::string to_line(const ActionResult& result);
Result<ActionResult> parse_result(std::string_view line);

}  // namespace dienstbereit::helper
