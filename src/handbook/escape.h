// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace dienstbereit::handbook {

// & < > " ' become references; control characters but LF and TAB are dropped.
std::string escaped(std::string_view text);
// How a content security policy names an inline style or script: 'sha256-...' with its quotes.
std::string source_hash(std::string_view text);

}  // namespace dienstbereit::handbook
