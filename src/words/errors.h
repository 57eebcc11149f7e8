// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dienstbereit::words {

// The German of an error that a decider has given (base/result.h: errors are English sentences), by
// its pattern in catalogue/errors.de.json. Nothing for one that is not there.
std::optional<std::string> german_error(std::string_view english);

// For tests: the English patterns, and the names that are put into them.
const std::vector<std::string>& error_patterns();
const std::vector<std::string>& error_parts();

}  // namespace dienstbereit::words
