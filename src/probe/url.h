// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace dienstbereit::probe {

// An absolute http or https address (RFC 3986), as far as a probe needs it. Those made by the
// functions below read back the same from to_text(), within kLongestUrl.
struct Url {
  bool secure = false;
  std::string host;  // lower case; a name or a numeric address, IPv6 without brackets
  std::uint16_t port = 0;
  std::string target = "/";  // path and query as sent; never a fragment

  friend bool operator==(const Url&, const Url&) = default;
};

inline constexpr std::size_t kLongestUrl = 2048;  // bytes

// Errors say which part is wrong. User names and passwords in the address are refused: secrets
// do not belong there.
Result<Url> parse_url(std::string_view text);

// A Location header, absolute or relative to `base` (RFC 3986, 5.2).
Result<Url> resolve_reference(const Url& base, std::string_view reference);

// "https://host:8443/path"; the port only where it is not the scheme's own.
std::string to_text(const Url& url);
// "host:8443", as in the Host header.
std::string authority(const Url& url);
bool same_origin(const Url& a, const Url& b);

// "host", "host:25", "[2001:db8::1]:25", "2001:db8::1"; `port` where none is written.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
Result<HostPort> parse_host_port(std::string_view text, std::uint16_t port);

}  // namespace dienstbereit::probe
