// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Held against a simulator that goes minute by minute, as the format describes it, and against
// every combination of efforts.
#include "core/recovery/list/list_forecast.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/hash.h"
#include "core/recovery/list/moments.h"
#include "core/recovery/recovery_test.h"
#include "core/recovery/simulate.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minute;
using test::minutes;

struct World {
  int start = 0;
  unsigned crews = 1;
  std::vector<std::pair<int, int>> windows;
  struct Task {
    std::vector<int> efforts;
    std::vector<double> chances;
    std::vector<std::size_t> after;
  };
  std::vector<Task> tasks;  // the more urgent first
  std::vector<Gates::Groups> offices;
  std::vector<int> deadlines;
};

World any_world(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::size_t limit) { return static_cast<int>(random() % limit); };
  World world;
  world.start = below(1'500);
  world.crews = static_cast<unsigned>(1 + below(3));
  world.windows = {{400, 460 + below(60)}, {600, 640}, {640, 655}, {2'000 + below(9), 2'100}};
  if (below(3) == 0) world.windows = {{0, 10'080}};
  const int tasks = 3 + below(4);
  for (int i = 0; i < tasks; ++i) {
    World::Task task;
    const int choices = 1 + below(3);
    for (int choice = 0; choice < choices; ++choice) {
      task.efforts.push_back(5 * (1 + below(12)));
      task.chances.push_back(1.0 / choices);
    }
    // Either way round: a task may be more urgent than what it waits for.
    for (int other = 0; other < i; ++other) {
      if (below(5) == 0) task.after.push_back(static_cast<std::size_t>(other));
    }
    world.tasks.push_back(std::move(task));
  }
  if (tasks > 3 && below(2) == 0) {
    std::swap(world.tasks[0], world.tasks[1]);
    for (auto& task : world.tasks) {
      for (std::size_t& before : task.after) before = before < 2 ? 1 - before : before;
    }
  }
  for (int i = 0; i < 4; ++i) {
    Gates::Groups groups(1 + random() % 3);
    for (auto& group : groups) {
      for (int member = 1 + below(2); member > 0; --member) {
        group.push_back(random() % world.tasks.size());
      }
    }
    world.offices.push_back(std::move(groups));
  }
  for (int i = 0; i < 6; ++i) world.deadlines.push_back(world.start + below(800) * 5);
  return world;
}

ListQuestion question_of(const World& world) {
  ListQuestion question;
  question.plan.start = minute(world.start);
  question.plan.crews = world.crews;
  question.plan.calendar = test::weekly(world.windows);
  for (std::size_t i = 0; i < world.tasks.size(); ++i) {
    ListTask task;
    task.key = stable_hash("T" + std::to_string(i));
    for (std::size_t choice = 0; choice < world.tasks[i].efforts.size(); ++choice) {
      task.effort.push_back(
          {minutes(world.tasks[i].efforts[choice]), world.tasks[i].chances[choice]});
    }
    task.after = world.tasks[i].after;
    question.plan.tasks.push_back(std::move(task));
  }
  question.offices = world.offices;
  for (const int deadline : world.deadlines) question.deadlines.push_back(minute(deadline));
  return question;
}

bool in_window(const World& world, int at) {
  const int of_week = at % 10'080;
  return std::any_of(world.windows.begin(), world.windows.end(), [&](const auto& window) {
    return window.first <= of_week && of_week < window.second;
  });
}

// Minute by minute, as the format says it: free crews take what is ready at the start and whenever
// something is done, also outside windows; a taken task gets on by a minute in every minute of a
// window.
std::vector<int> played_slowly(const World& world, const std::vector<int>& efforts) {
  const std::size_t tasks = world.tasks.size();
  constexpr int kNotYet = -1;
  std::vector<int> done(tasks, kNotYet), left = efforts;
  std::vector<bool> taken(tasks);
  unsigned free = world.crews;
  const auto take = [&] {
    for (std::size_t i = 0; i < tasks && free > 0; ++i) {
      const auto& after = world.tasks[i].after;
      const bool ready = std::all_of(after.begin(), after.end(),
                                     [&](std::size_t before) { return done[before] != kNotYet; });
      if (taken[i] || !ready) continue;
      taken[i] = true;
      --free;
    }
  };
  take();
  for (int at = world.start; std::count(done.begin(), done.end(), kNotYet) > 0; ++at) {
    if (!in_window(world, at)) continue;
    bool any = false;
    for (std::size_t i = 0; i < tasks; ++i) {
      if (!taken[i] || done[i] != kNotYet || --left[i] > 0) continue;
      done[i] = at + 1;
      ++free;
      any = true;
    }
    if (any) take();
  }
  return done;
}

int opening(const Gates::Groups& groups, const std::vector<int>& done, int start) {
  int latest = start;
  for (const auto& group : groups) {
    int first = INT32_MAX;
    for (const std::size_t member : group) first = std::min(first, done[member]);
    latest = std::max(latest, first);
  }
  return latest;
}

// Every combination of efforts, with its chance.
template <class Visit>
void each_combination(const World& world, const Visit& visit) {
  std::vector<std::size_t> choice(world.tasks.size(), 0);
  while (true) {
    std::vector<int> efforts;
    double chance = 1;
    for (std::size_t i = 0; i < choice.size(); ++i) {
      efforts.push_back(world.tasks[i].efforts[choice[i]]);
      chance *= world.tasks[i].chances[choice[i]];
    }
    visit(efforts, chance);
    std::size_t at = 0;
    while (at < choice.size() && ++choice[at] == world.tasks[at].efforts.size()) choice[at++] = 0;
    if (at == choice.size()) return;
  }
}

// Openings of an office with their chances, exactly.
using Exact = std::vector<std::map<int, double>>;
Exact enumerated(const World& world) {
  Exact exact(world.offices.size());
  each_combination(world, [&](const std::vector<int>& efforts, double chance) {
    const std::vector<int> done = played_slowly(world, efforts);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      exact[i][opening(world.offices[i], done, world.start)] += chance;
    }
  });
  return exact;
}

double share_by(const std::map<int, double>& openings, double at) {
  double share = 0;
  for (const auto& [opening, chance] : openings) share += opening <= at ? chance : 0;
  return std::min(share, 1.0);
}

double four_sigma(double variance, unsigned runs) { return 4 * std::sqrt(variance / runs) + 1e-9; }

void expect_agrees(const OfficeArrival& found, const std::map<int, double>& exact,
                   const World& world, unsigned runs) {
  double mean = 0;
  double squares = 0;
  for (const auto& [opening, chance] : exact) {
    mean += chance * opening;
    squares += chance * opening * opening;
  }
  const double found_mean = world.start + found.mean_ms / 60'000;
  EXPECT_NEAR(found_mean, mean, four_sigma(std::max(0.0, squares - mean * mean), runs) + 1e-6);
  for (std::size_t i = 0; i < world.deadlines.size(); ++i) {
    const double p = share_by(exact, world.deadlines[i]);
    EXPECT_NEAR(found.by[i], p, four_sigma(p * (1 - p), runs));
  }
  for (std::size_t i = 0; i < kArrivalQuantiles.size(); ++i) {
    // The share at the quantile reaches the wanted one, the share before it does not.
    const int at = test::minute_of(found.quantiles[i]);
    const double wanted = kArrivalQuantiles[i];
    const double slack = four_sigma(wanted * (1 - wanted), runs);
    EXPECT_TRUE(exact.contains(at)) << at;
    EXPECT_GE(share_by(exact, at), wanted - slack);
    EXPECT_LT(share_by(exact, at - 1), wanted + slack);
  }
}

}  // namespace

