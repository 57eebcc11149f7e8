// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace dienstbereit::fallback::site {

inline constexpr std::size_t kLongestHead = 16u << 10;  // bytes of a request before its body

// What the fallback needs of a request. Views live as long as the text.
struct Asked {
  std::string_view method;
  std::string path;   // decoded, begins with '/'
  std::string query;  // decoded
  std::string_view if_none_match;
  bool gzip = false;
  bool keep_alive = true;
  bool english = false;  // preferred, for what is no page of the copy
  bool body = false;     // more follows: the connection cannot go on
};

// A request's head, up to the empty line. None if it breaks the rules of HTTP/1.
std::optional<Asked> parse_head(std::string_view head);

// "Thu, 26 Nov 2026 02:00:00 GMT".
std::string date_field(Instant t);
std::string_view reason_of(int status);

}  // namespace dienstbereit::fallback::site
