// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/pattern.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace dienstbereit::helper {
namespace {

// Larger than any that is used, and far from an overflow.
constexpr std::size_t kEndless = 1'000'000;

std::size_t times(std::size_t a, std::size_t b) {
  return a > kEndless / std::max<std::size_t>(b, 1) ? kEndless : a * b;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// After a bracket expression that begins at `at`: "[]a]", "[^]a]", "[[:alpha:]a]".
std::size_t after_bracket(std::string_view text, std::size_t at) {
  ++at;
  if (at < text.size() && text[at] == '^') ++at;
  if (at < text.size() && text[at] == ']') ++at;
  while (at < text.size() && text[at] != ']') {
    const std::string_view kinds = ":.=";
    const bool named = text[at] == '[' && at + 1 < text.size() &&
                       kinds.find(text[at + 1]) != std::string_view::npos;
    const std::string end = named ? std::string{text[at + 1], ']'} : std::string();
    const std::size_t found = named ? text.find(end, at + 2) : std::string_view::npos;
    at = found == std::string_view::npos ? at + 1 : found + 2;
  }
  return std::min(at + 1, text.size());
}

struct Repetition {
  std::size_t least = 0;
  std::size_t most = 1;     // times that it is written out
  bool many = true;         // more than once
};

// "{n}", "{n,}" or "{n,m}" at `at`; moves behind it. A '{' that is a letter repeats once.
Repetition repetition(std::string_view text, std::size_t& at) {
  std::size_t numbers[2] = {0, 0};
  std::size_t commas = 0;
  for (++at; at < text.size() && (is_digit(text[at]) || text[at] == ','); ++at) {
    if (text[at] == ',') {
      ++commas;
    } else if (commas < 2) {
      numbers[commas] = std::min(kEndless, numbers[commas] * 10 + std::size_t(text[at] - '0'));
    }
  }
  const bool open = commas == 1 && text[at - 1] == ',';
  if (at < text.size() && text[at] == '}') ++at;
  const std::size_t most = open ? numbers[0] + 1 : std::max(numbers[0], numbers[1]);
  return {numbers[0], std::max<std::size_t>(most, 1), most > 1};
}

// Reads a pattern from left to right.
class Reader {
 public:
  Extent read(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) at = step(text, at);
    while (groups_.size() > 1) end_group();
    end_branch();
    return {groups_.back().before.size, repeats_nothing_};
  }

 private:
  struct Part {
    std::size_t size = 0;
    bool may_be_empty = true;
  };
  struct Group {
    Part before;  // what is finished of its branch; the size is that of all branches
    Part last;    // what a repetition repeats
    bool may_be_empty = false;
  };

  std::size_t step(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (c == '[') {
      take({1, false});
      return after_bracket(text, at);
    }
    if (c == '{') {
      repeat(repetition(text, at));
      return at;
    }
    if (c == '\\') {
      const bool letter =
          at + 1 < text.size() && std::isalpha(static_cast<unsigned char>(text[at + 1]));
      take({1, letter});  // of GNU; some, as \b, stand for no sign
      return at + 2;
    }
    if (c == '(') groups_.emplace_back();
    const bool ends = c == ')' && groups_.size() > 1;  // else a letter, to glibc
    if (ends) end_group();
    if (c == '|') end_branch();
    if (c == '*') repeat({0, 1, true});
    if (c == '+') repeat({1, 2, true});  // written out: once, and any number of times
    if (c == '?') repeat({0, 1, false});
    const bool means = std::string_view("(|*+?").find(c) != std::string_view::npos || ends;
    if (!means) take({1, c == '^' || c == '$'});
    return at + 1;
  }

  void take(Part part) {
    Group& group = groups_.back();
    group.before.size = std::min(kEndless, group.before.size + group.last.size);
    group.before.may_be_empty = group.before.may_be_empty && group.last.may_be_empty;
    group.last = part;
  }
  void repeat(const Repetition& how) {
    if (groups_.back().last.size == 0) take({1, false});  // a letter too, where it is taken
    Part& last = groups_.back().last;
    if (how.many && last.size > 0 && last.may_be_empty) repeats_nothing_ = true;
    last.size = times(last.size, how.most);
    if (how.least == 0) last.may_be_empty = true;
  }
  void end_branch() {
    take({0, true});
    Group& group = groups_.back();
    group.may_be_empty = group.may_be_empty || group.before.may_be_empty;
    group.before.may_be_empty = true;
  }
  void end_group() {
    end_branch();
    const Part whole{groups_.back().before.size + 1, groups_.back().may_be_empty};
    groups_.pop_back();
    take(whole);
  }

  std::vector<Group> groups_ = std::vector<Group>(1);
  bool repeats_nothing_ = false;
};

bool has_back_reference(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size();) {
    if (text[at] == '[') {
      at = after_bracket(text, at);
    } else if (text[at] == '\\') {
      if (is_digit(text[at + 1])) return true;
      at += 2;
    } else {
      ++at;
    }
  }
  return false;
}

bool compiles(const std::string& text) {
  regex_t regex{};
  if (::regcomp(&regex, text.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return false;
  ::regfree(&regex);
  return true;
}

// glibc takes a ')' too many for a letter; within "^(...)$" it would end the group. Where none is
// too many, a '(' before the text stays open.
bool balanced(const std::string& text) { return compiles(text) && !compiles("(" + text); }

}  // namespace

Extent extent_of(std::string_view pattern) { return Reader().read(pattern); }

Pattern::Pattern(const std::string& text) {
  const Extent extent = extent_of(text);
  if (extent.size > kLargestPattern) {
    problem_ = "is too large with its repetitions written out";
  } else if (extent.repeats_nothing) {
    problem_ = "repeats what may be empty";
  } else if (has_back_reference(text)) {
    problem_ = "refers back, which POSIX extended patterns cannot";
  } else if (!balanced(text) ||
             ::regcomp(&regex_, ("^(" + text + ")$").c_str(), REG_EXTENDED | REG_NOSUB) != 0) {
    problem_ = "cannot be read";
  }
}

Pattern::~Pattern() {
  if (problem_ == nullptr) ::regfree(&regex_);
}

bool Pattern::matches(const std::string& value) const {
  return problem_ == nullptr && ::regexec(&regex_, value.c_str(), 0, nullptr, 0) == 0;
}

}  // namespace dienstbereit::helper
