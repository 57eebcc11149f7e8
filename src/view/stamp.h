// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/situation.h"

namespace dienstbereit::view {

// The next update is promised for no later than this after `as_of`; the engine makes a situation
// at least that often.
inline constexpr Duration kNextUpdateAtMost = std::chrono::minutes(5);
// A page whose `as_of` is older than this on the server's clock is stale and says so.
inline constexpr Duration kStaleAfter = std::chrono::minutes(10);

// What the observer cannot see, or not by this way.
enum class SightLost {
  HouseNetwork,  // every uplink into the administration's own network is lost
  Uplink,        // one way to the world; others are left, or it is no house uplink
  Site,          // every declared way to a site
};
struct SightLoss {
  SightLost what = SightLost::Uplink;
  UplinkId uplink;  // Uplink, HouseNetwork (the last one lost)
  SiteId site;      // Site
  Wording name;
  std::optional<Instant> since;
  std::string detail;
};

// On a copy that is read outside the house, where nothing can tell that it has grown old.
struct CopyNote {
  Instant valid_until;
  std::string check_at;  // where to look after that; empty: ask by telephone
};

// What every page, status and answer carries about its own age and trust.
struct Stamp {
  std::shared_ptr<const District> district;  // never null
  Instant now;          // the server's clock when the page was made, in logical time
  Instant as_of;        // "Stand"
  Instant next_update;  // after as_of, at most kNextUpdateAtMost
  bool stale = false;   // as_of is older than kStaleAfter
  std::uint64_t seq = 0;
  std::uint64_t epoch = 0;
  std::string head;  // 16 hex digits of the journal's head
  Instant started_at;
  std::optional<Instant> held_until;  // just restarted: words of before, until then at most
  bool clock_doubted = false;
  bool exercise = false;  // nothing of this is real
  std::optional<Instant> journal_failed_at;
  std::string journal_failure;
  std::uint64_t samples_dropped = 0;
  std::vector<SightLoss> sight;  // worst first; empty: every path is up
  std::optional<CopyNote> copy;  // only on copies

  // True if nothing on the page may be taken as settled news: stale, held or not written.
  bool trusted() const { return !stale && !held_until && !journal_failed_at && !clock_doubted; }
  bool house_unseen() const {
    return !sight.empty() && sight.front().what == SightLost::HouseNetwork;
  }
};

// `situation.district` must not be null.
Stamp stamp_of(const Situation& situation, Instant now);

// The administration's zone; the district's name of it was checked when it was loaded.
TimeZone zone_of(const District& district);

}  // namespace dienstbereit::view
