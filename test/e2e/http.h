// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "servers/visible_text.h"

namespace dienstbereit::e2e {

struct HttpReply {
  int status = 0;  // 0: nobody there, or the answer was cut off
  std::string body;
  std::string fields;  // the header as it came
};

// One request on a connection of its own; waits at most kPatienceSeconds for each read.
inline constexpr int kPatienceSeconds = 10;
HttpReply ask_tcp(const std::string& address, std::uint16_t port, const std::string& path);
// The same with a method, more field lines (each ending in CRLF) and a body.
HttpReply ask_tcp(const std::string& address, std::uint16_t port, const std::string& method,
                  const std::string& path, const std::string& fields, const std::string& body);
HttpReply ask_socket(const std::filesystem::path& socket, const std::string& method,
                     const std::string& path, const std::string& body = {});

// A POST without a body, with `authorization` as its Authorization field.
HttpReply post_tcp(const std::string& address, std::uint16_t port, const std::string& path,
                   const std::string& authorization);

// A connection that waits for server-sent events.
class EventStream {
 public:
  EventStream(const std::string& address, std::uint16_t port, const std::string& path);
  ~EventStream();
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  // The data of the next event; empty if none comes within kPatienceSeconds.
  std::string next();

 private:
  int fd_;
  std::string read_;
};

using servers::visible_text;

}  // namespace dienstbereit::e2e
