// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "base/result.h"
#include "base/time.h"
#include "runtime/asio.h"

namespace dienstbereit::runtime {

using TlsStream = asio::ssl::stream<tcp::socket>;

struct Certificate {
  std::string subject;  // common name, else the whole name; cleaned
  std::string issuer;
  Instant not_after;
};

// What a handshake showed.
struct TlsFacts {
  std::vector<Certificate> chain;  // from the server's own up to the root, as far as known
  // Why verification failed, naming the certificate: "the certificate of 'mail.example.org' (issued
  // by 'Example CA') has expired on 2026-01-01". Empty if it did not.
  std::string failure;
  std::string version;  // "TLSv1.3"
};

struct TlsPolicy {
  bool verify = true;
  std::string server_name;  // name or numeric address the certificate must carry; sent as SNI
};

// Client contexts, one for each trust store, made on first use and kept. One thread.
class TlsContexts {
 public:
  // `ca_file` empty: the system's trust store. An unreadable file is an error that names it.
  Result<asio::ssl::context*> get(const std::filesystem::path& ca_file);
  // Forget what was read; the next get() reads again. Running handshakes must be over.
  void clear() { contexts_.clear(); }

 private:
  std::map<std::filesystem::path, asio::ssl::context> contexts_;
};

// Shakes hands as a client. `stream` outlives the call; `failure` receives the transport's or
// OpenSSL's error, none on success. The facts say what was seen either way.
Async<TlsFacts> shake_hands(TlsStream& stream, TlsPolicy policy, ErrorCode& failure);

// A server's context: TLS 1.2 and newer, no renegotiation, certificate chain and key as PEM.
// Errors name the file and what is wrong with it. Blocks for reading.
Result<asio::ssl::context> make_server_context(const std::filesystem::path& certificate,
                                               const std::filesystem::path& key);

}  // namespace dienstbereit::runtime
