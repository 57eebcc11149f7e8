// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>

namespace dienstbereit {

// Asks a long calculation to end early. Any thread or signal handler may ask; the calculation looks
// every few milliseconds and then hands back what its header says.
class StopFlag {
 public:
  void ask() noexcept { asked_.store(true, std::memory_order_relaxed); }
  bool asked() const noexcept { return asked_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> asked_{false};
  static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler needs that
};

}  // namespace dienstbereit
