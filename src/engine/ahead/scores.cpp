// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/scores.h"

#include <algorithm>

#include "core/recovery/learning/score.h"

namespace dienstbereit::engine {
namespace {

namespace recovery = core::recovery;

// The word of a slot is on record some moments after it began.
constexpr Duration kWithin = std::chrono::minutes(1);

bool is_usable(Readiness word) { return word == Readiness::Normal || word == Readiness::Limited; }

ChanceScore told(const recovery::BrierScore& score) {
  ChanceScore made{score.count,      score.brier,       score.reliability,
                   score.resolution, score.uncertainty, {}};
  for (const recovery::Bin& bin : score.bins) {
    made.bins.push_back({bin.count, bin.chance, bin.share});
  }
  return made;
}

IntervalScore told(const recovery::Coverage& score) {
  return {score.count, score.inside, score.before, score.after};
}

// What one incident's forecasts said, beside what came.
class Judge {
 public:
  Judge(const WorkingState& state, const Incident& incident)
      : state_(state), incident_(incident), end_(*incident.closed_at) {}

  ForecastsScored score() {
    ForecastsScored event;
    event.incident = incident_.id;
    for (const auto& forecast : incident_.forecasts) add(*forecast, event.versions);
    event.chances = told(recovery::brier_score(chances_));
    event.intervals = told(recovery::coverage(arrivals_));
    event.tasks = told(recovery::coverage(tasks_));
    return event;
  }

 private:
  void add(const Forecast& forecast, std::vector<VersionScore>& versions) {
    std::vector<recovery::Judged> chances;
    std::vector<recovery::JudgedTime> arrivals;
    for (const PlaceForecast& place : forecast.places) {
      add_slots(forecast, place, chances);
      if (is_usable(place.word)) continue;
      const auto came = state_.came().usable_after(subject_of(place), forecast.written.at);
      if (is_decided(place, forecast.written.at, came.value_or(end_))) continue;
      add_time(place.early, place.late, came, arrivals);
    }
    for (const TaskForecast& ends : forecast.tasks) add_task(ends);
    chances_.insert(chances_.end(), chances.begin(), chances.end());
    arrivals_.insert(arrivals_.end(), arrivals.begin(), arrivals.end());
    if (versions.size() == kMostScoredVersions) versions.erase(versions.begin() + 1);
    VersionScore& version = versions.emplace_back();
    version.forecast = forecast.id;
    version.chances = told(recovery::brier_score(chances));
    version.chances.bins.clear();
    version.intervals = told(recovery::coverage(arrivals));
  }

  void add_slots(const Forecast& forecast, const PlaceForecast& place,
                 std::vector<recovery::Judged>& to) const {
    for (const SlotChance& slot : place.slots) {
      if (slot.begin <= forecast.written.at || slot.begin + kWithin > end_) continue;
      if (is_kept_closed(place, slot.begin)) continue;
      const auto word = state_.came().word_at(subject_of(place), slot.begin + kWithin);
      if (word && *word != Readiness::Unknown) to.push_back({slot.limited, is_usable(*word)});
    }
  }

  // Whether an office opens is decided by people; the forecast says whether it could.
  bool is_kept_closed(const PlaceForecast& place, Instant begin) const {
    const Day day = state_.timetable().today(state_.civil(begin));
    const auto* decision = decision_for(*state_.ledger().record(), place.office, place.site, day);
    return decision && decision->word == Readiness::Closed;
  }

  // A word that people decided is on record before, or after, what it needs is there.
  bool is_decided(const PlaceForecast& place, Instant from, Instant until) const {
    const Day first = state_.timetable().today(state_.civil(from));
    const auto& decisions = state_.ledger().record()->decisions;
    return std::any_of(decisions.begin(), decisions.end(), [&](const OpeningDecision& decision) {
      return decision.office == place.office && decision.site == place.site &&
             decision.day >= first && decision.written.at <= until;
    });
  }

  void add_task(const TaskForecast& ends) {
    const Task* task = find_task(incident_, ends.task);
    if (!task || task->state == TaskState::Cancelled) return;
    add_time(ends.early, ends.late, task->ended, tasks_);
  }

  // What has not come by the end is late only if it should have come by then.
  void add_time(const std::optional<Instant>& early, const std::optional<Instant>& late,
                const std::optional<Instant>& came, std::vector<recovery::JudgedTime>& to) const {
    if (!early || !late) return;
    const bool in_time = came && *came <= end_;
    if (in_time || *late < end_) {
      to.push_back({early, late, in_time ? came : std::nullopt});
    }
  }

  const WorkingState& state_;
  const Incident& incident_;
  Instant end_;
  std::vector<recovery::Judged> chances_;
  std::vector<recovery::JudgedTime> arrivals_;
  std::vector<recovery::JudgedTime> tasks_;
};

bool is_to_be_scored(const Incident& incident) {
  if (incident.phase != Phase::Closed || !incident.merged_into.empty()) return false;
  if (incident.forecasts.empty() || !incident.closed_at) return false;
  return !incident.scores || incident.scores->written.at < *incident.closed_at;
}

}  // namespace

std::vector<ForecastsScored> score_closed(const WorkingState& state) {
  std::vector<ForecastsScored> all;
  for (const auto& incident : state.ledger().record()->incidents) {
    if (is_to_be_scored(*incident)) all.push_back(Judge(state, *incident).score());
  }
  return all;
}

}  // namespace dienstbereit::engine
