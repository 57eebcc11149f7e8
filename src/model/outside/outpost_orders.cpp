// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "base/hash.h"
#include "model/codec.h"
#include "model/outside/outpost_report.h"

namespace dienstbereit {

// ---- probes as they go over the wire -----------------------------------------------------------

struct NamedText {
  std::string name;
  std::string text;
};
template <class A>
void fields(A& a, NamedText& e) {
  a("name", e.name);
  a("text", e.text);
}

namespace {

// Maps go as lists, in the order of their keys.
template <class A>
void map_field(A& a, const char* key, std::map<std::string, std::string>& map) {
  std::vector<NamedText> list;
  for (const auto& [name, text] : map) list.push_back({name, text});
  a(key, list);
  if constexpr (std::is_same_v<A, codec::Reader>) {
    map.clear();
    for (NamedText& one : list) map.emplace(std::move(one.name), std::move(one.text));
  }
}

}  // namespace

template <class A>
void fields(A& a, StatusRange& e) {
  a("first", e.first);
  a("last", e.last);
}
template <class A>
void fields(A& a, Endpoint& e) {
  a("host", e.host);
  a("port", e.port);
}
template <class A>
void fields(A& a, TlsOptions& e) {
  a("verify", e.verify);
  a("server_name", e.server_name);
  a("ca_file", e.ca_file);
  a("expires_within", e.expires_within);
}
template <class A>
void fields(A& a, HttpExpectation& e) {
  a("status", e.status);
  map_field(a, "headers", e.headers);
  a("text", e.text);
  a("without_text", e.without_text);
  map_field(a, "json", e.json);
  a("smallest_bytes", e.smallest_bytes);
}
template <class A>
void fields(A& a, HttpProbe& e) {
  a("url", e.url);
  a("method", e.method);
  map_field(a, "headers", e.headers);
  a("user", e.user);
  a("credential", e.credential);
  a("connect_to", e.connect_to);
  a("redirects", e.redirects);
  a("expect", e.expect);
  a("tls", e.tls);
}
template <class A>
void fields(A& a, TcpProbe& e) {
  a("target", e.target);
  a("use_tls", e.use_tls);
  a("tls", e.tls);
  a("expect_banner", e.expect_banner);
}
template <class A>
void fields(A& a, DnsProbe& e) {
  a("resolver", e.resolver);
  a("name", e.name);
  a("type", e.type);
  a("expect", e.expect);
}
template <class A>
void fields(A& a, SmtpProbe& e) {
  a("target", e.target);
  a("sender", e.sender);
  a("accepts", e.accepts);
  a("refuses", e.refuses);
  a("refuses_relay_to", e.refuses_relay_to);
  a("starttls", e.starttls);
  a("tls", e.tls);
}
template <class A>
void fields(A& a, PostgresProbe& e) {
  a("target", e.target);
  a("database", e.database);
  a("user", e.user);
  a("credential", e.credential);
  a("query", e.query);
  a("expect", e.expect);
  a("tls", e.tls);
}

// One of the kinds is set.
struct OrderedProbe {
  ProbeId id;
  NodeId node;
  UplinkId anchor_of;
  UplinkId uplink;
  bool works = false;
  Duration interval{0};
  Duration timeout{0};
  std::optional<Duration> slow;
  unsigned attempts = 1;
  std::optional<HttpProbe> http;
  std::optional<TcpProbe> tcp;
  std::optional<DnsProbe> dns;
  std::optional<SmtpProbe> smtp;
  std::optional<PostgresProbe> postgres;
};
template <class A>
void fields(A& a, OrderedProbe& e) {
  a("id", e.id);
  a("node", e.node);
  a("anchor_of", e.anchor_of);
  a("uplink", e.uplink);
  a("works", e.works);
  a("interval", e.interval);
  a("timeout", e.timeout);
  a("slow", e.slow);
  a("attempts", e.attempts);
  a("http", e.http);
  a("tcp", e.tcp);
  a("dns", e.dns);
  a("smtp", e.smtp);
  a("postgres", e.postgres);
}
struct OrderedUplink {
  UplinkId id;
  std::string bind;
};
template <class A>
void fields(A& a, OrderedUplink& e) {
  a("id", e.id);
  a("bind", e.bind);
}
struct OrderedDistrict {
  std::vector<OrderedUplink> uplinks;
  std::vector<OrderedProbe> probes;
};
template <class A>
void fields(A& a, OrderedDistrict& e) {
  a("uplinks", e.uplinks);
  a("probes", e.probes);
}
template <class A>
void fields(A& a, OutpostOrders& e) {
  a("outpost", e.outpost);
  a("hash", e.hash);
  a("report_every", e.report_every);
  a("district", e.district);
}

namespace {

template <class T>
std::string text_of(const T& value) {
  codec::Writer writer;
  fields(writer, const_cast<T&>(value));  // a Writer changes nothing
  return writer.take();
}

OrderedProbe to_order(const ProbeSpec& spec) {
  OrderedProbe order{spec.id,
                     spec.node,
                     spec.anchor_of,
                     spec.uplink,
                     spec.proof == Proof::Works,
                     spec.interval,
                     spec.timeout,
                     spec.slow,
                     spec.attempts,
                     {},
                     {},
                     {},
                     {},
                     {}};
  if (const auto* http = std::get_if<HttpProbe>(&spec.action)) order.http = *http;
  if (const auto* tcp = std::get_if<TcpProbe>(&spec.action)) order.tcp = *tcp;
  if (const auto* dns = std::get_if<DnsProbe>(&spec.action)) order.dns = *dns;
  if (const auto* smtp = std::get_if<SmtpProbe>(&spec.action)) order.smtp = *smtp;
  if (const auto* postgres = std::get_if<PostgresProbe>(&spec.action)) order.postgres = *postgres;
  return order;
}

std::optional<ProbeSpec> to_spec(const OrderedProbe& order) {
  constexpr Duration kShortest = std::chrono::milliseconds(100);
  ProbeSpec spec;
  spec.id = order.id;
  spec.node = order.node;
  spec.anchor_of = order.anchor_of;
  spec.uplink = order.uplink;
  spec.proof = order.works ? Proof::Works : Proof::Alive;
  spec.interval = order.interval;
  spec.timeout = order.timeout;
  spec.slow = order.slow;
  spec.attempts = order.attempts;
  int kinds = 0;
  const auto take = [&](const auto& kind) {
    if (!kind) return;
    spec.action = *kind;
    ++kinds;
  };
  take(order.http);
  take(order.tcp);
  take(order.dns);
  take(order.smtp);
  take(order.postgres);
  const bool timed = spec.interval >= kShortest && spec.timeout >= kShortest;
  if (kinds != 1 || !timed || spec.id.empty()) return std::nullopt;
  return spec;
}

Result<std::shared_ptr<const District>> read_district(const std::string& text) {
  const auto json = codec::parse_bounded(text);
  if (!json) return fail(Errc::Corrupt, "the orders' probes are not valid JSON");
  OrderedDistrict ordered;
  codec::Reader reader(*json, codec::Style::Journal);
  fields(reader, ordered);
  if (!reader.problem().empty()) {
    return fail(Errc::Corrupt, fmt::format("the orders' probes: {}", reader.problem()));
  }
  auto district = std::make_shared<District>();
  for (const OrderedUplink& one : ordered.uplinks) {
    Uplink uplink;
    uplink.id = one.id;
    uplink.bind = one.bind;
    district->uplinks.push_back(std::move(uplink));
  }
  for (const OrderedProbe& one : ordered.probes) {
    auto spec = to_spec(one);
    if (!spec) {
      return fail(Errc::Corrupt, fmt::format("the orders' probe '{}' cannot be run", one.id.str()));
    }
    district->probes.push_back(std::move(*spec));
  }
  return district;
}

}  // namespace

OutpostOrders orders_for(const District& district, const OutpostId& id) {
  OutpostOrders orders;
  orders.outpost = id;
  OrderedDistrict ordered;
  for (const Uplink& uplink : district.uplinks) {
    if (uplink.outpost == id) ordered.uplinks.push_back({uplink.id, uplink.bind});
  }
  for (const ProbeSpec& spec : district.probes) {
    if (spec.from == id) ordered.probes.push_back(to_order(spec));
  }
  orders.district = text_of(ordered);
  const Outpost* outpost = find_outpost(district, id);
  if (outpost) orders.report_every = outpost->silent_after / kReportsWithinSilence;
  orders.hash =
      to_hex(sha256(orders.district + "\n" + std::to_string(orders.report_every.count())));
  return orders;
}

std::string to_json(const OutpostOrders& orders) { return text_of(orders); }

Result<TakenOrders> parse_outpost_orders(std::string_view text) {
  const auto json = codec::parse_bounded(text);
  if (!json) return fail(Errc::Corrupt, "the orders are not valid JSON");
  TakenOrders taken;
  codec::Reader reader(*json, codec::Style::Journal);
  fields(reader, taken.orders);
  if (!reader.problem().empty()) {
    return fail(Errc::Corrupt, fmt::format("the orders: {}", reader.problem()));
  }
  constexpr Duration kOften = std::chrono::milliseconds(100);
  if (taken.orders.report_every < kOften) {
    return fail(Errc::Corrupt, "the orders: 'report_every' is shorter than 100 ms");
  }
  auto district = read_district(taken.orders.district);
  if (!district) return tl::unexpected(district.error());
  taken.district = std::move(*district);
  return taken;
}

}  // namespace dienstbereit
