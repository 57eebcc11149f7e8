// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace dienstbereit::log {

enum class Level { Debug, Info, Warning, Error };

// One line to standard error, with time and level; thread-safe. journald keeps it.
void write(Level level, std::string_view line);
// Lines below `level` are dropped. Default: Info.
void set_level(Level level);

template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::Info, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::Warning, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  write(Level::Error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace dienstbereit::log
