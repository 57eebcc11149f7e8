// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/stop.h"
#include "core/recovery/forecast.h"
#include "core/recovery/list/crew_list.h"
#include "core/recovery/list/gates.h"

namespace dienstbereit::core::recovery {

// All runs of a plan, played: in each the rank of every task, and which moment each rank is. Runs
// stand in blocks of Gates::kLanes; the last block is filled up with courses of rank 0.
class Moments {
 public:
  // None: it was asked to stop.
  static std::optional<Moments> play(const ListPlan& plan, const ForecastSettings& settings,
                                     const StopFlag& stop);

  std::size_t blocks() const { return blocks_; }
  // As Gates::inputs() wants them.
  std::span<const Gates::Rank> ranks(std::size_t block) const {
    return std::span(ranks_).subspan(block * tasks_ * Gates::kLanes, tasks_ * Gates::kLanes);
  }
  // The moment of a rank in a lane of a block, as a place in times().
  std::uint32_t moment(std::size_t block, std::size_t lane, Gates::Rank rank) const {
    const std::size_t of_block = block * (tasks_ + 1) * Gates::kLanes;
    return moments_[of_block + static_cast<std::size_t>(rank) * Gates::kLanes + lane];
  }
  // Rising, each once; times()[0] is the start.
  const std::vector<Instant>& times() const { return times_; }

 private:
  Moments() = default;
  // Both hand back the working time of each number, rising; what is stopped is of no use.
  std::vector<Duration> number_by_unit(std::span<const Duration> worked, Duration unit);
  std::vector<Duration> number_by_value(std::span<const Duration> worked, const StopFlag& stop);
  // False: it was asked to stop.
  bool look_up(const ListPlan& plan, std::span<const Duration> values, const StopFlag& stop);
  std::size_t blocks_ = 0;
  std::size_t tasks_ = 0;
  std::vector<Gates::Rank> ranks_;
  std::vector<std::uint32_t> moments_;
  std::vector<Instant> times_;
};

}  // namespace dienstbereit::core::recovery
