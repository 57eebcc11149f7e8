// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dienstbereit::helper {

// A detached Ed25519 signature over a file, beside it as FILE.sig. Keys and signatures are one line
// of text each: a word that says what it is, and base64.

// Makes a pair: the secret key in `secret` (mode 0600, to be kept elsewhere), the public one in
// `secret`.pub. Conflict: one of them exists.
Result<void> make_keys(const std::filesystem::path& secret);
Result<void> sign(const std::filesystem::path& file, const std::filesystem::path& secret);
// The text of the file if it is as it was signed; Denied if it is not.
Result<std::string> read_signed(const std::filesystem::path& file,
                                const std::filesystem::path& public_key);
// Denied if anybody but its owner may write it, or if that is neither root nor who asks.
Result<void> check_owner(const std::filesystem::path& file);

}  // namespace dienstbereit::helper
