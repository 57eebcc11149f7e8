// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Interim fixes that carry a part, end and fail, against a second reading of
// docs/formats/forecast.md: one minute after another, and by exact enumeration.
#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/recovery/forecast.h"
#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::exactly;
using test::minute;
using test::minutes;

int below(int limit) { return *rc::gen::inRange(0, limit); }
std::size_t pick(std::size_t count) {
  return static_cast<std::size_t>(below(static_cast<int>(count)));
}

// Tasks of fixed length by one member, so that task i is done after all before it; some repair
// nodes, some put interim fixes in place; some fixes are there already.
Plan any_plan() {
  Plan plan = test::plan({});
  for (std::size_t i = 1 + pick(5); i > 0; --i) {
    plan.nodes.push_back({NodeId("N" + std::to_string(i)), below(5) > 0, Duration(0), {}});
  }
  for (int i = 1 + below(5); i > 0; --i) {
    PlannedTask task = test::task("T" + std::to_string(i), exactly(1 + below(60)));
    if (below(3) > 0) task.restores = {pick(plan.nodes.size())};
    plan.tasks.push_back(std::move(task));
  }
  for (int i = below(5); i > 0; --i) {
    Interim fix;
    fix.id = "F" + std::to_string(i);
    if (below(3) > 0) {
      fix.task = plan.tasks[pick(plan.tasks.size())].id;
    } else {
      fix.since = minute(-below(50));
    }
    fix.restores = {pick(plan.nodes.size()), pick(plan.nodes.size())};
    if (below(4) > 0) fix.expires = minute(below(300));
    fix.full = below(2) == 0;
    plan.interims.push_back(std::move(fix));
  }
  return plan;
}

enum Load { Nothing, Part, All };

// What a node carries at a minute, from the plan alone.
class Minutes {
 public:
  explicit Minutes(const Plan& plan) : plan_(plan) {
    Instant now = plan.start;
    for (const PlannedTask& task : plan.tasks) {
      now += std::get<Discrete>(task.effort).front().effort;
      done_[task.id] = now;
    }
  }

  Load of(std::size_t node, Instant t) const {
    if (!plan_.nodes[node].faulty) return All;
    Load load = Nothing;
    for (const PlannedTask& task : plan_.tasks) {
      if (done_.at(task.id) <= t && has(task.restores, node)) load = All;
    }
    for (const Interim& fix : plan_.interims) {
      const Instant from = fix.since ? *fix.since : done_.at(fix.task);
      if (t < from || (fix.expires && t >= *fix.expires) || !has(fix.restores, node)) continue;
      load = std::max(load, fix.full ? All : Part);
    }
    return load;
  }

 private:
  static bool has(const std::vector<std::size_t>& nodes, std::size_t node) {
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
  }
  const Plan& plan_;
  std::map<std::string, Instant> done_;
};

}  // namespace

RC_GTEST_PROP(InterimProperty, EveryMinuteIsAsThePlanReads, ()) {
  const Plan plan = any_plan();
  const Minutes naive(plan);
  std::vector<GroupsOpen::Groups> subjects;
  for (std::size_t node = 0; node < plan.nodes.size(); ++node) subjects.push_back({{node}});
  const std::size_t a = pick(plan.nodes.size());
  const std::size_t b = pick(plan.nodes.size());
  subjects.push_back({{a, b}});    // either
  subjects.push_back({{a}, {b}});  // both
  std::vector<Instant> every;
  for (int m = 0; m < 320; ++m) every.push_back(minute(m));
  GroupsOpen opens(subjects);
  const auto seen = forecast(plan, opens, SlotBegins(subjects.size(), every), {1, 7});
  RC_ASSERT(seen.has_value());
  for (std::size_t subject = 0; subject < subjects.size(); ++subject) {
    for (const ChanceAt& slot : seen->subjects[subject].slots) {
      Load load = All;
      for (const auto& group : subjects[subject]) {
        Load best = Nothing;
        for (const std::size_t node : group) best = std::max(best, naive.of(node, slot.begin));
        load = std::min(load, best);
      }
      // Where nobody can say, no fix that ends leads there at this minute, nor a repair.
      RC_ASSERT(slot.normal.value_or(0) == (load == All ? 1.0 : 0.0));
      RC_ASSERT(slot.limited.value_or(0) == (load == Nothing ? 0.0 : 1.0));
    }
  }
}

