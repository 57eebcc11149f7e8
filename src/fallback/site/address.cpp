// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/address.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "fallback/site/html.h"

namespace dienstbereit::fallback::site {
namespace {

bool is_scheme_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '-' || c == '.';
}

// "https" of "https://x"; empty if there is none.
std::string scheme_of(std::string_view address) {
  const auto colon = address.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string_view scheme = address.substr(0, colon);
  if (!std::all_of(scheme.begin(), scheme.end(), is_scheme_letter)) return {};
  return to_lower_ascii(scheme);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool ends_authority(char c) {
  return std::string_view("/?#\"' \t\n\r,;)<>\\").find(c) != std::string_view::npos;
}

// The path without "." and "..".
std::string normal(std::string_view path) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(path, '/')) {
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != "." && !part.empty()) {
      parts.push_back(part);
    }
  }
  std::string out;
  for (const std::string_view part : parts) {
    out += '/';
    out += part;
  }
  const bool folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  return folder || out.empty() ? out + "/" : out;
}

}  // namespace

std::string host_of(std::string_view url) {
  const std::string scheme = scheme_of(url);
  const auto slashes = url.find("://");
  if ((scheme != "http" && scheme != "https") || slashes != scheme.size()) return {};
  std::string_view rest = url.substr(slashes + 3);
  std::size_t end = 0;
  while (end < rest.size() && !ends_authority(rest[end])) ++end;
  std::string host = to_lower_ascii(rest.substr(0, end));
  const std::string_view usual = scheme == "http" ? ":80" : ":443";
  if (host.ends_with(usual)) host.resize(host.size() - usual.size());
  return host;
}

std::string localised(std::string_view text, const std::vector<std::string>& own_hosts) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find("//"); at != std::string_view::npos;
       at = text.find("//", std::max(at + 2, done))) {
    std::size_t begin = at;
    std::string_view scheme = "https";
    for (const std::string_view known : {"https:", "http:"}) {
      if (at >= known.size() + done &&
          equals_ignoring_case(text.substr(at - known.size(), known.size()), known)) {
        begin = at - known.size();
        scheme = known.substr(0, known.size() - 1);
        break;
      }
    }
    std::size_t end = at + 2;
    while (end < text.size() && !ends_authority(text[end])) ++end;
    const std::string host =
        host_of(std::string(scheme) + ":" + std::string(text.substr(at, end - at)));
    if (std::find(own_hosts.begin(), own_hosts.end(), host) == own_hosts.end()) continue;
    out += text.substr(done, begin - done);
    if (end == text.size() || text[end] != '/') out += '/';
    done = end;
  }
  out += text.substr(done);
  return out;
}

bool is_harmless(std::string_view value) {
  const std::string address = bare(value);
  const std::string scheme = scheme_of(address);
  if (scheme == "data") {
    const std::string lower = to_lower_ascii(address.substr(0, 32));
    return lower.starts_with("data:image/") || lower.starts_with("data:font/");
  }
  return scheme != "javascript" && scheme != "vbscript" && scheme != "blob" &&
         scheme != "filesystem" && scheme != "view-source";
}

bool is_foreign(std::string_view value) {
  std::string address = bare(value);
  std::replace(address.begin(), address.end(), '\\', '/');
  if (address.starts_with("//")) return true;
  const std::string scheme = scheme_of(address);
  return !scheme.empty() && scheme != "data";
}

std::string resolved(std::string_view from, std::string_view address) {
  address = address.substr(0, address.find('#'));
  const auto question = address.find('?');
  const std::string_view path = address.substr(0, question);
  std::string whole;
  if (path.starts_with('/')) {
    whole = normal(path);
  } else if (path.empty()) {
    whole = std::string(from);
  } else {
    whole = normal(std::string(from.substr(0, from.rfind('/') + 1)) + std::string(path));
  }
  if (question != std::string_view::npos) whole += address.substr(question);
  return percent_decoded(whole);
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size()) {
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        at += 2;
        continue;
      }
    }
    out += text[at];
  }
  return out;
}

std::string percent_encoded_address(std::string_view address) {
  std::string out;
  const auto question = std::min(address.find('?'), address.size());
  for (std::size_t at = 0; at < address.size(); ++at) {
    const char c = address[at];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool plain = letter || std::string_view("/-._~").find(c) != std::string_view::npos ||
                       at == question ||
                       (at > question && std::string_view("=&").find(c) != std::string_view::npos);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace dienstbereit::fallback::site
