// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "config/check/checks.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

void check_crew(const CrewDraft& crew, Reader& reader) {
  const std::string& id = crew.id.str();
  if (crew.size == 0 || crew.size > kLargestCrew) {
    reader.report.error(
        reader.places.of(id, "size"),
        fmt::format("crew '{}' has {} members; write 1 to {}", id, crew.size, kLargestCrew));
  }
  if (!crew.hours && !crew.on_call) {
    reader.report.error(
        reader.places.of(id, "id"),
        fmt::format("crew '{}' would never work; add 'hours:' or 'on_call: true'", id));
  }
  if (crew.skills.size() > kMostSkills) {
    reader.report.error(
        reader.places.of(id, "skills"),
        fmt::format("crew '{}' has {} skills; at most {}", id, crew.skills.size(), kMostSkills));
  }
  for (const std::string& skill : crew.skills) {
    if (valid_id(skill)) continue;
    reader.report.error(reader.places.of(id, "skills"),
                        fmt::format("'{}' is no word for a skill; use letters, digits, '.', '_' "
                                    "and '-', at most 40",
                                    skill));
  }
}

std::string about(const EstimateDraft& estimate) {
  return fmt::format("the estimate for {} / {}",
                     estimate.kind.empty() ? "any kind" : "'" + estimate.kind + "'",
                     estimate.fault.empty() ? "any fault" : "'" + estimate.fault + "'");
}

void check_estimates(const DistrictDraft& draft, Reader& reader) {
  std::map<std::pair<std::string, std::string>, Mark> known;
  for (const EstimateDraft& estimate : draft.estimates) {
    if (auto sound = check_estimate(estimate.estimate, about(estimate)); !sound) {
      reader.report.error(estimate.mark, sound.error().message);
    }
    const auto [first, fresh] = known.try_emplace({estimate.kind, estimate.fault}, estimate.mark);
    if (fresh) continue;
    reader.report.error(estimate.mark,
                        fmt::format("{} stands twice (first at {}); remove one", about(estimate),
                                    reader.report.place(first->second)));
  }
  if (draft.estimates.size() > kMostEstimateRules) {
    reader.report.error(draft.estimates[kMostEstimateRules].mark,
                        fmt::format("more than {} estimates; join some", kMostEstimateRules));
  }
}

void check_decision(const DistrictDraft& draft, Reader& reader) {
  const DecisionTimes& times = draft.decision;
  if (std::max({times.staff, times.people, times.appointments}) <= kLongestDecisionTime) return;
  reader.report.error(draft.decision_at.value_or(Mark{}),
                      "a deadline lies more than 7 d before the opening; nobody can decide so far "
                      "ahead");
}

}  // namespace

void check_recovery(const DistrictDraft& draft, Reader& reader) {
  for (const CrewDraft& crew : draft.crews) check_crew(crew, reader);
  if (draft.crews.size() > kMostCrews) {
    reader.report.error(reader.places.of(draft.crews[kMostCrews].id.str(), "id"),
                        fmt::format("more than {} crews; join some", kMostCrews));
  }
  check_estimates(draft, reader);
  check_decision(draft, reader);
}

}  // namespace dienstbereit::config
