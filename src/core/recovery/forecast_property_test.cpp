// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What holds of every plan. List scheduling has anomalies (Graham 1966): with several members, more
// people or shorter work can make single tasks later. So that is tested only where it holds: with
// one member, and with as many members as tasks.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/recovery/forecast.h"
#include "core/recovery/recovery_test.h"

namespace dienstbereit::core::recovery {
namespace {

using test::minute;
using test::minutes;

int below(int limit) { return *rc::gen::inRange(0, limit); }

Plan any_plan(unsigned members, Sickness sickness = {0.3, minutes(500)}) {
  Plan plan;
  plan.start = minute(below(10'080));
  if (below(2) == 0) plan.shared = {0, 0, 0};
  plan.sickness = sickness;
  plan.crews = {test::crew("IT", members,
                           below(2) == 0
                               ? Calendar::always()
                               : test::weekly({{480, 960}, {1'920, 2'400}, {6'000, 8'000}}))};
  const int count = 1 + below(7);
  for (int i = 0; i < count; ++i) {
    std::vector<std::string> after;
    for (int before = 0; before < i; ++before) {
      if (below(4) == 0) after.push_back("T" + std::to_string(before));
    }
    const int best = 1 + below(200);
    const int likely = best + below(200);
    PlannedTask task =
        test::task("T" + std::to_string(i), test::points(best, likely, likely + below(900)), after);
    if (below(4) == 0) task.started_at = plan.start - minutes(below(400));
    plan.tasks.push_back(std::move(task));
  }
  plan = test::with_nodes(std::move(plan));
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    plan.nodes[i].restart_time = minutes(below(40));
    for (std::size_t first = 0; first < i; ++first) {
      if (below(6) == 0) plan.nodes[i].restart_after.push_back(first);
    }
  }
  return plan;
}

std::vector<GroupsOpen::Groups> any_subjects(std::size_t nodes) {
  std::vector<GroupsOpen::Groups> subjects;
  for (int i = 1 + below(4); i > 0; --i) {
    GroupsOpen::Groups groups;
    for (int group = 1 + below(3); group > 0; --group) {
      groups.emplace_back();
      for (int member = 1 + below(2); member > 0; --member) {
        groups.back().push_back(static_cast<std::size_t>(below(static_cast<int>(nodes))));
      }
    }
    subjects.push_back(std::move(groups));
  }
  return subjects;
}

RecoveryForecast ask(const Plan& plan, const std::vector<GroupsOpen::Groups>& subjects) {
  GroupsOpen opens(subjects);
  std::vector<Instant> begins;
  for (int day = 0; day < 12; ++day) begins.push_back(plan.start + minutes(700 * day));
  return forecast(plan, opens, SlotBegins(subjects.size(), begins), {60, 5}).value();
}

void no_chance_is_lower(const RecoveryForecast& before, const RecoveryForecast& after) {
  for (std::size_t i = 0; i < before.subjects.size(); ++i) {
    for (std::size_t slot = 0; slot < before.subjects[i].slots.size(); ++slot) {
      RC_ASSERT(*after.subjects[i].slots[slot].normal >= *before.subjects[i].slots[slot].normal);
    }
  }
}

}  // namespace

RC_GTEST_PROP(ForecastProperty, QuantilesAndChancesRise, ()) {
  const Plan plan = any_plan(static_cast<unsigned>(1 + below(3)));
  const RecoveryForecast seen = ask(plan, any_subjects(plan.nodes.size()));
  for (const SubjectForecast& subject : seen.subjects) {
    for (std::size_t i = 1; i < kArrivalQuantiles.size(); ++i) {
      RC_ASSERT(subject.normal.quantiles[i - 1] <= subject.normal.quantiles[i]);
    }
    RC_ASSERT(subject.normal.quantiles[2] <= subject.normal.cautious);
    RC_ASSERT(subject.normal.cautious <= subject.normal.quantiles[3]);
    RC_ASSERT(*subject.normal.quantiles[0] >= plan.start);
    for (std::size_t i = 1; i < subject.slots.size(); ++i) {
      RC_ASSERT(*subject.slots[i - 1].normal <= *subject.slots[i].normal);
    }
    for (const ChanceAt& slot : subject.slots) RC_ASSERT(*slot.normal <= *slot.limited);
  }
}

RC_GTEST_PROP(ForecastProperty, WithOneMemberATaskThatIsDoneLowersNoChance, ()) {
  Plan plan = any_plan(1);
  for (PlannedTask& task : plan.tasks) task.started_at.reset();
  const auto subjects = any_subjects(plan.nodes.size());
  const RecoveryForecast before = ask(plan, subjects);
  plan.tasks[0].done_at = plan.start;  // it waits for nothing
  no_chance_is_lower(before, ask(plan, subjects));
}

RC_GTEST_PROP(ForecastProperty, WithEnoughMembersShorterWorkLowersNoChanceAndMoreMembersChangeNone,
              ()) {
  Plan plan = any_plan(8, {0, minutes(1)});
  PlannedTask& shorter =
      plan.tasks[static_cast<std::size_t>(below(static_cast<int>(plan.tasks.size())))];
  shorter.started_at.reset();
  const auto subjects = any_subjects(plan.nodes.size());
  const RecoveryForecast before = ask(plan, subjects);
  plan.crews[0].size = 20;
  const RecoveryForecast more = ask(plan, subjects);
  no_chance_is_lower(before, more);
  no_chance_is_lower(more, before);
  auto& estimate = std::get<Estimate>(shorter.effort);
  estimate = {estimate.best / 2, estimate.likely / 2, estimate.worst / 2};
  no_chance_is_lower(before, ask(plan, subjects));
}

RC_GTEST_PROP(ForecastProperty, AnotherInterimFixFromAnExistingTaskLowersNoChance, ()) {
  Plan plan = any_plan(static_cast<unsigned>(1 + below(3)));
  const auto subjects = any_subjects(plan.nodes.size());
  const RecoveryForecast before = ask(plan, subjects);
  Interim interim;
  interim.task = plan.tasks[0].id;
  interim.restores = {static_cast<std::size_t>(below(static_cast<int>(plan.nodes.size())))};
  plan.interims = {interim};
  no_chance_is_lower(before, ask(plan, subjects));
}

// Says of every node that it may start, which changes nothing.
class Startable final : public Opens {
 public:
  explicit Startable(std::vector<GroupsOpen::Groups> subjects) : groups_(std::move(subjects)) {}
  std::size_t subjects() const override { return groups_.subjects(); }
  Reach at(const Bits& up) override {
    Reach reach = groups_.at(up);
    reach.startable = Bits(up.size());
    reach.startable.set_all();
    return reach;
  }

