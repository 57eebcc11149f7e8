// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "probe/run.h"

namespace dienstbereit::probe {

// One transaction of each kind. Specs and runs outlive the call. Phases in the order they occur;
// a verdict's phase may also be the expectation that was not met.

// resolve, connect, tls, first byte, transfer; status, header, text, json, size, redirect.
Async<Verdict> run_http(const HttpProbe& probe, Run& run);
// By a relay (docs/formats/relay.md): resolve, connect, tls, first byte, transfer of the way there;
// then the relay's own word, whose phases are "relay ...". A relay that fails is Broken.
Async<Verdict> run_relay(const HttpProbe& probe, Run& run);
// resolve, connect, tls, banner.
Async<Verdict> run_tcp(const TcpProbe& probe, Run& run);
// query; answer.
Async<Verdict> run_dns(const DnsProbe& probe, Run& run);
// resolve, connect, banner, ehlo, starttls, tls, sender, recipient, invalid recipient, relay.
// Ends with RSET and QUIT: no mail is sent.
Async<Verdict> run_smtp(const SmtpProbe& probe, Run& run);
// resolve, connect, login, query; answer. libpq cannot be told where to send from: the uplink's
// local address does not count here.
Async<Verdict> run_postgres(const PostgresProbe& probe, Run& run);

// resolve, connect, banner, ehlo, starttls, tls, login, submit; then resolve, connect, tls, imap,
// imap login, arrival, delete. Leaves none of its messages behind once it has found one.
Async<Verdict> run_mail_round_trip(const MailRoundTripProbe& probe, Run& run);
// queue, or report; disk. Runs Postfix' programs, or reads a small file.
struct MailQueueVerdict {
  Verdict verdict;
  std::optional<MailBacklog> backlog;  // if the queue could be read
};
Async<MailQueueVerdict> run_mail_queue(const MailQueueProbe& probe, Run& run);

// resolve, connect, list; status; of a limited one battery, voltage or power. An upsd that does not
// answer is Broken: it is not the UPS.
Async<Verdict> run_nut(const NutProbe& probe, Run& run);
// resolve, connect, for version 3 engine, query, interface; uptime, value.
Async<Verdict> run_snmp(const SnmpProbe& probe, Run& run);
// resolve, connect, query; answer; of a limited one offset.
Async<Verdict> run_ntp(const NtpProbe& probe, Run& run);
// resolve, connect, tls, imap, tls, imap login, capability, logout.
Async<Verdict> run_imap(const ImapProbe& probe, Run& run);
// resolve, connect, tls or starttls, bind, search; answer.
Async<Verdict> run_ldap(const LdapProbe& probe, Run& run);
// resolve, connect, what the protocol needs before it, tls.
Async<Verdict> run_tls(const TlsProbe& probe, Run& run);
// plugin. What keeps to none of the rules is Broken, as it says nothing of its target.
Async<Verdict> run_plugin(const PluginProbe& probe, Run& run);
// resolve, connect, echo. Broken where this machine may not.
Async<Verdict> run_icmp(const IcmpProbe& probe, Run& run);

}  // namespace dienstbereit::probe
