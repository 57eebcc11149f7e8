// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dienstbereit::probe {

inline constexpr std::size_t kLongestImapReply = 64u << 10;  // bytes, literals included
inline constexpr std::size_t kMostImapUids = 1'000;          // of one search that are taken

// One response of an IMAP server (RFC 3501, 7): "* SEARCH 2 84", "a1 OK done".
struct ImapReply {
  std::string tag;   // "*", "+", or that of a command
  std::string text;  // what follows, literals as they came
  // Of a tagged one, or of the greeting.
  bool ok() const { return text.starts_with("OK") || text.starts_with("PREAUTH"); }
};

// Puts responses together from pieces as they arrive. Pure; any bytes.
class ImapReplyReader {
 public:
  // The next whole response in what has arrived; none: more is needed. Errors are sentences about
  // the server; after one the reader is of no use.
  Result<std::optional<ImapReply>> next();
  void feed(std::string_view bytes) { pending_.append(bytes); }
  bool empty() const { return pending_.empty(); }

 private:
  std::string pending_;
};

// The numbers of a "SEARCH ..." text, at most kMostImapUids; of any other text none.
std::vector<std::uint32_t> imap_uids(std::string_view text);

// The words of a "CAPABILITY ..." text, also within "OK [CAPABILITY ...]"; of any other text none.
// At most kMostCapabilities.
inline constexpr std::size_t kMostCapabilities = 200;
std::vector<std::string> imap_capabilities(std::string_view text);

// A quoted string (RFC 3501, 9); nothing if the text needs a literal.
std::optional<std::string> imap_quoted(std::string_view text);

}  // namespace dienstbereit::probe
