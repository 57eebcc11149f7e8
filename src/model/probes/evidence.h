// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/probes/parts.h"

// Kinds of probe that look at devices and at what other services stand on. Those that read from a
// device what a power cut or a surge leaves behind say so by traces (trace.h).
namespace dienstbereit {

// A UPS by Network UPS Tools: `LIST VAR` at upsd (docs/formats/observations.md says what counts).
struct NutProbe {
  Endpoint target;
  std::string ups;          // its name at upsd
  unsigned tolerance = 10;  // percent above the nominal voltage, where the UPS names no limit
};

enum class SnmpAuth : std::uint8_t { Md5, Sha1, Sha256 };
const char* name_of(SnmpAuth auth);  // md5 sha1 sha256

bool valid_ups_name(std::string_view name);  // letters, digits, ". _ -"; at most 64

// "1.3.6.1.2.1.1.3.0": 2 to 128 parts below 2^32 (RFC 2578, 3.5); nothing else.
std::optional<std::vector<std::uint32_t>> parse_oid(std::string_view text);

// SNMP: v3 with `user`, else v2c. Reads how long the device runs, and what else is named.
struct SnmpProbe {
  Endpoint target;
  std::string
      credential;  // v2c: the community, empty: "public"; v3: of authentication, empty: none
  std::string user;
  SnmpAuth auth = SnmpAuth::Sha256;
  std::string privacy_credential;       // AES-128; empty: not encrypted
  std::vector<std::string> interfaces;  // by ifName or ifDescr; each must be up
  std::string oid;                      // of one number: "1.3.6.1.4.1.318.1.1.1.2.2.2.0"
  std::optional<double> least;          // below: degraded
  std::optional<double> most;           // above: degraded
};

// SNTP (RFC 4330): one question. Not synchronised or refused: failure.
struct NtpProbe {
  Endpoint target;
  Duration most_offset = std::chrono::seconds(1);  // farther from this machine's clock: degraded
};

struct IcmpProbe {
  std::string host;  // a name or a numeric address
};

struct ImapProbe {
  Endpoint target;
  MailTls security = MailTls::Tls;
  std::string user;                       // empty: no login
  std::string credential;                 // name of the secret that holds its password
  std::vector<std::string> capabilities;  // each must be offered (after the login, if there is one)
  TlsOptions tls;
};

enum class LdapScope : std::uint8_t { Base, One, Subtree };
const char* name_of(LdapScope scope);  // base one subtree

// Binds and searches (RFC 4511).
struct LdapProbe {
  Endpoint target;
  MailTls security = MailTls::Tls;
  std::string user;  // distinguished name; empty: anonymous
  std::string credential;  // name of the secret that holds its password
  std::string base;  // empty: the server's own entry, the root DSE
  LdapScope scope = LdapScope::Base;
  std::string filter = "(objectClass=*)";  // RFC 4515
  unsigned least = 1;  // fewer entries: failure
  TlsOptions tls;
};

enum class StartTls : std::uint8_t { None, Smtp, Imap, Ldap, Postgres };
const char* name_of(StartTls protocol);  // none smtp imap ldap postgres

// A handshake alone: is the certificate valid, and for how long its whole chain.
struct TlsProbe {
  Endpoint target;
  StartTls starttls = StartTls::None;
  TlsOptions tls;
};

// A program that keeps to the rules of Nagios plugins (monitoring-plugins.org).
struct PluginProbe {
  std::vector<std::string> command;  // absolute path, arguments
};

}  // namespace dienstbereit
