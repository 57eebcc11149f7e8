// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "probe/mail/smtp_reply.h"
#include "probe/wire.h"

namespace dienstbereit::probe {

struct SmtpAnswer {
  SmtpReply reply;
  std::optional<Verdict> failure;  // no reply came
};

// An SMTP conversation, first in the clear, then perhaps inside TLS. `run` outlives it.
class SmtpDialogue {
 public:
  SmtpDialogue(Run& run, tcp::socket socket) : run_(run), wire_(run, std::move(socket)) {}

  // Waits for the next reply.
  Async<SmtpAnswer> hear();
  // Sends one command and waits for its reply. `shown` stands for it in sentences.
  Async<SmtpAnswer> say(std::string command, std::string shown);
  Async<SmtpAnswer> say(std::string command);
  // Phase "tls".
  Async<std::optional<Verdict>> start_tls(TlsOptions options, std::string host);

 private:
  Run& run_;
  Wire wire_;
  SmtpReplyReader reader_;
  std::string said_ = "the connection";
};

// The failure that a reply is.
Verdict unexpected(Run& run, const std::string& after, const SmtpReply& reply,
                   std::string_view wanted);
// A command that must be accepted; nothing: it was.
Async<std::optional<Verdict>> must(SmtpDialogue& dialogue, Run& run, std::string command);
// Phases "banner", "ehlo", and with `starttls` "starttls", "tls", "ehlo". `banner` gets what the
// server said first.
Async<std::optional<Verdict>> open_smtp(SmtpDialogue& dialogue, Run& run, bool starttls,
                                        TlsOptions options, std::string host, std::string& banner);

}  // namespace dienstbereit::probe
