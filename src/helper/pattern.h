// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include <regex.h>

namespace dienstbereit::helper {

// regcomp(3) writes repetitions out, and follows each way through what may be empty: a short text
// may take it gigabytes, the stack, or for ever. So patterns are bounded before it sees them.
inline constexpr std::size_t kLargestPattern = 2'000;

struct Extent {
  std::size_t size = 0;  // signs and groups, with repetitions written out
  bool repeats_nothing = false;  // "(a*)+": what may be empty is repeated
};
Extent extent_of(std::string_view pattern);

// A POSIX extended regular expression for a whole value, compiled.
class Pattern {
 public:
  explicit Pattern(const std::string& text);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  // Why it cannot be used, for "the pattern of X ..."; null if it can. Then nothing matches.
  const char* problem() const { return problem_; }
  bool matches(const std::string& value) const;

 private:
  regex_t regex_{};
  const char* problem_ = nullptr;
};

}  // namespace dienstbereit::helper
