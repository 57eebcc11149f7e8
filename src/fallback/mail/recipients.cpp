// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/recipients.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::fallback::mail {
namespace {

constexpr std::size_t kFewEnough = 5;  // a loss of so many is plausible in any house

bool is_local_part(std::string_view part) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-";
  return !part.empty() && part.size() <= 64 &&
         part.find_first_not_of(kAllowed) == std::string_view::npos;
}

// Adds what `word` holds, if it is an address of ours.
Result<void> add(RecipientList& list, std::string_view word, const std::set<std::string>& domains) {
  const std::string address = to_lower_ascii(word);
  const auto at = address.rfind('@');
  const bool sound = at != std::string::npos && address.size() <= kLongestAddress &&
                     is_local_part(std::string_view(address).substr(0, at));
  if (!sound) {
    ++list.unreadable;
  } else if (!domains.contains(address.substr(at + 1))) {
    ++list.foreign;
  } else if (list.addresses.size() >= kMostRecipients) {
    return fail(
        Errc::LimitExceeded,
        fmt::format("the list holds more than {} addresses; split it by domain", kMostRecipients));
  } else {
    list.addresses.insert(address);
  }
  return {};
}

Result<void> check_size(std::string_view text) {
  if (text.size() <= kLargestList) return {};
  return fail(Errc::LimitExceeded, fmt::format("the list is larger than {} bytes", kLargestList));
}

// Base64 (RFC 4648); nothing if it is none.
std::optional<std::string> decoded(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : text) {
    if (c == '=') break;
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xffffff;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 255);
  }
  return out;
}

Result<void> add_value(RecipientList& list, std::string_view value,
                       const std::set<std::string>& domains) {
  constexpr std::string_view kPrefix = "smtp:";  // of proxyAddresses
  value = trim(value);
  const bool prefixed = value.size() > kPrefix.size() &&
                        equals_ignoring_case(value.substr(0, kPrefix.size()), kPrefix);
  if (prefixed) value.remove_prefix(kPrefix.size());
  const bool other_kind = !prefixed && value.find(':') != std::string_view::npos;  // X400:, SIP:
  if (other_kind || value.find('@') == std::string_view::npos) return {};
  return add(list, value, domains);
}

}  // namespace

Result<RecipientList> parse_list(std::string_view text, const std::set<std::string>& domains) {
  if (auto bounded = check_size(text); !bounded) return tl::unexpected(bounded.error());
  RecipientList list;
  for (std::string_view line : split(text, '\n')) {
    line = trim(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    const std::string_view word = line.substr(0, line.find_first_of(" \t,;"));
    if (auto added = add(list, word, domains); !added) return tl::unexpected(added.error());
  }
  return list;
}

Result<RecipientList> parse_ldif(std::string_view text, const std::set<std::string>& domains) {
  if (auto bounded = check_size(text); !bounded) return tl::unexpected(bounded.error());
  RecipientList list;
  for (const std::string_view line : split(text, '\n')) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || line[0] == '#' || line.starts_with("dn:")) continue;
    std::string_view value = line.substr(colon + 1);
    std::string plain(trim(value));
    if (value.starts_with(':')) {
      auto bytes = decoded(trim(value.substr(1)));
      if (!bytes) {
        ++list.unreadable;
        continue;
      }
      plain = std::move(*bytes);
    }
    if (auto added = add_value(list, plain, domains); !added) {
      return tl::unexpected(added.error());
    }
  }
  return list;
}

std::string doubt_about(const Addresses& fresh, const Addresses& last,
                        const std::vector<std::string>& needed) {
  if (fresh.empty()) return "the new list is empty: every sender would be refused";
  const auto missing = std::count_if(needed.begin(), needed.end(),
                                     [&](const auto& one) { return !fresh.contains(one); });
  if (missing > 0) {
    return fmt::format("{} of the {} function addresses are not in the new list: their mail would "
                       "be refused",
                       missing, needed.size());
  }
  const auto gone = static_cast<std::size_t>(std::count_if(
      last.begin(), last.end(), [&](const auto& one) { return !fresh.contains(one); }));
  const double allowed = kPlausibleLoss * static_cast<double>(last.size());
  if (gone <= kFewEnough || static_cast<double>(gone) <= allowed) return {};
  return fmt::format("{} of {} addresses are gone ({} now): their mail would be refused. Was the "
                     "export cut short, or did only a part of the directory answer?",
                     gone, last.size(), fresh.size());
}

std::string to_table(const Addresses& addresses, const std::string& source,
                     const std::string& when) {
  std::string text = fmt::format("# {} addresses from {}, {}, by 'dienstbereit mail recipients'.\n",
                                 addresses.size(), source, when);
  for (const std::string& address : addresses) text += address + " OK\n";
  return text;
}

}  // namespace dienstbereit::fallback::mail
