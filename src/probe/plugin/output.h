// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a plugin prints (Monitoring Plugins Development Guidelines, 2): a line for people, behind
// '|' performance data; more lines for people, behind the next '|' more data. Pure; any bytes.
namespace dienstbereit::probe {

inline constexpr std::size_t kMostPluginOutput = 8192;  // bytes that are kept
inline constexpr std::size_t kMostPluginValues = 50;

// 'label'=value[UOM];[warn];[crit];[min];[max]
struct PluginValue {
  std::string label;
  double value = 0;
  std::string unit;  // s us ms % B KB MB TB c, or empty
};

struct PluginOutput {
  std::string text;  // the first line for people
  std::vector<PluginValue> values;  // what is none is passed over
};

PluginOutput parse_plugin_output(std::string_view bytes);

}  // namespace dienstbereit::probe
