// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/health.h"
#include "model/ids.h"
#include "model/probes/evidence.h"
#include "model/probes/parts.h"
#include "model/probes/trace.h"

namespace dienstbereit {

// What a success proves: `Works` = a transaction of the thing itself (SQL answered, mail accepted,
// page with the expected content); `Alive` = something answers there (TCP, TLS).
enum class Proof : std::uint8_t { Alive, Works };

// A range of HTTP status codes, both ends included.
struct StatusRange {
  int first = 200;
  int last = 299;
};

struct HttpExpectation {
  std::vector<StatusRange> status{StatusRange{}};
  std::map<std::string, std::string> headers;  // name -> text its value must contain
  std::string text;                            // the body must contain it
  std::string without_text;                    // the body must not contain it
  // JSON pointer (RFC 6901) -> exact value as JSON text ("\"ok\"", "3", "true").
  std::map<std::string, std::string> json;
  std::size_t smallest_bytes = 0;
};

// A small program on somebody else's web space that asks in our place (docs/formats/relay.md).
struct HttpRelay {
  std::string url;         // empty: none, the target is asked directly
  std::string credential;  // name of the secret that it shares with us
};

struct HttpProbe {
  std::string url;     // http:// or https://
  std::string method = "GET";
  std::map<std::string, std::string> headers;
  std::string user;        // basic authentication; empty: none
  std::string credential;  // name of the secret that holds the password
  std::string connect_to;  // numeric address to use instead of resolving the host; empty: resolve
  int redirects = 3;  // how many are followed
  HttpRelay relay;
  HttpExpectation expect;
  TlsOptions tls;
  // A page with an expected text or JSON proves `Works`; a bare status line only `Alive`, unless
  // the district says otherwise.
};

struct TcpProbe {
  Endpoint target;
  bool use_tls = false;
  TlsOptions tls;
  std::string expect_banner;  // first bytes the server sends must contain it; empty: no reading
};

struct DnsProbe {
  Endpoint resolver;  // numeric address, port 53 unless given
  std::string name;
  std::string type = "A";  // A AAAA MX NS TXT SOA PTR CNAME SRV
  std::vector<std::string> expect;  // every one must be among the answers; empty: any answer
};

// Speaks up to RCPT TO and resets: no mail is ever sent.
struct SmtpProbe {
  Endpoint target;
  std::string sender;  // MAIL FROM; empty = <>
  std::string accepts;  // recipient that must get 250
  std::string refuses;  // recipient of the own domain that must get 5xx; empty: not asked
  std::string refuses_relay_to;  // foreign recipient that must get 4xx/5xx; empty: not asked
  bool starttls = false;
  TlsOptions tls;
};

struct PostgresProbe {
  Endpoint target;
  std::string database;
  std::string user;
  std::string credential;  // name of the secret; empty: no password
  std::string query = "SELECT 1";
  std::string expect;  // text of the first field of the first row; empty: any
  std::string tls = "prefer";  // libpq sslmode
};

// Pushed to us: POST /api/v1/heartbeat/<probe id> with the token. Missing for longer than the
// probe's interval and its timeout = failure.
struct HeartbeatProbe {
  std::string credential;  // name of the secret that holds the token
};

// One message goes in by SMTP, comes out by IMAP and is deleted there. Passwords are sent inside
// TLS only.
struct MailRoundTripProbe {
  Endpoint submit;
  MailTls submit_tls = MailTls::StartTls;
  std::string user;  // for SMTP; empty: no login
  std::string credential;  // name of the secret that holds its password
  std::string sender;  // empty = <>
  std::string recipient;
  Endpoint imap;
  MailTls imap_tls = MailTls::Tls;
  std::string imap_user;
  std::string imap_credential;
  std::string folder = "INBOX";
  TlsOptions tls;
};

// What waits in a Postfix queue: of this machine, or as `dienstbereit mail queue --output` wrote it
// down on the one that has it.
struct MailQueueProbe {
  std::string config = "/etc/postfix";  // Postfix' configuration directory
  std::string report;  // file to read instead
  Duration report_age = std::chrono::minutes(15);  // an older one is a failure
  unsigned most = 5'000;  // more messages: degraded
  Duration oldest = std::chrono::hours(24);  // an older message: degraded
  unsigned least_free = 2048;  // MiB of free disk; fewer: down, as Postfix then takes no mail
  std::vector<std::string> domains;  // of the recipients that count; empty: all
};

using ProbeAction =
    std::variant<HttpProbe, TcpProbe, DnsProbe, SmtpProbe, PostgresProbe, HeartbeatProbe,
                 MailRoundTripProbe, MailQueueProbe, NutProbe, SnmpProbe, NtpProbe, IcmpProbe,
                 ImapProbe, LdapProbe, TlsProbe, PluginProbe>;

// "http", "tcp", "dns", "smtp", "postgres", "heartbeat", "mail_round_trip", "mail_queue", "nut",
// "snmp", "ntp", "icmp", "imap", "ldap", "tls", "plugin".
const char* kind_name(const ProbeAction& action);

// Exactly one of `node` and `anchor_of` is set: a probe of a node, or of the observer's own leg
// of an uplink.
struct ProbeSpec {
  ProbeId id;
  NodeId node;
  UplinkId anchor_of;
  UplinkId uplink;  // the way this probe goes out; anchors: the same as anchor_of
  // The site whose link the probe crosses; empty if the target stands where the observer stands or
  // outside the house.
  SiteId across;
  OutpostId from;  // the outpost that runs it; empty: this machine
  bool outside = false;  // it sees what people outside see: an outpost outside, or a relay
  ProbeAction action;
  Proof proof = Proof::Alive;
  Duration interval = std::chrono::seconds(60);
  Duration timeout = std::chrono::seconds(10);
  std::optional<Duration> slow;  // a success that took longer is degraded
  unsigned attempts = 2;  // failures in a row before a failure settles
};

// What one run of a probe came to. `Broken` = the probe itself could not run (credential missing,
// out of descriptors): no observation of its target.
enum class ProbeOutcome : std::uint8_t { Success, Slow, Failure, Broken };
const char* name_of(ProbeOutcome outcome);
std::optional<ProbeOutcome> probe_outcome_of(std::string_view name);

// The phase of a slow one that took too long, and of one that answers in time, but with a
// certificate that ends soon. Any other phase says what else is limited.
inline constexpr const char* kTimePhase = "time";
inline constexpr const char* kCertificatePhase = "certificate";

// One phase of a run, for people: "connect", 1'250 us.
struct ProbePhase {
  std::string name;
  std::chrono::microseconds took{0};
};

// Mail that waits: numbers only, nothing of anybody's.
struct MailBacklog {
  std::uint64_t waiting = 0;  // messages
  std::uint64_t bytes = 0;
  std::optional<Instant> oldest;  // when the one that waits longest came
  friend bool operator==(const MailBacklog&, const MailBacklog&) = default;
};

struct ProbeResult {
  ProbeId probe;
  Instant began;
  Instant ended;
  ProbeOutcome outcome = ProbeOutcome::Failure;
  // Where it failed: "resolve", "connect", "tls", "status", ...; of a slow one kTimePhase,
  // kCertificatePhase or what is limited: "queue", "power"; else empty.
  std::string phase;
  std::string detail;  // one English sentence with the exact reply; cleaned, at most 300 bytes
  std::vector<ProbePhase> phases;
  std::optional<MailBacklog> mail;  // of a mail_queue that could be read
  std::vector<Trace> traces;  // at most kMostTraces
};

}  // namespace dienstbereit
