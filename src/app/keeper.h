// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <mutex>

#include "journal/journal.h"
#include "journal/sample_store.h"
#include "journal/samples.h"
#include "model/probe.h"

namespace dienstbereit::app {

// What the engine's thread does besides deciding: keeps latency series and watches the disk.
class Keeper {
 public:
  // `journal` outlives it.
  Keeper(const journal::Journal& journal, journal::SampleStore store);

  void sample(const ProbeResult& result);
  // Once a situation: writes what is finished, and warns of a disk that fills, at most once a
  // minute each.
  void look(Instant now);
  // Before the end: the minutes that still run.
  void close();
  // As of the last look. Any thread.
  journal::DiskState disk() const;

 private:
  void write(bool everything);
  void watch_disk();

  const journal::Journal& journal_;
  journal::Samples samples_;
  journal::SampleStore store_;
  Instant looked_;
  mutable std::mutex mutex_;
  journal::DiskState disk_;  // guarded by mutex_
};

}  // namespace dienstbereit::app
