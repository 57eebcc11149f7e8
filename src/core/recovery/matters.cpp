// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/matters.h"

#include <algorithm>
#include <numeric>

namespace dienstbereit::core::recovery {
namespace {

constexpr double kLate = 0.9;  // quantile

// The chance of each aim; of what nobody can say there is none.
Result<std::vector<double>> chances(const Plan& plan, Opens& opens, std::span<const Aim> aims,
                                    const SlotBegins& slots, const ForecastSettings& settings) {
  const auto made = forecast(plan, opens, slots, settings);
  if (!made) return tl::unexpected(made.error());
  std::vector<double> all;
  for (const Aim& aim : aims) {
    const auto& told = made->subjects[aim.subject].slots;
    const auto at = std::find_if(told.begin(), told.end(),
                                 [&](const ChanceAt& slot) { return slot.begin == aim.by; });
    const bool found = at != told.end();
    all.push_back(found ? (aim.normal ? at->normal : at->limited).value_or(0) : 0);
  }
  return all;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Result<std::optional<Matters>> what_matters(const Plan& plan, Opens& opens,
                                            std::span<const Aim> aims,
                                            const ForecastSettings& settings, std::size_t most) {
  if (aims.empty()) return fail(Errc::InvalidInput, "there is nothing to aim at");
  SlotBegins slots(opens.subjects());
  for (const Aim& aim : aims) {
    if (aim.subject >= slots.size()) return fail(Errc::InvalidInput, "an aim at no subject");
    slots[aim.subject].push_back(aim.by);
  }
  for (auto& begins : slots) {
    std::sort(begins.begin(), begins.end());
    begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
  }
  const auto stopped = [&] { return settings.stop && settings.stop->asked(); };
  auto usual = chances(plan, opens, aims, slots, settings);
  if (stopped()) return std::optional<Matters>();
  if (!usual) return tl::unexpected(usual.error());

  Matters all{std::move(*usual), {}};
  Plan changed = plan;
  for (std::size_t i = 0; i < plan.tasks.size() && all.tasks.size() < most; ++i) {
    if (plan.tasks[i].done_at) continue;
    changed.tasks[i].pinned = kLate;
    auto late = chances(changed, opens, aims, slots, settings);
    if (stopped()) return std::optional<Matters>();
    if (!late) return tl::unexpected(late.error());
    changed.tasks[i].pinned = plan.tasks[i].pinned;
    const double drop = mean(all.usual) - mean(*late);
    all.tasks.push_back({i, drop, std::move(*late)});
  }
  std::sort(all.tasks.begin(), all.tasks.end(), [](const Matter& a, const Matter& b) {
    return a.drop != b.drop ? a.drop > b.drop : a.task < b.task;
  });
  return std::optional(std::move(all));
}

}  // namespace dienstbereit::core::recovery
