// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "base/stop.h"
#include "engine/inbox.h"
#include "engine/working_state.h"

namespace dienstbereit::engine {

// Whether a command asks for a calculation that takes longer than an engine's turn may.
bool is_study(const Command& command);

// Calculates what the command asks for: forecast_made or order_proposed, without an id. Changes
// nothing. Fails as make_forecast() and propose_order() do; InvalidInput: a reason that is no text.
ReportStudy study(const WorkingState& state, const Command& command, Instant now,
                  const StopFlag& stop);

// Calculations beside the engine: each on a copy of the working state, one at a time. What comes of
// one returns as the command ReportStudy, which carries the answer to who asked.
class Studies {
 public:
  using Run = std::function<void(std::function<void()>)>;
  static constexpr Duration kLongest = std::chrono::seconds(12);  // who asks is answered in 15

  // `run` has a job done on another thread; without it there are none beside. The sink outlives all
  // jobs.
  Studies(Run run, InputSink& sink) : run_(std::move(run)), sink_(sink) {}

  bool beside() const { return run_ != nullptr; }
  // Takes the request over. Unavailable: another calculation is not over; the request is untouched.
  Result<void> begin(Request& request, const WorkingState& state, Instant now);
  // Asks a calculation to stop that takes too long. Engine's thread, every second or so.
  void look(Instant now);
  // Asks the one that runs to stop; none begins any more. Any thread.
  void stop();

 private:
  struct Running {
    StopFlag stop;
    std::atomic<bool> over{false};
    Instant began;
  };

  Run run_;
  InputSink& sink_;
  std::mutex mutex_;
  std::shared_ptr<Running> running_;  // the last one that was begun
  bool stopped_ = false;
};

}  // namespace dienstbereit::engine
