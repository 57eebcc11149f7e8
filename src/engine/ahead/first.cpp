// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/first.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/recovery/order/plan_order.h"
#include "engine/ahead/matters.h"
#include "engine/ahead/plan.h"

namespace dienstbereit::engine {
namespace {

namespace recovery = core::recovery;

// The more tasks, the longer a run, and the fewer of them: some seconds in all.
constexpr std::size_t kTaskPlays = 3'000'000;  // plays x tasks, of the search
constexpr std::size_t kMostPlays = 60'000;
constexpr std::size_t kFewestPlays = 6'000;
constexpr std::size_t kTaskRuns = 400'000;  // runs x tasks, of a finalist
constexpr std::size_t kMostFinalRuns = 10'000;
constexpr std::size_t kFewestFinalRuns = 1'000;
constexpr unsigned kSearchRuns = 300;
constexpr unsigned kOpeningRuns = 2'000;

constexpr Duration kShortestHorizon = std::chrono::hours(1);
constexpr Duration kLongestHorizon = std::chrono::hours(24 * 60);
constexpr std::size_t kMostOpenings = 20;  // that are looked at
constexpr std::size_t kMostChoices = 50;

bool is_waiting(const recovery::PlannedTask& task) { return !task.started_at && !task.done_at; }

recovery::OrderBudget budget_for(std::size_t tasks) {
  recovery::OrderBudget budget;
  budget.search_runs = kSearchRuns;
  budget.plays = std::clamp(kTaskPlays / tasks, kFewestPlays, kMostPlays);
  budget.final_runs =
      static_cast<unsigned>(std::clamp(kTaskRuns / tasks, kFewestFinalRuns, kMostFinalRuns));
  budget.seed = kForecastSeed;
  return budget;
}

// Openings of the days ahead; where nothing has slots, times by the clock.
std::vector<Instant> candidates(const Waiting& waiting, Instant now) {
  std::set<Instant> begins;
  for (const Awaited& one : waiting.all) {
    for (const Instant begin : openings(one, now)) begins.insert(begin);
  }
  if (begins.empty()) {
    for (const int hours : {1, 2, 4, 8, 16, 24, 48, 96})
      begins.insert(now + std::chrono::hours(hours));
  }
  std::vector<Instant> all(begins.begin(), begins.end());
  if (all.size() > kMostOpenings) all.resize(kMostOpenings);
  return all;
}

// The opening at which it is most open how many are there, by the present order: where an order
// can change most. Chosen before any other order is known, so that none is flattered.
struct Opening {
  Instant by;
  Instant horizon;  // when all that is awaited has come about with 95 %
};
Result<Opening> opening_for(const Ahead& ahead, const Waiting& waiting, Instant now,
                            const StopFlag& stop) {
  const std::vector<Instant> begins = candidates(waiting, now);
  recovery::SlotBegins slots(ahead.opens->subjects());
  for (const Awaited& one : waiting.all) slots[one.subject] = begins;
  const auto made =
      recovery::forecast(ahead.plan, *ahead.opens, slots,
                         {.runs = ahead.runs(kOpeningRuns), .seed = kForecastSeed, .stop = &stop});
  if (!made) return tl::unexpected(made.error());
  std::vector<double> there(begins.size());
  Instant horizon = now + kShortestHorizon;
  for (const Awaited& one : waiting.all) {
    const recovery::SubjectForecast& subject = made->subjects[one.subject];
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const auto& chance = waiting.normal ? subject.slots[i].normal : subject.slots[i].limited;
      there[i] += chance.value_or(0);
    }
    const recovery::Arrival& arrival = waiting.normal ? subject.normal : subject.limited;
    if (arrival.unknown) continue;  // no order changes that
    horizon = std::max(horizon, arrival.quantiles.back().value_or(now + kLongestHorizon));
  }
  const double half = static_cast<double>(waiting.all.size()) / 2;
  const auto nearest = std::min_element(there.begin(), there.end(), [&](double a, double b) {
    return std::abs(a - half) < std::abs(b - half);
  });
  return Opening{begins[static_cast<std::size_t>(nearest - there.begin())],
                 std::min(horizon, now + kLongestHorizon)};
}

// By place in the order; what is not in it comes last.
std::size_t place_of(const std::vector<OrderStep>& steps, const TaskId& task) {
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [&](const OrderStep& step) { return step.task == task; });
  return static_cast<std::size_t>(found - steps.begin());
}

