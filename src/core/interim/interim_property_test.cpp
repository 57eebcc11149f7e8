// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <map>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/interim/house_test.h"

namespace dienstbereit::core::interim {
namespace {

ActionOutcome any_outcome() {
  return *rc::gen::weightedElement<ActionOutcome>({{5, ActionOutcome::Done},
                                                   {1, ActionOutcome::Refused},
                                                   {1, ActionOutcome::Failed},
                                                   {1, ActionOutcome::Interrupted}});
}

// One thing that happens to the house: a fault that comes or goes, time, an answer, a restart.
void happen(House& house) {
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      return house.set(kDown);
    case 1:
      return house.set(kOperational);
    case 2:
      return house.pass(std::chrono::seconds(*rc::gen::inRange(1, 900)));
    case 3:
      house.interim.restarted(house.now, false);
      return house.turn();
    case 4:
      return void(house.start(*rc::gen::element<std::string>("on", "off")));
    default:
      if (!house.asked.empty()) house.end(any_outcome());
      return;
  }
}

RC_GTEST_PROP(Interim, AFaultThatComesAndGoesSwitchesAtMostOnceInAHoldDown, ()) {
  House house;
  house.fallback().after = std::chrono::milliseconds(0);
  house.fallback().hold_down = std::chrono::minutes(2);
  house.open();
  std::vector<Instant> switched;
  std::minstd_rand fault(*rc::gen::inRange(1, 1'000'000));
  for (int second = 0; second < 600; ++second) {
    const std::size_t before = house.count<SwitchDecided>();
    house.set(fault() % 2 == 0 ? kDown : kOperational);
    while (!house.asked.empty() && house.run().open()) house.end(ActionOutcome::Done);
    if (house.count<SwitchDecided>() > before) switched.push_back(house.now);
    house.now += std::chrono::seconds(1);
  }
  RC_ASSERT(switched.size() >= 2u);  // it does switch
  for (std::size_t i = 1; i < switched.size(); ++i) {
    RC_ASSERT(switched[i] - switched[i - 1] >= house.fallback().hold_down);
  }
}

RC_GTEST_PROP(Interim, NeverTwoRunsOfOneFallbackAtOnce, ()) {
  House house;
  house.fallback().hold_down = std::chrono::minutes(1);
  house.open();
  for (int i = 0; i < 60; ++i) {
    happen(house);
    int open = 0;
    for (const RunSituation& run : house.interim.board(house, house.now).runs) open += run.open();
    RC_ASSERT(open <= 1);
  }
}

// Of each run: what is undone is undone in the reverse of the order in which it was done, and
// nothing is done any more once something was undone.
RC_GTEST_PROP(Interim, GoesBackInReverse, ()) {
  House house;
  house.on().steps.clear();
  const int steps = *rc::gen::inRange(1, 6);
  for (int i = 0; i < steps; ++i) house.on().steps.push_back(House::step(std::to_string(i)));
  house.open();
  for (int i = 0; i < 60; ++i) happen(house);
  std::map<RunId, std::vector<unsigned>> undone;
  for (const InterimEvent& event : house.events) {
    const auto* moved = std::get_if<StepMoved>(&event);
    if (!moved) continue;
    auto& back = undone[moved->run];
    if (moved->state == StepState::Undoing) {
      RC_ASSERT((back.empty() || moved->step < back.back()));
      back.push_back(moved->step);
    }
    if (moved->state == StepState::Asked) RC_ASSERT(back.empty());
  }
}

// Replay: the events alone give the same board as living through it.
RC_GTEST_PROP(Interim, FoldingTheEventsGivesTheSame, ()) {
  House house;
  house.open();
  std::vector<std::pair<Instant, InterimEvent>> journal;
  for (int i = 0; i < 40; ++i) {
    const std::size_t before = house.events.size();
    if (*rc::gen::inRange(0, 3) == 0) {
      house.pass(std::chrono::seconds(*rc::gen::inRange(1, 900)));
    } else if (!house.asked.empty()) {
      house.end(any_outcome());
    } else {
      house.start("on");
    }
    for (std::size_t n = before; n < house.events.size(); ++n) {
      journal.emplace_back(house.now, house.events[n]);
    }
  }
  Interim again;
  again.use(house.district);
  for (const auto& [at, event] : journal) again.apply(event, {at, "observer"});
  const InterimBoard lived = house.interim.board(house, house.now);
  const InterimBoard read = again.board(house, house.now);
  RC_ASSERT(lived.runs.size() == read.runs.size());
  for (std::size_t i = 0; i < lived.runs.size(); ++i) {
    RC_ASSERT(lived.runs[i].result == read.runs[i].result);
    for (std::size_t n = 0; n < lived.runs[i].steps.size(); ++n) {
      RC_ASSERT(lived.runs[i].steps[n].state == read.runs[i].steps[n].state);
    }
  }
  RC_ASSERT(lived.fallbacks[0].state == read.fallbacks[0].state);
}

}  // namespace
}  // namespace dienstbereit::core::interim
