// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "probe/mail/imap_reply.h"
#include "probe/wire.h"

namespace dienstbereit::probe {

struct ImapAnswer {
  ImapReply last;                         // the tagged one
  std::vector<std::uint32_t> found;       // by a search
  std::vector<std::string> capabilities;  // if it told them meanwhile
  std::optional<Verdict> failure;
};

// An IMAP conversation, first in the clear, then perhaps inside TLS. `run` outlives it.
class ImapDialogue {
 public:
  ImapDialogue(Run& run, tcp::socket socket) : run_(run), wire_(run, std::move(socket)) {}

  // Phase "tls".
  Async<std::optional<Verdict>> start_tls(TlsOptions options, std::string host);
  // Until a reply with this tag; "*" for the greeting.
  Async<ImapAnswer> hear(std::string tag);
  // One command that must be granted. `shown` stands for it in sentences.
  Async<ImapAnswer> must(std::string command, std::string shown);
  // By its greeting the server wants no login, and takes none (RFC 3501, 7.1.4).
  bool logged_in() const { return logged_in_; }

 private:
  Run& run_;
  Wire wire_;
  ImapReplyReader reader_;
  std::string said_ = "the connection";
  unsigned commands_ = 0;
  bool logged_in_ = false;
};

// With Tls phase "tls" first; then phase "imap", the greeting; with StartTls phase "tls" after it.
// `greeting` gets what the server said first. Broken with StartTls where it has logged us in
// already: TLS is offered only before (RFC 3501, 6.2.1).
Async<std::optional<Verdict>> open_imap(ImapDialogue& dialogue, Run& run, MailTls security,
                                        TlsOptions options, std::string host,
                                        std::string& greeting);
// Phase "imap login"; nothing to do where the greeting has done it.
Async<std::optional<Verdict>> log_in(ImapDialogue& dialogue, Run& run, std::string user,
                                     std::string password);

}  // namespace dienstbereit::probe
