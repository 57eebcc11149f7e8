// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "base/text.h"
#include "model/probes/defaults.h"
#include "probe/by_hand/options.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kShown = 80;  // bytes of a target in a sentence

// One of an enumeration's words.
template <class Enum, Enum kLast>
Done choose(Enum& place, const std::string& value) {
  std::vector<std::string> words;
  for (int i = 0; i <= static_cast<int>(kLast); ++i) {
    words.emplace_back(name_of(static_cast<Enum>(i)));
    if (value != words.back()) continue;
    place = static_cast<Enum>(i);
    return {};
  }
  return fail(Errc::InvalidInput,
              fmt::format("'{}' is none of: {}", clean(value, kShown), join(words, ", ")));
}

Done set_security(ProbeSpec& spec, const std::string& value) {
  auto* imap = std::get_if<ImapProbe>(&spec.action);
  return choose<MailTls, MailTls::Tls>(imap ? imap->security : as<LdapProbe>(spec).security, value);
}

Done set_tolerance(ProbeSpec& spec, const std::string& value) {
  const auto number = parse_number(value, 1, kMostTolerance);
  if (!number) return tl::unexpected<Error>(number.error());
  as<NutProbe>(spec).tolerance = static_cast<unsigned>(*number);
  return {};
}

Done set_bound(std::optional<double>& place, const std::string& value) {
  place = parse_decimal(value);
  if (place) return {};
  return fail(Errc::InvalidInput, fmt::format("'{}' is no number", clean(value, kShown)));
}

Done set_least(ProbeSpec& spec, const std::string& value) {
  if (auto* snmp = std::get_if<SnmpProbe>(&spec.action)) return set_bound(snmp->least, value);
  constexpr int kMost = 1'000'000;
  const auto number = parse_number(value, 0, kMost);
  if (!number) return tl::unexpected<Error>(number.error());
  as<LdapProbe>(spec).least = static_cast<unsigned>(*number);
  return {};
}

Done add_interface(ProbeSpec& spec, const std::string& value) {
  as<SnmpProbe>(spec).interfaces.push_back(value);
  spec.proof = Proof::Works;
  return {};
}

Done set_oid(ProbeSpec& spec, const std::string& value) {
  if (!parse_oid(value)) {
    return fail(Errc::InvalidInput, fmt::format("'{}' is no OID in numbers; 'snmptranslate -On "
                                                "NAME' gives them",
                                                clean(value, kShown)));
  }
  as<SnmpProbe>(spec).oid = value;
  spec.proof = Proof::Works;
  return {};
}

using Text = const std::string&;

Done set_nut(ProbeSpec& spec, const std::string& target) {
  const auto at = target.find('@');
  const std::string ups = target.substr(0, at);
  if (at == std::string::npos || !valid_ups_name(ups)) {
    return fail(Errc::InvalidInput, "a UPS is UPS@HOST[:PORT]; 'upsc -l HOST' lists those there");
  }
  spec.proof = Proof::Works;
  auto done = set_target<NutProbe>(spec, target.substr(at + 1), kNutPort);
  if (done) as<NutProbe>(spec).ups = ups;
  return done;
}

Done set_plugin(ProbeSpec& spec, const std::string& target) {
  if (!target.starts_with('/')) {
    return fail(Errc::InvalidInput, "a plugin is an absolute path: "
                                    "/usr/lib/nagios/plugins/check_load");
  }
  spec.proof = Proof::Works;
  spec.action = PluginProbe{{target}};
  return {};
}

}  // namespace

