// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/recovery/draw.h"
#include "core/recovery/opens.h"
#include "core/recovery/plan.h"

// From tasks that are done to nodes that are up (docs/formats/forecast.md, "Restart").
namespace dienstbereit::core::recovery {

// The nodes of one plan over the time of one run. Borrows both arguments.
class Restoration {
 public:
  Restoration(const Plan& plan, RememberedOpens& opens);

  // Takes the course of another run: when each task is done, and the run's key, by which interim
  // fixes fail. Stands then at the first thing that happened, or at the plan's start if nothing did
  // before it.
  void begin(std::span<const Instant> done, DrawKey key);
  // When something changes next; none: it stays as it is.
  std::optional<Instant> next() const;
  // Goes there.
  void advance();
  // What is reached now. Valid until the next call.
  const Reach& reach() const { return *reach_; }

 private:
  static constexpr std::size_t kNoTask = static_cast<std::size_t>(-1);
  enum class State : std::uint8_t { Down, Starting, Up };
  struct Flip {
    Instant at;
    std::size_t node;
    int holds;  // +1: repaired by one more, -1: by one less
    bool full;
  };
  struct Timer {
    Instant at;
    std::size_t node;
    friend bool operator>(const Timer& a, const Timer& b) {
      return a.at != b.at ? a.at > b.at : a.node > b.node;
    }
  };

  void collect_flips(std::span<const Instant> done, DrawKey key);
  void add_interim(std::size_t interim, std::span<const Instant> done, DrawKey key);
  void turn(const Flip& flip);
  bool repaired(std::size_t node) const {
    return !plan_.nodes[node].faulty || holds_[node] > 0 || part_holds_[node] > 0;
  }
  bool part_changes();
  const Reach& ask();
  void set_state(std::size_t node, State state);
  bool valid(const Timer& timer) const;
  void settle(Instant now);
  void settle_touched(Instant now);
  bool may_start(std::size_t node) const;
  bool start(std::size_t node, Instant now);
  bool drop();
  bool rise(Instant now);
  void prune_timers();

  const Plan& plan_;
  RememberedOpens& opens_;
  std::vector<std::size_t> task_of_interim_;  // kNoTask where there is none
  std::vector<std::uint64_t> key_of_interim_;  // of its random numbers
  std::vector<std::vector<std::size_t>> waiting_;  // by node, those that restart after it
  std::vector<std::size_t> in_part_;  // faulty nodes that an interim fix may carry in part

  std::vector<Flip> flips_;  // sorted
  std::size_t next_flip_ = 0;
  std::vector<Timer> timers_;  // a heap; none outdated on top
  std::vector<int> holds_;  // in full, by node
  std::vector<int> part_holds_;
  std::vector<State> states_;
  std::vector<Instant> until_;  // of those that start
  Bits repaired_;  // repaired(), for all nodes at once
  Bits begun_;  // those that start or are up
  Bits up_;
  Bits part_;  // of those up: carried in part only
  const Reach* reach_ = nullptr;
  Bits asked_up_;  // as of reach_
  std::vector<std::size_t> touched_;  // nodes that something happened to since the last settle
};

// What is reached at best once all that is planned is done. `lasting`: without interim fixes that
// expire.
Reach attainable(const Plan& plan, RememberedOpens& opens, bool lasting);

}  // namespace dienstbereit::core::recovery
