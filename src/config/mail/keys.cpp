// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of the backup MX.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "config/limits.h"
#include "config/shapes.h"
#include "config/values.h"
#include "model/probes/defaults.h"

namespace dienstbereit::config {
namespace {

constexpr std::size_t kLongestName = 253;
constexpr std::size_t kMostDomains = 200;
constexpr std::size_t kMostFunctions = 200;
constexpr Duration kLongestMailKeeping = std::chrono::hours(24 * 90);
constexpr unsigned kMostConnections = 100;
constexpr unsigned kLargestMib = 10'000'000;

const Type kDomain{"domain", "name in the DNS: `kreis.example`",
                   R"({"type":"string","pattern":"^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$"})"};
const Type kListen{"listen", "`PORT` or `ADDRESS:PORT`", R"({"type":["string","integer"]})"};
const Type kAbsoluteFile{"absolute_file", "absolute path",
                         R"({"type":"string","pattern":"^/[^\\s]+$"})"};

bool is_domain(const std::string& name) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  const auto labels = split(name, '.');
  return labels.size() >= 2 && name.size() <= kLongestName &&
         name.find_first_not_of(kAllowed) == std::string::npos &&
         std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
           return !label.empty() && label.size() <= 63 && label[0] != '-' && label.back() != '-';
         });
}

void read_domain(Reader& reader, const Node& node, std::string& name) {
  read_text(reader, node, name);
  name = to_lower_ascii(name);
  if (!is_domain(name)) {
    reader.report.error(node.mark, fmt::format("'{}' is no name of a mail domain; write one like "
                                               "kreis.example",
                                               clean(name, 80)));
  }
}

void read_domains(Reader& reader, const Node& node, std::vector<std::string>& names) {
  for (const Node* item : one_or_items(node)) {
    if (names.size() == kMostDomains) {
      reader.report.error(item->mark, fmt::format("at most {} mail domains", kMostDomains));
      return;
    }
    read_domain(reader, *item, names.emplace_back());
  }
}

// Of plain letters, since it becomes part of Postfix' tables.
void read_plain_email(Reader& reader, const Node& node, std::string& address) {
  read_email(reader, node, address);
  address = to_lower_ascii(address);
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_+@";
  if (address.find_first_not_of(kAllowed) != std::string::npos) {
    reader.report.error(node.mark, "an address here is of letters, digits and . - _ + only");
  }
}

void read_functions(Reader& reader, const Node& node, std::vector<std::string>& addresses) {
  for (const Node* item : one_or_items(node)) {
    if (addresses.size() == kMostFunctions) {
      reader.report.error(item->mark, fmt::format("at most {} addresses", kMostFunctions));
      return;
    }
    read_plain_email(reader, *item, addresses.emplace_back());
  }
}

void read_numeric_endpoint(Reader& reader, const Node& node, Endpoint& endpoint) {
  read_endpoint_text(reader, node, kSmtpPort, endpoint);
  if (endpoint.host.empty() || is_numeric_address(endpoint.host)) return;
  reader.report.error(node.mark, fmt::format("'{}' is a name; the backup must find its way without "
                                             "a name server: write the numeric address",
                                             clean(endpoint.host, 80)));
}

void read_relay(Reader& reader, const Node& node, std::optional<Endpoint>& endpoint) {
  read_endpoint_text(reader, node, kSmtpPort, endpoint.emplace());
}

// As read_endpoint_text, the host optional.
void read_listen(Reader& reader, const Node& node, std::string& listen) {
  read_text(reader, node, listen);
  Endpoint end;
  const bool bare = listen.find_first_not_of("0123456789") == std::string::npos;
  Node whole = node;
  if (bare) whole.text = "0.0.0.0:" + listen;
  read_endpoint_text(reader, whole, kSmtpPort, end);
  if (!bare && !end.host.empty() && !is_numeric_address(end.host)) {
    reader.report.error(node.mark, "'listen' takes a numeric address of the machine and a port");
  }
}

void read_milter(Reader& reader, const Node& node, std::string& milter) {
  read_text(reader, node, milter);
  Endpoint end;
  read_endpoint_text(reader, node, 0, end);
}

