// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/outside/outpost_events.h"

// What goes between an outpost and its server, as JSON: docs/formats/outpost.md.
namespace dienstbereit {

struct District;

// "Still so": all that has settled stands; the last run of each probe began so long before.
struct LastRun {
  ProbeId probe;
  Duration before{0};
};
struct SteadyNews {
  std::vector<LastRun> runs;
};

// Exactly one of the four is set.
struct OutpostItem {
  std::uint64_t sequence = 0;
  Duration age{0};        // when it was sent
  bool by_clock = false;  // the age rests on the outpost's clock
  std::optional<SettledNews> settled;
  std::optional<LostNews> lost;
  std::optional<PathNews> path;
  std::optional<SteadyNews> steady;
};
inline bool is_change(const OutpostItem& item) { return !item.steady.has_value(); }

struct OutpostReport {
  OutpostId outpost;
  std::string outbox;  // 16 hex digits
  Instant sent_at;  // the outpost's clock
  bool more = false;  // there is more in the outbox: this is not how things stand now
  std::uint64_t repeats_lost = 0;
  std::uint64_t changes_lost = 0;
  std::vector<OutpostItem> items;  // sequences rise
};

inline constexpr std::size_t kMostOutpostItems = 200;  // of one report
inline constexpr Duration kOldestNews = std::chrono::hours(24 * 366);

std::string to_json(const OutpostReport& report);
Result<OutpostReport> parse_outpost_report(std::string_view text);
// One item as an outbox keeps it.
std::string to_json(const OutpostItem& item);
Result<OutpostItem> parse_outpost_item(std::string_view text);

// What an outpost is to do. No more of the district leaves the house.
struct OutpostOrders {
  OutpostId outpost;
  std::string hash;  // of all that follows
  Duration report_every{0};
  std::string district;  // the uplinks and probes, as JSON
};
OutpostOrders orders_for(const District& district, const OutpostId& outpost);
std::string to_json(const OutpostOrders& orders);
// With the uplinks and probes as a district of their own, in which they are this machine's.
struct TakenOrders {
  OutpostOrders orders;
  std::shared_ptr<const District> district;
};
Result<TakenOrders> parse_outpost_orders(std::string_view text);

}  // namespace dienstbereit
