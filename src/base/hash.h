// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace dienstbereit {

// SHA-256 (FIPS 180-4), by OpenSSL.
using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);

// Lower-case hex, two digits a byte.
std::string to_hex(const Digest& digest);

// A 64-bit FNV-1a hash: stable over versions and machines, so that schedules derived from it
// survive restarts. Not for hostile keys.
std::uint64_t stable_hash(std::string_view bytes);

}  // namespace dienstbereit
