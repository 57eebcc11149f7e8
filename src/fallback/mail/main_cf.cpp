// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/main_cf.h"

#include "base/text.h"

namespace dienstbereit::fallback::mail {
namespace {

// The logical lines: a line that begins with white space goes on the one before.
std::vector<std::string> logical_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view plain = trim(line);
    if (plain.empty() || plain[0] == '#') continue;
    const bool goes_on = line[0] == ' ' || line[0] == '\t';
    if (goes_on && !lines.empty()) {
      lines.back() += " " + std::string(plain);
    } else {
      lines.emplace_back(plain);
    }
  }
  return lines;
}

}  // namespace

Settings parse_settings(std::string_view text) {
  Settings settings;
  for (const std::string& line : logical_lines(text)) {
    const auto equals = line.find('=');
    if (equals == std::string::npos) continue;
    settings[std::string(trim(std::string_view(line).substr(0, equals)))] =
        std::string(trim(std::string_view(line).substr(equals + 1)));
  }
  return settings;
}

std::vector<std::string> items_of(std::string_view value) {
  std::vector<std::string> items;
  std::string item;
  const auto end = [&] {
    if (!item.empty()) items.push_back(std::move(item));
    item.clear();
  };
  for (const char c : value) {
    if (c == ',' || c == ' ' || c == '\t') {
      end();
    } else {
      item += c;
    }
  }
  end();
  return items;
}

std::vector<std::pair<std::string, std::string>> parse_table(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const std::string& line : logical_lines(text)) {
    const auto end = line.find_first_of(" \t");
    const std::string_view value =
        end == std::string::npos ? std::string_view() : std::string_view(line).substr(end);
    rows.emplace_back(to_lower_ascii(line.substr(0, end)), trim(value));
  }
  return rows;
}

}  // namespace dienstbereit::fallback::mail
