// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/inbox.h"

#include <algorithm>
#include <utility>

namespace dienstbereit::engine {

bool Inbox::put(ProbeResult result) {
  const std::lock_guard lock(mutex_);
  if (samples_.size() >= kMostSamples) {
    ++dropped_;
    return false;
  }
  samples_.push_back(std::move(result));
  filled_.notify_one();
  return true;
}

bool Inbox::put(Request request) {
  const std::lock_guard lock(mutex_);
  if (requests_.size() >= kMostRequests || stop_) return false;
  requests_.push_back(std::move(request));
  filled_.notify_one();
  return true;
}

void Inbox::put_step(Duration by) {
  const std::lock_guard lock(mutex_);
  if (steps_.size() < kMostRequests) steps_.push_back(by);
  filled_.notify_one();
}

void Inbox::stop() {
  const std::lock_guard lock(mutex_);
  stop_ = true;
  filled_.notify_one();
}

bool Inbox::ready() const {
  return stop_ || !samples_.empty() || !requests_.empty() || !steps_.empty() || dropped_ > 0;
}

Batch Inbox::take(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  filled_.wait_for(lock, patience, [this] { return ready(); });
  Batch batch;
  const std::size_t samples = std::min(samples_.size(), kMostInBatch);
  const auto end = samples_.begin() + static_cast<std::ptrdiff_t>(samples);
  batch.samples.assign(std::make_move_iterator(samples_.begin()), std::make_move_iterator(end));
  samples_.erase(samples_.begin(), end);
  batch.requests.assign(std::make_move_iterator(requests_.begin()),
                        std::make_move_iterator(requests_.end()));
  requests_.clear();
  batch.clock_steps = std::exchange(steps_, {});
  batch.dropped = std::exchange(dropped_, 0);
  batch.stop = stop_;
  return batch;
}

std::size_t Inbox::length() const {
  const std::lock_guard lock(mutex_);
  return samples_.size() + requests_.size();
}

}  // namespace dienstbereit::engine
