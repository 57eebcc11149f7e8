// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Keys of the kinds of model/probes/evidence.h.
#include <fmt/format.h>

#include "base/text.h"
#include "config/probes/parts.h"
#include "model/probes/defaults.h"

namespace dienstbereit::config {
namespace {

constexpr std::size_t kMostInterfaces = 14;
constexpr std::size_t kMostArguments = 64;

const Type kUpsName{"ups_name", "name of a UPS at upsd",
                    R"({"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$"})"};
const Type kPercent{"percent", "whole number", R"({"type":"integer","minimum":0,"maximum":50})"};
const Type kSnmpAuth{"snmp_auth", "`md5 sha1 sha256`", R"({"enum":["md5","sha1","sha256"]})"};
const Type kOid{"oid", "numbers with points",
                R"({"type":"string","pattern":"^[0-9]+(\\.[0-9]+)+$"})"};
const Type kSigned{"signed_number", "number, with a point", R"({"type":"number"})"};
const Type kHost{"host", "name or numeric address", R"({"type":"string"})"};
const Type kLdapScope{"ldap_scope", "`base one subtree`", R"({"enum":["base","one","subtree"]})"};
const Type kStartTls{"starttls", "`none smtp imap ldap postgres`",
                     R"({"enum":["none","smtp","imap","ldap","postgres"]})"};
const Type kLines{"line", "text of one line", R"({"type":["string","number"]})"};

template <class Enum, Enum kLast>
void read_enum(Reader& reader, const Node& node, Enum& value) {
  std::vector<Choice> choices;
  for (int i = 0; i <= static_cast<int>(kLast); ++i) {
    choices.push_back({name_of(static_cast<Enum>(i)), i});
  }
  if (const auto chosen = choose(reader, node, choices)) value = static_cast<Enum>(*chosen);
}

// No control characters: it goes into a protocol of lines, or to a program.
void read_line(Reader& reader, const Node& node, std::string& line) {
  read_text(reader, node, line);
  for (const char c : line) {
    if (static_cast<unsigned char>(c) >= ' ') continue;
    reader.report.error(node.mark, "the text holds a control character; write one line");
    return;
  }
}

void read_ups(Reader& reader, const Node& node, std::string& ups) {
  read_text(reader, node, ups);
  if (valid_ups_name(ups)) return;
  reader.report.error(node.mark, "a UPS is named by letters, digits, '.', '_', '-', at most 64; "
                                 "'upsc -l HOST' lists them");
}

void read_tolerance(Reader& reader, const Node& node, unsigned& percent) {
  read_count(reader, node, percent);
  if (percent < 1 || percent > kMostTolerance) {
    reader.report.error(node.mark,
                        fmt::format("a tolerance lies between 1 and {} percent", kMostTolerance));
  }
}

void read_interfaces(Reader& reader, const Node& node, std::vector<std::string>& names) {
  for (const Node* item : one_or_items(node)) {
    read_line(reader, *item, names.emplace_back());
    if (names.back().empty() || names.back().size() > kLongestTraceSubject) {
      reader.report.error(
          item->mark, fmt::format("an interface is named by 1 to {} bytes", kLongestTraceSubject));
    }
  }
  if (names.size() > kMostInterfaces) {
    reader.report.error(node.mark, fmt::format("one probe looks at {} interfaces at most; make a "
                                               "second one",
                                               kMostInterfaces));
  }
}

void read_oid(Reader& reader, const Node& node, std::string& oid) {
  read_text(reader, node, oid);
  if (!parse_oid(oid)) {
    reader.report.error(node.mark, "an OID is written in numbers: 1.3.6.1.2.1.33.1.2.7.0; "
                                   "'snmptranslate -On NAME' gives them");
  }
}

void read_bound(Reader& reader, const Node& node, std::optional<double>& bound) {
  const std::string* text = text_of(reader, node);
  if (text == nullptr) return;
  bound = parse_decimal(*text);
  if (!bound) reader.report.error(node.mark, fmt::format("'{}' is no number", clean(*text, 40)));
}

// The probe reads it whole; this finds what is forgotten most often.
void read_filter(Reader& reader, const Node& node, std::string& filter) {
  read_line(reader, node, filter);
  if (filter.starts_with('(') && filter.ends_with(')')) return;
  reader.report.error(node.mark, "a filter stands in parentheses: (uid=probe)");
}

void read_lines(Reader& reader, const Node& node, std::vector<std::string>& lines) {
  for (const Node* item : one_or_items(node)) read_line(reader, *item, lines.emplace_back());
}

void read_command(Reader& reader, const Node& node, std::vector<std::string>& command) {
  read_lines(reader, node, command);
  if (command.empty() || !command.front().starts_with('/')) {
    reader.report.error(node.mark, "a command begins with the absolute path of its program: "
                                   "[/usr/lib/nagios/plugins/check_load, -w, '5,4,3']");
  } else if (command.size() > kMostArguments) {
    reader.report.error(node.mark, fmt::format("a command has {} parts at most", kMostArguments));
  }
}

std::vector<Key> nut_keys() {
  using P = Part<NutProbe>;
  return {P::as<&NutProbe::target, read_endpoint<kNutPort>>("target", kEndpoint,
                                                            "upsd; port 3493 by default")
              .needed(),
          P::as<&NutProbe::ups, read_ups>("ups", kUpsName, "which one there").needed(),
          P::as<&NutProbe::tolerance, read_tolerance>(
              "tolerance", kPercent,
              "percent above the nominal voltage, where the UPS names no limit; default 10")};
}

std::vector<Key> snmp_keys() {
  using P = Part<SnmpProbe>;
  return {P::as<&SnmpProbe::target, read_endpoint<kSnmpPort>>("target", kEndpoint,
                                                              "port 161 by default")
              .needed(),
          P::as<&SnmpProbe::user, read_line>("user", kLines,
                                             "speak version 3 as this user; "
                                             "default version 2c"),
          P::as<&SnmpProbe::credential, read_credential>(
              "credential", kSecretName,
              "holds the community (default public), or the user's passphrase"),
          P::as<&SnmpProbe::auth, read_enum<SnmpAuth, SnmpAuth::Sha256>>("auth", kSnmpAuth,
                                                                         "default sha256"),
          P::as<&SnmpProbe::privacy_credential, read_credential>(
              "privacy_credential", kSecretName, "holds the passphrase of AES-128 encryption"),
          P::as<&SnmpProbe::interfaces, read_interfaces>(
              "interfaces", kLines, "ifName or ifDescr; each must be up", Form::OneOrList),
          P::as<&SnmpProbe::oid, read_oid>("oid", kOid, "a number to read as well"),
          P::as<&SnmpProbe::least, read_bound>("least", kSigned, "limited if it is lower"),
          P::as<&SnmpProbe::most, read_bound>("most", kSigned, "limited if it is higher")};
}

std::vector<Key> ntp_keys() {
  using P = Part<NtpProbe>;
  return {
      P::as<&NtpProbe::target, read_endpoint<kNtpPort>>("target", kEndpoint, "port 123 by default")
          .needed(),
      P::of<&NtpProbe::most_offset>(
          "most_offset", "limited if its clock and this machine's are farther apart; 1 s")};
}

std::vector<Key> icmp_keys() {
  using P = Part<IcmpProbe>;
  return {P::as<&IcmpProbe::host, read_line>("host", kHost, "who is asked for an echo").needed()};
}

std::vector<Key> imap_keys() {
  using P = Part<ImapProbe>;
  return {P::as<&ImapProbe::target, read_endpoint<kImapsPort>>("target", kEndpoint,
                                                               "port 993 by default")
              .needed(),
          P::as<&ImapProbe::security, read_mail_tls>("security", kMailTls, "default tls"),
          P::as<&ImapProbe::user, read_line>("user", kLines, "who logs in; default nobody"),
          P::as<&ImapProbe::credential, read_credential>("credential", kSecretName,
                                                         "holds that password"),
          P::as<&ImapProbe::capabilities, read_lines>("capabilities", kLines,
                                                      "each must be offered", Form::OneOrList),
          P::map<&ImapProbe::tls, tls_shape>("tls", "how TLS is checked")};
}

std::vector<Key> ldap_keys() {
  using P = Part<LdapProbe>;
  return {P::as<&LdapProbe::target, read_endpoint<kLdapsPort>>("target", kEndpoint,
                                                               "port 636 by default")
              .needed(),
          P::as<&LdapProbe::security, read_mail_tls>("security", kMailTls, "default tls"),
          P::as<&LdapProbe::user, read_line>("user", kLines,
                                             "distinguished name that binds; default anonymous"),
          P::as<&LdapProbe::credential, read_credential>("credential", kSecretName,
                                                         "holds that password"),
          P::as<&LdapProbe::base, read_line>("base", kLines,
                                             "where the search begins; default the root DSE"),
          P::as<&LdapProbe::scope, read_enum<LdapScope, LdapScope::Subtree>>("scope", kLdapScope,
                                                                             "default base"),
          P::as<&LdapProbe::filter, read_filter>("filter", kLines, "default (objectClass=*)"),
          P::of<&LdapProbe::least>("least", "entries that must be found; default 1"),
          P::map<&LdapProbe::tls, tls_shape>("tls", "how TLS is checked")};
}

std::vector<Key> tls_keys() {
  using P = Part<TlsProbe>;
  return {P::as<&TlsProbe::target, read_endpoint<kHttpsPort>>(
              "target", kEndpoint, "port 443 by default; with starttls name one")
              .needed(),
          P::as<&TlsProbe::starttls, read_enum<StartTls, StartTls::Postgres>>(
              "starttls", kStartTls, "the protocol in which TLS is asked for; default none"),
          P::map<&TlsProbe::tls, tls_shape>("tls", "how TLS is checked")};
}

std::vector<Key> plugin_keys() {
  using P = Part<PluginProbe>;
  return {
      P::as<&PluginProbe::command, read_command>(
          "command", kLines, "absolute path and arguments; no shell reads them", Form::OneOrList)
          .needed()};
}

void check_login(Reader& reader, const Node& node, MailTls security, const std::string& user,
                 const std::string& credential) {
  if (user.empty() != credential.empty()) {
    reader.report.error(node.mark, "'user' and 'credential' belong together; write both or none");
  } else if (security == MailTls::None && !user.empty()) {
    reader.report.error(node.mark, "a password is sent inside TLS only; take 'tls' or 'starttls'");
  }
}

// TLS that is asked for has no chance where it begins at once; the port is perhaps the default.
void check_port(Reader& reader, const Node& node, bool begins_plain, std::uint16_t port,
                std::uint16_t at_once, std::uint16_t usual) {
  if (!begins_plain || port != at_once) return;
  reader.report.error(node.mark, fmt::format("on port {} TLS begins at once, it is not asked for; "
                                             "write the port in 'target', here usually {}",
                                             at_once, usual));
}

std::uint16_t usual_port(StartTls protocol) {
  switch (protocol) {
    case StartTls::Smtp:
      return kSmtpPort;
    case StartTls::Imap:
      return kImapPort;
    case StartTls::Ldap:
      return kLdapPort;
    case StartTls::Postgres:
      return kPostgresPort;
    case StartTls::None:
      break;
  }
  return kHttpsPort;
}

void check_snmp(Reader& reader, const Node& node, const SnmpProbe& probe) {
  if (!probe.privacy_credential.empty() && (probe.user.empty() || probe.credential.empty())) {
    reader.report.error(node.mark, "encryption needs 'user' and 'credential' too");
  }
  if ((probe.least || probe.most) && probe.oid.empty()) {
    reader.report.error(node.mark, "'least' and 'most' are bounds of 'oid'; name one");
  }
  if (probe.least && probe.most && *probe.least > *probe.most) {
    reader.report.error(node.mark, "'least' is more than 'most'; exchange them");
  }
}

}  // namespace

std::vector<Shape> evidence_shapes() {
  return {
      make_shape("probe_nut", "nut", "a nut probe",
                 "Proves `works`. A UPS by Network UPS Tools; limited on battery and at "
                 "over-voltage ([observations.md](observations.md#what-devices-remember)).",
                 nut_keys()),
      make_shape("probe_snmp", "snmp", "an snmp probe",
                 "Proves `works` if it looks at interfaces or a value, else `alive`.", snmp_keys()),
      make_shape("probe_ntp", "ntp", "an ntp probe",
                 "Proves `works`. One question; not synchronised is a failure.", ntp_keys()),
      make_shape("probe_icmp", "icmp", "an icmp probe", "Proves `alive`.", icmp_keys()),
      make_shape("probe_imap", "imap", "an imap probe",
                 "Proves `works` if somebody logs in, else `alive`.", imap_keys()),
      make_shape("probe_ldap", "ldap", "an ldap probe",
                 "Proves `works`: it binds, searches, and counts what is found.", ldap_keys()),
      make_shape("probe_tls", "tls", "a tls probe",
                 "Proves `alive`. Limited if any certificate of the chain ends soon.", tls_keys()),
      make_shape("probe_plugin", "plugin", "a plugin probe",
                 "Proves `works`. A program that keeps to the rules of Nagios plugins: 0 "
                 "works, 1 limited, 2 fails; anything else is no observation.",
                 plugin_keys())};
}

void check_evidence(Reader& reader, const Node& node, const ProbeAction& action) {
  if (const auto* snmp = std::get_if<SnmpProbe>(&action)) check_snmp(reader, node, *snmp);
  if (const auto* imap = std::get_if<ImapProbe>(&action)) {
    check_login(reader, node, imap->security, imap->user, imap->credential);
    check_port(reader, node, imap->security != MailTls::Tls, imap->target.port, kImapsPort,
               kImapPort);
  }
  if (const auto* ldap = std::get_if<LdapProbe>(&action)) {
    check_login(reader, node, ldap->security, ldap->user, ldap->credential);
    check_port(reader, node, ldap->security != MailTls::Tls, ldap->target.port, kLdapsPort,
               kLdapPort);
  }
  if (const auto* tls = std::get_if<TlsProbe>(&action)) {
    check_port(reader, node, tls->starttls != StartTls::None, tls->target.port, kHttpsPort,
               usual_port(tls->starttls));
  }
}

}  // namespace dienstbereit::config
