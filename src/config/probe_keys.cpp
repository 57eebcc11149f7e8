// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The table of keys of probes: common keys, then those of each kind.
#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "config/limits.h"
#include "config/probes/parts.h"
#include "model/probes/defaults.h"

namespace dienstbereit::config {
namespace {

constexpr std::uint16_t kNoPort = 0;
constexpr unsigned kMostWaiting = 1'000'000;
constexpr int kLowestStatus = 100;
constexpr int kHighestStatus = 599;
constexpr unsigned kMostRedirects = 10;
constexpr std::size_t kMostHeaders = 32;

const Type kStatus{"status", "`200`, `200-299`, or a list of them",
                   R"({"anyOf":[{"type":"integer"},)"
                   R"({"type":"string","pattern":"^[0-9]{3}(-[0-9]{3})?$"}]})"};
const Type kHeaderText{"header_text", "text", R"({"type":["string","number"]})"};
const Type kJsonValue{"json_value", "value; in quotes it is a text",
                      R"({"type":["string","number","boolean","null"]})"};
const Type kMethod{"method", "`GET` or `HEAD`", R"({"enum":["GET","HEAD"]})"};
const Type kRecord{"record_type", "`A AAAA MX NS TXT SOA PTR CNAME SRV`",
                   R"({"enum":["A","AAAA","MX","NS","TXT","SOA","PTR","CNAME","SRV"]})"};
const Type kSslMode{"sslmode", "`disable allow prefer require verify-ca verify-full`",
                    R"({"enum":["disable","allow","prefer","require","verify-ca","verify-full"]})"};

const Type kPath{"path", "absolute path", R"({"type":"string","pattern":"^/"})"};
const Type kMailDomain{"mail_domain", "name in the DNS", R"({"type":"string"})"};

void read_interval(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration < kShortestInterval || duration > kLongestInterval) {
    reader.report.error(
        node.mark, fmt::format("an interval lies between {} and {}", to_text(kShortestInterval),
                               to_text(kLongestInterval)));
  }
}

void read_timeout(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration < kShortestTimeout || duration > kLongestTimeout) {
    reader.report.error(node.mark,
                        fmt::format("a timeout lies between {} and {}", to_text(kShortestTimeout),
                                    to_text(kLongestTimeout)));
  }
}

void read_attempts(Reader& reader, const Node& node, unsigned& attempts) {
  read_count(reader, node, attempts);
  if (attempts < 1 || attempts > kMostAttempts) {
    reader.report.error(node.mark, fmt::format("attempts lie between 1 and {}", kMostAttempts));
  }
}

void read_proof(Reader& reader, const Node& node, std::optional<Proof>& proof) {
  const auto chosen = choose(reader, node, {{"works", 1}, {"alive", 0}});
  if (chosen) proof = *chosen == 1 ? Proof::Works : Proof::Alive;
}

void read_name(Reader& reader, const Node& node, std::string& name) {
  read_text(reader, node, name);
  if (!valid_id(name)) reader.report.error(node.mark, id_rule(name));
}

void read_component_of_anchor(Reader& reader, const Node& node, NodeId& id) {
  std::string text;
  use(reader, node, Use::Wanted::Component, text);
  id = NodeId(std::move(text));
}

void read_resolver(Reader& reader, const Node& node, Endpoint& endpoint) {
  read_endpoint<kDnsPort>(reader, node, endpoint);
  in6_addr binary;
  if (endpoint.host.empty() || inet_pton(AF_INET, endpoint.host.c_str(), &binary) == 1 ||
      inet_pton(AF_INET6, endpoint.host.c_str(), &binary) == 1) {
    return;
  }
  reader.report.error(node.mark, "a resolver is a numeric address: its name would need a resolver");
}

std::optional<StatusRange> parse_status(std::string_view text) {
  const auto number = [](std::string_view digits) -> int {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() ? value : 0;
  };
  const auto dash = text.find('-');
  const int first = number(trim(text.substr(0, dash)));
  const int last = dash == std::string_view::npos ? first : number(trim(text.substr(dash + 1)));
  if (first < kLowestStatus || last > kHighestStatus || last < first) return std::nullopt;
  return StatusRange{first, last};
}

