// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dienstbereit {

// RFC 4648, with padding, on one line; by OpenSSL.
std::string to_base64(std::string_view bytes);
// Nothing for what to_base64 does not give.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace dienstbereit
