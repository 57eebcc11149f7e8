// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "model/district.h"
#include "model/event.h"

namespace dienstbereit::engine {

// A trace belongs to an outage if it arose so long before its first fall, which probes see late, or
// so long after it, for devices take their time to start.
inline constexpr Duration kTraceBefore = std::chrono::minutes(10);
inline constexpr Duration kTraceAfter = std::chrono::minutes(10);
// Over-voltage that has lasted for longer when something falls is how that UPS always reads.
inline constexpr Duration kOverVoltageIsUsual = std::chrono::hours(24);
// Kept of one probe and one sort; what happens more often is no trace of one moment.
inline constexpr std::size_t kMostOfOneTrace = 8;
inline constexpr std::size_t kMostClockSteps = 32;

// What devices remembered lately, as far as it says something about a surge: over-voltage, restarts
// and jumps of clocks (docs/formats/cause.md, "Traces"). Made of events only, so that replay gives
// the same. One thread.
class TracesSeen {
 public:
  void apply(const TraceNoted& event);
  // This machine's clock may have moved: what seems a jump of another is then none.
  void apply_clock_step(Instant at);
  // Forgets the probes that this district does not have.
  void reload(const District& district);

  struct Trace {
    ProbeId probe;
    TraceKind what = TraceKind::Restarted;
    friend auto operator<=>(const Trace&, const Trace&) = default;
  };
  // Those that belong to an outage that began then, each once, in order.
  std::vector<Trace> around(Instant fell) const;
  // A clock that moved in one direction only at the time of such an outage: by how much in all, and
  // when that was known.
  struct Moved {
    ProbeId probe;
    Duration by;
    Instant latest;
  };
  std::vector<Moved> clocks_moved(Instant fell) const;
  // It has told of this sort before, so that the next one would have shown.
  bool tells(const ProbeId& probe, TraceKind what) const;

 private:
  bool is_of(const TraceNoted& trace, Instant fell) const;
  Instant over_voltage_until(const TraceNoted& over) const;

  std::map<Trace, std::deque<TraceNoted>> kept_;  // the oldest first
  std::deque<Instant> clock_steps_;
};

}  // namespace dienstbereit::engine
