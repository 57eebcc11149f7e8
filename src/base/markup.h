// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace dienstbereit {

// Text for HTML and XML, in elements and quoted attributes: & < > " ' become references; control
// characters but LF and TAB are dropped.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

// How a content security policy names an inline style or script: 'sha256-...' with its quotes
// (CSP Level 3, 2.3.1).
std::string source_hash(std::string_view text);

}  // namespace dienstbereit
