// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/upload/multipart.h"

#include <algorithm>

#include "base/text.h"

namespace dienstbereit::web {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kBoundaryBytesMax = 70;  // RFC 2046

// The value of `key` in "form-data; name=\"a\"; filename=\"b\"".
std::optional<std::string> parameter(std::string_view field, std::string_view key) {
  for (std::string_view part : split(field, ';')) {
    part = trim(part);
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || !equals_ignoring_case(part.substr(0, equals), key)) {
      continue;
    }
    std::string_view value = part.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
  }
  return std::nullopt;
}

// The name in a part's header; nothing without one.
std::optional<std::string> name_in(std::string_view header) {
  for (std::string_view line : split(header, '\n')) {
    line = trim(line);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (equals_ignoring_case(line.substr(0, colon), "content-disposition")) {
      return parameter(line.substr(colon + 1), "name");
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view Multipart::value(std::string_view name) const {
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const auto& part) { return part.first == name; });
  return found == parts.end() ? std::string_view() : found->second;
}

std::string boundary_of(std::string_view content_type) {
  const auto end = content_type.find(';');
  if (end == std::string_view::npos) return {};
  if (!equals_ignoring_case(trim(content_type.substr(0, end)), "multipart/form-data")) return {};
  const auto boundary = parameter(content_type.substr(end), "boundary");
  const bool valid = boundary && !boundary->empty() && boundary->size() <= kBoundaryBytesMax;
  return valid ? *boundary : std::string();
}

std::optional<Multipart> parse_multipart(std::string_view body, std::string_view boundary) {
  const std::string first = "--" + std::string(boundary);
  const std::string next = "\r\n" + first;
  if (boundary.empty() || !body.starts_with(first)) return std::nullopt;
  Multipart form;
  std::string_view rest = body.substr(first.size());
  while (!rest.starts_with("--")) {
    if (form.parts.size() == kPartsMax || !rest.starts_with(kLineEnd)) return std::nullopt;
    rest.remove_prefix(kLineEnd.size());
    const auto header_end = rest.substr(0, kPartHeaderBytesMax).find("\r\n\r\n");
    if (header_end == std::string_view::npos) return std::nullopt;
    auto name = name_in(rest.substr(0, header_end));
    rest.remove_prefix(header_end + 4);
    const auto end = rest.find(next);
    if (!name || end == std::string_view::npos) return std::nullopt;
    form.parts.emplace_back(std::move(*name), rest.substr(0, end));
    rest.remove_prefix(end + next.size());
  }
  return form;
}

}  // namespace dienstbereit::web
