// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "model/probes/defaults.h"
#include "probe/dns_reply.h"
#include "probe/kinds.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kShown = 160;  // bytes of the records in a sentence

Verdict judged(const DnsProbe& probe, std::uint16_t type, const std::vector<std::string>& records) {
  const auto shown = clean(join(records, ", "), kShown);
  if (records.empty()) {
    return failed("answer",
                  fmt::format("the answer holds no {} record of '{}'", probe.type, probe.name));
  }
  for (const auto& expected : probe.expect) {
    const bool there = std::any_of(records.begin(), records.end(), [&](const auto& record) {
      return dns_record_is(record, expected, type);
    });
    if (!there) {
      return failed("answer", fmt::format("'{}' is not among the {} records of '{}': {}", expected,
                                          probe.type, probe.name, shown));
    }
  }
  return succeeded(fmt::format("{} {}: {}", probe.name, probe.type, shown));
}

}  // namespace

Async<Verdict> run_dns(const DnsProbe& probe, Run& run) {
  ErrorCode not_numeric;
  runtime::NameServer server;
  server.address = asio::ip::make_address(probe.resolver.host, not_numeric);
  server.port = probe.resolver.port == 0 ? kDnsPort : probe.resolver.port;
  server.from = run.from();
  const auto type = dns_type(probe.type);
  if (not_numeric || !type) {
    co_return broken(fmt::format("a DNS probe needs the numeric address of a name server and one "
                                 "of the types A AAAA MX NS TXT SOA PTR CNAME SRV, not '{}' and "
                                 "'{}'",
                                 probe.resolver.host, probe.type));
  }
  run.enter("query");
  const tcp::endpoint where(server.address, server.port);
  std::string name = probe.name;
  if (*type == *dns_type("PTR")) name = reverse_name(name);
  const auto reply = co_await run.tools().resolver.query(std::move(server), name, *type);
  const auto asking =
      fmt::format("asking {} for {} {}", runtime::to_text(where), probe.name, probe.type);
  if (reply.status == runtime::DnsStatus::Silent) {
    co_return failed("query",
                     fmt::format("{}: no answer within {}", asking, to_text(run.timeout())));
  }
  if (reply.status == runtime::DnsStatus::Unreachable) {
    co_return failed("query", fmt::format("{}: connection refused", asking));
  }
  if (reply.status != runtime::DnsStatus::Answered) {
    co_return failed("answer", fmt::format("{}: {}", asking, runtime::name_of(reply.status)));
  }
  const auto records = dns_records(reply.bytes, *type);
  if (!records) co_return failed("answer", fmt::format("{}: {}", asking, records.error().message));
  co_return judged(probe, *type, *records);
}

}  // namespace dienstbereit::probe
