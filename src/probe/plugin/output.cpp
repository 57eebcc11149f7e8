// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/plugin/output.h"

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kLongestLabel = 64;  // bytes
constexpr std::size_t kLongestUnit = 8;    // bytes
constexpr std::string_view kSpace = " \t\r\n";

// Takes the label from the front, up to its '='. In quotes it may hold anything, a quote doubled.
std::optional<std::string> take_label(std::string_view& rest) {
  std::string label;
  std::size_t at = 0;
  if (!rest.empty() && rest.front() == '\'') {
    for (at = 1; at < rest.size(); ++at) {
      if (rest[at] != '\'') {
        label += rest[at];
      } else if (at + 1 < rest.size() && rest[at + 1] == '\'') {
        label += rest[at++];
      } else {
        break;
      }
    }
    ++at;
  } else {
    at = rest.find_first_of("= \t\r\n");
    if (at == std::string_view::npos) return std::nullopt;
    label = rest.substr(0, at);
  }
  if (at >= rest.size() || rest[at] != '=' || label.empty()) return std::nullopt;
  rest.remove_prefix(at + 1);
  return clean(label, kLongestLabel);
}

std::optional<PluginValue> take_value(std::string_view& rest) {
  auto label = take_label(rest);
  const auto end = std::min(rest.find_first_of(kSpace), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  if (!label) return std::nullopt;
  const std::string_view first = word.substr(0, word.find(';'));
  const auto digits = std::min(first.find_first_not_of("+-.0123456789"), first.size());
  const auto number = parse_decimal(first.substr(0, digits));
  const std::string_view unit = first.substr(digits);
  if (!number || unit.size() > kLongestUnit) return std::nullopt;
  return PluginValue{std::move(*label), *number, clean(unit, kLongestUnit)};
}

void take_values(std::string_view rest, std::vector<PluginValue>& values) {
  while (values.size() < kMostPluginValues) {
    const auto begin = rest.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return;
    rest.remove_prefix(begin);
    const std::size_t before = rest.size();
    if (auto value = take_value(rest)) values.push_back(std::move(*value));
    if (rest.size() == before) rest.remove_prefix(1);
  }
}

}  // namespace

PluginOutput parse_plugin_output(std::string_view bytes) {
  bytes = bytes.substr(0, kMostPluginOutput);
  PluginOutput output;
  const auto line_end = std::min(bytes.find('\n'), bytes.size());
  const std::string_view line = bytes.substr(0, line_end);
  const auto bar = line.find('|');
  output.text = clean(trim(line.substr(0, bar)), kMostPluginOutput);
  if (bar != std::string_view::npos) take_values(line.substr(bar + 1), output.values);
  const std::string_view more = bytes.substr(line_end);
  const auto second = more.find('|');
  if (second != std::string_view::npos) take_values(more.substr(second + 1), output.values);
  return output;
}

}  // namespace dienstbereit::probe
