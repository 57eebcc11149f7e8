// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dienstbereit {

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
// "a -> b -> a": the members of a loop, each waiting for the next, for messages that name it. Of
// more than kLoopShown the first are named, and how many more there are.
inline constexpr std::size_t kLoopShown = 20;
std::string loop_text(std::span<const std::string> members);
std::string to_lower_ascii(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

// True if `text` is well-formed UTF-8 (RFC 3629) without NUL.
bool is_utf8(std::string_view text);
// Every byte that breaks UTF-8, and every control character but LF and TAB, becomes '?'; cut at
// `limit` bytes on a character's border. For text of strangers that is shown or stored.
std::string clean(std::string_view text, std::size_t limit);

// The candidate nearest to `word` by edit distance (with transpositions), if it is near enough to
// be what was meant: at most a third of the word's length, and at least one.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);
// A finite number as people and programs write it: "-1.5", "230", "1e3"; nothing behind it.
std::optional<double> parse_decimal(std::string_view text);
// True for "user@host" in the plain form (RFC 5321 Dot-string and domain).
inline constexpr std::size_t kLongestMailAddress = 254;
bool valid_mail_address(std::string_view address);
// For a part of an address: everything but letters, digits and "-._~" as "%XX".
std::string percent_encoded(std::string_view text);

}  // namespace dienstbereit
