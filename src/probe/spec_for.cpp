// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/text.h"
#include "model/probes/defaults.h"
#include "probe/by_hand/options.h"
#include "probe/explain.h"
#include "probe/url.h"

namespace dienstbereit::probe {

Done set_duration(Duration& place, const std::string& value) {
  auto duration = parse_duration(value);
  if (!duration) return tl::unexpected<Error>(duration.error());
  place = *duration;
  return {};
}

Result<int> parse_number(std::string_view text, int first, int last) {
  int number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < first || number > last) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no number from {} to {}", clean(text, 40), first, last));
  }
  return number;
}

Result<Endpoint> parse_endpoint(std::string_view text, std::uint16_t port) {
  auto where = parse_host_port(text, port);
  if (!where) return tl::unexpected<Error>(where.error());
  if (where->port == 0) {
    return fail(Errc::InvalidInput, fmt::format("'{}' lacks its port: HOST:PORT", clean(text, 80)));
  }
  return Endpoint{std::move(where->host), where->port};
}

namespace {

constexpr int kFirstStatus = 100;
constexpr int kLastStatus = 599;

TlsOptions& tls_of(ProbeSpec& spec) {
  if (auto* http = std::get_if<HttpProbe>(&spec.action)) return http->tls;
  if (auto* tcp = std::get_if<TcpProbe>(&spec.action)) return tcp->tls;
  if (auto* trip = std::get_if<MailRoundTripProbe>(&spec.action)) return trip->tls;
  if (TlsOptions* tls = evidence_tls(spec)) return *tls;
  return as<SmtpProbe>(spec).tls;
}

// "200", "200-299".
Done add_status(ProbeSpec& spec, const std::string& value) {
  const auto parts = split(value, '-');
  auto first = parse_number(parts.front(), kFirstStatus, kLastStatus);
  auto last = parse_number(parts.back(), kFirstStatus, kLastStatus);
  if (!first || !last || *first > *last || parts.size() > 2) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no status; write 200 or 200-299", clean(value, 40)));
  }
  as<HttpProbe>(spec).expect.status = {StatusRange{*first, *last}};
  return {};
}

struct Pair {
  std::string name;
  std::string value;
};
Result<Pair> parse_pair(const std::string& text, char separator) {
  const auto at = text.find(separator);
  if (at == std::string::npos || at == 0) {
    return fail(Errc::InvalidInput, fmt::format("'{}' lacks its '{}'", clean(text, 60), separator));
  }
  return Pair{std::string(trim(text.substr(0, at))), std::string(trim(text.substr(at + 1)))};
}

Done add_header(std::map<std::string, std::string>& headers, const std::string& value) {
  auto pair = parse_pair(value, ':');
  if (!pair) return tl::unexpected<Error>(pair.error());
  headers[pair->name] = pair->value;
  return {};
}

Done add_json(ProbeSpec& spec, const std::string& value) {
  auto pair = parse_pair(value, '=');
  if (!pair) return tl::unexpected<Error>(pair.error());
  as<HttpProbe>(spec).expect.json[pair->name] = pair->value;
  spec.proof = Proof::Works;
  return {};
}

Done set_credential(ProbeSpec& spec, const std::string& value) {
  if (auto* http = std::get_if<HttpProbe>(&spec.action)) http->credential = value;
  if (auto* sql = std::get_if<PostgresProbe>(&spec.action)) sql->credential = value;
  if (auto* trip = std::get_if<MailRoundTripProbe>(&spec.action)) trip->credential = value;
  set_evidence_credential(spec, value);
  return {};
}

Done set_user(ProbeSpec& spec, const std::string& value) {
  if (auto* http = std::get_if<HttpProbe>(&spec.action)) http->user = value;
  if (auto* sql = std::get_if<PostgresProbe>(&spec.action)) sql->user = value;
  if (auto* trip = std::get_if<MailRoundTripProbe>(&spec.action)) trip->user = value;
  set_evidence_user(spec, value);
  return {};
}