// Interim fixes and permanent repairs of the same fault that both stand in the order.
std::vector<InterimChoice> choices_in(const Incident& incident,
                                      const std::vector<OrderStep>& steps) {
  std::vector<InterimChoice> choices;
  for (const Task& interim : incident.tasks) {
    const Fix* fix = find_fix(incident, interim.fix);
    const std::size_t first = place_of(steps, interim.id);
    if (!fix || first == steps.size()) continue;
    for (const Task& permanent : incident.tasks) {
      const std::size_t second = place_of(steps, permanent.id);
      if (!permanent.fix.empty() || second == steps.size()) continue;
      const bool same =
          std::any_of(fix->for_faults.begin(), fix->for_faults.end(), [&](const NodeId& node) {
            return std::count(permanent.repairs.begin(), permanent.repairs.end(), node) > 0;
          });
      if (!same || choices.size() == kMostChoices) continue;
      choices.push_back({interim.id, permanent.id, first < second});
    }
  }
  return choices;
}

std::vector<OrderStep> steps_of(const Ahead& ahead, const std::vector<std::size_t>& order) {
  std::vector<OrderStep> steps;
  for (const std::size_t task : order) {
    const OrderStep step = ahead.step(task);
    if (is_waiting(ahead.plan.tasks[task]) && !is_elsewhere(step)) steps.push_back(step);
  }
  return steps;
}

recovery::OrderGoal goal_for(const Ahead& ahead, const Waiting& waiting, const Opening& opening) {
  recovery::OrderGoal goal;
  goal.weights.resize(ahead.opens->subjects());
  for (const Awaited& one : waiting.all) goal.weights[one.subject] = 1;
  goal.normal = waiting.normal;
  goal.horizon = opening.horizon;
  goal.by = opening.by;
  return goal;
}

bool is_clear(const recovery::ProposedOrder& found) {
  return found.wait_gained.mean + found.wait_gained.half_width < 0;
}

Result<OrderProposed> told(const Ahead& ahead, const Waiting& waiting, const Opening& opening,
                           const StopFlag& stop) {
  const recovery::OrderBudget budget = budget_for(ahead.plan.tasks.size());
  const auto found = recovery::propose_order(ahead.plan, *ahead.opens,
                                             goal_for(ahead, waiting, opening), budget, stop);
  if (!found) return tl::unexpected(found.error());
  if (!*found) {
    return fail(Errc::Unavailable, "the search for a better order was ended before it was done, "
                                   "for it took too long or the server stops");
  }
  const recovery::ProposedOrder& best = **found;
  OrderProposed event;
  event.runs = budget.final_runs;
  event.measure = {waiting.services,
                   waiting.normal,
                   waiting.all.size(),
                   opening.by,
                   best.planned.there_by.mean,
                   {best.more_there.mean, best.more_there.half_width},
                   {-best.wait_gained.mean, best.wait_gained.half_width}};
  if (is_clear(best)) event.steps = steps_of(ahead, best.order);
  return event;
}

}  // namespace

Result<OrderProposed> propose_order(const WorkingState& state, const IncidentId& incident,
                                    const std::string& reason, Instant now, const StopFlag& stop) {
  const auto found = look_ahead(state, incident, now);
  if (!found) return tl::unexpected(found.error());
  const Ahead& ahead = **found;
  if (std::count_if(ahead.plan.tasks.begin(), ahead.plan.tasks.end(), is_waiting) < 2) {
    return fail(Errc::Conflict,
                "less than two tasks have not begun, so there is nothing to put in order");
  }
  const Waiting waiting = waiting_for(ahead);
  if (waiting.all.empty()) {
    return fail(Errc::Conflict, "nothing that visitors get is affected, so no order of the tasks "
                                "is better for them");
  }
  const auto opening = opening_for(ahead, waiting, now, stop);
  if (!opening) return tl::unexpected(opening.error());
  auto event = told(ahead, waiting, *opening, stop);
  if (!event) return event;
  event->incident = incident;
  event->reason = reason;
  event->choices = choices_in(*find_incident(*state.ledger().record(), incident), event->steps);
  return event;
}

}  // namespace dienstbereit::engine
