// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/recovery/calendar.h"
#include "core/recovery/draw.h"
#include "core/recovery/effort.h"

// List scheduling with identical crews that share one calendar, for calculation files
// (docs/formats/calc.md, "forecast"). The general plan, with skills, parts and restarts, is
// core/recovery/simulate.h.
//
// With a shared calendar nothing can be done while one crew rests, so a course is played in working
// time alone, and only its moments are looked up in the calendar. That tasks are taken outside
// windows makes no difference.
namespace dienstbereit::core::recovery {

struct ListTask {
  std::uint64_t key = 0;  // of its random numbers: stable_hash() of its id
  Discrete effort;  // as check_effort() has it
  std::vector<std::size_t> after;  // places of tasks that must be done; no cycles
};

struct ListPlan {
  Instant start;
  Calendar calendar;
  unsigned crews = 1;
  std::vector<ListTask> tasks;  // the more urgent first
};

inline constexpr std::size_t kMostListTasks = 2'000;
inline constexpr unsigned kMostListCrews = 2'000;

// A sound plan, ready to be played. One thread.
class CrewList {
 public:
  // Of tasks, crews and efforts; the calendar is the caller's business.
  explicit CrewList(const ListPlan& plan);

  std::size_t tasks() const { return tasks_.size(); }

  // The efforts of a run, by task: the same numbers as Schedule draws for a task of that id and
  // effort without a shared risk.
  void draw(DrawKey run, std::span<Duration> efforts) const;

  // When what is done, counted in working time since the start: all tasks in the order in which
  // they are done, and for each the working time by then. Valid until the next call.
  struct Course {
    std::span<const std::uint32_t> order;
    std::span<const Duration> worked;
  };
  Course play(std::span<const Duration> efforts);

  // The greatest common divisor of all efforts, at least 1 ms: of it all moments are multiples.
  Duration unit() const { return unit_; }

 private:
  struct Task {
    std::uint64_t key = 0;
    std::vector<double> below;  // chance of this choice or a shorter one
    std::vector<Duration> efforts;  // rising
    std::vector<std::uint32_t> then;
    std::uint32_t waits_for = 0;
  };
  struct Running {
    Duration until;
    std::uint32_t task;
    friend bool operator>(const Running& a, const Running& b) {
      return a.until != b.until ? a.until > b.until : a.task > b.task;
    }
  };

  void add(const ListTask& task);
  void make_ready(std::uint32_t task);
  std::uint32_t take_ready();
  void finish_next(Duration& now);

  unsigned crews_;
  Duration unit_{0};
  std::vector<Task> tasks_;

  // Of the course.
  std::vector<std::uint32_t> waits_for_;
  std::vector<std::uint64_t> ready_;  // bits by task
  std::size_t ready_count_ = 0;
  std::size_t first_word_ = 0;  // no ready task stands before it
  unsigned free_ = 0;
  std::vector<Running> running_;  // a heap, earliest first
  std::vector<std::uint32_t> order_;
  std::vector<Duration> worked_;
};

}  // namespace dienstbereit::core::recovery