Done add_expectation(ProbeSpec& spec, const std::string& value) {
  if (auto* dns = std::get_if<DnsProbe>(&spec.action)) dns->expect.push_back(value);
  if (auto* sql = std::get_if<PostgresProbe>(&spec.action)) sql->expect = value;
  return {};
}

Done expect_text(ProbeSpec& spec, const std::string& value) {
  as<HttpProbe>(spec).expect.text = value;
  spec.proof = Proof::Works;
  return {};
}

Done set_redirects(ProbeSpec& spec, const std::string& value) {
  constexpr int kMost = 10;
  auto number = parse_number(value, 0, kMost);
  if (!number) return tl::unexpected<Error>(number.error());
  as<HttpProbe>(spec).redirects = *number;
  return {};
}

Done set_slow(ProbeSpec& spec, const std::string& value) {
  spec.slow.emplace();
  return set_duration(*spec.slow, value);
}

Done set_imap(ProbeSpec& spec, const std::string& value) {
  auto end = parse_endpoint(value, kImapsPort);
  if (!end) return tl::unexpected<Error>(end.error());
  as<MailRoundTripProbe>(spec).imap = std::move(*end);
  return {};
}

using Text = const std::string&;

const std::vector<Known> kUsualOptions{
    {"*", "timeout", "DURATION", "give up after this time (10 s)",
     [](ProbeSpec& s, Text v) { return set_duration(s.timeout, v); }},
    {"*", "slow", "DURATION", "a longer success is degraded", set_slow},
    {"http", "method", "NAME", "request method (GET)", put<HttpProbe, &HttpProbe::method>},
    {"http", "header", "NAME:VALUE", "send this header",
     [](ProbeSpec& s, Text v) { return add_header(as<HttpProbe>(s).headers, v); }},
    {"http", "connect-to", "ADDRESS", "numeric address to use instead of resolving the host",
     put<HttpProbe, &HttpProbe::connect_to>},
    {"http", "redirects", "NUMBER", "how many redirects are followed (3)", set_redirects},
    {"http", "expect-status", "RANGE", "200 or 200-299", add_status},
    {"http", "expect-header", "NAME:TEXT", "the header must contain the text",
     [](ProbeSpec& s, Text v) { return add_header(as<HttpProbe>(s).expect.headers, v); }},
    {"http", "expect-text", "TEXT", "the page must contain it", expect_text},
    {"http", "without-text", "TEXT", "the page must not contain it",
     [](ProbeSpec& s, Text v) {
       as<HttpProbe>(s).expect.without_text = v;
       return Done();
     }},
    {"http", "expect-json", "POINTER=VALUE", "JSON pointer and its value: /state=\"ok\"", add_json},
    {"http postgres mail_round_trip snmp imap ldap", "user", "NAME", "log in as", set_user},
    {"http postgres mail_round_trip snmp imap ldap", "credential", "NAME",
     "name of the secret that holds the password", set_credential},
    {"tcp", "tls", "", "shake hands and check the certificate",
     [](ProbeSpec& s, Text) {
       as<TcpProbe>(s).use_tls = true;
       return Done();
     }},
    {"tcp", "expect-banner", "TEXT", "the first bytes must contain it",
     put<TcpProbe, &TcpProbe::expect_banner>},
    {"http tcp smtp mail_round_trip imap ldap tls", "ca-file", "FILE",
     "trust these issuers instead of the system's",
     [](ProbeSpec& s, Text v) {
       tls_of(s).ca_file = v;
       return Done();
     }},
    {"http tcp smtp mail_round_trip imap ldap tls", "server-name", "NAME",
     "name the certificate must carry",
     [](ProbeSpec& s, Text v) {
       tls_of(s).server_name = v;
       return Done();
     }},
    {"http tcp smtp mail_round_trip imap ldap tls", "no-verify", "", "accept any certificate",
     [](ProbeSpec& s, Text) {
       tls_of(s).verify = false;
       return Done();
     }},
    {"http tcp smtp mail_round_trip imap ldap tls", "expires-within", "DURATION",
     "a certificate that ends sooner is degraded",
     [](ProbeSpec& s, Text v) { return set_duration(tls_of(s).expires_within, v); }},
    {"dns", "type", "TYPE", "A AAAA MX NS TXT SOA PTR CNAME SRV (A)",
     put<DnsProbe, &DnsProbe::type>},
    {"dns postgres", "expect", "TEXT", "must be among the answers; first field of the first row",
     add_expectation},
    {"smtp", "sender", "ADDRESS", "MAIL FROM (<>)", put<SmtpProbe, &SmtpProbe::sender>},
    {"smtp", "accepts", "ADDRESS", "recipient that must be accepted",
     [](ProbeSpec& s, Text v) {
       s.proof = Proof::Works;
       return put<SmtpProbe, &SmtpProbe::accepts>(s, v);
     }},
    {"smtp", "refuses", "ADDRESS", "recipient that must be refused",
     put<SmtpProbe, &SmtpProbe::refuses>},
    {"smtp", "refuses-relay-to", "ADDRESS", "foreign recipient that must be refused",
     put<SmtpProbe, &SmtpProbe::refuses_relay_to>},
    {"smtp", "starttls", "", "encrypt before the envelope",
     [](ProbeSpec& s, Text) {
       as<SmtpProbe>(s).starttls = true;
       return Done();
     }},
    {"mail_round_trip", "from", "ADDRESS", "sender of the message (<>)",
     put<MailRoundTripProbe, &MailRoundTripProbe::sender>},
    {"mail_round_trip", "to", "ADDRESS", "recipient, a mailbox for this alone",
     put<MailRoundTripProbe, &MailRoundTripProbe::recipient>},
    {"mail_round_trip", "imap", "HOST[:PORT]", "where it comes out, by TLS (port 993)", set_imap},
    {"mail_round_trip", "imap-user", "NAME", "whose mailbox it is",
     put<MailRoundTripProbe, &MailRoundTripProbe::imap_user>},
    {"mail_round_trip", "imap-credential", "NAME", "name of the secret that holds the password",
     put<MailRoundTripProbe, &MailRoundTripProbe::imap_credential>},
    {"postgres", "query", "SQL", "what to ask (SELECT 1)",
     put<PostgresProbe, &PostgresProbe::query>},
    {"postgres", "sslmode", "MODE", "libpq's sslmode (prefer)",
     put<PostgresProbe, &PostgresProbe::tls>},
};

