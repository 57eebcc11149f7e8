// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "handbook/document.h"

namespace dienstbereit::handbook {

// docs/formats/sealed-page.md
inline constexpr unsigned kSealIterations = 600'000;  // of PBKDF2-HMAC-SHA-256
inline constexpr std::size_t kShortestPassphrase = 16;
inline constexpr std::size_t kLongestPassphrase = 200;
inline constexpr std::size_t kLargestSealed = 16u << 20;  // bytes of both documents

// InvalidInput: too short, too long, or with letters that not every keyboard gives (only printable
// ASCII, no space at an end). The message never repeats it.
Result<void> check_passphrase(std::string_view passphrase);

// A page that any browser opens without a network, and that shows the two documents, one a
// language, once the passphrase is given; nothing of them can be read without it. Takes a part of a
// second. InvalidInput: the passphrase; LimitExceeded: the documents are too large.
Result<std::string> sealed_page(const Document& german, const Document& english,
                                std::string_view passphrase);

}  // namespace dienstbereit::handbook
