// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace dienstbereit::words {

// The first letter as a capital; for the letters our own texts begin with (ASCII).
std::string capitalised(std::string text);
// Ends with a full stop unless it ends a sentence already.
std::string sentence(std::string text);
// Every control character becomes a space, so that strangers' text cannot move a terminal's cursor.
std::string one_line(std::string text);
// Number of characters of UTF-8 text, and the text filled up with spaces to `width` of them.
std::size_t width_of(std::string_view text);
std::string padded(std::string text, std::size_t width);

}  // namespace dienstbereit::words
