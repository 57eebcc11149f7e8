// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "probe/run.h"

namespace dienstbereit::probe {

// A connection that begins in the clear and may go on inside TLS. `run` outlives it.
class Wire {
 public:
  Wire(Run& run, tcp::socket socket) : run_(run), plain_(std::move(socket)) {}

  // What arrives next; the buffer outlives the call. `ec` gets what ended it.
  Async<std::size_t> read(asio::mutable_buffer buffer, ErrorCode& ec);
  Async<void> write(std::string bytes, ErrorCode& ec);
  // Phase "tls"; from here on all is inside TLS. Once.
  Async<std::optional<Verdict>> secure_all(TlsOptions options, std::string host);

 private:
  Run& run_;
  tcp::socket plain_;
  std::optional<TlsStream> tls_;
};

}  // namespace dienstbereit::probe