void read_keep(Reader& reader, const Node& node, Duration& keep) {
  read_duration(reader, node, keep);
  if (keep >= kShortestMailKeeping && keep <= kLongestMailKeeping) return;
  reader.report.error(node.mark,
                      fmt::format("a backup keeps mail for {} to {}: shorter, and mail "
                                  "goes back to its senders before the repair is done",
                                  to_text(kShortestMailKeeping), to_text(kLongestMailKeeping)));
}

void read_mib(Reader& reader, const Node& node, unsigned& mib) {
  read_count(reader, node, mib);
  if (mib >= 1 && mib <= kLargestMib) return;
  reader.report.error(node.mark, fmt::format("a size lies between 1 and {} MiB", kLargestMib));
}

void read_connections(Reader& reader, const Node& node, unsigned& connections) {
  read_count(reader, node, connections);
  if (connections >= 1 && connections <= kMostConnections) return;
  reader.report.error(node.mark, fmt::format("connections lie between 1 and {}", kMostConnections));
}

void read_component(Reader& reader, const Node& node, NodeId& id) {
  std::string text;
  use(reader, node, Use::Wanted::Component, text);
  id = NodeId(std::move(text));
}

std::vector<Key> way_keys() {
  using K = Keys<BackupMail>;
  return {K::as<&BackupMail::host, read_domain>("host", kDomain,
                                                "the backup's name, as in the MX record")
              .needed(),
          K::as<&BackupMail::domains, read_domains>("domains", kDomain, "whose mail it takes",
                                                    Form::OneOrList)
              .needed(),
          K::as<&BackupMail::primary, read_numeric_endpoint>(
              "primary", kEndpoint, "where mail goes when it can; numeric; port 25 by default")
              .needed(),
          K::of<&BackupMail::primary_tls>("primary_tls",
                                          "go there encrypted or not at all; default if offered"),
          K::as<&BackupMail::component, read_component>("component", kComponentRef,
                                                        "the primary mail server in this district"),
          K::as<&BackupMail::listen, read_listen>(
              "listen", kListen, "where it takes mail; default port 25, any address"),
          K::as<&BackupMail::connections, read_connections>(
              "connections", kCount, "to the primary at the same time; default 10")};
}

std::vector<Key> rule_keys() {
  using K = Keys<BackupMail>;
  return {
      K::as<&BackupMail::function_addresses, read_functions>(
          "function_addresses", kEmail, "also read in the emergency mailbox", Form::OneOrList),
      K::as<&BackupMail::emergency_mailbox, read_plain_email>(
          "emergency_mailbox", kEmail, "outside the house; gets a copy of their mail"),
      K::as<&BackupMail::emergency_relay, read_relay>("emergency_relay", kEndpoint,
                                                      "its mail server; default by DNS"),
      K::as<&BackupMail::keep, read_keep>("keep", kDuration, "how long mail waits; default 14 d"),
      K::as<&BackupMail::largest_message, read_mib>("largest_message", kCount,
                                                    "MiB, as on the primary; default 50"),
      K::as<&BackupMail::least_free, read_mib>(
          "least_free", kCount, "MiB of disk; with less no mail is taken; default 2048"),
      K::as<&BackupMail::milter, read_milter>("milter", kEndpoint,
                                              "the filter that the primary uses too"),
      K::as<&BackupMail::certificate, read_absolute_path>("certificate", kAbsoluteFile,
                                                          "PEM file on the backup, for TLS"),
      K::as<&BackupMail::key, read_absolute_path>("key", kAbsoluteFile, "its private key")};
}

}  // namespace

const Shape& mail_shape() {
  static const Shape shape = [] {
    Shape made{"mail", "the backup MX",
               "A machine outside the house that takes mail while the house cannot "
               "([mail](../operating/mail.md)).",
               way_keys()};
    const auto rules = rule_keys();
    made.keys.insert(made.keys.end(), rules.begin(), rules.end());
    return made;
  }();
  return shape;
}

}  // namespace dienstbereit::config