RC_GTEST_PROP(InterimProperty, WhatCarriesAPartIsNeverBetterThanWhatCarriesAll, ()) {
  Plan plan = any_plan();
  if (plan.interims.empty()) plan.interims.push_back({plan.tasks[0].id, {0}, minute(200)});
  std::vector<GroupsOpen::Groups> subjects{{{pick(plan.nodes.size())}}};
  std::vector<Instant> every;
  for (int m = 0; m < 320; ++m) every.push_back(minute(m));
  const auto chances = [&](bool full) {
    plan.interims.front().full = full;
    GroupsOpen opens(subjects);
    return forecast(plan, opens, {every}, {1, 7}).value().subjects[0].slots;
  };
  const auto part = chances(false);
  const auto all = chances(true);
  for (std::size_t i = 0; i < every.size(); ++i) {
    RC_ASSERT(part[i].normal.value_or(0) <= all[i].normal.value_or(0));
    RC_ASSERT(part[i].limited == all[i].limited);
  }
}

// A fix that carries a part is in place after 60 or 180 minutes and may fail; the repair is done
// after 300 or 900. All courses with their chances, beside 20,000 runs.
TEST(Interim, AForecastAgreesWithExactEnumerationOfExpiryAndRelapse) {
  constexpr double kRelapse = 0.4;
  constexpr unsigned kRuns = 20'000;
  const std::vector<std::pair<int, double>> fixing{{60, 0.3}, {180, 0.7}};
  const std::vector<std::pair<int, double>> repairing{{300, 0.5}, {900, 0.5}};
  const auto effort = [](const auto& values) {
    Discrete made;
    for (const auto& [m, chance] : values) made.push_back({minutes(m), chance});
    return made;
  };
  Plan plan = test::plan(
      {test::task("fix", effort(fixing)), test::task("repair", effort(repairing), {}, {0})}, 2);
  plan.nodes = {{NodeId("N"), true, Duration(0), {}}};
  plan.interims = {{"fix", {0}, minute(700), false, kRelapse, {}, {}}};
  const std::vector<int> asked{30, 60, 150, 200, 299, 300, 500, 699, 700, 899, 900};
  std::vector<Instant> begins;
  for (const int m : asked) begins.push_back(minute(m));
  GroupsOpen opens({{{0}}});
  const auto seen = forecast(plan, opens, {begins}, {kRuns, 3});
  ASSERT_TRUE(seen.has_value());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    double normal = 0;
    double limited = 0;
    for (const auto& [in_place, p] : fixing) {
      for (const auto& [repaired, q] : repairing) {
        const bool whole = asked[i] >= repaired;
        const bool there = asked[i] >= in_place && asked[i] < 700;
        const double held =
            std::pow(1 - kRelapse, static_cast<double>(asked[i] - in_place) / (700 - in_place));
        normal += whole ? p * q : 0;
        limited += whole ? p * q : there ? p * q * held : 0;
      }
    }
    const ChanceAt& slot = seen->subjects[0].slots[i];
    const auto near = [](double p) { return 4 * std::sqrt(p * (1 - p) / kRuns) + 1e-12; };
    EXPECT_NEAR(slot.normal.value(), normal, near(normal)) << "at " << asked[i];
    EXPECT_NEAR(slot.limited.value(), limited, near(limited)) << "at " << asked[i];
  }
}

// That it has held so far says nothing: what is left of its life counts.
TEST(Interim, AFixThatIsInForceFailsAtTheSameRateAsBefore) {
  constexpr unsigned kRuns = 20'000;
  Plan plan = test::plan({});
  plan.nodes = {{NodeId("N"), true, Duration(0), {}}};
  plan.interims = {{"", {0}, minute(400), true, 0.5, minute(-600), "spare"}};
  GroupsOpen opens({{{0}}});
  const auto seen = forecast(plan, opens, {{minute(0), minute(200), minute(399)}}, {kRuns, 9});
  ASSERT_TRUE(seen.has_value());
  const auto& slots = seen->subjects[0].slots;
  EXPECT_EQ(slots[0].normal, 1.0);
  EXPECT_NEAR(slots[1].normal.value(), std::pow(0.5, 0.2), 0.015);
  EXPECT_NEAR(slots[2].normal.value(), std::pow(0.5, 0.399), 0.015);
  EXPECT_DOUBLE_EQ(seen->subjects[0].normal.relapse, 1.0) << "it ends, and no repair is planned";
}

TEST(Interim, IsLimitedUntilTheRepairAndThenNormalWithoutAGap) {
  Plan plan =
      test::plan({test::task("fix", exactly(30)), test::task("repair", exactly(100), {}, {0})}, 2);
  plan.nodes = {{NodeId("N"), true, minutes(10), {}}};
  plan.interims = {{"fix", {0}, minute(500), false, 0, {}, {}}};
  GroupsOpen opens({{{0}}});
  const auto seen = forecast(plan, opens, {{}}, {1, 1});
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->subjects[0].limited.quantiles[1], minute(40)) << "its restart included";
  EXPECT_EQ(seen->subjects[0].normal.quantiles[1], minute(100)) << "it runs already";
  EXPECT_EQ(seen->subjects[0].normal.relapse, 0);
}

}  // namespace dienstbereit::core::recovery
