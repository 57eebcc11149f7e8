// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/ids.h"

// The number on a receipt: site, counter, sequence, check digit: "S3-02-0042-7". Unique without a
// network, since a counter's number is never given twice.
namespace dienstbereit {

inline constexpr unsigned kHighestCounter = 99;

std::string make_receipt(const SiteId& site, unsigned counter, std::uint64_t sequence);

// ISO 7064 MOD 11,10 over the letters and digits of `text` in order, a letter as the two digits
// A=10 to Z=35; all else is passed over. Finds every wrong digit; not every pair of digits that
// changed places: receipt_test.cpp lists which.
char check_digit(std::string_view text);

// True if `number` ends in '-' and the digit that belongs to it.
bool is_receipt(std::string_view number);

}  // namespace dienstbereit
