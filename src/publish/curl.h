// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "runtime/program/limit.h"

namespace dienstbereit::publish {

using runtime::Limit;

// The most that is kept of an answer; a longer one is an error.
inline constexpr std::size_t kLargestAnswer = 1u << 20;

// How to reach one web server. No proxy, no settings of this machine.
struct Way {
  std::string connect_to;  // numeric address for the host of every address; empty: resolve
  std::string from;        // local address; empty: the system chooses
  std::filesystem::path ca_file;  // empty: the system's trust store
  std::string user;
  std::string secret;  // with a user a password, else a bearer token; empty: none
};

struct Answer {
  int status = 0;
  std::string body;
};

struct Ask {
  const char* method;
  std::string url;
  std::vector<std::string> fields;  // "Destination: https://..."
  std::string_view body;
};

// A connection to one server, kept for the next request. The certificate is checked against the
// host's name whatever address is used; redirects are not followed. One thread.
class Connection {
 public:
  explicit Connection(Way way);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Any status is an answer. Errors say what failed: no connection, a wrong certificate, time.
  Result<Answer> ask(const Ask& request, const Limit& limit);

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace dienstbereit::publish
