// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/errors.h"

#include <map>

#include <nlohmann/json.hpp>

#include "base/assert.h"
#include "base/text.h"

// Defined in catalogue.S.
extern "C" {
extern const char dienstbereit_errors_de[];
extern const char dienstbereit_errors_de_end[];
}

namespace dienstbereit::words {
namespace {

constexpr std::string_view kHole = "{}";

struct Errors {
  std::vector<std::string> patterns;
  std::vector<std::string> german;
  std::vector<std::string> parts;
  std::map<std::string, std::string, std::less<>> german_parts;

  Errors() {
    const std::string_view source(
        dienstbereit_errors_de,
        static_cast<std::size_t>(dienstbereit_errors_de_end - dienstbereit_errors_de));
    const auto json = nlohmann::ordered_json::parse(source, nullptr, false);
    dienstbereit_assert(json.is_object());
    for (const auto& [english, text] : json.at("messages").items()) {
      patterns.push_back(english);
      german.push_back(text.get<std::string>());
    }
    for (const auto& [english, text] : json.at("parts").items()) {
      parts.push_back(english);
      german_parts.emplace(english, text.get<std::string>());
    }
  }
};

const Errors& errors() {
  static const Errors kErrors;
  return kErrors;
}

// What stands in the holes of `pattern`; nothing where `text` is another sentence.
std::optional<std::vector<std::string>> holes_of(std::string_view pattern, std::string_view text) {
  std::vector<std::string> values;
  auto hole = pattern.find(kHole);
  if (!text.starts_with(pattern.substr(0, hole))) return std::nullopt;
  while (hole != std::string_view::npos) {
    text.remove_prefix(hole);
    pattern.remove_prefix(hole + kHole.size());
    hole = pattern.find(kHole);
    const std::string_view next = pattern.substr(0, hole);
    const bool last = hole == std::string_view::npos;
    const auto end = last && text.ends_with(next) ? text.size() - next.size() : text.find(next);
    if (end == std::string_view::npos || (last && !text.ends_with(next))) return std::nullopt;
    if (!last && next.empty()) return std::nullopt;
    values.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    if (last) return values;
    // The next turn removes what stands between the two holes.
  }
  return pattern == text ? std::optional(values) : std::nullopt;
}

std::string in_german(const std::string& value) {
  const auto found = errors().german_parts.find(value);
  return found == errors().german_parts.end() ? value : found->second;
}

// "{}" takes the values in turn, "{2}" the third.
std::string filled(std::string_view pattern, const std::vector<std::string>& values) {
  std::string out;
  std::size_t turn = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    const auto end = pattern.find('}', i);
    dienstbereit_assert(end != std::string_view::npos);
    const std::size_t which =
        end == i + 1 ? turn++ : static_cast<std::size_t>(pattern[i + 1] - '0');
    dienstbereit_assert(which < values.size());
    out += in_german(values[which]);
    i = end;
  }
  return out;
}

}  // namespace

std::optional<std::string> german_error(std::string_view english) {
  const Errors& all = errors();
  for (std::size_t i = 0; i < all.patterns.size(); ++i) {
    if (const auto values = holes_of(all.patterns[i], english)) {
      return filled(all.german[i], *values);
    }
  }
  return std::nullopt;
}

const std::vector<std::string>& error_patterns() { return errors().patterns; }
const std::vector<std::string>& error_parts() { return errors().parts; }

}  // namespace dienstbereit::words