template <std::size_t... I>
std::vector<std::string> names_of_all(std::index_sequence<I...>) {
  return {kind_name(ProbeAction(std::in_place_index<I>))...};
}

const std::vector<Known>& all_options() {
  static const std::vector<Known> all = [] {
    std::vector<Known> both = kUsualOptions;
    both.insert(both.end(), evidence_options().begin(), evidence_options().end());
    return both;
  }();
  return all;
}

bool is_for(const Known& option, const std::string& kind) {
  const auto kinds = kinds_by_hand();
  if (option.kinds == std::string_view("*")) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }
  for (auto name : split(option.kinds, ' ')) {
    if (name == kind) return true;
  }
  return false;
}

Done set_http(ProbeSpec& spec, const std::string& target) {
  auto url = parse_url(target);
  if (!url) return tl::unexpected<Error>(url.error());
  HttpProbe action;
  action.url = target;
  spec.action = std::move(action);
  return {};
}

Done set_dns(ProbeSpec& spec, const std::string& target) {
  const auto at = target.find('@');
  if (at == std::string::npos || at == 0) {
    return fail(Errc::InvalidInput, "a DNS target is NAME@RESOLVER, the resolver as a numeric "
                                    "address: www.example.org@192.0.2.53");
  }
  auto resolver = parse_endpoint(target.substr(at + 1), kDnsPort);
  if (!resolver) return tl::unexpected<Error>(resolver.error());
  in6_addr ignored{};
  if (::inet_pton(AF_INET, resolver->host.c_str(), &ignored) != 1 &&
      ::inet_pton(AF_INET6, resolver->host.c_str(), &ignored) != 1) {
    return fail(Errc::InvalidInput,
                fmt::format("the resolver '{}' is not a numeric address, and its name would need a "
                            "resolver; write it like 192.0.2.53",
                            clean(resolver->host, 80)));
  }
  DnsProbe action;
  action.name = target.substr(0, at);
  action.resolver = std::move(*resolver);
  spec.action = std::move(action);
  spec.proof = Proof::Works;
  return {};
}