void read_status(Reader& reader, const Node& node, std::vector<StatusRange>& ranges) {
  ranges.clear();
  for (const Node* item : one_or_items(node)) {
    const std::string* text = text_of(reader, *item);
    if (text == nullptr) continue;
    if (const auto range = parse_status(*text)) {
      ranges.push_back(*range);
    } else {
      reader.report.error(item->mark,
                          fmt::format("'{}' is no status; write 200 or 200-299", *text));
    }
  }
}

bool valid_header_name(std::string_view name) {
  constexpr std::string_view kToken =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
  return !name.empty() && name.find_first_not_of(kToken) == std::string_view::npos;
}

bool carries_secret(const std::string& header) {
  const std::string lower = to_lower_ascii(header);
  return lower == "authorization" || lower == "proxy-authorization" || lower == "cookie" ||
         lower.find("api-key") != std::string::npos || looks_secret(lower);
}

void read_headers(Reader& reader, const Node& node, std::map<std::string, std::string>& headers) {
  if (node.kind != Node::Kind::Map || node.entries.size() > kMostHeaders) {
    reader.report.error(
        node.mark, fmt::format("headers are a map from name to text, at most {}", kMostHeaders));
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    const std::string* text = text_of(reader, entry.value);
    if (!valid_header_name(entry.key)) {
      reader.report.error(entry.key_mark, fmt::format("'{}' is no header's name", entry.key));
    } else if (text != nullptr && text->find_first_of("\r\n") != std::string::npos) {
      reader.report.error(entry.value.mark, "a header has one line");
    } else if (text != nullptr) {
      headers[entry.key] = *text;
    }
  }
}

void read_sent_headers(Reader& reader, const Node& node,
                       std::map<std::string, std::string>& headers) {
  read_headers(reader, node, headers);
  for (const Node::Entry& entry : node.entries) {
    if (!carries_secret(entry.key)) continue;
    reader.report.error(entry.key_mark,
                        fmt::format("header '{}' carries a secret, and secrets never stand here; "
                                    "write 'user:' and 'credential:'",
                                    entry.key));
  }
}

bool valid_pointer(std::string_view pointer) {
  if (!pointer.empty() && pointer[0] != '/') return false;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] != '~') continue;
    if (i + 1 >= pointer.size() || (pointer[i + 1] != '0' && pointer[i + 1] != '1')) return false;
  }
  return true;
}

// Plain `3`, `true`, `null` mean themselves; anything else, and all in quotes, is a text.
std::string to_json_text(const Node& node) {
  if (node.kind == Node::Kind::Null) return "null";
  if (!node.quoted) {
    const auto value = nlohmann::json::parse(node.text, nullptr, false);
    if (value.is_number() || value.is_boolean()) return value.dump();
  }
  return nlohmann::json(node.text).dump();
}

void read_json(Reader& reader, const Node& node, std::map<std::string, std::string>& values) {
  if (node.kind != Node::Kind::Map) {
    reader.report.error(node.mark, "'json' is a map from JSON pointer to value: /status: ok");
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    if (!valid_pointer(entry.key)) {
      reader.report.error(entry.key_mark, fmt::format("'{}' is no JSON pointer; write /field or "
                                                      "/list/0/field (RFC 6901)",
                                                      entry.key));
    } else if (entry.value.kind == Node::Kind::Null || text_of(reader, entry.value) != nullptr) {
      values[entry.key] = to_json_text(entry.value);
    }
  }
}

void read_size(Reader& reader, const Node& node, std::size_t& bytes) {
  unsigned count = 0;
  read_count(reader, node, count);
  bytes = count;
}

void read_redirects(Reader& reader, const Node& node, int& redirects) {
  unsigned count = 0;
  read_count(reader, node, count);
  if (count > kMostRedirects) {
    reader.report.error(node.mark,
                        fmt::format("at most {} redirects are followed", kMostRedirects));
  } else {
    redirects = static_cast<int>(count);
  }
}

template <std::size_t N>
void read_word(Reader& reader, const Node& node, const char* const (&words)[N], std::string& out) {
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < N; ++i) choices.push_back({words[i], static_cast<int>(i)});
  if (const auto chosen = choose(reader, node, choices)) out = words[*chosen];
}

