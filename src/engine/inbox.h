// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "model/input.h"

namespace dienstbereit::engine {

struct Request {
  Actor actor;
  Command command;
  Reply reply;
};

// What has come in since the last look.
struct Batch {
  std::vector<ProbeResult> samples;
  std::vector<Request> requests;
  std::vector<Duration> clock_steps;
  std::uint64_t dropped = 0;  // samples that found the inbox full
  bool stop = false;

  bool empty() const {
    return samples.empty() && requests.empty() && clock_steps.empty() && dropped == 0 && !stop;
  }
};

// The bounded queue before the engine. Samples are dropped and counted when it is full; requests
// are refused, never dropped. Thread-safe.
class Inbox {
 public:
  static constexpr std::size_t kMostSamples = 20'000;
  static constexpr std::size_t kMostRequests = 1'000;
  static constexpr std::size_t kMostInBatch = 2'000;  // samples taken at once

  bool put(ProbeResult result);
  bool put(Request request);  // false: full, the request is untouched
  void put_step(Duration by);
  void stop();

  // Waits for input, at most for `patience`.
  Batch take(std::chrono::milliseconds patience);
  std::size_t length() const;

 private:
  bool ready() const;

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<ProbeResult> samples_;
  std::deque<Request> requests_;
  std::vector<Duration> steps_;
  std::uint64_t dropped_ = 0;
  bool stop_ = false;
};

}  // namespace dienstbereit::engine
