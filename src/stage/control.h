// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

// The Unix socket between `stage run` and the other stage commands. One command a connection: a
// line, answered by "ok" or the name of an error, a line feed and a text; then it is closed.
namespace dienstbereit::stage {

inline constexpr std::size_t kLongestCommand = 256;        // bytes
inline constexpr std::size_t kLongestAnswer = 256u << 10;  // bytes
inline constexpr int kControlSeconds = 20;  // a side that falls silent is given up

// The listening side; removes its socket file when destroyed.
class ControlSocket {
 public:
  // Mode 0600. Conflict if a stage answers there already; a dead one's socket file is replaced.
  static Result<ControlSocket> open(const std::filesystem::path& path);
  ~ControlSocket();
  ControlSocket(ControlSocket&& other) noexcept;
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

  int fd() const { return fd_; }
  // Accepts one connection and answers its command. Blocks, at most for kControlSeconds.
  void answer(const std::function<Result<std::string>(std::string_view)>& obey) const;

 private:
  ControlSocket(int fd, std::filesystem::path path) : fd_(fd), path_(std::move(path)) {}

  int fd_;
  std::filesystem::path path_;
};

}  // namespace dienstbereit::stage
