// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dienstbereit::fallback::mail {

inline constexpr std::size_t kLargestList = 64u << 20;       // bytes of a file or an answer
inline constexpr std::size_t kMostRecipients = 1'000'000;    // addresses
inline constexpr std::size_t kLongestAddress = 254;          // bytes; RFC 5321
// A new list may lose this share of the last one's addresses before a person has to say yes.
inline constexpr double kPlausibleLoss = 0.1;

using Addresses = std::set<std::string>;  // lower case

// What was found and what was passed over. No address stands in a message.
struct RecipientList {
  Addresses addresses;
  std::size_t foreign = 0;     // of other domains
  std::size_t unreadable = 0;  // no address, or one of unusual letters
};

// One address a line; '#' begins a comment, what follows an address is passed over, so that a table
// of Postfix is such a list too. Pure; any bytes.
Result<RecipientList> parse_list(std::string_view text, const std::set<std::string>& domains);

// LDIF (RFC 2849) as ldapsearch prints it: every value of every attribute but dn that holds an
// address, with or without "smtp:" before it. Pure; any bytes.
Result<RecipientList> parse_ldif(std::string_view text, const std::set<std::string>& domains);

// Why a person has to say yes before `fresh` replaces `last`; empty: it may. `needed` are addresses
// that must be there.
std::string doubt_about(const Addresses& fresh, const Addresses& last,
                        const std::vector<std::string>& needed);

// The table for Postfix. `source` and `when` go into its head.
std::string to_table(const Addresses& addresses, const std::string& source,
                     const std::string& when);

}  // namespace dienstbereit::fallback::mail
