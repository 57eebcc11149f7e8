// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/mail/imap_reply.h"

#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kShown = 80;

// "... {123}" announces so many bytes after the line's end.
std::optional<std::size_t> literal_of(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const auto open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::size_t size = 0;
  const char* end = line.data() + line.size() - 1;
  const auto [stop, error] = std::from_chars(line.data() + open + 1, end, size);
  if (error != std::errc() || stop != end) return std::nullopt;
  return size;
}

Error too_long() {
  return Error(Errc::LimitExceeded,
               fmt::format("the server's reply is longer than {} bytes", kLongestImapReply));
}

}  // namespace

Result<std::optional<ImapReply>> ImapReplyReader::next() {
  std::size_t from = 0;
  for (;;) {
    const auto end = pending_.find("\r\n", from);
    if (end == std::string::npos) {
      if (pending_.size() > kLongestImapReply) return tl::unexpected(too_long());
      return std::optional<ImapReply>();
    }
    const auto literal = literal_of(std::string_view(pending_).substr(from, end - from));
    if (!literal) {
      const std::string_view whole = std::string_view(pending_).substr(0, end);
      const auto space = whole.find(' ');
      if (space == std::string_view::npos && whole != "+") {
        return fail(Errc::InvalidInput, fmt::format("the server said '{}', which is no reply of an "
                                                    "IMAP server",
                                                    clean(whole, kShown)));
      }
      ImapReply reply{std::string(whole.substr(0, space)), {}};
      if (space != std::string_view::npos) reply.text = whole.substr(space + 1);
      pending_.erase(0, end + 2);
      return std::optional<ImapReply>(std::move(reply));
    }
    if (*literal > kLongestImapReply || end > kLongestImapReply) return tl::unexpected(too_long());
    from = end + 2 + *literal;
    if (from > pending_.size()) return std::optional<ImapReply>();
  }
}

std::vector<std::uint32_t> imap_uids(std::string_view text) {
  std::vector<std::uint32_t> uids;
  constexpr std::string_view kSearch = "SEARCH";
  if (!text.starts_with(kSearch)) return uids;
  for (const std::string_view word : split(text.substr(kSearch.size()), ' ')) {
    std::uint32_t uid = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), uid);
    if (error != std::errc() || end != word.data() + word.size() || uid == 0) continue;
    if (uids.size() < kMostImapUids) uids.push_back(uid);
  }
  return uids;
}

std::vector<std::string> imap_capabilities(std::string_view text) {
  std::vector<std::string> words;
  constexpr std::string_view kCapability = "CAPABILITY ";
  constexpr std::string_view kWithin = "OK [CAPABILITY ";
  if (text.starts_with(kWithin)) {
    text.remove_prefix(kWithin.size());
    text = text.substr(0, text.find(']'));
  } else if (text.starts_with(kCapability)) {
    text.remove_prefix(kCapability.size());
  } else {
    return words;
  }
  for (const std::string_view word : split(text, ' ')) {
    if (!word.empty() && words.size() < kMostCapabilities) words.emplace_back(word);
  }
  return words;
}

std::optional<std::string> imap_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c < ' ' || c == 127) return std::nullopt;  // char may be signed: 8 bits are refused too
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace dienstbereit::probe
