// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/crews.h"

#include <algorithm>

namespace dienstbereit::engine {
namespace {

namespace recovery = core::recovery;

constexpr const char* kAnyCrew = "crew";  // where the district names none
constexpr unsigned kAnyCrewSize = 2;

}  // namespace

std::vector<recovery::PlannedCrew> planned_crews(const WorkingState& state, Instant since,
                                                 Instant now) {
  const recovery::Window over{std::max(since, now - recovery::kCalendarReach),
                              now + recovery::kCalendarReach};
  std::vector<recovery::PlannedCrew> crews;
  for (const Crew& crew : state.district()->crews) {
    crews.push_back({crew.id, crew.size, crew.skills, calendar_of(state, crew, over)});
  }
  if (crews.empty()) {
    crews.push_back({CrewId(kAnyCrew), kAnyCrewSize, {}, recovery::Calendar::always()});
  }
  return crews;
}

recovery::Calendar calendar_of(const WorkingState& state, const Crew& crew,
                               const recovery::Window& over) {
  const Administration& administration = state.district()->administration;
  const auto zone = TimeZone::find(administration.time_zone);
  if (!zone) return recovery::Calendar::always();
  return recovery::working_calendar(crew, administration.land, {*zone, state.civil_offset()}, over);
}

const Crew* crew_named(const District& district, const std::string& name) {
  const auto named = std::find_if(district.crews.begin(), district.crews.end(),
                                  [&](const Crew& crew) { return crew.id.str() == name; });
  return named == district.crews.end() ? nullptr : &*named;
}

const Crew* crew_for(const District& district, const std::string& crew, const std::string& skill) {
  if (const Crew* named = crew_named(district, crew)) {
    return recovery::has_skill(named->skills, skill) ? named : nullptr;
  }
  const Crew* first = nullptr;
  for (const Crew& one : district.crews) {
    if (!recovery::has_skill(one.skills, skill)) continue;
    if (!first || one.skills.size() < first->skills.size()) first = &one;
  }
  return first;
}

}  // namespace dienstbereit::engine