const std::vector<Known>& evidence_options() {
  static const std::vector<Known> options{
      {"nut", "tolerance", "PERCENT", "above the nominal voltage (10)", set_tolerance},
      {"snmp", "auth", "HASH", "md5, sha1 or sha256 (sha256)",
       [](ProbeSpec& s, Text v) {
         return choose<SnmpAuth, SnmpAuth::Sha256>(as<SnmpProbe>(s).auth, v);
       }},
      {"snmp", "privacy-credential", "NAME", "name of the secret that encrypts",
       put<SnmpProbe, &SnmpProbe::privacy_credential>},
      {"snmp", "interface", "NAME", "must be up; may stand several times", add_interface},
      {"snmp", "oid", "OID", "a number to read as well", set_oid},
      {"snmp ldap", "least", "NUMBER", "a lower value is degraded; entries that must be found",
       set_least},
      {"snmp", "most", "NUMBER", "a higher value is degraded",
       [](ProbeSpec& s, Text v) { return set_bound(as<SnmpProbe>(s).most, v); }},
      {"ntp", "most-offset", "DURATION", "clocks farther apart are degraded (1 s)",
       [](ProbeSpec& s, Text v) { return set_duration(as<NtpProbe>(s).most_offset, v); }},
      {"imap ldap", "security", "HOW", "none, starttls or tls (tls)", set_security},
      {"imap", "capability", "NAME", "must be offered; may stand several times",
       [](ProbeSpec& s, Text v) {
         as<ImapProbe>(s).capabilities.push_back(v);
         return Done();
       }},
      {"ldap", "base", "DN", "where the search begins (the root DSE)",
       put<LdapProbe, &LdapProbe::base>},
      {"ldap", "scope", "SCOPE", "base, one or subtree (base)",
       [](ProbeSpec& s, Text v) {
         return choose<LdapScope, LdapScope::Subtree>(as<LdapProbe>(s).scope, v);
       }},
      {"ldap", "filter", "FILTER", "RFC 4515 ((objectClass=*))",
       put<LdapProbe, &LdapProbe::filter>},
      {"tls", "protocol", "NAME", "ask for TLS by smtp, imap, ldap or postgres (none)",
       [](ProbeSpec& s, Text v) {
         return choose<StartTls, StartTls::Postgres>(as<TlsProbe>(s).starttls, v);
       }},
      {"plugin", "arg", "TEXT", "an argument; may stand several times",
       [](ProbeSpec& s, Text v) {
         as<PluginProbe>(s).command.push_back(v);
         return Done();
       }},
  };
  return options;
}

std::optional<Done> set_evidence_action(ProbeSpec& spec, const std::string& kind,
                                        const std::string& target) {
  if (kind == "nut") return set_nut(spec, target);
  if (kind == "plugin") return set_plugin(spec, target);
  if (kind == "snmp") return set_target<SnmpProbe>(spec, target, kSnmpPort);
  if (kind == "imap") return set_target<ImapProbe>(spec, target, kImapsPort);
  if (kind == "tls") return set_target<TlsProbe>(spec, target, kHttpsPort);
  if (kind == "icmp") {
    spec.action = IcmpProbe{target};
    return Done();
  }
  if (kind == "ntp") {
    spec.proof = Proof::Works;
    return set_target<NtpProbe>(spec, target, kNtpPort);
  }
  if (kind == "ldap") {
    spec.proof = Proof::Works;
    return set_target<LdapProbe>(spec, target, kLdapsPort);
  }
  return std::nullopt;
}

void set_evidence_user(ProbeSpec& spec, const std::string& value) {
  if (auto* snmp = std::get_if<SnmpProbe>(&spec.action)) snmp->user = value;
  if (auto* ldap = std::get_if<LdapProbe>(&spec.action)) ldap->user = value;
  if (auto* imap = std::get_if<ImapProbe>(&spec.action)) {
    imap->user = value;
    spec.proof = Proof::Works;
  }
}

void set_evidence_credential(ProbeSpec& spec, const std::string& value) {
  if (auto* snmp = std::get_if<SnmpProbe>(&spec.action)) snmp->credential = value;
  if (auto* imap = std::get_if<ImapProbe>(&spec.action)) imap->credential = value;
  if (auto* ldap = std::get_if<LdapProbe>(&spec.action)) ldap->credential = value;
}

TlsOptions* evidence_tls(ProbeSpec& spec) {
  if (auto* imap = std::get_if<ImapProbe>(&spec.action)) return &imap->tls;
  if (auto* ldap = std::get_if<LdapProbe>(&spec.action)) return &ldap->tls;
  auto* tls = std::get_if<TlsProbe>(&spec.action);
  return tls != nullptr ? &tls->tls : nullptr;
}

}  // namespace dienstbereit::probe
