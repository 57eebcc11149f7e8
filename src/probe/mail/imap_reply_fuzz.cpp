// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/assert.h"
#include "probe/mail/imap_reply.h"

// Any bytes, in two pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::probe;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ImapReplyReader reader;
  for (const auto piece : {bytes.substr(0, size / 2), bytes.substr(size / 2)}) {
    reader.feed(piece);
    for (auto reply = reader.next(); reply && *reply; reply = reader.next()) {
      dienstbereit_assert(imap_uids((*reply)->text).size() <= kMostImapUids);
      dienstbereit_assert(imap_capabilities((*reply)->text).size() <= kMostCapabilities);
      static_cast<void>(imap_quoted((*reply)->text));
    }
  }
  return 0;
}
