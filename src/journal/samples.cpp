// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/samples.h"

#include <algorithm>
#include <limits>

namespace dienstbereit::journal {
namespace {

using Latency = decltype(Sample::latency);

Latency clamped(std::chrono::microseconds latency) {
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  return Latency(static_cast<std::uint32_t>(std::clamp<std::int64_t>(latency.count(), 0, kMost)));
}

Instant minute_of(Instant t) { return std::chrono::floor<std::chrono::minutes>(t); }

void count(Rollup& minute, const Sample& sample) {
  ++minute.count;
  if (sample.failed) {
    ++minute.failures;
    return;
  }
  const std::chrono::microseconds latency = sample.latency;
  const bool first = minute.count - minute.failures == 1;
  minute.latency_min = first ? latency : std::min(minute.latency_min, latency);
  minute.latency_max = std::max(minute.latency_max, latency);
  minute.latency_sum += latency;
}

}  // namespace

std::chrono::microseconds Rollup::latency_avg() const {
  const std::int64_t successes = static_cast<std::int64_t>(count) - failures;
  return successes > 0 ? latency_sum / successes : std::chrono::microseconds(0);
}

void Samples::add(const ProbeId& probe, Instant at, std::chrono::microseconds latency,
                  bool failed) {
  auto found = series_.find(probe);
  if (found == series_.end()) {
    if (series_.size() >= bounds_.probes) {
      ++lost_;
      return;
    }
    found = series_.emplace(probe, Series{}).first;
    found->second.minute.probe = probe;
  }
  Series& series = found->second;
  const Sample sample{at, clamped(latency), failed};
  if (series.ring.size() < bounds_.per_probe) {
    series.ring.push_back(sample);
  } else if (!series.ring.empty()) {
    series.ring[series.next] = sample;
    series.next = (series.next + 1) % series.ring.size();
  }
  // A sample from before the running minute (a slow probe) counts into the running one.
  if (series.minute.count > 0 && minute_of(at) > series.minute.begin) finish(series);
  if (series.minute.count == 0) series.minute.begin = minute_of(at);
  count(series.minute, sample);
}

void Samples::finish(Series& series) {
  if (finished_.size() < bounds_.finished) {
    finished_.push_back(series.minute);
  } else {
    ++lost_;
  }
  ProbeId probe = std::move(series.minute.probe);
  series.minute = Rollup{};
  series.minute.probe = std::move(probe);
}

std::vector<Sample> Samples::recent(const ProbeId& probe) const {
  const auto found = series_.find(probe);
  if (found == series_.end()) return {};
  std::vector<Sample> samples = found->second.ring;
  std::rotate(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(found->second.next),
              samples.end());
  return samples;
}

std::vector<Rollup> Samples::take_finished(bool everything) {
  if (everything) {
    for (auto& [probe, series] : series_) {
      if (series.minute.count > 0) finish(series);
    }
  }
  return std::exchange(finished_, {});
}

}  // namespace dienstbereit::journal
