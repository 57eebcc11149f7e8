// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

// What several kinds of probe have in common.
namespace dienstbereit {

// host is a name or a numeric address; IPv6 without brackets.
struct Endpoint {
  std::string host;
  std::uint16_t port = 0;
};

// How TLS is checked. The name of `ca_file` is relative to the district's folder.
struct TlsOptions {
  bool verify = true;
  std::string server_name;  // empty: the target's host
  std::string ca_file;      // empty: the system's trust store
  // Certificate of the peer or its chain ends within this time: degraded.
  Duration expires_within = std::chrono::hours(24 * 14);
};

// How a session is encrypted, of mail and of directories.
enum class MailTls : std::uint8_t { None, StartTls, Tls };
const char* name_of(MailTls tls);  // none starttls tls

}  // namespace dienstbereit
