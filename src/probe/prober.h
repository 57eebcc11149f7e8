// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "model/input.h"
#include "runtime/clock.h"
#include "runtime/credentials.h"
#include "runtime/loop.h"

namespace dienstbereit::probe {

// What the schedule has come to since the start; for /metrics and the observer's own state.
struct ProberFigures {
  std::uint64_t runs = 0;      // begun
  std::uint64_t skipped = 0;   // slots left out: the probe was still running or waiting
  std::uint64_t dropped = 0;   // results the sink refused
  std::uint64_t scheduled = 0;  // probes with a schedule
  std::uint64_t running = 0;
  std::uint64_t waiting = 0;  // due, but the bounds on concurrency are reached
  // How long after their slot the last kLatenessWindow runs began.
  std::chrono::microseconds lateness_median{0};
  std::chrono::microseconds lateness_p99{0};
};

// Runs a district's probes: each in its own slot of its interval (a hash of its id, so restarts
// change nothing and a start is no burst), within bounds. Results go to the sink, with logical
// times; steps of the machine's clock too.
class Prober final : public ProbePort {
 public:
  // At once, of all kinds: 10,000 probes a minute that all wait 10 s for a dead network, and some.
  // The process needs as many descriptors (RLIMIT_NOFILE), or runs come out Broken.
  static constexpr std::size_t kMostRunning = 2000;
  static constexpr std::size_t kMostRunningTls = 500;  // about 90 kB each
  static constexpr std::size_t kLatenessWindow = 8192;

  // How often the clock's steps are looked for.
  static constexpr std::chrono::seconds kClockLook{1};

  // All references outlive the Prober. `folder` is the district's: names of CA files are relative
  // to it. The loop may be started before or after.
  Prober(runtime::Loop& loop, const runtime::Clock& clock, const runtime::Credentials& credentials,
         InputSink& sink, std::filesystem::path folder);
  ~Prober() override;  // close() must have been called if the loop has run

  // At once, or as soon as Slots::kSmallestGap (slots.h) allows. While the probe runs, any number
  // of requests together make one more run after it, since a run begun earlier answers an older
  // question. Unknown ids and heartbeats: nothing. Thread-safe.
  void run_now(const ProbeId& probe) override;
  // Replaces the schedule. A run of a probe that is gone ends without a result. Thread-safe.
  void use(std::shared_ptr<const District> district) override;

  // Cancels every run and waits for its end. Not from the loop's thread; the loop must be running.
  // Nothing is submitted afterwards; nobody may call run_now() or use() any more.
  void close();

  // Thread-safe.
  ProberFigures figures() const;

 private:
  class Schedule;
  std::unique_ptr<Schedule> schedule_;
};

}  // namespace dienstbereit::probe
