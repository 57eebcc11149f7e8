// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "probe/kinds.h"
#include "probe/ldap/dialogue.h"

namespace dienstbereit::probe {
namespace {

// Nothing: encrypted as wanted.
Async<std::optional<Verdict>> protect(const LdapProbe& probe, LdapDialogue& dialogue) {
  if (probe.security == MailTls::Tls) {
    co_return co_await dialogue.secure_all(probe.tls, probe.target.host);
  }
  if (probe.security == MailTls::StartTls) {
    co_return co_await dialogue.start_tls(probe.tls, probe.target.host);
  }
  co_return std::nullopt;
}

std::string place(const LdapProbe& probe) {
  return probe.base.empty() ? "the root DSE" : fmt::format("'{}'", probe.base);
}

Verdict judged(const LdapProbe& probe, const LdapAnswer& found) {
  // Its own limit may be lower than the one that was asked for.
  const bool cut_off = found.last.result == kLdapSizeLimit;
  const std::string said = fmt::format("{} entries at {} fit {}{}", found.entries, place(probe),
                                       probe.filter, cut_off ? ", or more" : "");
  if (found.entries >= probe.least) return succeeded(said);
  if (cut_off) {
    return broken(fmt::format("the server counts no further than {} entries, expected were {}",
                              found.entries, probe.least));
  }
  return failed("answer", fmt::format("{}, expected were {}", said, probe.least));
}

}  // namespace

Async<Verdict> run_ldap(const LdapProbe& probe, Run& run) {
  if (probe.security == MailTls::None && !probe.user.empty()) {
    co_return broken("a password is sent inside TLS only; take 'tls' or 'starttls'");
  }
  const auto filter = ldap_filter(probe.filter);
  if (!filter) co_return broken(filter.error().message);
  std::string password;
  if (!probe.user.empty()) {
    auto secret = run.tools().credentials.find(probe.credential);
    if (!secret) co_return broken(secret.error().message);
    // A name with an empty password binds as nobody (RFC 4513, 5.1.2), and proves nothing.
    if (secret->empty()) co_return broken("the password is empty");
    password = std::move(*secret);
  }
  auto connection = co_await connect(run, probe.target, {});
  if (!connection.socket) co_return std::move(connection.failure);
  LdapDialogue dialogue(run, std::move(*connection.socket));
  auto problem = co_await protect(probe, dialogue);
  if (!problem) problem = co_await dialogue.bind(probe.user, std::move(password));
  if (problem) co_return std::move(*problem);
  const unsigned most = std::max(probe.least, 1u);
  auto found = co_await dialogue.search(probe.base, probe.scope, *filter, most);
  if (found.failure) co_return std::move(*found.failure);
  co_await dialogue.unbind();
  co_return judged(probe, found);
}

}  // namespace dienstbereit::probe
