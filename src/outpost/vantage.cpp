// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/vantage.h"

#include <algorithm>

namespace dienstbereit::outpost {
namespace {

constexpr std::size_t kMostRuns = 200;  // of one item

Duration before(Instant began, Instant now) { return std::max(Duration(0), now - began); }

std::optional<OutpostItem> news_of(const EventPayload& event, Instant now) {
  OutpostItem item;
  if (const auto* settled = std::get_if<ObservationSettled>(&event)) {
    item.settled = SettledNews{settled->probe, settled->outcome, before(settled->began, now),
                               settled->phase, settled->detail,  settled->flapping};
  } else if (const auto* lost = std::get_if<ObservationLost>(&event)) {
    item.lost = LostNews{lost->probe, lost->why, lost->detail};
  } else if (const auto* path = std::get_if<PathChanged>(&event)) {
    item.path = PathNews{path->uplink, path->up, path->detail};
  } else {
    return std::nullopt;
  }
  return item;
}

}  // namespace

void Vantage::use(std::shared_ptr<const District> district, Instant now) {
  district_ = std::move(district);
  observations_.reload(*district_, now);
}

Vantage::Seen Vantage::told(core::health::Observations::Outcome outcome, Instant now) {
  Seen seen;
  for (const EventPayload& event : outcome.events) {
    if (auto item = news_of(event, now)) seen.items.push_back(std::move(*item));
  }
  seen.ask_now = std::move(outcome.ask_now);
  return seen;
}

Vantage::Seen Vantage::on_result(const ProbeResult& result, Instant now) {
  return told(observations_.on_result(result, now), now);
}

Vantage::Seen Vantage::on_due(Instant now) { return told(observations_.on_due(now), now); }

std::vector<OutpostItem> Vantage::standing(const std::vector<ProbeId>& probes, Instant now) const {
  std::vector<OutpostItem> items;
  for (const ProbeId& probe : probes) {
    const auto* seen = observations_.observation(probe);
    if (seen == nullptr || !seen->fresh || !seen->outcome) continue;
    items.emplace_back().settled = SettledNews{
        probe, *seen->outcome, before(seen->began, now), seen->phase, seen->detail, seen->flapping};
  }
  return items;
}

std::vector<OutpostItem> Vantage::steady(Instant now) const {
  std::vector<OutpostItem> items(1);
  items.back().steady.emplace();
  if (!district_) return items;
  for (const ProbeSpec& spec : district_->probes) {
    const auto* observation = observations_.observation(spec.id);
    const auto run = observations_.last_run(spec.id);
    if (observation == nullptr || !observation->fresh || !run) continue;
    if (items.back().steady->runs.size() == kMostRuns) items.emplace_back().steady.emplace();
    items.back().steady->runs.push_back({spec.id, before(*run, now)});
  }
  return items;
}

}  // namespace dienstbereit::outpost
