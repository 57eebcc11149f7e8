// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include <fmt/format.h>

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "probe/kinds.h"
#include "probe/ldap/dialogue.h"
#include "probe/mail/imap_dialogue.h"
#include "probe/mail/smtp_dialogue.h"

namespace dienstbereit::probe {
namespace {

// Length and number of SSLRequest (PostgreSQL's "Message Formats"); 'S' grants it.
constexpr std::array<unsigned char, 8> kSslRequest{0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F};

Async<std::optional<Verdict>> at_once(const TlsProbe& probe, Run& run, tcp::socket socket) {
  auto context = tls_context(run, probe.tls);
  if (context.context == nullptr) co_return std::move(context.failure);
  TlsStream stream(std::move(socket), *context.context);
  co_return co_await secure(run, stream, probe.tls, probe.target.host);
}

Async<std::optional<Verdict>> by_smtp(const TlsProbe& probe, Run& run, tcp::socket socket) {
  SmtpDialogue dialogue(run, std::move(socket));
  std::string banner;
  auto problem = co_await open_smtp(dialogue, run, true, probe.tls, probe.target.host, banner);
  if (!problem) co_await dialogue.say("QUIT");  // whatever it answers, nothing hangs on it
  co_return problem;
}

Async<std::optional<Verdict>> by_imap(const TlsProbe& probe, Run& run, tcp::socket socket) {
  ImapDialogue dialogue(run, std::move(socket));
  std::string greeting;
  auto problem =
      co_await open_imap(dialogue, run, MailTls::StartTls, probe.tls, probe.target.host, greeting);
  if (!problem) co_await dialogue.must("LOGOUT", "LOGOUT");
  co_return problem;
}

Async<std::optional<Verdict>> by_ldap(const TlsProbe& probe, Run& run, tcp::socket socket) {
  LdapDialogue dialogue(run, std::move(socket));
  auto problem = co_await dialogue.start_tls(probe.tls, probe.target.host);
  if (!problem) co_await dialogue.unbind();
  co_return problem;
}

Async<std::optional<Verdict>> by_postgres(const TlsProbe& probe, Run& run, tcp::socket socket) {
  run.enter("starttls");
  ErrorCode ec;
  char answer = 0;
  co_await asio::async_write(socket, asio::buffer(kSslRequest), runtime::into(ec));
  if (!ec) co_await asio::async_read(socket, asio::buffer(&answer, 1), runtime::into(ec));
  if (ec) co_return run.failure("asking the database for TLS", ec);
  if (answer == 'N') co_return failed("starttls", "the database does not offer TLS");
  if (answer != 'S') co_return failed("starttls", "what answers there is no PostgreSQL");
  co_return co_await at_once(probe, run, std::move(socket));
}

Async<std::optional<Verdict>> shake_hands(const TlsProbe& probe, Run& run, tcp::socket socket) {
  switch (probe.starttls) {
    case StartTls::Smtp:
      return by_smtp(probe, run, std::move(socket));
    case StartTls::Imap:
      return by_imap(probe, run, std::move(socket));
    case StartTls::Ldap:
      return by_ldap(probe, run, std::move(socket));
    case StartTls::Postgres:
      return by_postgres(probe, run, std::move(socket));
    case StartTls::None:
      break;
  }
  return at_once(probe, run, std::move(socket));
}

}  // namespace

Async<Verdict> run_tls(const TlsProbe& probe, Run& run) {
  auto connection = co_await connect(run, probe.target, {});
  if (!connection.socket) co_return std::move(connection.failure);
  auto problem = co_await shake_hands(probe, run, std::move(*connection.socket));
  if (problem) co_return std::move(*problem);
  co_return succeeded(run.certificate());
}

}  // namespace dienstbereit::probe
