// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace dienstbereit::e2e {

struct HttpReply {
  int status = 0;  // 0: nobody there, or the answer was cut off
  std::string body;
};

// One request on a connection of its own; waits at most kPatienceSeconds for each read.
inline constexpr int kPatienceSeconds = 10;
HttpReply ask_tcp(const std::string& address, std::uint16_t port, const std::string& path);
HttpReply ask_socket(const std::filesystem::path& socket, const std::string& method,
                     const std::string& path, const std::string& body = {});

// What a reader sees of a page: tags, style and scripts gone, the usual entities as
// characters, white space single.
std::string visible_text(const std::string& html);

}  // namespace dienstbereit::e2e
