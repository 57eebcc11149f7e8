// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "model/district.h"
#include "model/probe.h"

namespace dienstbereit::core::evidence {

// What counts as something that happened (docs/formats/observations.md, "What devices remember").
inline constexpr Duration kRestartAfter = std::chrono::seconds(10);  // later than it said before
inline constexpr Duration kClockJump = std::chrono::milliseconds(500);
inline constexpr int kDriftPerMillion = 200;  // of a device's clock against ours, in good health
// Of one device and one sort at most one event in this time; what is still so is told then. What a
// UPS says next after its first reading is told at once.
inline constexpr Duration kBetweenEvents = std::chrono::seconds(10);

// Compares what a run has read from a device with what was read before, and says what happened in
// between. What it must not forget over a restart of this program is in its events, so that
// apply() alone brings it back; besides it remembers the last reading of each device. One thread;
// neither clock nor I/O.
class Traces {
 public:
  // What follows from a result, for the journal; each event is to be given to apply() afterwards.
  std::vector<TraceNoted> on_result(const ProbeResult& result);
  void apply(const TraceNoted& event, Instant at);
  // Forgets the probes that this district does not have.
  void reload(const District& district);

 private:
  enum class Series : std::uint8_t { Boot, Clock, Supply, Voltage, Link };
  using Key = std::tuple<ProbeId, Series, std::string>;

  // Of one device and one sort.
  struct Memory {
    std::optional<TraceNoted> told;  // the last event
    Instant told_at;
    // The last reading, and when: the boot as ms of logical time, an offset in ms, mV of a UPS, the
    // last change of an interface as ms of logical time.
    std::optional<Instant> seen_at;
    std::optional<std::int64_t> seen;
  };

  // An answer came at some time of its run, so that what it counts from lies between these, in ms
  // of logical time.
  struct Since {
    std::int64_t earliest;
    std::int64_t latest;
  };

  static Series series_of(TraceKind kind);
  static Since since(const ProbeResult& result, Duration ago);
  static bool has_changed(const Since& changed, const Memory& memory, std::int64_t slack);
  void look(const UptimeTrace& trace, const ProbeResult& result, std::vector<TraceNoted>& out);
  void look(const PowerTrace& trace, const ProbeResult& result, std::vector<TraceNoted>& out);
  void look(const ClockTrace& trace, const ProbeResult& result, std::vector<TraceNoted>& out);
  void look(const LinkTrace& trace, const ProbeResult& result, std::vector<TraceNoted>& out);
  void look_at_state(Series series, TraceKind kind, const PowerTrace& trace,
                     const ProbeResult& result, std::vector<TraceNoted>& out);

  std::map<Key, Memory> memory_;
};

}  // namespace dienstbereit::core::evidence
