// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/outside/mail_queue.h"

namespace dienstbereit::fallback::mail {

inline constexpr unsigned kSlowestFlush = 1;         // messages a minute
inline constexpr unsigned kFastestFlush = 100'000;
inline constexpr unsigned kUsualFlush = 600;

// Which message is handed over next, and how the primary takes them. Pure: queues come as they
// were read, one after the other.
class FlushOrder {
 public:
  // A look at the queue; the ids that may go now, oldest first. What is on hold by hand or was
  // released before does not.
  std::vector<std::string> look(const MailQueue& queue);
  void released(const std::string& id) { recent_.insert(id); }

  std::size_t released() const { return earlier_.size() + recent_.size(); }
  // As of the last look: released and still there; of these back among the deferred, and why.
  std::size_t under_way() const { return under_way_; }
  std::size_t returned() const { return returned_; }
  const std::string& reason() const { return reason_; }
  // The primary gives back what it gets: to go on would only use up its patience. What counts is
  // how it fares now, at any pace: by so many more have come back than were taken since it last
  // took more. What it took before weighs nothing.
  bool refused() const;

 private:
  std::unordered_set<std::string> earlier_;  // released before the last look
  std::unordered_set<std::string> recent_;
  std::size_t under_way_ = 0;
  std::size_t returned_ = 0;
  std::int64_t against_ = 0;  // came back less taken, never below 0
  std::string reason_;
};

struct FlushOptions {
  std::filesystem::path config;
  unsigned per_minute = kUsualFlush;
  // How long the last ones may take once all are released.
  Duration patience = std::chrono::minutes(5);
};

struct FlushSum {
  std::uint64_t released = 0;
  std::uint64_t left = 0;     // of the domains' mail, still in the queue
  std::uint64_t on_hold = 0;  // of these, by hand
  std::string stopped;        // why the primary got no more; empty: all were released
};

// Hands the waiting mail over to the primary: oldest first, at most so many a minute, by 'postqueue
// -i', which asks for no special rights. The queue is the only state: ended at any point and begun
// again it goes on with what is left. `progress` is told now and then. Blocks.
Result<FlushSum> flush(const FlushOptions& options,
                       const std::function<void(const FlushSum&)>& progress);

}  // namespace dienstbereit::fallback::mail
