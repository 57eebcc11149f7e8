// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

namespace dienstbereit {

// RFC 1952, as HTTP's Content-Encoding gzip.
std::string gzip(std::string_view text);

}  // namespace dienstbereit
