// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/matters.h"

#include <algorithm>

namespace dienstbereit::core::recovery {
namespace {

constexpr double kLate = 0.9;  // quantile

// The mean chance of the aims; one of which nobody can say anything has none.
Result<double> mean_chance(const Plan& plan, Opens& opens, const SlotBegins& slots,
                           const ForecastSettings& settings) {
  const auto made = forecast(plan, opens, slots, settings);
  if (!made) return tl::unexpected(made.error());
  double sum = 0;
  std::size_t count = 0;
  for (const SubjectForecast& subject : made->subjects) {
    for (const ChanceAt& slot : subject.slots) {
      sum += slot.limited.value_or(0);
      ++count;
    }
  }
  return sum / static_cast<double>(count);
}

}  // namespace

Result<std::vector<Matter>> what_matters(const Plan& plan, Opens& opens, std::span<const Aim> aims,
                                         const ForecastSettings& settings) {
  if (aims.empty()) return fail(Errc::InvalidInput, "there is nothing to aim at");
  SlotBegins slots(opens.subjects());
  for (const Aim& aim : aims) {
    if (aim.subject >= slots.size()) return fail(Errc::InvalidInput, "an aim at no subject");
    slots[aim.subject].push_back(aim.by);
  }
  for (auto& begins : slots) std::sort(begins.begin(), begins.end());
  const auto usual = mean_chance(plan, opens, slots, settings);
  if (!usual) return tl::unexpected(usual.error());

  std::vector<Matter> all;
  Plan changed = plan;
  for (std::size_t i = 0; i < plan.tasks.size() && all.size() < kMostMatters; ++i) {
    if (plan.tasks[i].done_at) continue;
    changed.tasks[i].pinned = kLate;
    const auto late = mean_chance(changed, opens, slots, settings);
    if (!late) return tl::unexpected(late.error());
    changed.tasks[i].pinned = plan.tasks[i].pinned;
    all.push_back({i, *usual - *late});
  }
  std::sort(all.begin(), all.end(), [](const Matter& a, const Matter& b) {
    return a.drop != b.drop ? a.drop > b.drop : a.task < b.task;
  });
  return all;
}

}  // namespace dienstbereit::core::recovery