 private:
  GroupsOpen groups_;
};

RC_GTEST_PROP(ForecastProperty, WhatMayAlwaysStartIsAsIfNothingWereSaidOfIt, ()) {
  Plan plan = any_plan(static_cast<unsigned>(1 + below(3)));
  for (int i = below(4); i > 0; --i) {
    Interim interim;
    interim.task = plan.tasks[static_cast<std::size_t>(i) % plan.tasks.size()].id;
    interim.restores = {static_cast<std::size_t>(below(static_cast<int>(plan.nodes.size())))};
    interim.expires = plan.start + minutes(below(4'000));
    interim.full = below(2) == 0;
    interim.relapse = below(2) * 0.5;
    plan.interims.push_back(std::move(interim));
  }
  const auto subjects = any_subjects(plan.nodes.size());
  const std::vector<Instant> begins{plan.start, plan.start + minutes(500),
                                    plan.start + minutes(3'000)};
  const SlotBegins slots(subjects.size(), begins);
  GroupsOpen silent(subjects);
  Startable told(subjects);
  const RecoveryForecast a = forecast(plan, silent, slots, {60, 5}).value();
  const RecoveryForecast b = forecast(plan, told, slots, {60, 5}).value();
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    RC_ASSERT(a.subjects[i].normal.quantiles == b.subjects[i].normal.quantiles);
    RC_ASSERT(a.subjects[i].limited.quantiles == b.subjects[i].limited.quantiles);
    RC_ASSERT(a.subjects[i].limited.relapse == b.subjects[i].limited.relapse);
    for (std::size_t slot = 0; slot < begins.size(); ++slot) {
      RC_ASSERT(a.subjects[i].slots[slot].normal == b.subjects[i].slots[slot].normal);
      RC_ASSERT(a.subjects[i].slots[slot].limited == b.subjects[i].slots[slot].limited);
    }
  }
}

RC_GTEST_PROP(ForecastProperty, LongerRestartsRaiseNoChance, ()) {
  Plan plan = any_plan(static_cast<unsigned>(1 + below(3)));
  const auto subjects = any_subjects(plan.nodes.size());
  const RecoveryForecast before = ask(plan, subjects);
  DownNode& node = plan.nodes[static_cast<std::size_t>(below(static_cast<int>(plan.nodes.size())))];
  node.restart_time += minutes(1 + below(500));
  no_chance_is_lower(ask(plan, subjects), before);
}

}  // namespace dienstbereit::core::recovery
