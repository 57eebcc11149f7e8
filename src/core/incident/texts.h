// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/district.h"

namespace dienstbereit::core::incident {

// True if `text` holds what can change how the text around it reads: bidirectional embeddings,
// overrides and isolates (U+202A-202E, U+2066-2069), or control characters but LF and TAB.
bool has_hidden_characters(std::string_view text);

// One text of a person: UTF-8, at most `limit` bytes, nothing hidden; `what` names it in the error.
Result<void> check_text(std::string_view what, const std::string& text, std::size_t limit);
// As above, and not empty.
Result<void> need_text(std::string_view what, const std::string& text, std::size_t limit);
Result<void> check_text(std::string_view what, const Wording& text, std::size_t limit);
Result<void> need_text(std::string_view what, const Wording& text, std::size_t limit);

}  // namespace dienstbereit::core::incident