Done set_postgres(ProbeSpec& spec, const std::string& target) {
  const auto slash = target.find('/');
  if (slash == std::string::npos || slash + 1 == target.size()) {
    return fail(Errc::InvalidInput, "a PostgreSQL target is HOST[:PORT]/DATABASE");
  }
  auto action = with_target<PostgresProbe>(target.substr(0, slash), kPostgresPort);
  if (!action) return tl::unexpected<Error>(action.error());
  action->database = target.substr(slash + 1);
  spec.action = std::move(*action);
  spec.proof = Proof::Works;
  return {};
}

Done set_round_trip(ProbeSpec& spec, const std::string& target) {
  auto end = parse_endpoint(target, kSubmissionPort);
  if (!end) return tl::unexpected<Error>(end.error());
  MailRoundTripProbe action;
  action.submit = std::move(*end);
  spec.action = std::move(action);
  spec.proof = Proof::Works;
  return {};
}

Done set_queue(ProbeSpec& spec, const std::string& config) {
  MailQueueProbe action;
  action.config = config;
  spec.action = std::move(action);
  spec.proof = Proof::Works;
  return {};
}

Done set_action(ProbeSpec& spec, const std::string& kind, const std::string& target) {
  if (kind == "http") return set_http(spec, target);
  if (kind == "tcp") return set_target<TcpProbe>(spec, target, 0);
  if (kind == "dns") return set_dns(spec, target);
  if (kind == "smtp") return set_target<SmtpProbe>(spec, target, kSmtpPort);
  if (kind == "postgres") return set_postgres(spec, target);
  if (kind == "mail_round_trip") return set_round_trip(spec, target);
  if (kind == "mail_queue") return set_queue(spec, target);
  if (kind == "heartbeat") {
    return fail(Errc::InvalidInput, "a heartbeat is pushed to us; there is nothing to run");
  }
  if (auto done = set_evidence_action(spec, kind, target)) return std::move(*done);
  return fail(Errc::InvalidInput, fmt::format("'{}' is no kind of probe; known are {}",
                                              clean(kind, 40), join(kinds_by_hand(), ", ")));
}

Done apply(ProbeSpec& spec, const std::string& kind, const OptionValue& option) {
  std::vector<std::string> names;
  for (const auto& known : all_options()) {
    if (!is_for(known, kind)) continue;
    names.emplace_back(known.name);
    if (option.name != known.name) continue;
    auto done = known.apply(spec, option.value);
    if (!done) done.error().message = fmt::format("--{}: {}", option.name, done.error().message);
    return done;
  }
  const auto near = nearest(option.name, names);
  return fail(
      Errc::InvalidInput,
      fmt::format("a probe of kind '{}' has no option '--{}'{}", kind, clean(option.name, 40),
                  near ? fmt::format("; did you mean '--{}'?", *near) : ""));
}

}  // namespace

std::vector<std::string> kinds_by_hand() {
  auto kinds = names_of_all(std::make_index_sequence<std::variant_size_v<ProbeAction>>());
  std::erase(kinds, kind_name(HeartbeatProbe{}));
  return kinds;
}

std::vector<ProbeOption> options_of(const std::string& kind) {
  std::vector<ProbeOption> options;
  for (const auto& known : all_options()) {
    if (is_for(known, kind)) options.push_back({known.name, known.value, known.help});
  }
  return options;
}

Result<ProbeSpec> spec_for(const std::string& kind, const std::string& target,
                           const std::vector<OptionValue>& options) {
  ProbeSpec spec;
  spec.id = ProbeId("by-hand/" + kind);
  auto done = set_action(spec, kind, target);
  for (const auto& option : options) {
    if (done) done = apply(spec, kind, option);
  }
  if (!done) return tl::unexpected<Error>(done.error());
  return spec;
}

}  // namespace dienstbereit::probe
