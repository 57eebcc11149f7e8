// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/init/yaml_writer.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/text.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

bool is_plain(std::string_view value) {
  constexpr std::string_view kWords[] = {"null", "true", "false", "yes", "no"};
  constexpr std::string_view kSpecial = "\"'#&*!|>%@`{}[],?\n\t";
  if (value.empty() || value != trim(value)) return false;
  const auto first = static_cast<unsigned char>(value[0]);
  const bool starts_well = first >= 0x80 || (first >= '0' && first <= '9') ||
                           (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
  const bool word = std::any_of(std::begin(kWords), std::end(kWords),
                                [&](std::string_view w) { return equals_ignoring_case(value, w); });
  return starts_well && !word && value.find_first_of(kSpecial) == std::string_view::npos &&
         value.find(": ") == std::string_view::npos && !value.ends_with(':');
}

}  // namespace

std::string yaml_scalar(std::string_view value) {
  std::string sound = clean(value, kLongestText);
  std::replace(sound.begin(), sound.end(), '\n', ' ');
  std::replace(sound.begin(), sound.end(), '\t', ' ');
  if (is_plain(sound)) return sound;
  std::string quoted = "\"";
  for (char c : sound) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

void YamlWriter::comment(std::string_view text) { line(0, fmt::format("# {}", text), kNoSource); }
void YamlWriter::blank() { line(0, "", kNoSource); }

void YamlWriter::open(int depth, std::string_view key) {
  line(depth, fmt::format("{}:", key), kNoSource);
}

void YamlWriter::pair(int depth, std::string_view key, std::string_view value, Mark source) {
  line(depth, fmt::format("{}: {}", key, yaml_scalar(value)), source);
}

void YamlWriter::item(int depth, std::string_view key, std::string_view value, Mark source) {
  line(depth, fmt::format("- {}: {}", key, yaml_scalar(value)), source);
}

void YamlWriter::list(int depth, std::string_view key, const std::vector<std::string>& values,
                      Mark source) {
  std::vector<std::string> scalars;
  for (const std::string& value : values) scalars.push_back(yaml_scalar(value));
  line(depth, fmt::format("{}: [{}]", key, join(scalars, ", ")), source);
}

Mark YamlWriter::source_of(int line) const {
  if (line < 1 || static_cast<std::size_t>(line) > sources_.size()) return kNoSource;
  return sources_[static_cast<std::size_t>(line) - 1];
}

void YamlWriter::line(int depth, std::string_view content, Mark source) {
  text_.append(static_cast<std::size_t>(depth) * 2, ' ');
  text_ += content;
  text_ += '\n';
  sources_.push_back(source);
}

}  // namespace dienstbereit::config
