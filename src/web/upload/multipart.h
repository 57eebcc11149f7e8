// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dienstbereit::web {

inline constexpr std::size_t kPartsMax = 20;
inline constexpr std::size_t kPartHeaderBytesMax = 2'000;

// A form with a file in it, as browsers send it: multipart/form-data (RFC 7578).
struct Multipart {
  std::vector<std::pair<std::string, std::string_view>> parts;  // views of the body, in its order

  // The first part of `name`; empty if there is none.
  std::string_view value(std::string_view name) const;
};

// The boundary of a Content-Type field; empty if it is of another kind or has none that is valid.
std::string boundary_of(std::string_view content_type);
// Nothing where the body is not what `boundary` says, or a bound is passed.
std::optional<Multipart> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace dienstbereit::web
