// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace dienstbereit::servers {

// What a reader sees of a page: tags, style and scripts gone, the usual entities as
// characters, white space single.
std::string visible_text(const std::string& html);

}  // namespace dienstbereit::servers
