// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "probe/ldap/message.h"
#include "probe/wire.h"

namespace dienstbereit::probe {

struct LdapAnswer {
  LdapResponse last;
  unsigned entries = 0;  // that came before it
  std::optional<Verdict> failure;
};

// An LDAP conversation, first in the clear, then perhaps inside TLS. `run` outlives it.
class LdapDialogue {
 public:
  LdapDialogue(Run& run, tcp::socket socket) : run_(run), wire_(run, std::move(socket)) {}

  // Phase "tls", from the first byte on.
  Async<std::optional<Verdict>> secure_all(TlsOptions options, std::string host);
  // Phase "starttls", then "tls" (RFC 4511, 4.14).
  Async<std::optional<Verdict>> start_tls(TlsOptions options, std::string host);
  // Phase "bind"; both empty: anonymous.
  Async<std::optional<Verdict>> bind(std::string name, std::string password);
  // Phase "search".
  Async<LdapAnswer> search(std::string base, LdapScope scope, std::string filter, unsigned most);
  // Says good-bye; there is no answer to it.
  Async<void> unbind();

 private:
  // The last answer to this question.
  Async<LdapAnswer> ask(std::string question, std::string said);

  Run& run_;
  Wire wire_;
  LdapReader reader_;
  int id_ = 0;
};

}  // namespace dienstbereit::probe