TEST(ListForecast, AgreesWithEveryCombinationOfEfforts) {
  constexpr unsigned kRuns = 20'000;
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    SCOPED_TRACE(seed);
    const World world = any_world(seed);
    const Exact exact = enumerated(world);
    const auto found = forecast_offices(question_of(world), {kRuns, seed}, StopFlag());
    ASSERT_TRUE(found.has_value());
    for (std::size_t i = 0; i < exact.size(); ++i) {
      expect_agrees((*found)[i], exact[i], world, kRuns);
    }
  }
}

RC_GTEST_PROP(ListForecastProperty, KnownEffortsAgreeMinuteByMinute, (std::uint64_t seed)) {
  World world = any_world(seed);
  std::vector<int> efforts;
  for (auto& task : world.tasks) {
    task.efforts.resize(1);
    task.chances = {1};
    efforts.push_back(task.efforts[0]);
  }
  const std::vector<int> done = played_slowly(world, efforts);
  const auto found = forecast_offices(question_of(world), {2, 1}, StopFlag());
  for (std::size_t i = 0; i < world.offices.size(); ++i) {
    const int at = opening(world.offices[i], done, world.start);
    RC_ASSERT(test::minute_of((*found)[i].quantiles[0]) == at);
    RC_ASSERT(test::minute_of((*found)[i].quantiles[3]) == at);
    RC_ASSERT(std::abs((*found)[i].mean_ms / 60'000 - (at - world.start)) < 1e-6);
    for (std::size_t by = 0; by < world.deadlines.size(); ++by) {
      RC_ASSERT((*found)[i].by[by] == (at <= world.deadlines[by] ? 1.0 : 0.0));
    }
  }
}

// The general simulation of repairs, which takes tasks within windows only, has the same courses.
RC_GTEST_PROP(ListForecastProperty, TheGeneralScheduleHasTheSameCourses, (std::uint64_t seed)) {
  const World world = any_world(seed);
  const ListQuestion question = question_of(world);
  Plan plan = test::plan({});
  plan.start = question.plan.start;
  plan.crews = {test::crew("IT", world.crews, question.plan.calendar)};
  for (std::size_t i = 0; i < world.tasks.size(); ++i) {
    std::vector<std::string> after;
    for (const std::size_t before : world.tasks[i].after)
      after.push_back("T" + std::to_string(before));
    plan.tasks.push_back(test::task("T" + std::to_string(i), question.plan.tasks[i].effort, after));
  }
  auto schedule = Schedule::prepare(plan).value();
  const auto moments = Moments::play(question.plan, {Gates::kLanes, seed}, StopFlag());
  for (std::size_t run = 0; run < Gates::kLanes; ++run) {
    const auto done = schedule.run({seed, run});
    for (std::size_t i = 0; i < done.size(); ++i) {
      const Gates::Rank rank = moments->ranks(0)[i * Gates::kLanes + run];
      RC_ASSERT(moments->times()[moments->moment(0, run, rank)] == done[i]);
    }
  }
}

TEST(ListForecast, MomentsOfAnySizeAreTheSame) {
  // A long task at the end, of a millisecond more: moments are too many to be counted, and sorted.
  ListQuestion question = question_of(any_world(3));
  const auto counted = forecast_offices(question, {500, 9}, StopFlag());
  ListTask last{1, {{minutes(50'000) + Duration(1), 1}}, {}};
  for (std::size_t i = 0; i < question.plan.tasks.size(); ++i) last.after.push_back(i);
  question.plan.tasks.push_back(std::move(last));
  const auto sorted = forecast_offices(question, {500, 9}, StopFlag());
  for (std::size_t i = 0; i < counted->size(); ++i) {
    EXPECT_EQ((*counted)[i].quantiles, (*sorted)[i].quantiles);
    EXPECT_EQ((*counted)[i].by, (*sorted)[i].by);
    EXPECT_EQ((*counted)[i].mean_ms, (*sorted)[i].mean_ms);
  }
}

TEST(ListForecast, NodesBetweenTasksAndOfficesPassMomentsOn) {
  ListQuestion question = question_of(any_world(2));
  question.offices = {{{0}, {1, 2}}};
  const auto direct = forecast_offices(question, {200, 2}, StopFlag());
  const std::size_t first = question.plan.tasks.size();
  question.nodes = {{{1, 2}}, {{0}, {first}}};
  question.offices = {{{first + 1}}};
  const auto through = forecast_offices(question, {200, 2}, StopFlag());
  EXPECT_EQ((*direct)[0].mean_ms, (*through)[0].mean_ms);
  EXPECT_EQ((*direct)[0].quantiles, (*through)[0].quantiles);
}

TEST(ListForecast, ItStopsWhenAsked) {
  StopFlag stop;
  stop.ask();
  EXPECT_FALSE(forecast_offices(question_of(any_world(1)), {200, 2}, stop).has_value());
}

}  // namespace dienstbereit::core::recovery
