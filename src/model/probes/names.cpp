// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <charconv>

#include "base/text.h"
#include "model/names.h"
#include "model/probes/evidence.h"
#include "model/probes/trace.h"

namespace dienstbereit {
namespace {

constexpr NameTable<MailTls, 3> kMailTls{
    {{MailTls::None, "none"}, {MailTls::StartTls, "starttls"}, {MailTls::Tls, "tls"}}};
constexpr NameTable<SnmpAuth, 3> kAuth{
    {{SnmpAuth::Md5, "md5"}, {SnmpAuth::Sha1, "sha1"}, {SnmpAuth::Sha256, "sha256"}}};
constexpr NameTable<LdapScope, 3> kScopes{
    {{LdapScope::Base, "base"}, {LdapScope::One, "one"}, {LdapScope::Subtree, "subtree"}}};
constexpr NameTable<StartTls, 5> kStartTls{{{StartTls::None, "none"},
                                            {StartTls::Smtp, "smtp"},
                                            {StartTls::Imap, "imap"},
                                            {StartTls::Ldap, "ldap"},
                                            {StartTls::Postgres, "postgres"}}};
constexpr NameTable<TraceKind, 9> kTraces{{{TraceKind::Restarted, "restarted"},
                                           {TraceKind::ClockJumped, "clock_jumped"},
                                           {TraceKind::OnLine, "on_line"},
                                           {TraceKind::OnBattery, "on_battery"},
                                           {TraceKind::VoltageNormal, "voltage_normal"},
                                           {TraceKind::OverVoltage, "over_voltage"},
                                           {TraceKind::LinkUp, "link_up"},
                                           {TraceKind::LinkDown, "link_down"},
                                           {TraceKind::LinkFlapped, "link_flapped"}}};

}  // namespace

bool valid_ups_name(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  return !name.empty() && name.size() <= kLongest &&
         name.find_first_not_of(kLetters) == std::string_view::npos;
}

std::optional<std::vector<std::uint32_t>> parse_oid(std::string_view text) {
  constexpr std::size_t kMostParts = 128;
  std::vector<std::uint32_t> oid;
  for (const std::string_view part : split(text, '.')) {
    std::uint32_t number = 0;
    const char* end = part.data() + part.size();
    const auto [stop, error] = std::from_chars(part.data(), end, number);
    if (part.empty() || error != std::errc() || stop != end || oid.size() == kMostParts) return {};
    oid.push_back(number);
  }
  // The first two share one number on the wire.
  if (oid.size() < 2 || oid[0] > 2 || (oid[0] < 2 && oid[1] >= 40)) return std::nullopt;
  return oid;
}

const char* name_of(MailTls tls) { return find_name(kMailTls, tls); }
const char* name_of(SnmpAuth auth) { return find_name(kAuth, auth); }
const char* name_of(LdapScope scope) { return find_name(kScopes, scope); }
const char* name_of(StartTls protocol) { return find_name(kStartTls, protocol); }

const char* name_of(TraceKind kind) { return find_name(kTraces, kind); }
std::optional<TraceKind> trace_kind_of(std::string_view name) { return find_value(kTraces, name); }

}  // namespace dienstbereit
