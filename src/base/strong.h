// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace dienstbereit {

// A string that means one thing. `struct SiteTag; using SiteId = StrongString<SiteTag>;`
template <class Tag>
class StrongString {
 public:
  StrongString() = default;
  explicit StrongString(std::string value) : value_(std::move(value)) {}

  const std::string& str() const { return value_; }
  bool empty() const { return value_.empty(); }
  friend auto operator<=>(const StrongString&, const StrongString&) = default;

 private:
  std::string value_;
};

// A number that means one thing; unsigned, since all of ours count or index.
template <class Tag, class Rep = std::uint32_t>
class StrongNumber {
 public:
  constexpr StrongNumber() = default;
  constexpr explicit StrongNumber(Rep value) : value_(value) {}

  constexpr Rep value() const { return value_; }
  friend constexpr auto operator<=>(const StrongNumber&, const StrongNumber&) = default;

 private:
  Rep value_ = 0;
};

}  // namespace dienstbereit

template <class Tag>
struct std::hash<dienstbereit::StrongString<Tag>> {
  std::size_t operator()(const dienstbereit::StrongString<Tag>& id) const {
    return std::hash<std::string>()(id.str());
  }
};

template <class Tag, class Rep>
struct std::hash<dienstbereit::StrongNumber<Tag, Rep>> {
  std::size_t operator()(const dienstbereit::StrongNumber<Tag, Rep>& id) const {
    return std::hash<Rep>()(id.value());
  }
};
