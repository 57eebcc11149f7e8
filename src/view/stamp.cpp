// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/stamp.h"

#include <algorithm>

#include "base/assert.h"

namespace dienstbereit::view {
namespace {

const PathSituation* lost_path(const Situation& situation, const UplinkId& uplink) {
  for (const PathSituation& path : situation.paths) {
    if (path.uplink == uplink && !path.up) return &path;
  }
  return nullptr;
}

// The path that was lost last, if every house uplink is lost; with another one up, sight is left.
const PathSituation* house_loss(const Situation& situation) {
  const PathSituation* last = nullptr;
  for (const Uplink& uplink : situation.district->uplinks) {
    if (!uplink.house) continue;
    const PathSituation* path = lost_path(situation, uplink.id);
    if (path == nullptr) return nullptr;
    if (last == nullptr || path->since > last->since) last = path;
  }
  return last;
}

SightLoss loss_of(const PathSituation& path, SightLost what, Wording name) {
  return {what, path.uplink, path.site, std::move(name), path.since, path.detail};
}

std::vector<SightLoss> sight_of(const Situation& situation) {
  std::vector<SightLoss> losses;
  const PathSituation* house = house_loss(situation);
  if (house != nullptr) losses.push_back(loss_of(*house, SightLost::HouseNetwork, {}));
  for (const Site& site : situation.district->sites) {
    for (const PathSituation& path : situation.paths) {
      if (path.up || path.site != site.id) continue;
      losses.push_back(loss_of(path, SightLost::Site, site.name));
    }
  }
  for (const Uplink& uplink : situation.district->uplinks) {
    if (house != nullptr && uplink.house) continue;
    const PathSituation* path = lost_path(situation, uplink.id);
    if (path != nullptr) losses.push_back(loss_of(*path, SightLost::Uplink, uplink.name));
  }
  return losses;
}

// Pages show minutes: the next full one, so that the promise is later than "as of".
Instant next_update_of(const Situation& situation) {
  const Instant latest = situation.as_of + kNextUpdateAtMost;
  if (!situation.next_due || *situation.next_due >= latest) return latest;
  const Instant due = std::max(*situation.next_due, situation.as_of + Duration(1));
  return std::min<Instant>(latest, std::chrono::ceil<std::chrono::minutes>(due));
}

}  // namespace

TimeZone zone_of(const District& district) {
  Result<TimeZone> zone = TimeZone::find(district.administration.time_zone);
  dienstbereit_assert(zone.has_value());
  return *std::move(zone);
}

Stamp stamp_of(const Situation& situation, Instant now) {
  dienstbereit_assert(situation.district != nullptr);
  Stamp stamp;
  stamp.district = situation.district;
  stamp.now = now;
  stamp.as_of = situation.as_of;
  stamp.next_update = next_update_of(situation);
  stamp.stale = now - situation.as_of > kStaleAfter;
  stamp.seq = situation.seq;
  stamp.epoch = situation.epoch;
  stamp.head = situation.head;
  stamp.started_at = situation.started_at;
  stamp.held_until = situation.held_until;
  stamp.clock_doubted = situation.clock_doubted;
  stamp.exercise = situation.exercise;
  stamp.journal_failed_at = situation.journal_failed_at;
  stamp.journal_failure = situation.journal_failure;
  stamp.samples_dropped = situation.samples_dropped;
  stamp.sight = sight_of(situation);
  return stamp;
}

}  // namespace dienstbereit::view