void read_method(Reader& reader, const Node& node, std::string& method) {
  constexpr const char* kWords[] = {"GET", "HEAD"};
  read_word(reader, node, kWords, method);
}
void read_record_type(Reader& reader, const Node& node, std::string& type) {
  constexpr const char* kWords[] = {"A", "AAAA", "MX", "NS", "TXT", "SOA", "PTR", "CNAME", "SRV"};
  read_word(reader, node, kWords, type);
}
void read_sslmode(Reader& reader, const Node& node, std::string& mode) {
  constexpr const char* kWords[] = {"disable", "allow",     "prefer",
                                    "require", "verify-ca", "verify-full"};
  read_word(reader, node, kWords, mode);
}

void read_most(Reader& reader, const Node& node, unsigned& most) {
  read_count(reader, node, most);
  if (most < 1 || most > kMostWaiting) {
    reader.report.error(node.mark, fmt::format("'most' lies between 1 and {}", kMostWaiting));
  }
}
void read_lower(Reader& reader, const Node& node, std::vector<std::string>& domains) {
  for (const Node* item : one_or_items(node)) {
    read_text(reader, *item, domains.emplace_back());
    domains.back() = to_lower_ascii(domains.back());
  }
}

}  // namespace

const Type kMailTls{"mail_tls", "`none starttls tls`", R"({"enum":["none","starttls","tls"]})"};

void read_mail_tls(Reader& reader, const Node& node, MailTls& tls) {
  std::vector<Choice> choices;
  for (int i = 0; i <= static_cast<int>(MailTls::Tls); ++i) {
    choices.push_back({name_of(static_cast<MailTls>(i)), i});
  }
  if (const auto chosen = choose(reader, node, choices)) tls = static_cast<MailTls>(*chosen);
}

const Shape& tls_shape() {
  using K = Keys<TlsOptions>;
  static const Shape shape{
      "tls",
      "TLS options",
      "",
      {K::of<&TlsOptions::verify>("verify", "check the chain and the name; default true"),
       K::of<&TlsOptions::server_name>("server_name", "default: the target's host"),
       K::as<&TlsOptions::ca_file, read_file_name>("ca_file", kFileName,
                                                   "default: the system's trust store"),
       K::of<&TlsOptions::expires_within>("expires_within",
                                          "limited if a certificate ends sooner; default 14 d")}};
  return shape;
}

