// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/url.h"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;
constexpr std::size_t kLongestHost = 255;  // RFC 1035, 2.3.4

std::uint16_t default_port(bool secure) { return secure ? kHttpsPort : kHttpPort; }

bool is_host_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_';
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > kLongestHost) return false;
  if (host.find(':') != std::string_view::npos) {
    return host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  }
  for (char c : host) {
    if (!is_host_character(c)) return false;
  }
  return true;
}

Result<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no port; a port is 1 to 65535", clean(text, 20)));
  }
  return port;
}

// A request target may hold no space, control character or byte beyond ASCII (RFC 3986, 2).
bool is_target(std::string_view target) {
  for (char c : target) {
    if (c <= ' ' || c >= '\x7f') return false;
  }
  return true;
}

// RFC 3986, 5.2.4, on a path that begins with '/'.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const auto segments = split(path.substr(1), '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    const bool dots = segments[i] == "." || segments[i] == "..";
    if (segments[i] == ".." && !kept.empty()) kept.pop_back();
    if (!dots) kept.push_back(segments[i]);
    if (dots && last) kept.push_back("");
  }
  std::string result;
  for (auto segment : kept) result.append("/").append(segment);
  return result.empty() ? "/" : result;
}

std::string resolved_target(const Url& base, std::string_view reference) {
  const auto base_path = std::string_view(base.target).substr(0, base.target.find('?'));
  if (reference.empty()) return base.target;
  if (reference.front() == '?') return std::string(base_path) + std::string(reference);
  const auto query_at = reference.find('?');
  const auto path = reference.substr(0, query_at);
  const auto query =
      query_at == std::string_view::npos ? std::string_view() : reference.substr(query_at);
  std::string whole(path);
  if (path.front() != '/') {
    whole = std::string(base_path.substr(0, base_path.rfind('/') + 1)) + whole;
  }
  return without_dot_segments(whole) + std::string(query);
}

Error too_long() {
  return Error(Errc::LimitExceeded,
               fmt::format("the address is longer than {} bytes", kLongestUrl));
}

// The bound holds for what was made of a text too: completed, it can be longer than the text.
Result<Url> bounded(Url url) {
  if (to_text(url).size() > kLongestUrl) return tl::unexpected<Error>(too_long());
  return url;
}

// What stands after "//".
Result<Url> parse_after_scheme(bool secure, std::string_view rest) {
  const auto end = rest.find_first_of("/?#");
  const auto authority_text = rest.substr(0, end);
  if (authority_text.find('@') != std::string_view::npos) {
    return fail(Errc::InvalidInput,
                "the address holds a user name; name user and credential apart");
  }
  auto where = parse_host_port(authority_text, default_port(secure));
  if (!where) return tl::unexpected<Error>(where.error());
  std::string target(end == std::string_view::npos ? "" : rest.substr(end));
  target.resize(std::min(target.size(), target.find('#')));
  if (target.empty() || target.front() == '?') target.insert(0, "/");
  if (!is_target(target)) {
    return fail(Errc::InvalidInput,
                "the address holds a space or another character that must be written as %XX");
  }
  return bounded({secure, to_lower_ascii(where->host), where->port, std::move(target)});
}

}  // namespace

Result<HostPort> parse_host_port(std::string_view text, std::uint16_t port) {
  std::string_view host = text;
  std::string_view port_text;
  const auto first = text.find(':');
  if (!text.empty() && text.front() == '[') {
    const auto close = text.find(']');
    if (close == std::string_view::npos) {
      return fail(Errc::InvalidInput, "the bracket of the IPv6 address is not closed");
    }
    host = text.substr(1, close - 1);
    port_text = text.substr(close + 1);
    if (host.find(':') == std::string_view::npos || (!port_text.empty() && port_text[0] != ':')) {
      return fail(Errc::InvalidInput, "brackets hold an IPv6 address, then ':' and a port");
    }
  } else if (first != std::string_view::npos &&
             text.find(':', first + 1) == std::string_view::npos) {
    host = text.substr(0, first);
    port_text = text.substr(first);
  }
  if (!is_host(host)) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no host name and no numeric address", clean(host, 60)));
  }
  if (port_text.empty()) return HostPort{std::string(host), port};
  auto written = parse_port(port_text.substr(1));
  if (!written) return tl::unexpected<Error>(written.error());
  return HostPort{std::string(host), *written};
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kLongestUrl) return tl::unexpected<Error>(too_long());
  constexpr std::string_view kPlain = "http://";
  constexpr std::string_view kSecure = "https://";
  if (equals_ignoring_case(text.substr(0, kPlain.size()), kPlain)) {
    return parse_after_scheme(false, text.substr(kPlain.size()));
  }
  if (equals_ignoring_case(text.substr(0, kSecure.size()), kSecure)) {
    return parse_after_scheme(true, text.substr(kSecure.size()));
  }
  return fail(Errc::InvalidInput, fmt::format("'{}' is no address of a page; it begins with "
                                              "http:// or https://",
                                              clean(text, 60)));
}

Result<Url> resolve_reference(const Url& base, std::string_view reference) {
  if (reference.size() > kLongestUrl) return tl::unexpected<Error>(too_long());
  const auto colon = reference.find(':');
  if (colon != std::string_view::npos && colon < reference.find_first_of("/?#")) {
    return parse_url(reference);
  }
  if (reference.starts_with("//")) return parse_after_scheme(base.secure, reference.substr(2));
  reference = reference.substr(0, reference.find('#'));
  Url url = base;
  url.target = resolved_target(base, reference);
  if (!is_target(url.target)) {
    return fail(Errc::InvalidInput, "the address holds a space or control character");
  }
  return bounded(std::move(url));
}

std::string authority(const Url& url) {
  std::string text = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
  if (url.port != default_port(url.secure)) text += ":" + std::to_string(url.port);
  return text;
}

std::string to_text(const Url& url) {
  return (url.secure ? "https://" : "http://") + authority(url) + url.target;
}

bool same_origin(const Url& a, const Url& b) {
  return a.secure == b.secure && a.host == b.host && a.port == b.port;
}

}  // namespace dienstbereit::probe
