// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "probe/kinds.h"
#include "probe/snmp/session.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kShown = 80;         // bytes of a stranger's text in a sentence
constexpr int kRows = 25;                  // of a table in one message
constexpr std::size_t kMostRows = 2'000;   // of one table that are looked through
constexpr std::int64_t kMsPerTick = 10;    // time is told in hundredths of a second
constexpr std::int64_t kTicksAsking = 6'000;  // that a run takes at most, about
constexpr Duration kTicksWrap(kMsPerTick << 32);  // 497 days

const Oid kSysUpTime{1, 3, 6, 1, 2, 1, 1, 3, 0};
const Oid kHrSystemUptime{1, 3, 6, 1, 2, 1, 25, 1, 1, 0};
const Oid kIfDescr{1, 3, 6, 1, 2, 1, 2, 2, 1, 2};
const Oid kIfAdminStatus{1, 3, 6, 1, 2, 1, 2, 2, 1, 7};
const Oid kIfOperStatus{1, 3, 6, 1, 2, 1, 2, 2, 1, 8};
const Oid kIfLastChange{1, 3, 6, 1, 2, 1, 2, 2, 1, 9};
const Oid kIfName{1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1};

// RFC 2863, ifOperStatus, from 1 on.
constexpr std::array kStates{
    "up", "down", "testing", "unknown", "dormant", "missing", "without a layer below it"};
constexpr std::int64_t kUp = 1;
constexpr std::int64_t kDown = 2;
constexpr std::int64_t kUnknown = 4;
constexpr std::int64_t kDormant = 5;

Oid with(Oid oid, std::uint32_t last) {
  oid.push_back(last);
  return oid;
}

// What the answers came to, as far as they have been read.
struct Seen {
  std::string problem;  // the first thing that fails
  std::string limit;    // the first thing that is not as it should be
  std::string phase;    // of either
  std::string said;     // everything, for people
  std::optional<std::int64_t> ticks;  // sysUpTime

  void say(const std::string& text) { said += (said.empty() ? "" : "; ") + text; }
  void fails(const char* where, std::string text) {
    if (problem.empty()) phase = where;
    if (problem.empty()) problem = std::move(text);
  }
  void limits(const char* where, std::string text) {
    if (problem.empty() && limit.empty()) phase = where;
    if (limit.empty()) limit = std::move(text);
  }
};

const SnmpBinding* find(const SnmpReply& reply, const Oid& oid) {
  const auto found = std::find_if(reply.bindings.begin(), reply.bindings.end(),
                                  [&](const SnmpBinding& one) { return one.oid == oid; });
  return found != reply.bindings.end() && found->there ? &*found : nullptr;
}

std::optional<std::int64_t> number(const SnmpReply& reply, const Oid& oid) {
  const SnmpBinding* binding = find(reply, oid);
  return binding ? binding->number : std::nullopt;
}

// The agent may have been started long after the device: what the host says comes first.
void read_uptime(const SnmpReply& reply, Run& run, Seen& seen) {
  seen.ticks = number(reply, kSysUpTime);
  const auto host = number(reply, kHrSystemUptime);
  const auto ticks = host && *host > 0 ? host : seen.ticks;
  if (!ticks) return seen.fails("uptime", "the agent does not say for how long it runs");
  const Duration uptime(*ticks * kMsPerTick);
  run.note(UptimeTrace{uptime, kTicksWrap});
  const auto minutes = std::chrono::floor<std::chrono::minutes>(uptime).count();
  constexpr std::int64_t kPerHour = 60;
  constexpr std::int64_t kPerDay = 24 * kPerHour;
  seen.say(fmt::format("runs for {} d {} h {} min", minutes / kPerDay, minutes % kPerDay / kPerHour,
                       minutes % kPerHour));
}

void read_value(const SnmpProbe& probe, const SnmpReply& reply, Seen& seen) {
  const SnmpBinding* binding = find(reply, *parse_oid(probe.oid));
  if (binding == nullptr) {
    return seen.fails("value", fmt::format("the agent has no object {}", probe.oid));
  }
  const auto value =
      binding->number ? static_cast<double>(*binding->number) : parse_decimal(trim(binding->text));
  if (!value) {
    return seen.fails(
        "value", fmt::format("{} is no number: '{}'", probe.oid, clean(binding->text, kShown)));
  }
  const std::string text = fmt::format("{} is {:g}", probe.oid, *value);
  if (probe.least && *value < *probe.least) {
    seen.limits("value", fmt::format("{}, less than {:g}", text, *probe.least));
  }
  if (probe.most && *value > *probe.most) {
    seen.limits("value", fmt::format("{}, more than {:g}", text, *probe.most));
  }
  seen.say(text);
}

// ---- interfaces

struct Found {
  std::string name;
  std::optional<std::uint32_t> index;
};

