// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/matters.h"

#include <tuple>

#include "base/log.h"
#include "core/recovery/matters.h"
#include "engine/ahead/plan.h"

namespace dienstbereit::engine {
namespace {

namespace recovery = core::recovery;

constexpr unsigned kRuns = 1'000;

bool is_usable(Readiness word) { return word == Readiness::Normal || word == Readiness::Limited; }

// Of the subjects given those that cannot be used; else those that are not as usual.
template <class Word>
Waiting worst_of(std::vector<Awaited> subjects, bool services, const Word& word) {
  Waiting waiting;
  waiting.services = services;
  for (const Awaited& one : subjects) {
    if (!is_usable(word(one))) waiting.all.push_back(one);
  }
  if (!waiting.all.empty()) return waiting;
  waiting.normal = true;
  for (const Awaited& one : subjects) {
    if (word(one) != Readiness::Normal) waiting.all.push_back(one);
  }
  return waiting;
}

// The aim that this task moves most.
TaskMatter matter_of(const Ahead& ahead, const Waiting& waiting,
                     const std::vector<std::size_t>& awaited_of,
                     const std::vector<recovery::Aim>& aims, const recovery::Matters& all,
                     const recovery::Matter& one) {
  std::size_t most = 0;
  for (std::size_t aim = 1; aim < aims.size(); ++aim) {
    if (all.usual[aim] - one.late[aim] > all.usual[most] - one.late[most]) most = aim;
  }
  const OrderStep step = ahead.step(one.task);
  const Awaited& awaited = waiting.all[awaited_of[most]];
  return {step.task,     step.node,      awaited.office,  awaited.site,  awaited.service,
          aims[most].by, waiting.normal, all.usual[most], one.late[most]};
}

}  // namespace

Waiting waiting_for(const Ahead& ahead) {
  const auto& [offers, places] = std::tie(ahead.today.offers, ahead.today.places);
  std::vector<Awaited> subjects;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i].slotted) continue;
    subjects.push_back(
        {offers.size() + i, places[i].office, places[i].site, ServiceId(), &places[i].days});
  }
  Waiting waiting = worst_of(std::move(subjects), false, [&](const Awaited& one) {
    return places[one.subject - offers.size()].now.readiness;
  });
  if (!waiting.all.empty()) return waiting;
  subjects.clear();
  for (std::size_t i = 0; i < offers.size(); ++i) {
    subjects.push_back({i, offers[i].office, offers[i].site, offers[i].service, &offers[i].days});
  }
  return worst_of(std::move(subjects), true,
                  [&](const Awaited& one) { return offers[one.subject].now.readiness; });
}

std::vector<Instant> openings(const Awaited& awaited, Instant now) {
  std::vector<Instant> begins;
  for (const DayPlan& day : *awaited.days) {
    if (day.slots.empty()) continue;
    const Instant begin = day.slots.front().begin;
    if (begin >= now && begin <= now + kOpeningsAhead) begins.push_back(begin);
  }
  return begins;
}

std::optional<std::vector<TaskMatter>> what_matters(const Ahead& ahead, Instant now,
                                                    const StopFlag& stop) {
  const Waiting waiting = waiting_for(ahead);
  std::vector<recovery::Aim> aims;
  std::vector<std::size_t> awaited_of;  // by aim
  for (std::size_t i = 0; i < waiting.all.size(); ++i) {
    for (const Instant begin : openings(waiting.all[i], now)) {
      if (aims.size() == kMostAims) break;
      aims.push_back({waiting.all[i].subject, begin, waiting.normal});
      awaited_of.push_back(i);
    }
  }
  if (aims.empty()) return std::nullopt;
  const auto found =
      recovery::what_matters(ahead.plan, *ahead.opens, aims,
                             {.runs = kRuns, .seed = kForecastSeed, .stop = &stop}, kMostLookedAt);
  if (!found) {
    log::warning("what matters most is not calculated: {}", found.error().message);
    return std::nullopt;
  }
  if (!*found) return std::nullopt;
  std::vector<TaskMatter> told;
  for (const recovery::Matter& one : (*found)->tasks) {
    const TaskMatter matter = matter_of(ahead, waiting, awaited_of, aims, **found, one);
    if (told.size() == kMostTold || one.drop <= 0) break;
    if (is_elsewhere(ahead.step(one.task))) continue;
    if (matter.usual - matter.late >= kLeastDrop) told.push_back(matter);
  }
  return told.empty() ? std::nullopt : std::optional(std::move(told));
}

}  // namespace dienstbereit::engine
