// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dienstbereit::app {

struct ServerReply {
  int status = 0;
  std::string body;
};

// Asks the server that runs on `data`, over its Unix socket, with one HTTP/1.1 request. Blocks for
// at most kAnswerSeconds. Unreachable: no server runs there (the message says how to start one).
inline constexpr int kAnswerSeconds = 30;
inline constexpr std::size_t kLargestReply = 64u << 20;
Result<ServerReply> ask(const std::filesystem::path& data, std::string_view method,
                        std::string_view path, std::string_view body = {});

}  // namespace dienstbereit::app