// Looks the names up in one column until all are found. Nothing: looked through.
Async<std::optional<Verdict>> look_up(SnmpSession& session, Oid column, std::vector<Found>& all) {
  Oid at = column;
  for (std::size_t rows = 0; rows < kMostRows;) {
    const bool more = std::any_of(all.begin(), all.end(), [](const Found& f) { return !f.index; });
    if (!more) co_return std::nullopt;
    auto reply = co_await session.get_after(at, kRows);
    if (reply.failure) co_return std::move(reply.failure);
    if (reply.bindings.empty()) co_return std::nullopt;
    for (const SnmpBinding& row : reply.bindings) {
      // An agent that does not go on would be asked for ever.
      if (!row.there || !starts_with(row.oid, column) || row.oid <= at) co_return std::nullopt;
      at = row.oid;
      ++rows;
      for (Found& found : all) {
        if (!found.index && row.text == found.name) found.index = row.oid.back();
      }
    }
  }
  co_return std::nullopt;
}

void judge(const Found& interface, const SnmpReply& reply, Run& run, Seen& seen) {
  const auto state = number(reply, with(kIfOperStatus, *interface.index));
  const auto admin = number(reply, with(kIfAdminStatus, *interface.index));
  const auto changed = number(reply, with(kIfLastChange, *interface.index));
  if (!state || *state < kUp || *state > std::ssize(kStates)) {
    return seen.fails("interface",
                      fmt::format("the agent does not say how '{}' is", interface.name));
  }
  LinkTrace trace{interface.name, *state == kUp, std::nullopt};
  // 0: not since the agent runs. It may have changed since the agent's time was asked for.
  if (changed && seen.ticks && *changed > 0 && *changed <= *seen.ticks + kTicksAsking) {
    const auto ago = std::max<std::int64_t>(0, *seen.ticks - *changed);
    trace.changed_ago = Duration(ago * kMsPerTick);
  }
  if (*state != kUnknown) run.note(std::move(trace));
  std::string text = fmt::format("'{}' is {}", interface.name, kStates[*state - 1]);
  if (admin == kDown) text += ", switched off by its configuration";
  const bool unclear = *state == kUnknown || *state == kDormant;
  if (unclear) seen.limits("interface", text);
  if (!unclear && *state != kUp) seen.fails("interface", text);
  seen.say(text);
}

Async<std::optional<Verdict>> read_interfaces(const SnmpProbe& probe, Run& run,
                                              SnmpSession& session, Seen& seen) {
  run.enter("interface");
  std::vector<Found> all;
  for (const std::string& name : probe.interfaces) all.push_back({name, std::nullopt});
  auto problem = co_await look_up(session, kIfName, all);
  if (!problem) problem = co_await look_up(session, kIfDescr, all);
  if (problem) co_return problem;
  for (const Found& one : all) {
    if (!one.index) {
      seen.fails("interface", fmt::format("there is no interface '{}'", clean(one.name, kShown)));
      continue;
    }
    std::vector<Oid> oids{with(kIfOperStatus, *one.index), with(kIfAdminStatus, *one.index),
                          with(kIfLastChange, *one.index)};
    auto reply = co_await session.get(std::move(oids));
    if (reply.failure) co_return std::move(reply.failure);
    judge(one, reply, run, seen);
  }
  co_return std::nullopt;
}

// ---- the whole

// Nothing: the session is ready.
Async<std::optional<Verdict>> log_in(const SnmpProbe& probe, Run& run, SnmpSession& session) {
  std::string secret;
  std::string privacy;
  if (!probe.credential.empty()) {
    auto found = run.tools().credentials.find(probe.credential);
    if (!found) co_return broken(found.error().message);
    secret = std::move(*found);
  }
  if (!probe.privacy_credential.empty()) {
    auto found = run.tools().credentials.find(probe.privacy_credential);
    if (!found) co_return broken(found.error().message);
    privacy = std::move(*found);
  }
  if (probe.user.empty()) {
    if (!secret.empty()) session.use_community(std::move(secret));
    co_return std::nullopt;
  }
  co_return co_await session.use_user(probe.user, probe.auth, std::move(secret),
                                      std::move(privacy));
}

}  // namespace

Async<Verdict> run_snmp(const SnmpProbe& probe, Run& run) {
  const auto wanted = parse_oid(probe.oid);
  if (!probe.oid.empty() && !wanted) co_return broken("'oid' is no OID in numbers");
  auto peer = co_await open_udp(run, probe.target);
  if (!peer.socket) co_return std::move(peer.failure);
  SnmpSession session(run, std::move(*peer.socket));
  auto problem = co_await log_in(probe, run, session);
  if (problem) co_return std::move(*problem);
  run.enter("query");
  std::vector<Oid> oids{kSysUpTime, kHrSystemUptime};
  if (!probe.oid.empty()) oids.push_back(*wanted);
  auto reply = co_await session.get(std::move(oids));
  if (reply.failure) co_return std::move(*reply.failure);
  Seen seen;
  read_uptime(reply, run, seen);
  if (!probe.oid.empty()) read_value(probe, reply, seen);
  if (!probe.interfaces.empty()) problem = co_await read_interfaces(probe, run, session, seen);
  if (problem) co_return std::move(*problem);
  if (!seen.problem.empty()) co_return failed(seen.phase, seen.problem);
  if (seen.limit.empty()) co_return succeeded(seen.said);
  co_return Verdict{ProbeOutcome::Slow, seen.phase, fmt::format("{} ({})", seen.limit, seen.said)};
}

}  // namespace dienstbereit::probe
