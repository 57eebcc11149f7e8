// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/probe.h"

namespace dienstbereit {

enum class LossReason : std::uint8_t;

// What an outpost can have to tell. Times before the news itself, so that no clock is believed.
struct SettledNews {
  ProbeId probe;
  ProbeOutcome outcome = ProbeOutcome::Success;  // never Broken
  Duration before{0};  // the run that settled it began so long before
  std::string phase;
  std::string detail;
  bool flapping = false;
};
struct LostNews {
  ProbeId probe;
  LossReason why{};
  std::string detail;
};
// Its own sight: one of its uplinks.
struct PathNews {
  UplinkId uplink;
  bool up = true;
  std::string detail;
};

// One piece of news, taken over once and for all: an outpost's outbox numbers what it sends, and a
// number at or below the last one taken of that outbox is never taken again. Whether it is still
// so is another matter: what counts now is told by the usual events of observations.
struct OutpostTold {
  OutpostId outpost;
  std::string outbox;  // random, of its data directory
  std::uint64_t sequence = 0;
  Instant observed;       // on this machine's scale
  bool by_clock = false;  // the outpost was restarted with its machine: its clock tells the time
  std::optional<SettledNews> settled;
  std::optional<LostNews> lost;
  std::optional<PathNews> path;
};

// Whether the outpost reports at all, and what it admits of itself.
struct OutpostChanged {
  OutpostId outpost;
  bool silent = false;
  Instant since;  // silent: when it last reported; else: now
  std::optional<Duration> clock_off;  // its clock is so far ahead of this machine's
  std::uint64_t repeats_lost = 0;     // its outbox was full: so many "still so", all in all,
  std::uint64_t changes_lost = 0;     // and so many changes
};

// As pages and operators see it.
struct OutpostSituation {
  OutpostId id;
  std::optional<Instant> heard;  // the last report since this program's start
  bool silent = false;
  std::optional<Instant> since;  // of silence, or of reports
  std::optional<Duration> clock_off;
  std::uint64_t repeats_lost = 0;
  std::uint64_t changes_lost = 0;
};

}  // namespace dienstbereit
