// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstddef>

namespace dienstbereit::web {

// Bounds on what strangers can make the server do. The defaults are the documented ones; tests
// inject shorter times.
struct Limits {
  std::size_t header_bytes = 8u << 10;  // request line and header fields together: 431, or 414
  std::size_t body_bytes = 64u << 10;   // 413
  std::size_t upload_bytes = 11u << 20;  // of a photo, from who has logged in: 413
  std::size_t connections = 4000;  // TLS: 90 kB each; then the longest idle one gives way
  // Connections of one IPv4 address or IPv6 /64. Loopback is exempt: a reverse proxy speaks there.
  std::size_t connections_per_address = 256;
  bool exempt_loopback = true;
  std::size_t streams = 400;  // open /api/v1/events, all together: 503
  std::size_t streams_per_address = 8;  // 503
  std::size_t requests_per_connection = 100'000;  // then it is closed

  std::chrono::milliseconds handshake{10'000};  // TLS, from accept
  std::chrono::milliseconds header{10'000};  // first byte of a request to the end of its header
  std::chrono::milliseconds body{10'000};  // the whole body; with `header`: 408
  std::chrono::milliseconds upload{90'000};  // the whole body of a photo
  std::chrono::milliseconds idle{30'000};  // between two requests
  std::chrono::milliseconds write{30'000};  // a whole answer taken by the client
  std::chrono::milliseconds command{15'000};  // an answer of the engine: 504
  std::chrono::milliseconds linger{1'000};  // for the client to read a refusal
  std::chrono::milliseconds tick{250};  // how often the times above are looked at
  std::chrono::milliseconds certificate{60'000};  // how often its files are looked at
  std::chrono::milliseconds stream_comment{15'000};  // sign of life on an idle event stream

  // Situations that follow one another faster are shown together.
  std::chrono::milliseconds edition{250};
  // Pages are made anew at least this often, so that times ("open until"), slots that end and the
  // notice of a stale page (view::kStaleAfter) follow the server's clock.
  std::chrono::milliseconds renewal{60'000};
};

}  // namespace dienstbereit::web
