// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/list/moments.h"

#include <algorithm>

#include "base/assert.h"

namespace dienstbereit::core::recovery {
namespace {

constexpr std::int64_t kMostUnits = 1 << 18;  // beyond, moments are sorted instead of counted
constexpr std::size_t kRunsBetweenLooks = 256;
constexpr std::size_t kValuesBetweenLooks = 1 << 16;

// In parts that are merged, with a look at `stop` between. False: it was asked to stop.
bool sort_unless(const StopFlag& stop, std::vector<Duration>& values) {
  const auto at = [](std::vector<Duration>& of, std::size_t place) {
    return of.begin() + static_cast<std::ptrdiff_t>(std::min(place, of.size()));
  };
  for (std::size_t first = 0; first < values.size(); first += kValuesBetweenLooks) {
    if (stop.asked()) return false;
    std::sort(at(values, first), at(values, first + kValuesBetweenLooks));
  }
  std::vector<Duration> merged(values.size());
  for (std::size_t part = kValuesBetweenLooks; part < values.size(); part *= 2) {
    for (std::size_t first = 0; first < values.size(); first += 2 * part) {
      if (stop.asked()) return false;
      const auto middle = at(values, first + part);
      std::merge(at(values, first), middle, middle, at(values, first + 2 * part),
                 at(merged, first));
    }
    values.swap(merged);
  }
  return true;
}

}  // namespace

std::optional<Moments> Moments::play(const ListPlan& plan, const ForecastSettings& settings,
                                     const StopFlag& stop) {
  constexpr std::size_t kLanes = Gates::kLanes;
  CrewList list(plan);
  Moments all;
  all.tasks_ = list.tasks();
  all.blocks_ = (settings.runs + kLanes - 1) / kLanes;
  all.ranks_.assign(all.blocks_ * all.tasks_ * kLanes, 0);
  std::vector<Duration> worked(all.blocks_ * (all.tasks_ + 1) * kLanes);
  std::vector<Duration> efforts(all.tasks_);
  for (std::size_t run = 0; all.tasks_ > 0 && run < settings.runs; ++run) {
    if (run % kRunsBetweenLooks == 0 && stop.asked()) return std::nullopt;
    list.draw({settings.seed, run}, efforts);
    const CrewList::Course course = list.play(efforts);
    dienstbereit_assert(course.order.size() == all.tasks_);  // no cycles
    Gates::Rank* const ranks = &all.ranks_[run / kLanes * all.tasks_ * kLanes + run % kLanes];
    Duration* const moments = &worked[run / kLanes * (all.tasks_ + 1) * kLanes + run % kLanes];
    for (std::size_t i = 0; i < course.order.size(); ++i) {
      ranks[course.order[i] * kLanes] = static_cast<Gates::Rank>(i + 1);
      moments[(i + 1) * kLanes] = course.worked[i];
    }
  }
  const Duration last = *std::max_element(worked.begin(), worked.end());
  if (stop.asked()) return std::nullopt;
  std::vector<Duration> values;
  if (last / list.unit() < kMostUnits) {
    values = all.number_by_unit(worked, list.unit());
  } else {
    values = all.number_by_value(worked, stop);
  }
  std::vector<Duration>().swap(worked);
  if (!all.look_up(plan, values, stop)) return std::nullopt;
  return all;
}

bool Moments::look_up(const ListPlan& plan, std::span<const Duration> values,
                      const StopFlag& stop) {
  times_.reserve(values.size());
  for (const Duration value : values) {
    if (times_.size() % kValuesBetweenLooks == 0 && stop.asked()) return false;
    const auto at = value == Duration(0) ? plan.start : plan.calendar.finish(plan.start, value);
    dienstbereit_assert(at.has_value());
    times_.push_back(*at);
  }
  return !stop.asked();
}

std::vector<Duration> Moments::number_by_unit(std::span<const Duration> worked, Duration unit) {
  std::int64_t most = 0;
  moments_.resize(worked.size());
  for (std::size_t i = 0; i < worked.size(); ++i) {
    const std::int64_t units = worked[i] / unit;
    moments_[i] = static_cast<std::uint32_t>(units);
    most = std::max(most, units);
  }
  std::vector<Duration> values;
  for (std::int64_t units = 0; units <= most; ++units) values.push_back(units * unit);
  return values;
}

std::vector<Duration> Moments::number_by_value(std::span<const Duration> worked,
                                               const StopFlag& stop) {
  std::vector<Duration> values;
  values.reserve(worked.size() + 1);
  values.assign(worked.begin(), worked.end());
  values.push_back(Duration(0));
  if (!sort_unless(stop, values)) return values;
  values.erase(std::unique(values.begin(), values.end()), values.end());
  moments_.resize(worked.size());
  for (std::size_t i = 0; i < worked.size(); ++i) {
    if (i % kValuesBetweenLooks == 0 && stop.asked()) break;
    const auto found = std::lower_bound(values.begin(), values.end(), worked[i]);
    moments_[i] = static_cast<std::uint32_t>(found - values.begin());
  }
  return values;
}

}  // namespace dienstbereit::core::recovery
