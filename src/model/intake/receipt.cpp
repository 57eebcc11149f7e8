// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/intake/receipt.h"

#include <fmt/format.h>

namespace dienstbereit {
namespace {

// ISO 7064 MOD 11,10: a product between 1 and 10 is carried from digit to digit.
class Mod11_10 {
 public:
  void add(unsigned digit) {
    const unsigned sum = (carry_ + digit) % 10;
    carry_ = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  char digit() const { return static_cast<char>('0' + (11 - carry_) % 10); }

 private:
  unsigned carry_ = 10;
};

}  // namespace

char check_digit(std::string_view text) {
  constexpr unsigned kFirstLetter = 10;
  Mod11_10 sum;
  for (const char c : text) {
    if (c >= '0' && c <= '9') sum.add(static_cast<unsigned>(c - '0'));
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper < 'A' || upper > 'Z') continue;
    const unsigned value = kFirstLetter + static_cast<unsigned>(upper - 'A');
    sum.add(value / 10);
    sum.add(value % 10);
  }
  return sum.digit();
}

std::string make_receipt(const SiteId& site, unsigned counter, std::uint64_t sequence) {
  const std::string head = fmt::format("{}-{:02}-{:04}", site.str(), counter, sequence);
  return fmt::format("{}-{}", head, check_digit(head));
}

bool is_receipt(std::string_view number) {
  const auto dash = number.rfind('-');
  return dash != std::string_view::npos && dash + 2 == number.size() &&
         number.back() == check_digit(number.substr(0, dash));
}

}  // namespace dienstbereit