namespace {

const Shape& expect_shape() {
  using K = Keys<HttpExpectation>;
  static const Shape shape{
      "expect",
      "an expectation",
      "All of it must hold.",
      {K::as<&HttpExpectation::status, read_status>("status", kStatus, "default 200-299",
                                                    Form::OneOrList),
       K::as<&HttpExpectation::headers, read_headers>(
           "headers", kHeaderText, "text that each header must contain", Form::Values),
       K::of<&HttpExpectation::text>("text", "the body must contain it"),
       K::of<&HttpExpectation::without_text>("without_text", "the body must not contain it"),
       K::as<&HttpExpectation::json, read_json>(
           "json", kJsonValue, "JSON pointer (RFC 6901) to exact value", Form::Values),
       K::as<&HttpExpectation::smallest_bytes, read_size>("smallest_bytes", kCount,
                                                          "least size of the body")}};
  return shape;
}

const Shape& relay_shape() {
  using K = Keys<HttpRelay>;
  static const Shape shape{
      "relay",
      "a relay",
      "A small program on any web space: [relay.md](relay.md).",
      {K::as<&HttpRelay::url, read_url>("url", kUrl, "where it stands").needed(),
       K::as<&HttpRelay::credential, read_credential>("credential", kSecretName,
                                                      "holds the secret shared with it")
           .needed()}};
  return shape;
}

void read_nothing(Reader&, const Node&, std::string&) {}

std::vector<Key> common_keys() {
  using K = Keys<ProbeDraft>;
  return {K::as<&ProbeDraft::name, read_nothing>("kind", kText, "which kind").needed(),
          K::as<&ProbeDraft::name, read_name>("name", kId, "unique at its node; default the kind"),
          K::as<&ProbeDraft::proves, read_proof>("proves", kProof, "what a success proves"),
          K::as<&ProbeDraft::every, read_interval>("every", kDuration, "default 60 s"),
          K::as<&ProbeDraft::timeout, read_timeout>("timeout", kDuration, "default 10 s"),
          K::of<&ProbeDraft::slow>("slow", "a success that takes longer counts as limited"),
          K::as<&ProbeDraft::attempts, read_attempts>("attempts", kCount,
                                                      "failures in a row that count; default 2"),
          K::of<&ProbeDraft::uplink>("uplink", "default: the house's first, or its outpost's"),
          K::of<&ProbeDraft::from>("from", "the outpost that runs it; default this machine"),
          K::as<&ProbeDraft::component, read_component_of_anchor>(
              "component", kComponentRef, "of an uplink's probe: the component that answers")};
}

std::vector<Key> http_keys() {
  using P = Part<HttpProbe>;
  return {P::as<&HttpProbe::url, read_url>("url", kUrl, "what is asked").needed(),
          P::as<&HttpProbe::method, read_method>("method", kMethod, "default GET"),
          P::as<&HttpProbe::headers, read_sent_headers>("headers", kHeaderText, "sent along",
                                                        Form::Values),
          P::of<&HttpProbe::user>("user", "for basic authentication"),
          P::as<&HttpProbe::credential, read_credential>("credential", kSecretName,
                                                         "holds the password"),
          P::as<&HttpProbe::connect_to, read_numeric_address>(
              "connect_to", kAddress, "address to use instead of resolving the host"),
          P::as<&HttpProbe::redirects, read_redirects>("redirects", kCount,
                                                       "how many are followed; default 3"),
          P::map<&HttpProbe::relay, relay_shape>("relay", "asks in our place, from outside"),
          P::map<&HttpProbe::expect, expect_shape>("expect", "what the answer must be"),
          P::map<&HttpProbe::tls, tls_shape>("tls", "how TLS is checked")};
}

std::vector<Key> tcp_keys() {
  using P = Part<TcpProbe>;
  return {P::as<&TcpProbe::target, read_endpoint<kNoPort>>("target", kEndpoint, "what is asked")
              .needed(),
          P::of<&TcpProbe::use_tls>("use_tls", "speak TLS"),
          P::map<&TcpProbe::tls, tls_shape>("tls", "how TLS is checked"),
          P::of<&TcpProbe::expect_banner>("expect_banner", "what the server must say first")};
}

std::vector<Key> dns_keys() {
  using P = Part<DnsProbe>;
  return {P::as<&DnsProbe::resolver, read_resolver>("resolver", kEndpoint,
                                                    "numeric; port 53 by default")
              .needed(),
          P::of<&DnsProbe::name>("query", "the name that is asked for").needed(),
          P::as<&DnsProbe::type, read_record_type>("type", kRecord, "default A"),
          P::of<&DnsProbe::expect>("expect", "each must be among the answers; default any")};
}

std::vector<Key> smtp_keys() {
  using P = Part<SmtpProbe>;
  return {
      P::as<&SmtpProbe::target, read_endpoint<kSmtpPort>>("target", kEndpoint, "port 25 by default")
          .needed(),
      P::as<&SmtpProbe::sender, read_email>("sender", kEmail, "default <>"),
      P::as<&SmtpProbe::accepts, read_email>("accepts", kEmail, "recipient it must accept")
          .needed(),
      P::as<&SmtpProbe::refuses, read_email>("refuses", kEmail,
                                             "recipient of the own domain it must refuse"),
      P::as<&SmtpProbe::refuses_relay_to, read_email>("refuses_relay_to", kEmail,
                                                      "foreign recipient it must refuse"),
      P::of<&SmtpProbe::starttls>("starttls", "ask for TLS first"),
      P::map<&SmtpProbe::tls, tls_shape>("tls", "how TLS is checked")};
}

std::vector<Key> postgres_keys() {
  using P = Part<PostgresProbe>;
  return {P::as<&PostgresProbe::target, read_endpoint<kPostgresPort>>("target", kEndpoint,
                                                                      "port 5432 by default")
              .needed(),
          P::of<&PostgresProbe::database>("database", "its name").needed(),
          P::of<&PostgresProbe::user>("user", "a user that may only read").needed(),
          P::as<&PostgresProbe::credential, read_credential>("credential", kSecretName,
                                                             "holds the password"),
          P::of<&PostgresProbe::query>("query", "default SELECT 1"),
          P::of<&PostgresProbe::expect>("expect", "first field of the first row; default any"),
          P::as<&PostgresProbe::tls, read_sslmode>("tls", kSslMode, "default prefer")};
}

std::vector<Key> round_trip_keys() {
  using P = Part<MailRoundTripProbe>;
  return {P::as<&MailRoundTripProbe::submit, read_endpoint<kSubmissionPort>>(
              "submit", kEndpoint, "SMTP server; port 587 by default")
              .needed(),
          P::as<&MailRoundTripProbe::submit_tls, read_mail_tls>("submit_tls", kMailTls,
                                                                "default starttls"),
          P::of<&MailRoundTripProbe::user>("user", "who logs in there; default nobody"),
          P::as<&MailRoundTripProbe::credential, read_credential>("credential", kSecretName,
                                                                  "holds that password"),
          P::as<&MailRoundTripProbe::sender, read_email>("sender", kEmail, "default <>"),
          P::as<&MailRoundTripProbe::recipient, read_email>("recipient", kEmail,
                                                            "a mailbox for this alone")
              .needed(),
          P::as<&MailRoundTripProbe::imap, read_endpoint<kImapsPort>>(
              "imap", kEndpoint, "IMAP server; port 993 by default")
              .needed(),
          P::as<&MailRoundTripProbe::imap_tls, read_mail_tls>("imap_tls", kMailTls, "default tls"),
          P::of<&MailRoundTripProbe::imap_user>("imap_user", "whose mailbox it is").needed(),
          P::as<&MailRoundTripProbe::imap_credential, read_credential>(
              "imap_credential", kSecretName, "holds that password")
              .needed(),
          P::of<&MailRoundTripProbe::folder>("folder", "where the message arrives; default INBOX"),
          P::map<&MailRoundTripProbe::tls, tls_shape>("tls", "how TLS is checked")};
}

std::vector<Key> queue_keys() {
  using P = Part<MailQueueProbe>;
  return {P::as<&MailQueueProbe::config, read_absolute_path>(
              "config", kPath, "Postfix' configuration on this machine; default /etc/postfix"),
          P::as<&MailQueueProbe::report, read_absolute_path>(
              "report", kPath, "file of `mail queue --output` from another machine, instead"),
          P::of<&MailQueueProbe::report_age>("report_age", "an older one fails; default 15 min"),
          P::as<&MailQueueProbe::most, read_most>("most", kCount,
                                                  "more messages count as limited; default 5000"),
          P::of<&MailQueueProbe::oldest>("oldest", "an older message counts as limited; 24 h"),
          P::of<&MailQueueProbe::least_free>("least_free",
                                             "MiB of free disk, fewer fail; default 2048"),
          P::as<&MailQueueProbe::domains, read_lower>(
              "domains", kMailDomain, "of the recipients that count; default those of `mail`",
              Form::OneOrList)};
}

std::vector<Key> heartbeat_keys() {
  using P = Part<HeartbeatProbe>;
  return {P::as<&HeartbeatProbe::credential, read_credential>("credential", kSecretName,
                                                              "holds the sender's token")
              .needed()};
}

}  // namespace

