// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/recovery/draw.h"
#include "core/recovery/plan.h"

// One possible course of the repairs after another (docs/formats/forecast.md, "A run").
namespace dienstbereit::core::recovery {

// When something is done; kNever if the working calendars end before.
inline constexpr Instant kNever = Instant::max();

// A checked plan, ready to be run. Copies what it needs of it. Runs may be asked for in any order
// and number; the same (seed, run) always gives the same course. One thread.
class Schedule {
 public:
  // Fails as check(plan) does.
  static Result<Schedule> prepare(const Plan& plan);

  // Another order of urgency than the plan's: every task once, the more urgent first.
  void set_order(std::span<const std::size_t> order);
  // Draws the efforts of the first runs of a seed once, for those who play them again and again.
  // Takes 8 bytes a run and task.
  void keep_draws(std::uint64_t seed, unsigned runs);

  // When each task is done in this run, in the order of the plan. Valid until the next call.
  std::span<const Instant> run(DrawKey key);

 private:
  struct Crew {
    std::uint64_t key = 0;  // of its members' random numbers
    Calendar calendar;
    unsigned size = 0;
  };
  struct Task {
    std::uint64_t key = 0;  // of its random numbers
    Effort effort;
    std::optional<double> pinned;
    std::vector<std::size_t> crews;   // that can do it, the one with the fewest skills first
    std::uint64_t crew_set = 0;       // the same as bits
    std::vector<std::size_t> then;    // tasks that wait for it
    std::size_t waits_for = 0;        // how many tasks that are not done yet
    std::optional<Instant> not_before;
    std::optional<Delivery> delivery;
    std::optional<Instant> started_at;
    std::optional<Instant> done_at;
  };
  // Something that happens at a time to a task.
  struct Event {
    Instant at;
    std::size_t task;
    friend bool operator>(const Event& a, const Event& b) {
      return a.at != b.at ? a.at > b.at : a.task > b.task;
    }
  };
  // A member of a crew is ill.
  struct Absence {
    Instant from;
    Instant to;
    std::size_t crew;
    friend bool operator>(const Absence& a, const Absence& b) {
      return a.from != b.from ? a.from > b.from : a.crew > b.crew;
    }
  };

  static constexpr std::size_t kNobody = kMostCrews;

  void add_tasks(const Plan& plan);
  void begin(DrawKey key);
  void draw_absences();
  void fall_ill(const Absence& absence);
  void return_and_fall_ill();
  void resume_started();
  void free_to_go(std::size_t task);
  void assign();
  std::size_t crew_for(const Task& task) const;
  bool work(std::size_t task, std::size_t crew, Duration effort);
  std::optional<Instant> next_time() const;
  void advance_to(Instant t);
  double effort_share(const Task& task) const;
  Duration drawn_effort(std::size_t task) const;
  Duration effort_of(std::size_t task) const;
  void make_ready(std::size_t task);

  Instant start_;
  SharedRisk shared_;
  Sickness sickness_;
  std::vector<Crew> crews_;
  std::vector<Task> tasks_;
  std::vector<std::size_t> order_;  // tasks by rank, the more urgent first
  std::vector<std::size_t> rank_;   // and the other way round
  std::uint64_t kept_seed_ = 0;
  std::uint64_t kept_runs_ = 0;
  std::vector<Duration> kept_;  // efforts, by run and task

  // Of the run.
  DrawKey key_;
  double common_effort_ = 0;  // "worse than thought"
  double common_delivery_ = 0;
  Instant now_;
  std::vector<Instant> done_;
  std::vector<std::size_t> waits_for_;
  std::vector<std::size_t> crew_of_;
  std::vector<unsigned> free_;       // members, by crew
  std::vector<std::size_t> ready_;   // ranks, sorted: the more urgent first
  std::vector<Event> running_;       // heaps, earliest first
  std::vector<Event> arriving_;
  std::vector<Absence> absences_;  // to come
  std::vector<Absence> ill_;       // `from`: they are back
  std::vector<std::optional<Duration>> left_;  // of tasks whose member fell ill
  std::uint64_t wanted_ = 0;  // crews that could do a task that is ready
};

}  // namespace dienstbereit::core::recovery
