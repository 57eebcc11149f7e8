// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/keeper.h"

#include "base/log.h"

namespace dienstbereit::app {
namespace {

constexpr Duration kLookEvery = std::chrono::minutes(1);

}  // namespace

Keeper::Keeper(const journal::Journal& journal, journal::SampleStore store)
    : journal_(journal), store_(std::move(store)) {}

void Keeper::sample(const ProbeResult& result) {
  const bool failed = result.outcome == ProbeOutcome::Failure;
  if (result.outcome == ProbeOutcome::Broken) return;
  samples_.add(result.probe, result.ended, result.ended - result.began, failed);
}

void Keeper::look(Instant now) {
  if (now - looked_ < kLookEvery) return;
  looked_ = now;
  write(false);
  watch_disk();
}

void Keeper::close() { write(true); }

void Keeper::write(bool everything) {
  const auto finished = samples_.take_finished(everything);
  if (finished.empty()) return;
  // Loss is tolerated here: the journal is the record, these are figures.
  if (auto written = store_.write(finished); !written) {
    log::warning("latency figures of {} probe minutes are lost: {}", finished.size(),
                 written.error().message);
  }
}

void Keeper::watch_disk() {
  const journal::DiskState disk = journal_.disk_state();
  const std::lock_guard lock(mutex_);
  if (disk.level != disk_.level && disk.level != journal::DiskLevel::Ok) {
    log::warning("{}", disk.advice.en);
  }
  disk_ = disk;
}

journal::DiskState Keeper::disk() const {
  const std::lock_guard lock(mutex_);
  return disk_;
}

}  // namespace dienstbereit::app
