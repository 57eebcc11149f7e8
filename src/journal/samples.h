// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace dienstbereit::journal {

// One run of a probe, as kept for its latency series.
struct Sample {
  Instant at;
  std::chrono::duration<std::uint32_t, std::micro> latency{0};
  bool failed = false;
};

// What one probe did in one minute or hour. Latencies are of successes only.
struct Rollup {
  ProbeId probe;
  Instant begin;
  std::uint32_t count = 0;
  std::uint32_t failures = 0;
  std::chrono::microseconds latency_min{0};
  std::chrono::microseconds latency_max{0};
  std::chrono::microseconds latency_sum{0};

  std::chrono::microseconds latency_avg() const;
};

struct SampleBounds {
  std::size_t per_probe = 60;      // samples kept in memory, the newest
  std::size_t probes = 100'000;    // further probes are counted as lost
  std::size_t finished = 200'000;  // roll-ups waiting to be taken; the rest is counted as lost
};

// The newest samples of each probe in memory, and their roll-ups by the minute. No I/O, no clock;
// one thread. SampleStore keeps the roll-ups.
class Samples {
 public:
  explicit Samples(SampleBounds bounds = {}) : bounds_(bounds) {}

  void add(const ProbeId& probe, Instant at, std::chrono::microseconds latency, bool failed);

  // Oldest first.
  std::vector<Sample> recent(const ProbeId& probe) const;
  // The minutes that are over, each once. A minute is over when its probe was sampled in a later
  // one; with `everything`, those still running too (before a stop).
  std::vector<Rollup> take_finished(bool everything = false);
  std::size_t finished() const { return finished_.size(); }
  // Samples and roll-ups that went beyond the bounds.
  std::uint64_t lost() const { return lost_; }

 private:
  struct Series {
    std::vector<Sample> ring;
    std::size_t next = 0;  // where the next sample goes once the ring is full
    Rollup minute;         // the running one; count 0: none
  };
  void finish(Series& series);

  SampleBounds bounds_;
  std::unordered_map<ProbeId, Series> series_;
  std::vector<Rollup> finished_;
  std::uint64_t lost_ = 0;
};

}  // namespace dienstbereit::journal
