// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/report.h"

namespace dienstbereit::config {

inline constexpr Mark kNoSource{0xFFFF, 0, 0};

// Writes a district line by line and remembers where each line came from, so that a problem of the
// text can be told at its source.
class YamlWriter {
 public:
  void comment(std::string_view text);
  void blank();
  // "key:" at this depth, two spaces each.
  void open(int depth, std::string_view key);
  // "key: value", quoted where it must be.
  void pair(int depth, std::string_view key, std::string_view value, Mark source = kNoSource);
  // "- key: value", the first key of a list's entry.
  void item(int depth, std::string_view key, std::string_view value, Mark source = kNoSource);
  // "key: [a, b]".
  void list(int depth, std::string_view key, const std::vector<std::string>& values, Mark source);

  const std::string& text() const { return text_; }
  // The source of a line, from 1; kNoSource if it has none.
  Mark source_of(int line) const;

 private:
  void line(int depth, std::string_view content, Mark source);

  std::string text_;
  std::vector<Mark> sources_;
};

// `value` as a YAML scalar of block style.
std::string yaml_scalar(std::string_view value);

}  // namespace dienstbereit::config