Shape make_shape(const char* name, const char* kind, const char* title, const char* intro,
                 std::vector<Key> own) {
  Shape shape{name, title, intro, common_keys(), kind};
  shape.keys.insert(shape.keys.end(), own.begin(), own.end());
  return shape;
}

namespace {

std::vector<Shape> usual_shapes() {
  return {
      make_shape("probe_http", "http", "an http probe",
                 "Proves `works` if it expects a text or a JSON value, else `alive`.", http_keys()),
      make_shape("probe_tcp", "tcp", "a tcp probe", "Proves `alive`.", tcp_keys()),
      make_shape("probe_dns", "dns", "a dns probe", "Proves `works`.", dns_keys()),
      make_shape("probe_smtp", "smtp", "an smtp probe",
                 "Proves `works`. It asks for recipients and resets: no mail is sent.",
                 smtp_keys()),
      make_shape("probe_postgres", "postgres", "a postgres probe", "Proves `works`.",
                 postgres_keys()),
      make_shape("probe_heartbeat", "heartbeat", "a heartbeat probe",
                 "Proves `works`. Missing longer than `every` and `timeout` together is a failure.",
                 heartbeat_keys()),
      make_shape("probe_mail_round_trip", "mail_round_trip", "a mail round trip probe",
                 "Proves `works`: a message of its own goes in by SMTP, comes out by IMAP and is "
                 "deleted there.",
                 round_trip_keys()),
      make_shape("probe_mail_queue", "mail_queue", "a mail queue probe",
                 "Proves `works`. Pages tell how much mail waits, and since when.", queue_keys())};
}

// In the order of ProbeAction.
const std::vector<Shape>& all_shapes() {
  static const std::vector<Shape> shapes = [] {
    std::vector<Shape> all = usual_shapes();
    for (Shape& shape : evidence_shapes()) all.push_back(std::move(shape));
    return all;
  }();
  return shapes;
}

// The alternative of that number, empty.
template <std::size_t... I>
ProbeAction make_action(std::size_t kind, std::index_sequence<I...>) {
  ProbeAction action;
  static_cast<void>(((kind == I && (action.emplace<I>(), true)) || ...));
  return action;
}

void check_passwords(Reader& reader, const Node& node, const ProbeAction& action) {
  const auto* trip = std::get_if<MailRoundTripProbe>(&action);
  if (trip == nullptr) return;
  if (trip->imap_tls == MailTls::None ||
      (trip->submit_tls == MailTls::None && !trip->user.empty())) {
    reader.report.error(node.mark, "a password is sent inside TLS only; take 'tls' or 'starttls'");
  }
  if (!trip->user.empty() && trip->credential.empty()) {
    reader.report.error(node.mark, "a user without 'credential'; name the file that holds the "
                                   "password");
  }
}

void read_probe(Reader& reader, const Node& node, std::vector<ProbeDraft>& probes) {
  const Node* kind = node.kind == Node::Kind::Map ? node.find("kind") : nullptr;
  if (kind == nullptr) {
    std::vector<std::string> kinds;
    for (const Shape& shape : all_shapes()) kinds.emplace_back(shape.kind);
    reader.report.error(node.mark, fmt::format("a probe is a map with the key 'kind', one of: {}",
                                               join(kinds, ", ")));
    return;
  }
  std::vector<Choice> choices;
  for (const Shape& shape : all_shapes()) {
    choices.push_back({shape.kind, static_cast<int>(choices.size())});
  }
  const auto chosen = choose(reader, *kind, choices);
  if (!chosen) return;
  ProbeDraft& probe = probes.emplace_back();
  probe.mark = node.mark;
  probe.action = make_action(static_cast<std::size_t>(*chosen),
                             std::make_index_sequence<std::variant_size_v<ProbeAction>>());
  read_shape(reader, node, all_shapes()[*chosen], &probe);
  check_passwords(reader, node, probe.action);
  check_evidence(reader, node, probe.action);
  if (probe.slow && *probe.slow >= probe.timeout) {
    reader.report.error(node.mark, fmt::format("slow ({}) is never reached before the timeout "
                                               "({}); make it shorter",
                                               to_text(*probe.slow), to_text(probe.timeout)));
  }
}

}  // namespace

const std::vector<const Shape*>& probe_shapes() {
  static const std::vector<const Shape*> pointers = [] {
    std::vector<const Shape*> out;
    for (const Shape& shape : all_shapes()) out.push_back(&shape);
    return out;
  }();
  return pointers;
}

void read_probes(Reader& reader, const Node& node, std::vector<ProbeDraft>& probes) {
  for (const Node* item : items_of(reader, node)) read_probe(reader, *item, probes);
}

}  // namespace dienstbereit::config
