// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/time.h"
#include "runtime/clock.h"

namespace dienstbereit::runtime {

// Ends what blocks on another thread, for good. Thread-safe.
class Cancel {
 public:
  Cancel();
  ~Cancel();
  Cancel(const Cancel&) = delete;
  Cancel& operator=(const Cancel&) = delete;

  void cancel();
  bool cancelled() const;
  // Readable once it is cancelled.
  int fd() const { return fd_; }

 private:
  int fd_;
};

// Until when a piece of work may take, and what ends it before.
class Limit {
 public:
  // `cancel` outlives the limit.
  Limit(Duration at_most, const Cancel& cancel);

  Duration left() const;  // 0: it is over
  bool over() const { return left() == Duration(0) || cancel_.cancelled(); }
  const Cancel& cancel() const { return cancel_; }

 private:
  Steady end_;
  const Cancel& cancel_;
};

}  // namespace dienstbereit::runtime
